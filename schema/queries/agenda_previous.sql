-- The page of next steps before ($1 due, $2 number), in the order of the list; see agenda_next.
SELECT * FROM (
    SELECT a.id AS key, a.number, coalesce(a.next_step_on, '9999-12-31') AS due, c.name AS client, a.title,
           a.next_step, a.next_step_on, c.phone, m.is_owner, a.version,
           CASE WHEN a.next_step_on IS NULL THEN 'undated'
                WHEN a.next_step_on < day.today THEN 'overdue'
                WHEN a.next_step_on = day.today THEN 'today'
                WHEN a.next_step_on < date_trunc('week', day.today)::date + 7 THEN 'week'
                ELSE 'later' END AS part
      FROM trato.action_member AS m
      JOIN trato.action AS a ON a.id = m.action_id
      JOIN trato.client AS c ON c.id = a.client_id
     CROSS JOIN (SELECT trato.today() AS today,
                        replace(replace(replace(trato.fold($4), '\', '\\'), '%', '\%'), '_', '\_')
                            AS word) AS day
     WHERE m.person_id = (SELECT trato.my_id()) AND m.left_at IS NULL
       AND a.state = 'open' AND a.next_step IS NOT NULL
       AND ($4::text IS NULL OR a.number::text = $4
            OR ' ' || trato.fold(a.next_step || ' ' || a.title) LIKE '% ' || day.word || '%'
            OR c.search_text LIKE '% ' || day.word || '%')
       AND (coalesce(a.next_step_on, '9999-12-31'), a.number)
           < (coalesce($1::date, '9999-12-31'), coalesce($2::bigint, 9223372036854775807))
     ORDER BY due DESC, a.number DESC
     LIMIT $3::integer) AS page
 ORDER BY due, number;
