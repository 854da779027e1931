-- Who opened which client's record, or took a list of many, the newest first: of the client $1
-- (client/ID), by the person $2, from the day $3 to $4.
SELECT o.at, coalesce(person.name, o.login::text) AS person, o.what, client.name AS client, o.client_id, o.row_id,
       o.row_count
  FROM trato.opening AS o
  LEFT JOIN trato.person ON person.id = o.person_id
  LEFT JOIN trato.client ON client.id = o.client_id
 WHERE ($1::text IS NULL OR o.client_id = substr($1, 8)::bigint)
   AND ($2::bigint IS NULL OR o.person_id = $2)
   AND ($3::date IS NULL OR o.at >= $3::date::timestamp AT TIME ZONE trato.setting_value('timezone'))
   AND ($4::date IS NULL OR o.at < ($4::date + 1)::timestamp AT TIME ZONE trato.setting_value('timezone'))
 ORDER BY o.at DESC, o.id DESC;
