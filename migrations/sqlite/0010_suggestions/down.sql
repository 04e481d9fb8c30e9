DROP INDEX referral_circle_closed;
DROP TABLE turn;
DROP TABLE suggestion;
