-- Who works in the action, then whom one can talk to at the client.
SELECT 'm' || m.id AS key, person.name, CASE WHEN m.is_owner THEN 'owner' ELSE 'collaborator' END
           AS part, NULL AS job_title, person.email, NULL AS phone, NOT m.is_owner AS rank
  FROM trato.action_member AS m
  JOIN trato.person ON person.id = m.person_id
 WHERE m.action_id = $1::bigint AND m.left_at IS NULL
UNION ALL
SELECT 'c' || contact.id, contact.name, 'contact', contact.job_title, contact.email,
       coalesce(contact.mobile, contact.phone), NULL
  FROM trato.action AS a
  JOIN trato.contact ON contact.client_id = a.client_id AND contact.active
 WHERE a.id = $1::bigint
 ORDER BY rank, name;
