DROP TABLE signing_key;
DROP TABLE spent_refresh_token;
DROP TABLE session;
DROP TABLE colleague_invitation;
DROP TABLE person;
DROP TABLE business;
