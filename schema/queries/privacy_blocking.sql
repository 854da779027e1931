-- A blocking ($1), before it is erased.
SELECT b.id, b.reason, b.blocked_at::date AS blocked_on, b.erase_on,
       (SELECT (max(o.approved_at) + interval '6 years')::date
          FROM trato.action AS a JOIN trato.offer AS o ON o.action_id = a.id AND o.state = 'approved'
         WHERE a.client_id = CASE b.kind WHEN 'client' THEN b.subject_id
                                         WHEN 'contact' THEN (SELECT client_id FROM trato.contact
                                                               WHERE id = b.subject_id) END
        HAVING max(o.approved_at) + interval '6 years' > now()) AS law_until
  FROM trato.blocking AS b
 WHERE b.id::text = $1::text;
