CREATE TABLE business_trade (
    business_id BIGINT NOT NULL REFERENCES business (id),
    trade TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (business_id, trade)
);
CREATE INDEX business_trade_trade ON business_trade (trade, business_id);

CREATE TABLE business_region (
    business_id BIGINT NOT NULL REFERENCES business (id),
    country TEXT NOT NULL,
    postal_prefix TEXT NOT NULL,
    PRIMARY KEY (business_id, country, postal_prefix)
);

-- "Not from" and "not to": a business that another will not exchange referrals with.
CREATE TABLE business_exclusion (
    business_id BIGINT NOT NULL REFERENCES business (id),
    direction SMALLINT NOT NULL,
    other_business_id BIGINT NOT NULL REFERENCES business (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (business_id, direction, other_business_id)
);

-- Keyed hashes of a business's own customers, by which "already your customer?" is answered.
CREATE TABLE customer_key (
    business_id BIGINT NOT NULL REFERENCES business (id),
    key_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (business_id, key_hash)
);
