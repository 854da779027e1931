-- What stands at the top of an action's screen. Each table is read once, as far as that goes: row-level
-- security of each one is planned anew, which takes longer than reading it.
SELECT a.id, a.number, a.client_id, client.name AS client, a.title, a.state, a.next_step,
       a.next_step_on, a.next_step_on < trato.today() AS overdue, a.expected_close, a.notes,
       (a.opened_at AT TIME ZONE zone.name)::date AS opened_on,
       (a.closed_at AT TIME ZONE zone.name)::date AS closed_on,
       reason.name_en AS reason_en, reason.name_es AS reason_es, a.state_note, a.version,
       (SELECT string_agg(division.name, ', ' ORDER BY division.name)
          FROM trato.hold JOIN trato.division ON division.id = hold.division_id
         WHERE hold.action_id = a.id
           AND (hold.released_at IS NULL OR hold.released_by_closing)) AS divisions,
       members.collaborators, members.owner, members.is_member, members.is_owner,
       offers.live, offers.approved, offers.presented
  FROM trato.action AS a
  JOIN trato.client ON client.id = a.client_id
  CROSS JOIN (SELECT trato.setting_value('timezone') AS name) AS zone
  LEFT JOIN trato.reason ON reason.id = a.state_reason_id
  CROSS JOIN LATERAL (
       SELECT string_agg(person.name, ', ' ORDER BY person.name) FILTER (WHERE NOT m.is_owner) AS collaborators,
              max(person.name) FILTER (WHERE m.is_owner) AS owner,
              coalesce(bool_or(m.person_id = (SELECT trato.my_id())), false) AS is_member,
              coalesce(bool_or(m.is_owner) FILTER (WHERE m.person_id = (SELECT trato.my_id())), false) AS is_owner
         FROM trato.action_member AS m JOIN trato.person ON person.id = m.person_id
        WHERE m.action_id = a.id AND m.left_at IS NULL) AS members
  CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE offer.state IN ('draft', 'presented')) AS live,
              count(*) FILTER (WHERE offer.state = 'approved') AS approved,
              count(offer.presented_at) AS presented
         FROM trato.offer WHERE offer.action_id = a.id) AS offers
 WHERE a.id = $1::bigint;
