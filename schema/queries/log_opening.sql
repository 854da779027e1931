-- Leaves a trace of who opens what ($1: client, contact, action, preview; $2 its id), before it is read.
SELECT trato.log_opening($1::text, $2::bigint);
