-- A message of the tray ($1): all that is shown of it, whose client it may be, and the asker's open
-- action with that client where there is only one.
SELECT m.id, m.version, m.state, m.state_note, m.direction, m.sender, m.recipients, m.subject, m.body,
       m.attachments, m.message_id, m.addresses[1] AS address,
       to_char(m.happened_at AT TIME ZONE trato.setting_value('timezone'), 'YYYY-MM-DD HH24:MI') AS moment,
       to_char(m.settled_at AT TIME ZONE trato.setting_value('timezone'), 'YYYY-MM-DD HH24:MI') AS settled,
       (SELECT string_agg(found.name, ', ') FROM trato.clients_of_addresses(m.addresses) AS found) AS clients,
       m.person, m.person_id = (SELECT trato.my_id()) AS mine,
       single.id AS action_id, single.label AS action
  FROM trato.mail_overview AS m
  LEFT JOIN LATERAL (
       SELECT min(a.id) AS id, min(a.number || ' ' || client.name) AS label
         FROM trato.action_member AS member
         JOIN trato.action AS a ON a.id = member.action_id AND a.state = 'open'
         JOIN trato.client ON client.id = a.client_id
        WHERE member.person_id = (SELECT trato.my_id()) AND member.left_at IS NULL
          AND a.client_id IN (SELECT client_id FROM trato.clients_of_addresses(m.addresses))
       HAVING count(*) = 1) AS single ON true
 WHERE m.id = $1::bigint;
