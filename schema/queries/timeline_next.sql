-- A page of an action's time line ($1), the newest first, behind ($2 when, $3 key).
SELECT line.key, line.at, to_char(line.at AT TIME ZONE trato.setting_value('timezone'),
           'DD/MM/YYYY HH24:MI') AS moment, line.kind, line.row_id, line.what, line.detail,
       line.text, line.other, line.person, line.reason_en, line.reason_es
  FROM trato.found_timeline($1::bigint, true, $4::integer, $2::timestamptz, $3::text) AS line
 ORDER BY line.at DESC, line.key DESC;
