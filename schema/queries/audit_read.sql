-- One change ($1) field by field, old and new; $2 is the language of reasons.
SELECT a.id, a.at, to_char(a.at AT TIME ZONE trato.setting_value('timezone'), 'YYYY-MM-DD HH24:MI') AS moment,
       coalesce(person.name, a.login::text) AS person, a.login, a.operation, a.table_name::text AS record,
       a.row_id, trato.audit_name(a.table_name::text, coalesce(a.new, a.old), $2::text) AS name,
       coalesce(client.name, trato.audit_value('client_id', coalesce(a.new, a.old) ->> 'client_id')) AS client,
       action.number AS action_number, f.field,
       coalesce(reason_old.name, trato.audit_value(f.field, f.old)) AS old,
       coalesce(reason_new.name, trato.audit_value(f.field, f.new)) AS new
  FROM trato.audit AS a
  LEFT JOIN LATERAL trato.audit_fields(a.old, a.new) AS f ON true
  LEFT JOIN LATERAL (SELECT CASE $2 WHEN 'es' THEN name_es ELSE name_en END AS name FROM trato.reason
                      WHERE f.field = 'state_reason_id' AND id::text = f.old) AS reason_old ON true
  LEFT JOIN LATERAL (SELECT CASE $2 WHEN 'es' THEN name_es ELSE name_en END AS name FROM trato.reason
                      WHERE f.field = 'state_reason_id' AND id::text = f.new) AS reason_new ON true
  LEFT JOIN trato.person ON person.id = a.person_id
  LEFT JOIN trato.action ON action.id = a.action_id
  LEFT JOIN trato.client ON client.id = action.client_id
 WHERE a.id = $1::bigint
 ORDER BY f.field COLLATE "C";
