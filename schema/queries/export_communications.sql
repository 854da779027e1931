-- For `trato export communications`: the columns are the keys of its JSON and the headings of its
-- CSV. Of what was corrected only the last version.
SELECT client.name AS client, action.number AS action_number, contact.name AS contact, c.channel,
       c.direction, c.happened_at, c.subject, c.body, c.duration_minutes, c.tracking_number,
       c.message_id, c.attachments, person.name AS author
  FROM trato.communication AS c
  JOIN trato.action ON action.id = c.action_id
  JOIN trato.client ON client.id = c.client_id
  LEFT JOIN trato.contact ON contact.id = c.contact_id
  LEFT JOIN trato.person ON person.id = c.author_id
 WHERE NOT EXISTS (SELECT FROM trato.communication AS later WHERE later.corrects_id = c.id)
 ORDER BY c.happened_at, c.id;
