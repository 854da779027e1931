-- What stands at the beginning of an offer's form: the draft ($1), or what a new one ($1 NULL)
-- takes from its action ($2).
SELECT a.id AS action_id, a.number AS action_number, a.title AS action_title,
       client.name AS client, o.id, o.state, o.revision, o.version,
       coalesce(o.title, a.title) AS title, coalesce(o.currency, 'EUR') AS currency,
       o.probability,
       CASE WHEN o.id IS NULL THEN a.expected_close ELSE o.expected_close END AS expected_close,
       CASE WHEN o.id IS NULL THEN trato.today() + 30 ELSE o.valid_until END AS valid_until,
       o.payment_terms, o.notes
  FROM trato.action AS a
  JOIN trato.client ON client.id = a.client_id
  LEFT JOIN trato.offer AS o ON o.id = $1::bigint
 WHERE a.id = CASE WHEN $1 IS NULL THEN $2::bigint ELSE o.action_id END;
