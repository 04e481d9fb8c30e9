DROP INDEX person_former_email;
