-- Everything that happened, append-only.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    kind SMALLINT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind SMALLINT NOT NULL,
    actor_person_id BIGINT,
    actor_business_id BIGINT,
    circle_id BIGINT,
    business_id BIGINT,
    person_id BIGINT,
    referral_id BIGINT,
    note TEXT,
    data TEXT NOT NULL
);
CREATE INDEX event_referral ON event (referral_id, id) WHERE referral_id IS NOT NULL;
CREATE INDEX event_circle ON event (circle_id, id) WHERE circle_id IS NOT NULL;
CREATE INDEX event_business ON event (business_id, id) WHERE business_id IS NOT NULL;

-- What falls due; the worker takes the earliest.
CREATE TABLE timer (
    id INTEGER PRIMARY KEY,
    kind SMALLINT NOT NULL,
    subject_id BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    UNIQUE (kind, subject_id)
);
CREATE INDEX timer_due ON timer (due_at, id);

-- Links in mails: the token is derived, only its hash is kept.
CREATE TABLE capability (
    id INTEGER PRIMARY KEY,
    purpose SMALLINT NOT NULL,
    subject_id BIGINT NOT NULL,
    version INTEGER NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    used_at BIGINT
);
CREATE INDEX capability_subject ON capability (subject_id, purpose);

-- Answers to writes that carried an Idempotency-Key.
CREATE TABLE idempotent_answer (
    id INTEGER PRIMARY KEY,
    caller TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status SMALLINT,
    content_type TEXT,
    location TEXT,
    etag TEXT,
    body TEXT,
    created_at BIGINT NOT NULL,
    UNIQUE (caller, idempotency_key)
);
CREATE INDEX idempotent_answer_created ON idempotent_answer (created_at);

CREATE TRIGGER event_never_changes BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_never_goes BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
