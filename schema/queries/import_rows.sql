-- $2 client, contact or division; $3 a JSON array of rows with their lines. One row for each that
-- was refused, or one without a line; each says how many were imported, and how many were there.
SELECT answer ->> 'imported' AS imported, answer ->> 'unchanged' AS unchanged, refused.*
  FROM trato.import_rows($1::uuid, $2::text, $3::jsonb) AS answer
  LEFT JOIN LATERAL jsonb_to_recordset(answer -> 'refused') AS refused (line bigint,
       sqlstate text, "constraint" text, "column" text, message text, detail text) ON true;
