-- What a new communication of an action begins with: the next step as it is, the hour, and the
-- client's contact where there is only one.
SELECT a.id, a.number, a.title, a.client_id, client.name AS client, a.state, a.version,
       a.next_step, a.next_step_on,
       to_char(now() AT TIME ZONE trato.setting_value('timezone'), 'YYYY-MM-DD') AS today,
       to_char(now() AT TIME ZONE trato.setting_value('timezone'), 'HH24:MI') AS clock,
       single.id AS contact_id, single.name AS contact
  FROM trato.action AS a
  JOIN trato.client ON client.id = a.client_id
  LEFT JOIN LATERAL (
       SELECT min(contact.id) AS id, min(contact.name) AS name FROM trato.contact
        WHERE contact.client_id = a.client_id AND contact.active
       HAVING count(*) = 1) AS single ON true
 WHERE a.id = $1::bigint;
