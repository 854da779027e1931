-- The clients that may be meant by what was typed ($1): an id, a whole name, or a part of one.
SELECT c.id, c.name, c.id::text = $1::text OR c.name_folded = trato.fold(btrim($1)) AS whole
  FROM trato.client AS c
 WHERE c.id IN (SELECT CASE WHEN $1 ~ '^[0-9]{1,18}$' THEN $1::bigint END
                UNION ALL SELECT client_id FROM trato.found_clients($1, true, 8))
   AND btrim($1) <> ''
 ORDER BY whole DESC, c.name_folded, c.id
 LIMIT 2;
