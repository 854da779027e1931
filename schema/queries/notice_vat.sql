-- Net amount and VAT for each rate of the offer that a notice ($1) is about.
SELECT trim_scale(line.vat) AS vat, sum(line.net_cents)::bigint AS net_cents,
       sum(line.vat_cents)::bigint AS vat_cents, offer.currency
  FROM trato.notice
  JOIN trato.offer ON offer.id = notice.offer_id
  JOIN trato.offer_line AS line ON line.offer_id = notice.offer_id
 WHERE notice.id = $1::bigint
 GROUP BY line.vat, offer.currency
 ORDER BY line.vat DESC;
