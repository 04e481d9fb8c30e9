DROP TABLE suppression;
DROP TABLE consent;
DROP TABLE introduction;
