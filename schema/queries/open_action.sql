-- $2 client, $3 title, $4 divisions, $5 expected close, $6 notes, $7 owner (NULL: the asker).
SELECT r->>'id' AS id, r->>'number' AS number, r->>'version' AS version
  FROM trato.open_action($1::uuid, $2::bigint, $3::text, $4::bigint[], $5::date, $6::text,
                         $7::bigint) AS r;
