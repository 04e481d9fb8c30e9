DROP TABLE customer_key;
DROP TABLE business_exclusion;
DROP TABLE business_region;
DROP TABLE business_trade;
