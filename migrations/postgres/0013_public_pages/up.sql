-- A page that a business shows to everybody. Its address stays as it was made, also while the page is switched off.
CREATE TABLE public_page (
    business_id BIGINT PRIMARY KEY REFERENCES business (id),
    slug TEXT NOT NULL UNIQUE,
    is_on BOOLEAN NOT NULL,
    is_indexed BOOLEAN NOT NULL,
    changed_at BIGINT NOT NULL
);
