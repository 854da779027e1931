-- Takes a client ($2), read in version $3, out of use ($4 true) or brings it back.
SELECT result ->> 'id' AS id, result ->> 'version' AS version
  FROM trato.archive_client($1::uuid, $2::bigint, $3::integer, $4::boolean) AS result;
