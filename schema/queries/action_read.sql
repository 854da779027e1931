-- What stands at the top of an action's screen.
SELECT a.id, a.number, a.client_id, client.name AS client, a.title, a.state, a.next_step,
       a.next_step_on, a.next_step_on < trato.today() AS overdue, a.expected_close, a.notes,
       (a.opened_at AT TIME ZONE zone.name)::date AS opened_on,
       (a.closed_at AT TIME ZONE zone.name)::date AS closed_on,
       reason.name_en AS reason_en, reason.name_es AS reason_es, a.state_note, a.version,
       (SELECT string_agg(division.name, ', ' ORDER BY division.name)
          FROM trato.hold JOIN trato.division ON division.id = hold.division_id
         WHERE hold.action_id = a.id
           AND (hold.released_at IS NULL OR hold.released_by_closing)) AS divisions,
       (SELECT string_agg(person.name, ', ' ORDER BY person.name)
          FROM trato.action_member AS m JOIN trato.person ON person.id = m.person_id
         WHERE m.action_id = a.id AND m.left_at IS NULL AND NOT m.is_owner) AS collaborators,
       (SELECT person.name
          FROM trato.action_member AS m JOIN trato.person ON person.id = m.person_id
         WHERE m.action_id = a.id AND m.left_at IS NULL AND m.is_owner) AS owner,
       coalesce(mine.is_member, false) AS is_member, coalesce(mine.is_owner, false) AS is_owner,
       offers.live, offers.approved, offers.presented
  FROM trato.action AS a
  JOIN trato.client ON client.id = a.client_id
  CROSS JOIN (SELECT trato.setting_value('timezone') AS name) AS zone
  LEFT JOIN trato.reason ON reason.id = a.state_reason_id
  LEFT JOIN LATERAL (
       SELECT true AS is_member, m.is_owner FROM trato.action_member AS m
        WHERE m.action_id = a.id AND m.left_at IS NULL
          AND m.person_id = (SELECT trato.my_id())) AS mine ON true
  CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE offer.state IN ('draft', 'presented')) AS live,
              count(*) FILTER (WHERE offer.state = 'approved') AS approved,
              count(offer.presented_at) AS presented
         FROM trato.offer WHERE offer.action_id = a.id) AS offers
 WHERE a.id = $1::bigint;
