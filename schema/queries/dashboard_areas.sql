-- Sales by area: approved in the period ($1 to $2) and on the table now, of a rep ($4), and of one
-- area alone ($3). An offer is counted in each of its areas, its amount is shared among them, as
-- trato.area_parts does for one offer.
WITH offers AS (
    SELECT o.id, true AS approved, o.cents
      FROM trato.figure_offers(NULL, $4) AS o
     WHERE o.state = 'approved' AND o.currency = (SELECT trato.figure_currency())
       AND o.approved_on >= (SELECT coalesce($1::date, (date_trunc('month', trato.today())
                                                        - interval '12 months')::date))
       AND o.approved_on <= (SELECT coalesce($2::date, trato.today()))
    UNION ALL
    SELECT o.id, false, o.cents
      FROM trato.figure_offers(NULL, $4) AS o
     WHERE o.state = 'presented' AND o.currency = (SELECT trato.figure_currency())
       AND o.valid_until >= (SELECT trato.today())),
parts AS (
    SELECT id, approved, division_id, cents * nth / many - cents * (nth - 1) / many AS cents
      FROM (SELECT o.id, o.approved, o.cents, od.division_id,
                   row_number() OVER (PARTITION BY o.id ORDER BY od.division_id) AS nth,
                   count(*) OVER (PARTITION BY o.id) AS many
              FROM offers AS o
              LEFT JOIN trato.offer_division AS od ON od.offer_id = o.id) AS divisions),
shares AS (
    SELECT p.id, p.approved, d.area_id, sum(p.cents) AS cents
      FROM parts AS p
      LEFT JOIN trato.division AS d ON d.id = p.division_id
     GROUP BY p.id, p.approved, d.area_id)
SELECT shares.area_id, a.name AS area, count(*) FILTER (WHERE approved) AS offers,
       coalesce(sum(cents) FILTER (WHERE approved), 0)::bigint AS cents,
       count(*) FILTER (WHERE NOT approved) AS presented,
       coalesce(sum(cents) FILTER (WHERE NOT approved), 0)::bigint AS presented_cents
  FROM shares
  LEFT JOIN trato.area AS a ON a.id = shares.area_id
 WHERE $3::bigint IS NULL OR shares.area_id = $3
 GROUP BY shares.area_id, a.name
 ORDER BY 4 DESC, 6 DESC, a.name;
