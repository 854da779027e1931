-- The collaborators of an action, for a choice.
SELECT person.id, person.name AS label
  FROM trato.action_member AS m
  JOIN trato.person ON person.id = m.person_id
 WHERE m.action_id = $1::bigint AND m.left_at IS NULL AND NOT m.is_owner
 ORDER BY person.name;
