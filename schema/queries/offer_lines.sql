-- The lines of an offer in their order.
SELECT description, quantity, unit_price, discount, vat, net_cents, vat_cents
  FROM trato.offer_line WHERE offer_id = $1::bigint ORDER BY position;
