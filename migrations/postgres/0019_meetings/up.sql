-- When and where a circle meets. Whoever planned it finds it among what is kept about him.
CREATE TABLE meeting (
    id BIGINT PRIMARY KEY,
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    starts_at BIGINT NOT NULL,
    place TEXT NOT NULL,
    words TEXT,
    called_off_at BIGINT,
    version INTEGER NOT NULL,
    created_by BIGINT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX meeting_circle ON meeting (circle_id, starts_at);
CREATE INDEX meeting_created_by ON meeting (created_by, id);
