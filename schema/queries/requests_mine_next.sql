-- A page of the requests to collaborate in the asker's actions and of his own: those that wait for
-- his answer, those that wait for another's, then the rest; the newest first, behind ($1 id,
-- $4 turn). $3 says which ones: open or all. Of an action that he may not see he knows what
-- everybody knows, who holds which division in it.
WITH page AS (
    SELECT asked.id, asked.to_me, asked.turn
      FROM (SELECT r.id, r.state, true AS to_me,
                   CASE r.state WHEN 'open' THEN 0 ELSE 2 END AS turn
              FROM trato.action_member AS m
              JOIN trato.request AS r ON r.action_id = m.action_id
             WHERE m.person_id = (SELECT trato.my_id()) AND m.left_at IS NULL AND m.is_owner
               AND r.person_id <> (SELECT trato.my_id())
            UNION ALL
            SELECT r.id, r.state, false,
                   CASE r.state WHEN 'open' THEN 1 ELSE 2 END
              FROM trato.request AS r WHERE r.person_id = (SELECT trato.my_id())) AS asked
     WHERE ($3::text = 'all' OR asked.state = 'open')
       AND (asked.turn, -asked.id)
           > (coalesce($4::integer, 0), coalesce(-$1::bigint, -9223372036854775807))
     ORDER BY asked.turn, asked.id DESC
     LIMIT $2::integer)
SELECT r.id AS key, page.turn, r.version, r.state, page.to_me, r.message,
       r.state_note, asker.name AS asker, coalesce(owner.name, held.holder) AS owner,
       coalesce(a.number, held.action_number) AS action_number, a.id AS action_id, a.title,
       coalesce(client.name, held.client) AS client,
       coalesce((SELECT string_agg(division.name, ', ' ORDER BY division.name)
                   FROM trato.hold JOIN trato.division ON division.id = hold.division_id
                  WHERE hold.action_id = a.id AND hold.released_at IS NULL),
                held.divisions) AS divisions,
       extract(epoch FROM now() - r.made_at)::bigint AS age,
       to_char(r.made_at AT TIME ZONE zone.name, 'YYYY-MM-DD HH24:MI') AS made_at,
       to_char(r.answered_at AT TIME ZONE zone.name, 'YYYY-MM-DD HH24:MI') AS answered_at,
       answerer.name AS answered_by
  FROM page
  JOIN trato.request AS r ON r.id = page.id
  JOIN trato.person AS asker ON asker.id = r.person_id
  CROSS JOIN (SELECT trato.setting_value('timezone') AS name) AS zone
  LEFT JOIN trato.person AS answerer ON answerer.id = r.answered_by
  LEFT JOIN trato.action AS a ON a.id = r.action_id
  LEFT JOIN trato.client ON client.id = a.client_id
  LEFT JOIN trato.action_member AS m
         ON m.action_id = a.id AND m.is_owner AND m.left_at IS NULL
  LEFT JOIN trato.person AS owner ON owner.id = m.person_id
  LEFT JOIN LATERAL (
       SELECT min(h.holder) AS holder, min(h.action_number) AS action_number,
              min(h.client) AS client,
              string_agg(h.division, ', ' ORDER BY h.division) AS divisions
         FROM trato.hold_overview AS h WHERE a.id IS NULL AND h.action_id = r.action_id) AS held ON true
 ORDER BY page.turn, r.id DESC;
