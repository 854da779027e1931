-- The open actions without contact for longest, of an area ($1) and a rep ($2).
SELECT a.id AS action_id, a.number AS action_number, c.name AS client, p.name AS rep,
       extract(epoch FROM now() - quiet.since)::bigint AS age
  FROM (SELECT k.action_id, k.since
          FROM trato.action_contact AS k
         WHERE k.is_open
           AND ($1::bigint IS NULL
                OR EXISTS (SELECT FROM trato.hold AS h
                             JOIN trato.division AS d ON d.id = h.division_id
                            WHERE h.action_id = k.action_id AND d.area_id = $1 OFFSET 0))
           AND ($2::bigint IS NULL
                OR k.action_id IN (SELECT m.action_id FROM trato.action_member AS m
                                    WHERE m.person_id = $2 AND m.is_owner AND m.left_at IS NULL))
         ORDER BY k.since, k.action_id
         LIMIT 60) AS quiet
  JOIN trato.action AS a ON a.id = quiet.action_id
  JOIN trato.client AS c ON c.id = a.client_id
  LEFT JOIN trato.action_member AS m ON m.action_id = a.id AND m.is_owner AND m.left_at IS NULL
  LEFT JOIN trato.person AS p ON p.id = m.person_id
 ORDER BY quiet.since, a.id;
