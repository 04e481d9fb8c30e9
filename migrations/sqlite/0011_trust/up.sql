-- A group of members that an organiser should look at. The facts are JSON, counted when the case was opened or refreshed.
CREATE TABLE trust_case (
    id INTEGER PRIMARY KEY,
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    state SMALLINT NOT NULL,
    facts TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    refreshed_at BIGINT NOT NULL,
    outcome SMALLINT,
    note TEXT,
    decided_by BIGINT REFERENCES person (id),
    decided_at BIGINT,
    version INTEGER NOT NULL
);
CREATE INDEX trust_case_circle ON trust_case (circle_id, id);
CREATE INDEX trust_case_circle_state ON trust_case (circle_id, state, id);

CREATE TABLE trust_case_member (
    case_id BIGINT NOT NULL REFERENCES trust_case (id),
    business_id BIGINT NOT NULL REFERENCES business (id),
    PRIMARY KEY (case_id, business_id)
);
CREATE INDEX trust_case_member_business ON trust_case_member (business_id, case_id);

-- The referrals a case rests on: what was decided once is not counted again, and these are what "reversed" takes back.
CREATE TABLE trust_case_referral (
    case_id BIGINT NOT NULL REFERENCES trust_case (id),
    referral_id BIGINT NOT NULL REFERENCES referral (id),
    PRIMARY KEY (case_id, referral_id)
);

-- Set while a member neither passes nor receives.
ALTER TABLE member ADD COLUMN suspended_at BIGINT;

CREATE INDEX referral_circle_introduced ON referral (circle_id, introduced_at) WHERE introduced_at IS NOT NULL;
CREATE INDEX transfer_circle_at ON transfer (circle_id, at);
CREATE INDEX introduction_phone ON introduction (phone_key, created_at) WHERE phone_key IS NOT NULL;
CREATE INDEX business_phone ON business (phone) WHERE phone IS NOT NULL;
CREATE INDEX colleague_invitation_email ON colleague_invitation (email_normalised);
