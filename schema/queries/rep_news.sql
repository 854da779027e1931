-- What waits for this rep: returned notices of own actions, requests to collaborate in the actions
-- that are his, answers to his own that he has not heard (y: yes, x: no), and mail to assign.
SELECT 'r' AS kind, n.id, c.name AS label, n.total_cents AS cents, o.currency
  FROM trato.action_member AS m
  JOIN trato.notice AS n ON n.action_id = m.action_id AND n.state = 'returned'
  JOIN trato.offer AS o ON o.id = n.offer_id
  JOIN trato.action AS a ON a.id = m.action_id
  JOIN trato.client AS c ON c.id = a.client_id
 WHERE m.person_id = (SELECT trato.my_id()) AND m.left_at IS NULL
UNION ALL
SELECT 'c', r.id, p.name, NULL, NULL
  FROM trato.action_member AS m
  JOIN trato.request AS r ON r.action_id = m.action_id AND r.state = 'open'
  JOIN trato.person AS p ON p.id = r.person_id
 WHERE m.person_id = (SELECT trato.my_id()) AND m.left_at IS NULL AND m.is_owner
UNION ALL
SELECT CASE r.state WHEN 'accepted' THEN 'y' ELSE 'x' END, r.id, p.name, NULL, NULL
  FROM trato.request AS r
  LEFT JOIN trato.person AS p ON p.id = r.answered_by
 WHERE r.person_id = (SELECT trato.my_id()) AND r.heard_at IS NULL
   AND r.state IN ('accepted', 'declined')
UNION ALL
SELECT 'm', m.id, left(m.subject, 60), NULL, NULL
  FROM trato.mail AS m
 WHERE m.person_id = (SELECT trato.my_id()) AND m.state = 'waiting' AND NOT trato.mail_is_logged(m.id)
 ORDER BY 1 DESC, 2;
