-- A new person with a login: $1 request id, e-mail, name, roles, SCRAM verifier.
SELECT trato.create_person($1::uuid, $2::text, $3::text, $4::text[], $5::text) AS result;
