-- The first of the asker's open actions that match what was typed ($1): by number, client or
-- title; the one that was told something last comes first. It starts from the membership, which
-- row-level security would otherwise ask row by row.
SELECT a.id, a.number || ' · ' || a.title AS label, client.name AS note
  FROM trato.action_member AS m
  JOIN trato.action AS a ON a.id = m.action_id
  JOIN trato.client ON client.id = a.client_id
 WHERE m.person_id = (SELECT trato.my_id()) AND m.left_at IS NULL AND a.state = 'open'
   AND (a.number::text LIKE btrim($1::text) || '%'
        OR strpos(trato.fold(a.title), trato.fold(btrim($1))) > 0
        OR strpos(trato.fold(client.name), trato.fold(btrim($1))) > 0)
 ORDER BY a.number::text = btrim($1) DESC, a.number DESC
 LIMIT 8;
