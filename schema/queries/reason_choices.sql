-- The reasons of one kind ($1) that are in use, in the language of the screens ($2), for a
-- choice; those that need a note say so. `other` comes last.
SELECT id, CASE $2::text WHEN 'es' THEN name_es ELSE name_en END AS label, needs_note, code
  FROM trato.reason
 WHERE kind = $1::text AND active AND code IS DISTINCT FROM 'action_closed'
 ORDER BY code IS NOT DISTINCT FROM 'other', id;
