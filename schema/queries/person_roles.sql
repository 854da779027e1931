-- $1 request id, $2 e-mail, $3 all roles from now on, $4 the version it was based on, NULL for any.
SELECT trato.set_person_roles($1::uuid, $2::text, $3::text[], $4::integer) AS result;
