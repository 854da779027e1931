-- The open actions without contact for longest, of an area ($1) and a rep ($2).
SELECT a.id AS action_id, a.number AS action_number, c.name AS client, p.name AS rep,
       extract(epoch FROM now() - quiet.since)::bigint AS age
  FROM (SELECT a.id, coalesce((SELECT max(c.happened_at) FROM trato.communication AS c
                                WHERE c.action_id = a.id), a.opened_at) AS since
          FROM trato.figure_actions($1, $2) AS a
         WHERE a.state = 'open'
         ORDER BY since, a.id
         LIMIT 60) AS quiet
  JOIN trato.action AS a USING (id)
  JOIN trato.client AS c ON c.id = a.client_id
  LEFT JOIN trato.action_member AS m ON m.action_id = a.id AND m.is_owner AND m.left_at IS NULL
  LEFT JOIN trato.person AS p ON p.id = m.person_id
 ORDER BY quiet.since, a.id;
