-- Sales by area: approved in the period ($1 to $2) and on the table now, of a rep ($4), and of one
-- area alone ($3). An offer is counted in each of its areas, its amount is shared among them, as
-- trato.area_parts does for one offer.
WITH asked AS (SELECT trato.today() AS today, trato.figure_currency() AS currency OFFSET 0),
work AS (
    SELECT f.area_id, f.offers, f.cents, 0 AS presented, 0 AS presented_cents
      FROM asked, trato.figures('{approved}',
               coalesce($1::date, (date_trunc('month', today) - interval '12 months')::date),
               nullif(coalesce($2::date, today), today), 'area', $3, $4) AS f
     WHERE f.currency = asked.currency
    UNION ALL
    SELECT f.area_id, 0, 0, f.offers, f.cents
      FROM asked, trato.figures('{presented}', today, NULL, 'area', $3, $4) AS f
     WHERE f.currency = asked.currency)
SELECT nullif(work.area_id, 0) AS area_id, a.name AS area, sum(offers)::bigint AS offers,
       sum(cents) AS cents, sum(presented)::bigint AS presented,
       sum(presented_cents) AS presented_cents
  FROM work
  LEFT JOIN trato.area AS a ON a.id = work.area_id
 GROUP BY work.area_id, a.name
HAVING sum(offers) > 0 OR sum(presented) > 0
 ORDER BY 4 DESC, 6 DESC, a.name;
