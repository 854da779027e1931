-- The sums of an offer for each rate of VAT.
SELECT vat, sum(net_cents)::bigint AS net_cents, sum(vat_cents)::bigint AS vat_cents
  FROM trato.offer_line WHERE offer_id = $1::bigint GROUP BY vat ORDER BY vat DESC;
