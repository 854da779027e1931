-- What is printed above and below the lines of an offer ($1).
SELECT o.id, o.state, o.title, o.currency, o.net_cents, o.vat_cents, o.total_cents,
       -- A draft that revises another offer has the number that it will get.
       coalesce(trato.offer_number(o.year, o.serial, o.revision),
                trato.offer_number(root.year, root.serial, o.revision)) AS number,
       to_char(coalesce(o.presented_at AT TIME ZONE trato.setting_value('timezone'),
                        trato.today()), 'YYYY-MM-DD') AS dated,
       o.valid_until, o.payment_terms, o.notes, client.name AS client, client.legal_name,
       client.tax_id, client.address, client.postcode, client.city, client.province,
       client.country, rep.name AS rep, rep.email AS rep_email
  FROM trato.offer AS o
  JOIN trato.offer AS root ON root.id = o.root_id
  JOIN trato.action AS a ON a.id = o.action_id
  JOIN trato.client ON client.id = a.client_id
  LEFT JOIN trato.person AS rep ON rep.id = coalesce(o.presented_by, o.created_by)
 WHERE o.id = $1::bigint;
