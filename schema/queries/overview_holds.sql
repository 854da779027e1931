-- The divisions that have been held longest.
SELECT client, division, action_number, holder,
       extract(epoch FROM now() - held_at)::bigint AS age
  FROM trato.hold_overview
 ORDER BY held_at, id
 LIMIT 60;
