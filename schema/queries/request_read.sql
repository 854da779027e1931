-- One request to collaborate ($1), as far as the reader knows of it: of an action that he may not see
-- he knows what everybody knows, who holds which division in it.
SELECT r.id, r.version, r.state, r.message, r.state_note, asker.name AS asker,
       r.person_id = (SELECT trato.my_id()) AS own,
       r.person_id <> (SELECT trato.my_id())
           AND (m.person_id = (SELECT trato.my_id()) OR trato.has_role('manager')) AS to_me,
       coalesce(owner.name, held.holder) AS owner,
       coalesce(a.number, held.action_number) AS action_number, a.id AS action_id,
       coalesce(client.name, held.client) AS client,
       coalesce((SELECT string_agg(division.name, ', ' ORDER BY division.name)
                   FROM trato.hold JOIN trato.division ON division.id = hold.division_id
                  WHERE hold.action_id = a.id AND hold.released_at IS NULL),
                held.divisions) AS divisions,
       to_char(r.made_at AT TIME ZONE zone.name, 'YYYY-MM-DD HH24:MI') AS made_at,
       to_char(r.answered_at AT TIME ZONE zone.name, 'YYYY-MM-DD HH24:MI') AS answered_at,
       answerer.name AS answered_by
  FROM trato.request AS r
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
         FROM trato.hold_overview AS h WHERE h.action_id = r.action_id) AS held ON a.id IS NULL
 WHERE r.id = $1::bigint;
