SELECT r->>'id' AS id
  FROM trato.begin_watch($1::uuid, $2::text, $3::uuid, $4::text, $5::date) AS r;
