-- Offers by state: those that are live now, and those that were decided in the period ($1 to $2),
-- of an area ($3) and a rep ($4).
WITH period AS (
    SELECT today, coalesce($1::date, (date_trunc('month', today) - interval '12 months')::date) AS since,
           nullif(coalesce($2::date, today), today) AS until
      FROM (SELECT trato.today() AS today OFFSET 0) AS now),
counted AS (
    SELECT f.kind AS state, f.currency, f.offers, f.cents
      FROM period, trato.figures('{draft,presented}', today, NULL, NULL, $3, $4) AS f
    UNION ALL
    SELECT 'expired', f.currency, f.offers, f.cents
      FROM period, trato.figures('{presented}', NULL, today - 1, NULL, $3, $4) AS f
    UNION ALL
    SELECT f.kind, f.currency, f.offers, f.cents
      FROM period, trato.figures('{approved,rejected,withdrawn}', since, until, NULL, $3, $4) AS f)
SELECT state, currency, sum(offers)::bigint AS offers, sum(cents) AS cents
  FROM counted
 GROUP BY state, currency
HAVING sum(offers) > 0
 ORDER BY array_position('{draft,presented,expired,approved,rejected,withdrawn}', state),
          currency <> 'EUR', currency;
