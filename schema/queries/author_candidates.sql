-- The first people who may have logged something and match what was typed ($1), for a choice by
-- typing: those who have left, too.
SELECT p.id, p.name AS label, p.email AS note
  FROM trato.person AS p
 WHERE strpos(trato.fold(p.name), trato.fold(btrim($1::text))) > 0 OR strpos(p.email, lower(btrim($1))) > 0
 ORDER BY trato.fold(p.name), p.id
 LIMIT 8;
