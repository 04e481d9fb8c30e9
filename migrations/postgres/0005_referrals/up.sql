CREATE TABLE referral (
    id BIGINT PRIMARY KEY,
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    giver_business_id BIGINT NOT NULL REFERENCES business (id),
    giver_person_id BIGINT NOT NULL REFERENCES person (id),
    receiver_business_id BIGINT REFERENCES business (id),
    state SMALLINT NOT NULL,
    policy_version INTEGER NOT NULL,
    trade TEXT NOT NULL,
    need TEXT NOT NULL,
    expectation TEXT,
    country TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    worth_min_minor BIGINT,
    worth_max_minor BIGINT,
    currency TEXT NOT NULL,
    effort SMALLINT NOT NULL,
    contact_by SMALLINT NOT NULL,
    contact_within_hours INTEGER NOT NULL,
    consent_path SMALLINT NOT NULL,
    inside BOOLEAN NOT NULL,
    origin_referral_id BIGINT REFERENCES referral (id),
    case_id BIGINT,
    won_value_minor BIGINT,
    reason SMALLINT,
    created_at BIGINT NOT NULL,
    state_since BIGINT NOT NULL,
    introduced_at BIGINT,
    contacted_at BIGINT,
    closed_at BIGINT,
    wiped_at BIGINT,
    version INTEGER NOT NULL
);
CREATE INDEX referral_giver ON referral (giver_business_id, id);
CREATE INDEX referral_giver_state ON referral (giver_business_id, state, id);
CREATE INDEX referral_receiver ON referral (receiver_business_id, id);
CREATE INDEX referral_circle ON referral (circle_id, id);
CREATE INDEX referral_receiver_state ON referral (receiver_business_id, state, id);
CREATE INDEX referral_origin ON referral (origin_referral_id) WHERE origin_referral_id IS NOT NULL;
CREATE INDEX referral_case ON referral (case_id) WHERE case_id IS NOT NULL;

-- Personal data of the third person, apart from the referral so that it can be wiped.
CREATE TABLE prospect (
    referral_id BIGINT PRIMARY KEY REFERENCES referral (id),
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    company TEXT,
    language SMALLINT NOT NULL,
    words TEXT,
    email_key TEXT,
    phone_key TEXT
);
CREATE INDEX prospect_email_key ON prospect (email_key) WHERE email_key IS NOT NULL;
CREATE INDEX prospect_phone_key ON prospect (phone_key) WHERE phone_key IS NOT NULL;

CREATE TABLE offer (
    id BIGINT PRIMARY KEY,
    referral_id BIGINT NOT NULL REFERENCES referral (id),
    giver_business_id BIGINT NOT NULL REFERENCES business (id),
    receiver_business_id BIGINT NOT NULL REFERENCES business (id),
    state SMALLINT NOT NULL,
    offered_at BIGINT NOT NULL,
    answer_due_at BIGINT NOT NULL,
    answered_at BIGINT,
    answered_by BIGINT REFERENCES person (id),
    reason SMALLINT,
    UNIQUE (referral_id, receiver_business_id)
);
CREATE UNIQUE INDEX offer_open ON offer (referral_id) WHERE state = 1;
CREATE INDEX offer_receiver ON offer (receiver_business_id, id);
CREATE INDEX offer_receiver_state ON offer (receiver_business_id, state, id);
CREATE INDEX offer_giver ON offer (giver_business_id, offered_at);

CREATE TABLE dispute (
    id BIGINT PRIMARY KEY,
    referral_id BIGINT NOT NULL REFERENCES referral (id),
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    state SMALLINT NOT NULL,
    reason SMALLINT NOT NULL,
    words TEXT NOT NULL,
    opened_by BIGINT NOT NULL REFERENCES person (id),
    opened_at BIGINT NOT NULL,
    decided_by BIGINT REFERENCES person (id),
    decided_at BIGINT,
    decision_words TEXT
);
CREATE UNIQUE INDEX dispute_open ON dispute (referral_id) WHERE state = 1;
CREATE INDEX dispute_circle ON dispute (circle_id, id);
CREATE INDEX dispute_circle_state ON dispute (circle_id, state, id);
CREATE INDEX dispute_referral ON dispute (referral_id);
