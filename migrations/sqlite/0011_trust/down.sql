DROP INDEX colleague_invitation_email;
DROP INDEX business_phone;
DROP INDEX introduction_phone;
DROP INDEX transfer_circle_at;
DROP INDEX referral_circle_introduced;
ALTER TABLE member DROP COLUMN suspended_at;
DROP TABLE trust_case_referral;
DROP TABLE trust_case_member;
DROP TABLE trust_case;
