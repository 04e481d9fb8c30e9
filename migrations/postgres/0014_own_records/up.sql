-- What is kept about one person is found by his id and by the keyed hash of his address.
CREATE INDEX event_actor ON event (actor_person_id, id) WHERE actor_person_id IS NOT NULL;
CREATE INDEX event_person ON event (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX consent_person ON consent (person_key, id);
CREATE INDEX mail_recipient ON mail (recipient_key, id);
