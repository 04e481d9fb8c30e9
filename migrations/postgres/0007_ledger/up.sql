CREATE TABLE transfer (
    id BIGINT PRIMARY KEY,
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    seq BIGINT NOT NULL,
    idem TEXT NOT NULL UNIQUE,
    giver_business_id BIGINT NOT NULL REFERENCES business (id),
    receiver_business_id BIGINT NOT NULL REFERENCES business (id),
    amount BIGINT NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000),
    kind SMALLINT NOT NULL,
    reason SMALLINT NOT NULL,
    reverses BIGINT UNIQUE REFERENCES transfer (id),
    referral_id BIGINT REFERENCES referral (id),
    actor_person_id BIGINT,
    at BIGINT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (circle_id, seq),
    CHECK (giver_business_id <> receiver_business_id)
);
CREATE INDEX transfer_giver ON transfer (giver_business_id, id);
CREATE INDEX transfer_receiver ON transfer (receiver_business_id, id);
CREATE INDEX transfer_referral ON transfer (referral_id) WHERE referral_id IS NOT NULL;

CREATE TABLE balance (
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    business_id BIGINT NOT NULL REFERENCES business (id),
    given BIGINT NOT NULL CHECK (given >= 0),
    received BIGINT NOT NULL CHECK (received >= 0),
    pending_given BIGINT NOT NULL CHECK (pending_given >= 0),
    pending_received BIGINT NOT NULL CHECK (pending_received >= 0),
    PRIMARY KEY (circle_id, business_id)
);
CREATE INDEX balance_business ON balance (business_id, circle_id);

CREATE TABLE pair (
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    low_business_id BIGINT NOT NULL REFERENCES business (id),
    high_business_id BIGINT NOT NULL REFERENCES business (id),
    low_to_high BIGINT NOT NULL CHECK (low_to_high >= 0),
    high_to_low BIGINT NOT NULL CHECK (high_to_low >= 0),
    PRIMARY KEY (circle_id, low_business_id, high_business_id),
    CHECK (low_business_id < high_business_id)
);

CREATE TABLE hold (
    id BIGINT PRIMARY KEY,
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    referral_id BIGINT NOT NULL REFERENCES referral (id),
    giver_business_id BIGINT NOT NULL REFERENCES business (id),
    receiver_business_id BIGINT NOT NULL REFERENCES business (id),
    amount BIGINT NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000),
    state SMALLINT NOT NULL,
    placed_at BIGINT NOT NULL,
    resolved_at BIGINT,
    CHECK (giver_business_id <> receiver_business_id)
);
CREATE UNIQUE INDEX hold_open ON hold (referral_id) WHERE state = 1;
CREATE INDEX hold_referral ON hold (referral_id, id);
CREATE INDEX hold_circle_open ON hold (circle_id, id) WHERE state = 1;

CREATE TABLE ledger_head (
    circle_id BIGINT PRIMARY KEY REFERENCES circle (id),
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TRIGGER transfer_is_append_only BEFORE UPDATE OR DELETE ON transfer FOR EACH ROW EXECUTE FUNCTION refuse_change();
