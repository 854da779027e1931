-- Every notice that waits for back office, the newest last: compared with what waited at the
-- last look. Never "since": a slow writer's row would be missed.
SELECT 'n' AS kind, n.id, c.name AS label, n.total_cents AS cents, o.currency
  FROM trato.notice AS n
  JOIN trato.offer AS o ON o.id = n.offer_id
  JOIN trato.action AS a ON a.id = n.action_id
  JOIN trato.client AS c ON c.id = a.client_id
 WHERE n.state = 'pending'
 ORDER BY n.waits_since, n.id;
