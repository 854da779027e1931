-- One side of the difference of two revisions: all of an offer ($1) but its lines.
SELECT o.id, o.title, o.currency, o.net_cents, o.vat_cents, o.total_cents, o.probability,
       o.expected_close, o.valid_until, o.payment_terms, o.notes,
       (SELECT string_agg(division.name, ', ' ORDER BY division.name)
          FROM trato.offer_division AS part
          JOIN trato.division ON division.id = part.division_id
         WHERE part.offer_id = o.id) AS divisions
  FROM trato.offer AS o
 WHERE o.id = $1::bigint;
