DROP INDEX mail_recipient;
DROP INDEX consent_person;
DROP INDEX event_person;
DROP INDEX event_actor;
