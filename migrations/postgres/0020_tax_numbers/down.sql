DROP INDEX introduction_tax;
DROP INDEX prospect_tax;
DROP INDEX business_tax;
ALTER TABLE introduction DROP COLUMN tax_key;
ALTER TABLE prospect DROP COLUMN tax_key;
ALTER TABLE business DROP COLUMN tax_key;
