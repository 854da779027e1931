-- All of a client ($4, read in version $5) becomes another's ($2, read in version $3).
SELECT result ->> 'id' AS id, result ->> 'contacts' AS contacts,
       result ->> 'divisions' AS divisions, result ->> 'actions' AS actions
  FROM trato.merge_clients($1::uuid, $2::bigint, $3::integer, $4::bigint, $5::integer) AS result;
