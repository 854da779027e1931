-- What would move if a client ($2) were merged into another ($1).
SELECT c.name, c.version, c.tax_id,
       (SELECT count(*) FROM trato.contact WHERE client_id = c.id) AS contacts,
       (SELECT count(*) FROM trato.division WHERE client_id = c.id) AS divisions,
       (SELECT count(*) FROM trato.action WHERE client_id = c.id) AS actions,
       (SELECT count(*) FROM trato.division AS its
         WHERE its.client_id = c.id
           AND EXISTS (SELECT FROM trato.division AS mine WHERE mine.client_id = $1::bigint
                          AND trato.fold(mine.name) = trato.fold(its.name))) AS same_names
  FROM trato.client AS c
 WHERE c.id = $2::bigint;
