-- What a third person said is kept by the record of consents, which can be taken out of; the log held it a second time.
ALTER TABLE event DISABLE TRIGGER event_is_append_only;
ALTER TABLE event DISABLE TRIGGER event_keeps_its_note;
UPDATE event SET data = (data::jsonb - 'attestation')::text WHERE data::jsonb ? 'attestation';
ALTER TABLE event ENABLE TRIGGER event_is_append_only;
ALTER TABLE event ENABLE TRIGGER event_keeps_its_note;

-- Whoever was removed from a business is found by the address that he had, so that he too can ask to be forgotten.
CREATE INDEX person_former_email ON person (email) WHERE removed_at IS NOT NULL AND erased_at IS NULL;
