-- A page of the asker's next steps, by day: behind ($1 due, $2 number); those without a day come
-- last. $4 is what was typed.
SELECT a.id AS key, a.number, page.due, c.name AS client, a.title, a.next_step, a.next_step_on, c.phone,
       page.is_owner, a.version,
       CASE WHEN a.next_step_on IS NULL THEN 'undated'
            WHEN a.next_step_on < day.today THEN 'overdue'
            WHEN a.next_step_on = day.today THEN 'today'
            WHEN a.next_step_on < date_trunc('week', day.today)::date + 7 THEN 'week'
            ELSE 'later' END AS part
  FROM trato.found_own_agenda($4::text, true, $3::integer, $1::date, $2::bigint) AS page
  JOIN trato.action AS a ON a.id = page.id
  JOIN trato.client AS c ON c.id = a.client_id
 CROSS JOIN (SELECT trato.today() AS today OFFSET 0) AS day
 ORDER BY page.due, a.number;
