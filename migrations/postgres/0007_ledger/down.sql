DROP TABLE ledger_head;
DROP TABLE hold;
DROP TABLE pair;
DROP TABLE balance;
DROP TABLE transfer;
