-- A person ($1), to change what he may do, or his password.
SELECT id, version, email, name, array_to_string(roles, ',') AS roles
  FROM trato.person
 WHERE id = $1::bigint;
