-- Somebody else's password: $1 request id, $2 e-mail, $3 SCRAM verifier.
SELECT trato.reset_password($1::uuid, $2::text, $3::text) AS result;
