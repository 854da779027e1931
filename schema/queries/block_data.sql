-- $1 request id, $2 contact, client or person, $3 its id, $4 reason.
SELECT result ->> 'id' AS id, result ->> 'erase_on' AS erase_on, result ->> 'law_until' AS law_until
  FROM trato.block_data($1::uuid, $2::text, $3::bigint, $4::text) AS result;
