-- $1 request id, $2 the blocking.
SELECT result ->> 'id' AS id, result ->> 'erased' AS erased, result ->> 'kept_until' AS kept_until
  FROM trato.erase_data($1::uuid, $2::bigint) AS result;
