-- What a third person said is kept by the record of consents, which can be taken out of; the log held it a second time.
DROP TRIGGER event_never_changes;
DROP TRIGGER event_keeps_its_note;
UPDATE event SET data = json_remove(data, '$.attestation') WHERE json_extract(data, '$.attestation') IS NOT NULL;
CREATE TRIGGER event_never_changes BEFORE UPDATE OF id, kind, at, actor_kind, actor_person_id, actor_business_id, circle_id, business_id, person_id, referral_id, data ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_keeps_its_note BEFORE UPDATE ON event WHEN NEW.note IS NOT NULL BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;

-- Whoever was removed from a business is found by the address that he had, so that he too can ask to be forgotten.
CREATE INDEX person_former_email ON person (email) WHERE removed_at IS NOT NULL AND erased_at IS NULL;
