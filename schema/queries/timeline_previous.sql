-- A page of an action's time line ($1), the newest first, before ($2 when, $3 key).
SELECT * FROM (
    SELECT line.key, line.at, to_char(line.at AT TIME ZONE trato.setting_value('timezone'),
               'DD/MM/YYYY HH24:MI') AS moment, line.kind, line.row_id, line.what, line.detail,
           line.text, line.other, line.person, line.reason_en, line.reason_es
      FROM trato.timeline_overview AS line
     WHERE line.action_id = $1::bigint
       AND (line.at, line.key) > (coalesce($2::timestamptz, '-infinity'), coalesce($3::text, ''))
     ORDER BY line.at, line.key
     LIMIT $4::integer) AS page
 ORDER BY at DESC, key DESC;
