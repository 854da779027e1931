-- Sales by area: approved in the period ($1 to $2) and on the table now, of a rep ($4), and of one
-- area alone ($3). An offer is counted in each of its areas, its amount is shared among them.
WITH parts AS (
    SELECT o.state, part.area_id, part.cents
      FROM trato.figure_offers(NULL, $4) AS o
     CROSS JOIN LATERAL trato.area_parts(o.id, o.cents) AS part
     WHERE o.currency = (SELECT trato.figure_currency())
       AND ((o.state = 'approved'
             AND o.approved_on >= (SELECT coalesce($1::date, (date_trunc('month', trato.today())
                                                              - interval '12 months')::date))
             AND o.approved_on <= (SELECT coalesce($2::date, trato.today())))
            OR (o.state = 'presented' AND o.valid_until >= (SELECT trato.today()))))
SELECT a.id AS area_id, a.name AS area,
       count(*) FILTER (WHERE state = 'approved') AS offers,
       coalesce(sum(cents) FILTER (WHERE state = 'approved'), 0)::bigint AS cents,
       count(*) FILTER (WHERE state = 'presented') AS presented,
       coalesce(sum(cents) FILTER (WHERE state = 'presented'), 0)::bigint AS presented_cents
  FROM parts
  LEFT JOIN trato.area AS a ON a.id = parts.area_id
 WHERE $3::bigint IS NULL OR a.id = $3
 GROUP BY a.id, a.name
 ORDER BY 4 DESC, 6 DESC, a.name;
