-- $1 request id, $2 e-mail.
SELECT trato.enable_person($1::uuid, $2::text) AS result;
