-- A settlement is the batch of transfers first_seq to last_seq of its circle; before_hash is the ledger's head it was made on.
CREATE TABLE settlement (
    id BIGINT PRIMARY KEY,
    circle_id BIGINT NOT NULL REFERENCES circle (id),
    before_hash TEXT NOT NULL,
    first_seq BIGINT NOT NULL CHECK (first_seq > 0),
    last_seq BIGINT NOT NULL CHECK (last_seq >= first_seq),
    ring_length SMALLINT NOT NULL,
    cleared BIGINT NOT NULL CHECK (cleared > 0),
    rings INTEGER NOT NULL CHECK (rings > 0),
    actor_person_id BIGINT,
    at BIGINT NOT NULL,
    undone_by_person_id BIGINT,
    undone_at BIGINT,
    UNIQUE (circle_id, before_hash)
);
CREATE INDEX settlement_circle ON settlement (circle_id, id);
