SELECT r->>'delivery' AS delivery, r->>'notice' AS notice, r->>'try' AS try
  FROM trato.take_delivery($1::uuid, $2::bigint, $3::uuid) AS r;
