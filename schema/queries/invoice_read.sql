-- A recorded invoice ($1), to correct it, and what its notice would have left without it.
SELECT i.id, i.version, i.series, i.number, i.issued_on, i.net_cents, i.vat_cents, n.client,
       n.offer_number, n.currency, n.total_cents - n.invoiced_cents + i.total_cents AS left_cents
  FROM trato.invoice AS i
 CROSS JOIN LATERAL (SELECT * FROM trato.notice_overview WHERE id = i.notice_id OFFSET 0) AS n
 WHERE i.id = $1::bigint;
