-- $1 request id, $2 the blocking, $3 reason.
SELECT result ->> 'id' AS id, result ->> 'left' AS values_left
  FROM trato.unblock_data($1::uuid, $2::bigint, $3::text) AS result;
