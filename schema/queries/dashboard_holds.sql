-- The divisions that have been held longest, of an area ($1) and a rep ($2).
SELECT h.action_id, a.number AS action_number, c.name AS client, d.name AS division,
       p.name AS holder, extract(epoch FROM now() - h.held_at)::bigint AS age
  FROM (SELECT h.id, h.action_id, h.division_id, h.client_id, h.held_at
          FROM trato.hold AS h
         WHERE h.released_at IS NULL
           AND ($1::bigint IS NULL
                OR EXISTS (SELECT FROM trato.division AS d
                            WHERE d.id = h.division_id AND d.area_id = $1 OFFSET 0))
           AND ($2::bigint IS NULL
                OR h.action_id IN (SELECT action_id FROM trato.action_member
                                    WHERE person_id = $2 AND is_owner AND left_at IS NULL))
         ORDER BY h.held_at, h.id
         LIMIT 60) AS h
  JOIN trato.action AS a ON a.id = h.action_id
  JOIN trato.client AS c ON c.id = h.client_id
  JOIN trato.division AS d ON d.id = h.division_id
  LEFT JOIN trato.action_member AS m ON m.action_id = a.id AND m.is_owner AND m.left_at IS NULL
  LEFT JOIN trato.person AS p ON p.id = m.person_id
 ORDER BY h.held_at, h.id;
