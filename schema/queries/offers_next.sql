-- A page of offers, behind ($1 at, $2 id). $4 is what was typed, $5 which ones, $6 and $7 in which
-- days they were decided, $8 of which area, $9 of which rep.
SELECT o.id AS key, page.at, o.number, o.client, o.title,
       CASE WHEN o.expired THEN 'expired' ELSE o.state END AS state, o.currency, o.total_cents,
       o.valid_until, person.name AS rep, o.action_number
  FROM trato.found_offers($4::text, $5::text, $6::date, $7::date, $8::bigint, $9::bigint, true,
                          $3::integer, $1::text, $2::bigint)
       WITH ORDINALITY AS page (id, at, nth)
 CROSS JOIN LATERAL (SELECT * FROM trato.offer_overview WHERE id = page.id OFFSET 0) AS o
  LEFT JOIN trato.action_member AS owner
         ON owner.action_id = o.action_id AND owner.is_owner AND owner.left_at IS NULL
  LEFT JOIN trato.person ON person.id = owner.person_id
 ORDER BY page.nth;
