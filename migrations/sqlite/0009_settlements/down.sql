DROP TABLE settlement;
