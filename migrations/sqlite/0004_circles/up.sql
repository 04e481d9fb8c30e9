CREATE TABLE circle (
    id INTEGER PRIMARY KEY,
    kind SMALLINT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    language SMALLINT NOT NULL,
    time_zone TEXT NOT NULL,
    policy_version INTEGER NOT NULL,
    open_to_applications BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE circle_policy (
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_by BIGINT REFERENCES person (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (circle_id, version)
);

CREATE TABLE chain_link (
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    position INTEGER NOT NULL,
    trade TEXT NOT NULL,
    PRIMARY KEY (circle_id, position)
);

-- seat is set while an active member of a networking circle holds his trade's seat.
CREATE TABLE member (
    id INTEGER PRIMARY KEY,
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    business_id BIGINT NOT NULL REFERENCES business (id),
    state SMALLINT NOT NULL,
    is_organiser BOOLEAN NOT NULL,
    trade TEXT NOT NULL,
    seat TEXT,
    words TEXT,
    applied_at BIGINT NOT NULL,
    joined_at BIGINT,
    ended_at BIGINT,
    version INTEGER NOT NULL,
    UNIQUE (circle_id, business_id)
);
CREATE UNIQUE INDEX member_seat ON member (circle_id, seat) WHERE seat IS NOT NULL;
CREATE INDEX member_business ON member (business_id, state);
CREATE INDEX member_circle_state ON member (circle_id, state, id);

CREATE TABLE circle_invitation (
    id INTEGER PRIMARY KEY,
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    kind SMALLINT NOT NULL,
    email TEXT,
    email_normalised TEXT,
    words TEXT,
    capability_id BIGINT NOT NULL,
    uses_left INTEGER NOT NULL,
    invited_by BIGINT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX circle_invitation_circle ON circle_invitation (circle_id, id);
CREATE INDEX circle_invitation_email ON circle_invitation (email_normalised) WHERE email_normalised IS NOT NULL;
