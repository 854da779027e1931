-- For `trato list agenda`: the columns are the keys of its JSON.
SELECT a.next_step_on, a.next_step, c.name AS client, c.phone, a.number AS action_number, a.title,
       a.next_step_on < trato.today() AS overdue
  FROM trato.action_member AS m
  JOIN trato.action AS a ON a.id = m.action_id
  JOIN trato.client AS c ON c.id = a.client_id
 WHERE m.person_id = (SELECT trato.my_id()) AND m.left_at IS NULL
   AND a.state = 'open' AND a.next_step IS NOT NULL
 ORDER BY a.next_step_on, a.number;
