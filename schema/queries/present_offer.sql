-- Presents a draft: it gets its number and is frozen.
SELECT r->>'id' AS id, r->>'number' AS number
  FROM trato.present_offer($1::uuid, $2::bigint, $3::integer) AS r;
