DROP TABLE mailbox_message;
DROP TABLE mail;
