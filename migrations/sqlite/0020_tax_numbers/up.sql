-- Tax numbers are compared by their keyed hashes alone; the numbers themselves are kept nowhere.
ALTER TABLE business ADD COLUMN tax_key TEXT;
ALTER TABLE prospect ADD COLUMN tax_key TEXT;
-- It stays when the person's data is wiped, as the hashes of address and phone number do: a lead is new once.
ALTER TABLE introduction ADD COLUMN tax_key TEXT;

CREATE INDEX business_tax ON business (tax_key) WHERE tax_key IS NOT NULL;
CREATE INDEX prospect_tax ON prospect (tax_key) WHERE tax_key IS NOT NULL;
CREATE INDEX introduction_tax ON introduction (tax_key, created_at) WHERE tax_key IS NOT NULL;
