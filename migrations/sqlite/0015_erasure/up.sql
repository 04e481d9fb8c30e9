-- A person who wants to be forgotten: until when it can be taken back, and when it was done.
ALTER TABLE person ADD COLUMN erase_due_at BIGINT;
ALTER TABLE person ADD COLUMN erased_at BIGINT;
-- A business whose last person went.
ALTER TABLE business ADD COLUMN closed_at BIGINT;

-- When a name is taken out of the words of a consent, the hash of the words that were read stays: whoever has the mail can
-- show that these were the words. Nothing else of the record ever changes.
ALTER TABLE consent ADD COLUMN wording_hash TEXT;
DROP TRIGGER consent_never_changes;
CREATE TRIGGER consent_never_changes BEFORE UPDATE OF id, introduction_id, referral_id, kind, person_key, purpose, receiver_business_id, wording_version, language, channel, witness_person_id, given_at, at ON consent BEGIN SELECT RAISE(ABORT, 'consent is append-only'); END;
CREATE TRIGGER consent_keeps_its_hash BEFORE UPDATE ON consent WHEN NEW.wording_hash IS NULL OR (OLD.wording_hash IS NOT NULL AND NEW.wording_hash <> OLD.wording_hash) BEGIN SELECT RAISE(ABORT, 'consent is append-only'); END;

-- The note of an event can be taken out, when it names somebody who is to be forgotten. It is never written over.
DROP TRIGGER event_never_changes;
CREATE TRIGGER event_never_changes BEFORE UPDATE OF id, kind, at, actor_kind, actor_person_id, actor_business_id, circle_id, business_id, person_id, referral_id, data ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_keeps_its_note BEFORE UPDATE ON event WHEN NEW.note IS NOT NULL BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
