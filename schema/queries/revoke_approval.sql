-- The offer is presented again, its notice void; $4 is why.
SELECT r->>'id' AS id
  FROM trato.revoke_approval($1::uuid, $2::bigint, $3::integer, $4::text) AS r;
