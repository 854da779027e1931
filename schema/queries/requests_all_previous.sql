-- A page of everybody's requests to collaborate, for managers, those that wait first, before ($1
-- id, $4 turn). $3 says which ones: open or all.
WITH page AS (
    SELECT r.id, r.person_id <> (SELECT trato.my_id()) AS to_me
      FROM trato.request AS r
     WHERE ($3::text = 'all' OR r.state = 'open')
       AND (r.state <> 'open', -r.id)
           < (coalesce($4::integer > 0, true), coalesce(-$1::bigint, 0))
     ORDER BY r.state <> 'open' DESC, r.id
     LIMIT $2::integer)
SELECT r.id AS key, (r.state <> 'open')::integer AS turn, r.version, r.state, page.to_me, r.message,
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
 ORDER BY r.state <> 'open', r.id DESC;
