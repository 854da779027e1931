-- Ends the open sessions of somebody who is disabled ($1 e-mail); tells how many.
SELECT trato.end_sessions($1::text) AS ended;
