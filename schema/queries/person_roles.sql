-- $1 request id, $2 e-mail, $3 all roles from now on.
SELECT trato.set_person_roles($1::uuid, $2::text, $3::text[]) AS result;
