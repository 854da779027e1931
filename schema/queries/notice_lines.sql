-- The lines of the offer that a notice ($1) is about.
SELECT line.position, line.description, trim_scale(line.quantity) AS quantity,
       trim_scale(line.unit_price) AS unit_price, trim_scale(line.discount) AS discount,
       trim_scale(line.vat) AS vat, line.net_cents, offer.currency
  FROM trato.notice
  JOIN trato.offer ON offer.id = notice.offer_id
  JOIN trato.offer_line AS line ON line.offer_id = notice.offer_id
 WHERE notice.id = $1::bigint
 ORDER BY line.position;
