-- A page of the notices of the asker's own actions, those that were returned to him first, then
-- the newest, before ($1 id, $6 rank). $3 is what was typed, $4 which ones: all, waiting or one state; $5
-- the language, $7 the area and $8 the rep whose they are. It starts from the membership, which
-- row-level security would otherwise ask row by row.
WITH page AS (
    SELECT n.id, rank.of_state AS rank
      FROM trato.action_member AS m
      JOIN trato.notice AS n ON n.action_id = m.action_id
      JOIN trato.offer AS o ON o.id = n.offer_id
      JOIN trato.action AS a ON a.id = n.action_id
      JOIN trato.client AS c ON c.id = a.client_id
      CROSS JOIN (SELECT replace(replace(replace(trato.fold($3), '\', '\\'), '%', '\%'),
                                 '_', '\_') AS word) AS typed
      CROSS JOIN LATERAL (
           SELECT CASE n.state WHEN 'returned' THEN 1 ELSE 2 END AS of_state) AS rank
     WHERE m.person_id = (SELECT trato.my_id()) AND m.left_at IS NULL
       AND CASE $4::text WHEN 'all' THEN true
                         WHEN 'waiting' THEN n.state IN ('pending', 'taken', 'returned', 'partial')
                         ELSE n.state = $4 END
       AND ($7::bigint IS NULL
            OR EXISTS (SELECT FROM trato.offer_division AS od
                         JOIN trato.division AS d ON d.id = od.division_id
                        WHERE od.offer_id = n.offer_id AND d.area_id = $7))
       AND ($8::bigint IS NULL
            OR EXISTS (SELECT FROM trato.action_member AS owner
                        WHERE owner.action_id = n.action_id AND owner.person_id = $8
                          AND owner.is_owner AND owner.left_at IS NULL))
       AND (rank.of_state, -n.id)
           < (coalesce($6::integer, 9), coalesce(-$1::bigint, 0))
       AND ($3::text IS NULL OR c.search_text LIKE '% ' || typed.word || '%'
            OR trato.offer_number(o.year, o.serial, o.revision) LIKE typed.word || '%')
     ORDER BY rank.of_state DESC, n.id
     LIMIT $2::integer)
SELECT n.id AS key, page.rank, n.version, n.waits_since, n.state, n.client, n.offer_number,
       n.offer_title, n.action_number, n.currency, n.total_cents, n.invoiced_cents, n.rep,
       n.taken_by, n.taken_by_id = (SELECT trato.my_id()) AS mine,
       extract(epoch FROM now() - n.waits_since)::bigint AS age,
       extract(epoch FROM now() - n.taken_at)::bigint AS taken_age,
       CASE WHEN n.state <> 'pending' THEN 0
            WHEN n.waits_since <= limits.alarm THEN 2
            WHEN n.waits_since <= limits.warning THEN 1 ELSE 0 END AS late,
       CASE n.state WHEN 'pending' THEN trato.working_seconds(n.waits_since, now()) END AS working_age,
       CASE $5::text WHEN 'es' THEN reason.name_es ELSE reason.name_en END AS reason,
       n.state_note, n.voided_by, client.legal_name, client.tax_id, client.address, client.postcode,
       client.city, client.province, client.country, offer.net_cents, offer.vat_cents,
       offer.payment_terms, n.document_reference, n.accepted_by, n.accepted_on, n.approved_by
  FROM page
  -- Asked for each row of the page: with so many tables the planner would join all notices first.
 CROSS JOIN LATERAL (SELECT * FROM trato.notice_overview WHERE id = page.id OFFSET 0) AS n
  JOIN trato.client ON client.id = n.client_id
  JOIN trato.offer ON offer.id = n.offer_id
  LEFT JOIN trato.reason ON reason.id = n.state_reason_id
  CROSS JOIN trato.notice_limits() AS limits
 ORDER BY page.rank, n.id DESC;
