-- Notices and their invoices, and the history of states of everything. Part of demo.sql.

SELECT max(id) FILTER (WHERE email = 'berta@trato.example') AS berta,
       max(id) FILTER (WHERE email = 'bruno@trato.example') AS bruno,
       max(id) FILTER (WHERE email = 'marta@trato.example') AS marta
  FROM person
\gset

-- What waits is what plan_waiting said; of the others one in eight is invoiced in part.
CREATE UNLOGGED TABLE demo.dated_notice AS
SELECT planned.id, offer_id, planned.action_id, planned.family, planned.person_id, made_at, revoked_x,
       offer.net_cents, offer.vat_cents, offer.total_cents,
       CASE WHEN pick(planned.id, 130, 2) = 0 OR waiting = 4 THEN :berta ELSE :bruno END AS clerk_id,
       CASE WHEN revoked_x IS NOT NULL THEN 'void'
           WHEN waiting IN (1, 2) THEN 'pending' WHEN waiting = 3 THEN 'taken' WHEN waiting = 4 THEN 'returned'
           WHEN waiting IS NOT NULL THEN ('{pending,taken,returned,pending}'::text[])[1 + waiting % 4]
           WHEN planned.id % 8 = 3 THEN 'partial' ELSE 'invoiced' END AS state,
       waiting IS NULL AND planned.id % 5 = 1 AS in_two,
       -- The next steps, each a little after the one before.
       CASE WHEN waiting IS NOT NULL THEN 1.05 + 0.2 * part(planned.id, 131)
           ELSE decided_x - 0.05 - 0.4 * part(planned.id, 131) END AS taken_x,
       waiting
  FROM plan_notice AS planned
  JOIN offer ON offer.id = offer_id;
UPDATE dated_notice SET clerk_id = :bruno WHERE waiting = 3;
CREATE UNLOGGED TABLE demo.notice_steps AS
SELECT *, 1.02 + (invoiced_x - 1.02) * part(id, 133) AS rest_x
  FROM (SELECT *, taken_x - 0.02 - 0.4 * part(id, 132) AS invoiced_x FROM dated_notice) AS planned;

INSERT INTO notice (id, offer_id, action_id, state, state_reason_id, state_note, made_at, seen_at,
                    seen_by, taken_at, taken_by, total_cents, invoiced_cents)
OVERRIDING SYSTEM VALUE
SELECT id, offer_id, action_id, state,
       CASE state WHEN 'returned' THEN
           (SELECT min(id) FROM reason WHERE kind = 'notice_returned' AND NOT needs_note) END,
       CASE state WHEN 'returned' THEN 'El NIF de la oferta no coincide con el de la ficha del cliente.'
           WHEN 'void' THEN 'El cliente retira el pedido por ahora.' END,
       made_at,
       CASE WHEN state NOT IN ('pending', 'void') THEN moment(taken_x + 0.01) END,
       CASE WHEN state NOT IN ('pending', 'void') THEN clerk_id END,
       CASE WHEN state IN ('taken', 'partial', 'invoiced') THEN moment(taken_x) END,
       CASE WHEN state IN ('taken', 'partial', 'invoiced') THEN clerk_id END,
       total_cents,
       CASE state WHEN 'invoiced' THEN total_cents
           WHEN 'partial' THEN net_cents * 2 / 5 + vat_cents * 2 / 5 ELSE 0 END
  FROM notice_steps
 ORDER BY id;

INSERT INTO invoice (notice_id, action_id, series, number, issued_on, net_cents, vat_cents,
                     total_cents, recorded_at, recorded_by)
SELECT notice_id, action_id, 'FV', lpad(nth::text, greatest(5, length(nth::text)), '0'),
       local_date(at), net, vat, net + vat, at, clerk_id
  FROM (SELECT *, row_number() OVER (PARTITION BY extract(year FROM at) ORDER BY at, notice_id) AS nth
          FROM (SELECT id AS notice_id, action_id, clerk_id, moment(invoiced_x) AS at,
                       CASE WHEN state = 'partial' OR in_two THEN net_cents * 2 / 5 ELSE net_cents END AS net,
                       CASE WHEN state = 'partial' OR in_two THEN vat_cents * 2 / 5 ELSE vat_cents END AS vat
                  FROM notice_steps WHERE state IN ('partial', 'invoiced')
                UNION ALL
                SELECT id, action_id, clerk_id, moment(rest_x), net_cents - net_cents * 2 / 5, vat_cents - vat_cents * 2 / 5
                  FROM notice_steps WHERE state = 'invoiced' AND in_two) AS issued) AS numbered
 ORDER BY at;

-- Every arrow that was walked. A cancelled action with presented offers was a manager's to close.
INSERT INTO state_change (entity, row_id, action_id, from_state, to_state, reason_id, note, person_id, at)
SELECT 'action', action.id, action.id, 'open', action.state, state_reason_id, state_note,
       CASE WHEN action.state = 'cancelled'
                 AND EXISTS (SELECT FROM dated_offer WHERE action_id = action.id AND presented_at IS NOT NULL)
            THEN :marta ELSE plan_action.person_id END, closed_at
  FROM action JOIN plan_action USING (id) WHERE action.state <> 'open'
UNION ALL
SELECT 'request', id, action_id, 'open', state, NULL, state_note, answered_by, answered_at
  FROM request WHERE state <> 'open'
UNION ALL
SELECT 'offer', id, action_id, 'draft', 'presented', NULL, NULL, person_id, presented_at
  FROM dated_offer WHERE presented_at IS NOT NULL
UNION ALL
SELECT 'offer', offer.id, offer.action_id, CASE WHEN offer.presented_at IS NULL THEN 'draft' ELSE 'presented' END,
       offer.state, offer.state_reason_id, offer.state_note, person_id, decided_at
  FROM offer JOIN dated_offer USING (id) WHERE offer.state NOT IN ('draft', 'presented')
UNION ALL
SELECT 'offer', offer_id, action_id, 'presented', 'approved', NULL, NULL, person_id, made_at
  FROM notice_steps WHERE state = 'void'
UNION ALL
SELECT 'offer', offer_id, action_id, 'approved', 'presented', NULL, 'El cliente retira el pedido por ahora.',
       :marta, moment(revoked_x)
  FROM notice_steps WHERE state = 'void'
UNION ALL
SELECT 'notice', id, action_id, 'pending', 'void', NULL, 'El cliente retira el pedido por ahora.', :marta,
       moment(revoked_x)
  FROM notice_steps WHERE state = 'void'
UNION ALL
SELECT 'notice', id, action_id, 'pending', 'taken', NULL, NULL, clerk_id, moment(taken_x)
  FROM notice_steps WHERE state IN ('taken', 'partial', 'invoiced')
UNION ALL
SELECT 'notice', notice.id, notice.action_id, 'pending', 'returned', state_reason_id, state_note, clerk_id,
       moment(taken_x)
  FROM notice JOIN notice_steps USING (id) WHERE notice.state = 'returned'
UNION ALL
SELECT 'notice', id, action_id, 'taken', CASE WHEN state = 'partial' OR in_two THEN 'partial' ELSE 'invoiced' END,
       NULL, NULL, clerk_id, moment(invoiced_x)
  FROM notice_steps WHERE state IN ('partial', 'invoiced')
UNION ALL
SELECT 'notice', id, action_id, 'partial', 'invoiced', NULL, NULL, clerk_id, moment(rest_x)
  FROM notice_steps WHERE state = 'invoiced' AND in_two
 ORDER BY 9, 1 DESC, 2;
