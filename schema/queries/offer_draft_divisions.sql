-- The divisions that the action of an offer ($1; NULL: of a new one in action $2) holds, for a
-- check list. A new offer begins with the only one.
SELECT division.id, division.name AS label, area.name AS note, 'f' AS blocked,
       CASE WHEN $1::bigint IS NULL THEN count(*) OVER () = 1
            ELSE EXISTS (SELECT FROM trato.offer_division AS part
                          WHERE part.offer_id = $1 AND part.division_id = division.id)
       END AS ticked
  FROM trato.hold
  JOIN trato.division ON division.id = hold.division_id
  LEFT JOIN trato.area ON area.id = division.area_id
 WHERE hold.released_at IS NULL
   AND hold.action_id = (SELECT coalesce((SELECT action_id FROM trato.offer WHERE id = $1), $2::bigint))
 ORDER BY division.name;
