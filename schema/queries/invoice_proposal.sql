-- What is left to invoice of a notice ($1), and the series that was used last.
SELECT n.version, n.client, n.offer_number, n.currency,
       n.total_cents - n.invoiced_cents AS left_cents,
       least(greatest(offer.net_cents - invoices.net_cents, 0),
             n.total_cents - n.invoiced_cents) AS left_net_cents,
       trato.today() AS today,
       (SELECT series FROM trato.invoice ORDER BY id DESC LIMIT 1) AS series
  FROM trato.notice_overview AS n
  JOIN trato.offer ON offer.id = n.offer_id
  CROSS JOIN LATERAL (
       SELECT coalesce(sum(invoice.net_cents), 0)::bigint AS net_cents
         FROM trato.invoice WHERE invoice.notice_id = n.id) AS invoices
 WHERE n.id = $1::bigint;
