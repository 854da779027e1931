-- What became of an offer ($1) and of its notices, newest first; reasons in the language of the
-- screens ($2). An extension is no change of state: `validity` has the days.
SELECT to_char(change.at AT TIME ZONE trato.setting_value('timezone'), 'YYYY-MM-DD HH24:MI')
           AS moment, change.entity, change.to_state AS state, change.from_state,
       CASE $2::text WHEN 'es' THEN reason.name_es ELSE reason.name_en END AS reason,
       change.note, person.name AS person
  FROM (SELECT s.at, s.id, s.entity, s.from_state, s.to_state, s.reason_id, s.note, s.person_id
          FROM trato.state_change AS s
         WHERE s.action_id = (SELECT action_id FROM trato.offer WHERE id = $1::bigint)
           AND ((s.entity = 'offer' AND s.row_id = $1)
                OR (s.entity = 'notice'
                    AND s.row_id IN (SELECT id FROM trato.notice WHERE offer_id = $1)))
        UNION ALL
        SELECT o.created_at, 0, 'offer', NULL, 'draft', NULL, NULL, o.created_by
          FROM trato.offer AS o WHERE o.id = $1
        UNION ALL
        SELECT a.at, a.id, 'validity', a.old ->> 'valid_until', a.new ->> 'valid_until', NULL,
               NULL, a.person_id
          FROM trato.audit AS a
         WHERE a.table_name = 'offer' AND a.row_id = $1 AND a.operation = 'update'
           AND a.old ->> 'state' = 'presented' AND a.new ->> 'state' = 'presented'
           AND a.old ->> 'valid_until' <> a.new ->> 'valid_until') AS change
  LEFT JOIN trato.reason ON reason.id = change.reason_id
  LEFT JOIN trato.person ON person.id = change.person_id
 ORDER BY change.at DESC, change.id DESC;
