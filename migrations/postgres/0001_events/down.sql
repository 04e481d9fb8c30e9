DROP TABLE idempotent_answer;
DROP TABLE capability;
DROP TABLE timer;
DROP TABLE event;
DROP FUNCTION refuse_change();
