DROP TABLE dispute;
DROP TABLE offer;
DROP TABLE prospect;
DROP TABLE referral;
