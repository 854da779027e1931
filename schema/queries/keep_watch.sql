SELECT (r->>'due')::boolean AS due, r->>'wait' AS wait
  FROM trato.keep_watch($1::bigint, $2::uuid, $3::text) AS r;
