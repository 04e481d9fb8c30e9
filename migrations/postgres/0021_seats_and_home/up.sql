-- The trades that have a seat in a networking circle, also while nobody holds it.
CREATE TABLE wanted_seat (
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    trade TEXT NOT NULL,
    PRIMARY KEY (circle_id, trade)
);

-- What happened lately to a business's referrals, for its first page.
CREATE INDEX referral_giver_since ON referral (giver_business_id, state_since);
CREATE INDEX referral_receiver_since ON referral (receiver_business_id, state_since);
