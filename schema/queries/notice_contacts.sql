-- Whom to ask at the client of a notice ($1): who was last spoken to about it comes first.
SELECT contact.name, contact.job_title, contact.email, contact.phone, contact.mobile
  FROM trato.notice
  JOIN trato.action ON action.id = notice.action_id
  JOIN trato.contact ON contact.client_id = action.client_id AND contact.active
  LEFT JOIN LATERAL (
       SELECT max(happened_at) AS last_at FROM trato.communication
        WHERE communication.action_id = action.id
          AND communication.contact_id = contact.id) AS spoken ON true
 WHERE notice.id = $1::bigint
 ORDER BY spoken.last_at DESC NULLS LAST, contact.id
 LIMIT 2;
