-- A message of the tray ($2) goes to an action ($4), as one with that contact ($5).
SELECT r->>'id' AS id, r->>'action' AS action, r->>'client' AS client
  FROM trato.assign_mail($1::uuid, $2::bigint, $3::integer, $4::bigint, $5::bigint) AS r;
