-- A page of what was opened, the newest first, behind ($5 at, $6 id): of the client $1 (client/ID), by the
-- person $2, from the day $3 to $4.
SELECT o.id AS key, o.at,
       to_char(o.at AT TIME ZONE trato.setting_value('timezone'), 'YYYY-MM-DD HH24:MI') AS moment,
       coalesce(person.name, o.login::text) AS person, 'opened' AS operation, o.what AS record, o.row_id,
       coalesce(contact.name, action.number::text, o.row_count::text) AS name, client.name AS client,
       NULL AS fields, o.client_id, action.id AS action_id
  FROM (SELECT * FROM trato.opening
         WHERE (at, id) < (coalesce($5::timestamptz, 'infinity'), coalesce($6::bigint, 9223372036854775807))
           AND ($1::text IS NULL OR client_id = substr($1, 8)::bigint)
           AND ($2::bigint IS NULL OR person_id = $2)
           AND ($3::date IS NULL OR at >= $3::timestamp AT TIME ZONE trato.setting_value('timezone'))
           AND ($4::date IS NULL OR at < ($4 + 1)::timestamp AT TIME ZONE trato.setting_value('timezone'))
         ORDER BY at DESC, id DESC LIMIT $7::integer) AS o
  LEFT JOIN trato.person ON person.id = o.person_id
  LEFT JOIN trato.client ON client.id = o.client_id
  LEFT JOIN trato.contact ON o.what = 'contact' AND contact.id = o.row_id
  LEFT JOIN trato.action ON o.what = 'action' AND action.id = o.row_id
 ORDER BY o.at DESC, o.id DESC;
