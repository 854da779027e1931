-- The asker's open actions that match what was typed ($2): a number, or words of client and title;
-- those with the clients of the message ($1) first.
SELECT a.id, a.number || ' ' || client.name AS label, a.title AS note
  FROM trato.action_member AS member
  JOIN trato.action AS a ON a.id = member.action_id AND a.state = 'open'
  JOIN trato.client ON client.id = a.client_id
 CROSS JOIN (SELECT replace(replace(replace(trato.fold(btrim($2::text)), '\', '\\'), '%', '\%'), '_', '\_')
                        AS word) AS typed
 WHERE member.person_id = (SELECT trato.my_id()) AND member.left_at IS NULL
   AND (a.number::text LIKE typed.word || '%'
        OR ' ' || trato.fold(client.name || ' ' || a.title) LIKE '% ' || typed.word || '%')
 ORDER BY a.client_id IN (SELECT found.client_id
                            FROM trato.clients_of_addresses((SELECT addresses FROM trato.mail
                                                              WHERE id = $1::bigint)) AS found) DESC,
          a.number DESC
 LIMIT 8;
