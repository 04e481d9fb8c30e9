-- The consent of both sides for one referral and one receiver. The keyed hashes stay when the person's data is wiped: limits and
-- the link that stops mails work on.
CREATE TABLE introduction (
    id INTEGER PRIMARY KEY,
    referral_id BIGINT NOT NULL REFERENCES referral (id),
    receiver_business_id BIGINT NOT NULL REFERENCES business (id),
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    giver_business_id BIGINT NOT NULL REFERENCES business (id),
    state SMALLINT NOT NULL,
    consent_path SMALLINT NOT NULL,
    language SMALLINT NOT NULL,
    prospect_answer SMALLINT,
    prospect_answered_at BIGINT,
    receiver_agreed_at BIGINT,
    asked_at BIGINT,
    delivered_at BIGINT,
    expires_at BIGINT NOT NULL,
    undo_until BIGINT,
    attested_how SMALLINT,
    attested_when BIGINT,
    attested_words TEXT,
    answers_count INTEGER NOT NULL,
    scanner_suspected BOOLEAN NOT NULL,
    code TEXT NOT NULL,
    code_failures INTEGER NOT NULL,
    address_key TEXT,
    phone_key TEXT,
    answer_link_id BIGINT NOT NULL REFERENCES capability (id),
    stop_link_id BIGINT NOT NULL REFERENCES capability (id),
    withdrawn_at BIGINT,
    wiped_at BIGINT,
    created_at BIGINT NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (referral_id, receiver_business_id)
);
CREATE INDEX introduction_address ON introduction (address_key, created_at) WHERE address_key IS NOT NULL;

-- Who agreed to what, in which words. Append-only. given_at: when it was said, where that was before it was recorded.
CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    introduction_id BIGINT NOT NULL REFERENCES introduction (id),
    referral_id BIGINT NOT NULL REFERENCES referral (id),
    kind SMALLINT NOT NULL,
    person_key TEXT NOT NULL,
    purpose TEXT NOT NULL,
    receiver_business_id BIGINT NOT NULL REFERENCES business (id),
    receiver_name TEXT NOT NULL,
    wording TEXT NOT NULL,
    wording_version TEXT NOT NULL,
    language SMALLINT NOT NULL,
    channel SMALLINT NOT NULL,
    witness_person_id BIGINT REFERENCES person (id),
    given_at BIGINT,
    at BIGINT NOT NULL
);
CREATE INDEX consent_referral ON consent (referral_id, id);
CREATE INDEX consent_introduction ON consent (introduction_id, id);

-- Addresses that want no mail; circle_id is 0 where the scope is not a circle.
CREATE TABLE suppression (
    id INTEGER PRIMARY KEY,
    address_key TEXT NOT NULL,
    scope SMALLINT NOT NULL,
    circle_id BIGINT NOT NULL,
    reason SMALLINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (address_key, scope, circle_id)
);

CREATE TRIGGER consent_never_changes BEFORE UPDATE ON consent BEGIN SELECT RAISE(ABORT, 'consent is append-only'); END;
CREATE TRIGGER consent_never_goes BEFORE DELETE ON consent BEGIN SELECT RAISE(ABORT, 'consent is append-only'); END;
