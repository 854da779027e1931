-- Takes an offer back, for a reason ($4).
SELECT r->>'id' AS id
  FROM trato.withdraw_offer($1::uuid, $2::bigint, $3::integer, $4::bigint, $5::text) AS r;
