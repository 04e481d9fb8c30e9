-- What was suggested when an offer was made, so that it can be explained later. candidates: JSON, the best first.
CREATE TABLE suggestion (
    offer_id BIGINT PRIMARY KEY REFERENCES offer (id),
    referral_id BIGINT NOT NULL REFERENCES referral (id),
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    policy_version INTEGER NOT NULL,
    receiver_business_id BIGINT NOT NULL REFERENCES business (id),
    receiver_rank INTEGER,
    candidates TEXT NOT NULL,
    turn_returned BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX suggestion_referral ON suggestion (referral_id);

-- What each member is owed of the leads that went round, in millionths; a circle's counters add up to 0.
CREATE TABLE turn (
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    business_id BIGINT NOT NULL REFERENCES business (id),
    deficit BIGINT NOT NULL,
    received_at BIGINT,
    PRIMARY KEY (circle_id, business_id)
);

-- The record of a circle's receivers: what ended lately.
CREATE INDEX referral_circle_closed ON referral (circle_id, closed_at) WHERE closed_at IS NOT NULL;
