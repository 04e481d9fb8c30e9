-- The mails that a person does not want; what has no line is wanted.
CREATE TABLE unwanted_mail (
    person_id BIGINT NOT NULL REFERENCES person (id),
    topic SMALLINT NOT NULL,
    PRIMARY KEY (person_id, topic)
);
