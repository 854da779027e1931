-- One's own password; $2 is a SCRAM verifier.
SELECT trato.change_password($1::uuid, $2::text) AS result;
