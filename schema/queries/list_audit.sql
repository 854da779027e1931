-- The trail, a row for each field that changed, the newest change first: of the record $1, by the
-- person $2, from the day $3 to $4.
SELECT a.at, coalesce(person.name, a.login::text) AS person, a.login::text AS login, a.operation,
       a.table_name::text AS record, a.row_id, trato.audit_name(a.table_name::text, coalesce(a.new, a.old)) AS name,
       coalesce(client.name, trato.audit_value('client_id', CASE a.table_name WHEN 'client' THEN a.row_id::text
                                                    ELSE coalesce(a.new, a.old) ->> 'client_id' END)) AS client,
       action.number AS action_number, f.field, trato.audit_value(f.field, f.old) AS old,
       trato.audit_value(f.field, f.new) AS new
  FROM trato.found_audit($1::text, $2::bigint, $3::date, $4::date, true, NULL, NULL, NULL)
       WITH ORDINALITY AS page (id, place)
 CROSS JOIN LATERAL (SELECT * FROM trato.audit WHERE id = page.id OFFSET 0) AS a
  LEFT JOIN LATERAL trato.audit_fields(a.old, a.new) AS f ON true
  LEFT JOIN trato.person ON person.id = a.person_id
  LEFT JOIN trato.action ON action.id = a.action_id
  LEFT JOIN trato.client ON client.id = action.client_id
 ORDER BY page.place, f.field COLLATE "C";
