CREATE TABLE business (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    ideal_referral TEXT NOT NULL,
    website TEXT,
    phone TEXT,
    country TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city TEXT NOT NULL,
    open_referrals_max INTEGER NOT NULL,
    paused BOOLEAN NOT NULL,
    commission_sentence TEXT,
    search_words TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    business_id BIGINT REFERENCES business (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_normalised TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role SMALLINT NOT NULL,
    language SMALLINT NOT NULL,
    time_zone TEXT NOT NULL,
    confirmed_at BIGINT,
    removed_at BIGINT,
    created_at BIGINT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX person_business ON person (business_id, id);

CREATE TABLE colleague_invitation (
    id INTEGER PRIMARY KEY,
    business_id BIGINT NOT NULL REFERENCES business (id),
    email TEXT NOT NULL,
    email_normalised TEXT NOT NULL,
    role SMALLINT NOT NULL,
    invited_by BIGINT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX colleague_invitation_business ON colleague_invitation (business_id, id);

-- Browsers (kind 1) and API families of refresh tokens (kind 2).
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    person_id BIGINT NOT NULL REFERENCES person (id),
    kind SMALLINT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    user_agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX session_person ON session (person_id, id);

-- Refresh tokens that were exchanged already: showing one again ends its session.
CREATE TABLE spent_refresh_token (
    token_hash TEXT PRIMARY KEY,
    session_id BIGINT NOT NULL REFERENCES session (id),
    spent_at BIGINT NOT NULL
);
CREATE INDEX spent_refresh_token_session ON spent_refresh_token (session_id);

-- Keys that sign access tokens; the private half is sealed with the installation's secret.
CREATE TABLE signing_key (
    kid TEXT PRIMARY KEY,
    private_key_sealed TEXT NOT NULL,
    public_key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    signs_from BIGINT NOT NULL,
    retired_at BIGINT
);
