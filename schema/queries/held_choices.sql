-- The divisions that an action holds, for a choice.
SELECT division.id, division.name AS label
  FROM trato.hold
  JOIN trato.division ON division.id = hold.division_id
 WHERE hold.action_id = $1::bigint AND hold.released_at IS NULL
 ORDER BY division.name;
