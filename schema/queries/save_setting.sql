-- $2 the setting's id, $3 the version it was based on, $4 its value.
SELECT r->>'id' AS id
  FROM trato.setting
 CROSS JOIN LATERAL trato.save_setting($1::uuid, setting.name, $3::integer, $4::text) AS r
 WHERE setting.id = $2::bigint;
