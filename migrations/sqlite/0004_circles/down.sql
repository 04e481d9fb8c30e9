DROP TABLE circle_invitation;
DROP TABLE member;
DROP TABLE chain_link;
DROP TABLE circle_policy;
DROP TABLE circle;
