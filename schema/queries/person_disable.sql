-- $1 request id, $2 e-mail. The sessions are ended afterwards: person_end_sessions.
SELECT trato.disable_person($1::uuid, $2::text) AS result;
