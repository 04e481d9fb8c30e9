CREATE TABLE mail (
    id INTEGER PRIMARY KEY,
    kind SMALLINT NOT NULL,
    status SMALLINT NOT NULL,
    phase SMALLINT NOT NULL,
    attempts INTEGER NOT NULL,
    not_before BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    lease_until BIGINT,
    language SMALLINT NOT NULL,
    recipient_name TEXT NOT NULL,
    recipient_email TEXT NOT NULL,
    recipient_key TEXT NOT NULL,
    recipient_domain TEXT NOT NULL,
    headers TEXT NOT NULL,
    facts TEXT NOT NULL,
    message_id TEXT NOT NULL,
    thread_id BIGINT,
    subject_id BIGINT NOT NULL,
    circle_id BIGINT,
    referral_id BIGINT,
    resent BOOLEAN NOT NULL,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX mail_claim ON mail (status, not_before, id);
CREATE INDEX mail_subject ON mail (subject_id, kind);
CREATE INDEX mail_referral ON mail (referral_id, id) WHERE referral_id IS NOT NULL;

-- The development mailbox keeps what would have been sent.
CREATE TABLE mailbox_message (
    mail_id INTEGER PRIMARY KEY REFERENCES mail (id),
    received_at BIGINT NOT NULL,
    recipient_email TEXT NOT NULL,
    subject TEXT NOT NULL,
    raw TEXT NOT NULL
);
