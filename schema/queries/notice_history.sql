-- What became of a notice ($1), the newest first; $2 is the language. Being made and being seen
-- are no changes of state.
SELECT to_char(line.at AT TIME ZONE trato.setting_value('timezone'), 'YYYY-MM-DD HH24:MI') AS at,
       line.state, line.from_state, person.name AS person,
       CASE $2::text WHEN 'es' THEN reason.name_es ELSE reason.name_en END AS reason, line.note
  FROM (SELECT change.at, change.to_state AS state, change.from_state, change.person_id,
               change.reason_id, change.note, change.id
          FROM trato.notice
          JOIN trato.state_change AS change
            ON change.action_id = notice.action_id AND change.entity = 'notice'
               AND change.row_id = notice.id
         WHERE notice.id = $1::bigint
        UNION ALL
        SELECT notice.made_at, 'made', NULL, offer.approved_by, NULL, NULL, 0
          FROM trato.notice JOIN trato.offer ON offer.id = notice.offer_id
         WHERE notice.id = $1
        UNION ALL
        SELECT notice.seen_at, 'seen', NULL, notice.seen_by, NULL, NULL, 0
          FROM trato.notice WHERE notice.id = $1 AND notice.seen_at IS NOT NULL) AS line
  LEFT JOIN trato.person ON person.id = line.person_id
  LEFT JOIN trato.reason ON reason.id = line.reason_id
 ORDER BY line.at DESC, line.id DESC;
