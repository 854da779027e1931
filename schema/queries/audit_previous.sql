-- A page of the trail, the newest first, before ($5 at, $6 id): of the record $1, by the person $2, from the
-- day $3 to $4; reasons are called in the language $8. `fields`: what an update changed.
SELECT a.id AS key, a.at,
       to_char(a.at AT TIME ZONE trato.setting_value('timezone'), 'YYYY-MM-DD HH24:MI') AS moment,
       coalesce(person.name, a.login::text) AS person, a.operation, a.table_name::text AS record, a.row_id,
       trato.audit_name(a.table_name::text, coalesce(a.new, a.old), $8::text) AS name,
       coalesce(client.name, trato.audit_value('client_id', coalesce(a.new, a.old) ->> 'client_id')) AS client,
       action.number AS action_number, action.id AS action_id,
       CASE a.operation WHEN 'update' THEN
           (SELECT string_agg(field, ' ') FROM trato.audit_fields(a.old, a.new)) END AS fields
  FROM trato.found_audit($1::text, $2::bigint, $3::date, $4::date, false, $7::integer, $5::timestamptz,
                         $6::bigint) AS page (id)
 CROSS JOIN LATERAL (SELECT * FROM trato.audit WHERE id = page.id OFFSET 0) AS a
  LEFT JOIN trato.person ON person.id = a.person_id
  LEFT JOIN trato.action ON action.id = a.action_id
  LEFT JOIN trato.client ON client.id = action.client_id
 ORDER BY a.at DESC, a.id DESC;
