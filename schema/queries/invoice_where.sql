-- Where the invoice with this series ($1) and number ($2) of the year of $3 is recorded.
SELECT n.client, n.offer_number, invoice.series, invoice.number, invoice.issued_on
  FROM trato.invoice
  JOIN trato.notice_overview AS n ON n.id = invoice.notice_id
 WHERE upper(invoice.series) = upper(coalesce(trato.filled($1), ''))
   AND upper(invoice.number) = upper(trato.filled($2))
   AND invoice.issue_year = extract(year FROM $3::date)::integer;
