DROP INDEX referral_receiver_since;
DROP INDEX referral_giver_since;
DROP TABLE wanted_seat;
