-- The divisions that an action ($2; NULL: the one of the offer $1) holds, for a check list: ticked
-- are those that the offer covers, else the only one.
SELECT division.id, division.name AS label, area.name AS note, 'f' AS blocked,
       part.id IS NOT NULL OR count(*) OVER () = 1 AS ticked
  FROM trato.offer AS o
  JOIN trato.hold ON hold.action_id = CASE WHEN $2::bigint IS NULL THEN o.action_id ELSE $2 END
                 AND hold.released_at IS NULL
  JOIN trato.division ON division.id = hold.division_id
  LEFT JOIN trato.area ON area.id = division.area_id
  LEFT JOIN trato.offer_division AS part ON part.offer_id = o.id
                                        AND part.division_id = division.id
 WHERE o.id = $1::bigint
 ORDER BY division.name;
