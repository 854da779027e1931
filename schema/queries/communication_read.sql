-- A communication ($1), or its last version, and behind it its earlier versions.
WITH RECURSIVE later AS (
    SELECT c.* FROM trato.communication AS c WHERE c.id = $1::bigint
    UNION ALL
    SELECT c.* FROM later JOIN trato.communication AS c ON c.corrects_id = later.id
), version AS (
    (SELECT * FROM later ORDER BY id DESC LIMIT 1)
    UNION ALL
    SELECT c.* FROM version JOIN trato.communication AS c ON c.id = version.corrects_id
)
SELECT v.id, v.action_id, a.number AS action_number, a.title AS action_title,
       a.client_id, client.name AS client, v.channel, v.direction, v.contact_id,
       contact.name AS contact, contact.job_title,
       to_char(v.happened_at AT TIME ZONE zone.name, 'YYYY-MM-DD HH24:MI') AS moment,
       v.subject, v.body, v.duration_minutes, v.tracking_number, v.message_id,
       v.attachments, author.name AS author,
       to_char(v.logged_at AT TIME ZONE zone.name, 'YYYY-MM-DD HH24:MI') AS logged,
       EXISTS (SELECT FROM trato.action_member AS m
                WHERE m.action_id = v.action_id AND m.left_at IS NULL
                  AND m.person_id = (SELECT trato.my_id())) AS is_member
  FROM version AS v
  JOIN trato.action AS a ON a.id = v.action_id
  JOIN trato.client ON client.id = v.client_id
  CROSS JOIN (SELECT trato.setting_value('timezone') AS name) AS zone
  LEFT JOIN trato.contact ON contact.id = v.contact_id
  LEFT JOIN trato.person AS author ON author.id = v.author_id
 ORDER BY v.id DESC;
