-- For `trato report holds`: the divisions that are held, since some day of the period ($1 to $2; NULL:
-- whenever), of an area ($3) and a rep ($4). quiet_days: since somebody was in contact in the action.
SELECT held.since AS held_on, trato.today() - held.since AS days,
       trato.today() - (coalesce((SELECT max(c.happened_at) FROM trato.communication AS c
                                   WHERE c.action_id = h.action_id), h.held_at)
                        AT TIME ZONE zone.name)::date AS quiet_days,
       client.name AS client, division.name AS division, area.name AS area,
       action.number AS action_number, action.title, person.name AS holder
  FROM trato.hold AS h
 CROSS JOIN (SELECT trato.setting_value('timezone') AS name OFFSET 0) AS zone
 CROSS JOIN LATERAL (SELECT (h.held_at AT TIME ZONE zone.name)::date AS since) AS held
  JOIN trato.client ON client.id = h.client_id
  JOIN trato.division ON division.id = h.division_id
  JOIN trato.action ON action.id = h.action_id
  LEFT JOIN trato.area ON area.id = division.area_id
  LEFT JOIN trato.action_member AS m
         ON m.action_id = h.action_id AND m.is_owner AND m.left_at IS NULL
  LEFT JOIN trato.person ON person.id = m.person_id
 WHERE h.released_at IS NULL
   AND ($1::date IS NULL OR held.since >= $1) AND ($2::date IS NULL OR held.since <= $2)
   AND ($3::bigint IS NULL OR division.area_id = $3)
   AND ($4::bigint IS NULL OR m.person_id = $4)
 ORDER BY h.held_at, h.id;
