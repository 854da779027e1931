-- Offers with their revisions, lines and divisions, and the numbers of presented ones. Part of
-- demo.sql.

-- A family is an offer with its revisions. The first ones go to the won actions, which need an
-- approval each. How each ends follows from how its action ended ('dropped': withdrawn with the
-- action as a draft; 'closing': the same, though presented).
CREATE UNLOGGED TABLE demo.plan_family AS
SELECT family, action_id, state AS action_state, rep, person_id, client_id, opened_x, end_x,
       CASE family % 4 WHEN 0 THEN 2 ELSE 1 END AS revisions,
       CASE state
           WHEN 'open' THEN CASE WHEN chance < 20 THEN 'draft' WHEN chance < 55 THEN 'presented'
               WHEN chance < 78 THEN CASE WHEN opened_x > 25 THEN 'approved' ELSE 'presented' END
               WHEN chance < 91 THEN 'rejected' ELSE 'withdrawn' END
           WHEN 'won' THEN CASE WHEN surely OR chance < 25 THEN 'approved' WHEN chance < 70 THEN 'rejected'
               ELSE 'withdrawn' END
           WHEN 'lost' THEN CASE WHEN chance < 60 THEN 'rejected' WHEN chance < 85 THEN 'closing'
               ELSE 'dropped' END
           ELSE 'dropped' END AS ending
  FROM (SELECT family, won.id IS NOT NULL AS surely, pick(family, 91, 100) AS chance,
               coalesce(won.id, 1 + pick(family, 90, :actions)) AS action_id
          FROM generate_series(1, :offers * 4 / 5) AS family
          LEFT JOIN (SELECT id, row_number() OVER (ORDER BY id) AS family
                       FROM plan_action WHERE state = 'won') AS won USING (family)) AS given
  JOIN plan_action ON plan_action.id = action_id;

-- created, presented and decided, for the first and the second revision.
CREATE UNLOGGED TABLE demo.plan_steps AS
SELECT family, created, presented, again, presented_again,
       CASE WHEN ending IN ('closing', 'dropped') THEN end_x
           ELSE CASE WHEN revisions = 1 THEN presented ELSE presented_again END
                - (opened_x - end_x) * (0.05 + 0.2 * part(family, 93)) END AS decided
  FROM (SELECT *, created - span * 0.06 AS presented, created - span * 0.18 AS again,
               created - span * 0.23 AS presented_again
          FROM (SELECT *, opened_x - end_x AS span,
                       opened_x - (opened_x - end_x) * (0.05 + 0.3 * part(family, 92)) AS created
                  FROM plan_family) AS begun) AS going;

CREATE UNLOGGED TABLE demo.plan_offer AS
SELECT row_number() OVER (ORDER BY created_x DESC, family, revision) AS id, *
  FROM (SELECT family, 1 AS revision, action_id, client_id, rep, person_id, action_state,
               CASE WHEN revisions = 1 THEN CASE WHEN ending IN ('closing', 'dropped') THEN 'withdrawn'
                                                 ELSE ending END
                    WHEN ending = 'dropped' OR (ending = 'draft' AND pick(family, 94, 5) < 2) THEN 'rejected'
                    WHEN ending = 'draft' THEN 'presented'
                    ELSE 'superseded' END AS state,
               created AS created_x,
               CASE WHEN revisions = 2 OR ending NOT IN ('draft', 'dropped') THEN presented END AS presented_x,
               CASE WHEN revisions = 1 THEN
                        CASE WHEN ending NOT IN ('draft', 'presented') THEN decided END
                    WHEN ending IN ('draft', 'dropped') THEN (presented + again) / 2
                    ELSE presented_again END AS decided_x,
               revisions = 1 AND ending IN ('closing', 'dropped') AS by_closing
          FROM plan_family JOIN plan_steps USING (family)
        UNION ALL
        SELECT family, 2, action_id, client_id, rep, person_id, action_state,
               CASE WHEN ending IN ('closing', 'dropped') THEN 'withdrawn' ELSE ending END,
               again,
               CASE WHEN ending NOT IN ('draft', 'dropped') THEN presented_again END,
               CASE WHEN ending NOT IN ('draft', 'presented') THEN decided END,
               ending IN ('closing', 'dropped')
          FROM plan_family JOIN plan_steps USING (family) WHERE revisions = 2) AS revision;
UPDATE plan_offer SET decided_x = NULL WHERE state = 'presented';

-- Approvals whose notices still wait, so that back office has something to do: an hour old, two
-- working days old, taken by bruno, returned, the later ones older on every day of the week; at
-- large scales more of each.
CREATE UNLOGGED TABLE demo.plan_waiting AS
SELECT *, CASE nth WHEN 1 THEN now() - interval '1 hour' WHEN 2 THEN moment(2.3)
               WHEN 3 THEN moment(2.7) WHEN 4 THEN moment(3.5) ELSE moment(1.3 + 2.7 * part(id, 95)) END AS decided_at
  FROM (SELECT id, row_number() OVER (ORDER BY rep > 2, pick(family, 196, 100000)) AS nth
          FROM plan_offer
         WHERE state = 'approved' AND action_state = 'open' AND presented_x > 5) AS candidate
 WHERE nth <= CASE WHEN :clients = 200 THEN 4 ELSE least(300, 4 + :clients / 1000) END;

-- A few approvals were revoked; their offers are presented again, their notices void.
CREATE UNLOGGED TABLE demo.dated_offer AS
SELECT *, min(id) OVER (PARTITION BY family) AS root_id,
       extract(year FROM first_presented_at AT TIME ZONE 'Europe/Madrid')::integer AS year
  FROM (SELECT plan.*, moment(created_x) AS created_at, moment(presented_x) AS presented_at,
               coalesce(waiting.decided_at, moment(decided_x)) AS decided_at, waiting.nth AS waiting,
               min(moment(presented_x)) OVER (PARTITION BY family) AS first_presented_at,
               CASE WHEN state = 'presented' AND action_state = 'open' AND presented_x > 12
                         AND pick(family, 97, 8) = 0
                         AND count(*) OVER (PARTITION BY family) = 1 THEN presented_x - 4 END AS revoked_x
          FROM plan_offer AS plan LEFT JOIN plan_waiting AS waiting USING (id)) AS planned;
CREATE UNLOGGED TABLE demo.numbered AS
SELECT family, row_number() OVER (PARTITION BY year ORDER BY first_presented_at, family)::integer AS serial
  FROM dated_offer WHERE revision = 1 AND presented_at IS NOT NULL;
INSERT INTO offer_counter (year, last)
SELECT year, count(*) FROM dated_offer WHERE revision = 1 AND presented_at IS NOT NULL GROUP BY year;
ANALYZE dated_offer;
ANALYZE numbered;

-- Notices in the order of their approvals; a revoked approval was two days old.
CREATE UNLOGGED TABLE demo.plan_notice AS
SELECT row_number() OVER (ORDER BY made_at, offer_id) AS id, *
  FROM (SELECT id AS offer_id, action_id, family, waiting, revoked_x, person_id, decided_x,
               CASE state WHEN 'approved' THEN decided_at ELSE moment(revoked_x + 2) END AS made_at
          FROM dated_offer WHERE state = 'approved' OR revoked_x IS NOT NULL) AS approved;

-- What the action's offers are about.
CREATE UNLOGGED TABLE demo.subject AS
SELECT action_id, coalesce(area_id, 7)::integer AS area, name AS division
  FROM (SELECT action_id, min(division_id) AS id FROM hold GROUP BY action_id) AS first_hold
  JOIN division USING (id);
ANALYZE subject;

-- Lines of a second revision are the first one's, cheaper. Some drafts are still empty.
INSERT INTO offer_line (offer_id, action_id, position, description, quantity, unit_price, discount, vat)
SELECT id, action_id, position, split_part(service, '|', 1),
       (CASE WHEN length(split_part(service, '|', 2)) > 6 THEN '{1,1,2,3,6,12}'::numeric[]
            WHEN split_part(service, '|', 2) LIKE '0.%' THEN '{12500,8000,24000,6400,30000,15000}'::numeric[]
            ELSE '{12,24,40,2.5,100,350}'::numeric[] END)[1 + pick(family * 10 + position, 101, 6)],
       split_part(service, '|', 2)::numeric,
       CASE WHEN revision = 2 THEN 5 ELSE 0 END
           + ('{0,0,0,0,3,7.5,10}'::numeric[])[1 + pick(family * 10 + position, 102, 7)],
       split_part(service, '|', 3)::numeric
  FROM (SELECT offer.id, family, revision, offer.action_id, position,
               (services(area))[1 + (pick(family, 103, 40) + position) % cardinality(services(area))] AS service
          FROM dated_offer AS offer
          JOIN subject USING (action_id)
          CROSS JOIN LATERAL generate_series(1, 1 + pick(family, 104, 4)) AS position
         WHERE presented_at IS NOT NULL OR pick(family, 105, 4) > 0) AS chosen
 ORDER BY id, position;

INSERT INTO offer (id, action_id, root_id, revision, year, serial, title, state, state_reason_id,
                   state_note, net_cents, vat_cents, total_cents, probability, expected_close,
                   valid_until, payment_terms, notes, created_at, created_by, presented_at,
                   presented_by, approved_on, approved_at, approved_by, accepted_on, accepted_by,
                   document_reference, rejected_at, notice_id)
OVERRIDING SYSTEM VALUE
SELECT planned.id, action_id, root_id, revision,
       CASE WHEN presented_at IS NOT NULL THEN year END,
       CASE WHEN presented_at IS NOT NULL THEN serial END,
       one('{"Propuesta de ","Oferta de ","Servicio de ","Contrato anual de ","Renovación de ","Ampliación de "}'::text[], family, 110)
           || lower((areas())[area]) || ' · ' || division,
       state,
       CASE WHEN by_closing THEN (SELECT id FROM reason WHERE kind = 'offer_withdrawn' AND code = 'action_closed')
           WHEN state = 'rejected' THEN (SELECT id FROM reason WHERE kind = 'offer_rejected' AND NOT needs_note
                                          ORDER BY id OFFSET pick(family, 111, 3) LIMIT 1)
           WHEN state = 'withdrawn' THEN (SELECT id FROM reason WHERE kind = 'offer_withdrawn' AND code IS NULL
                                           ORDER BY id OFFSET pick(family, 111, 2) LIMIT 1) END,
       CASE WHEN by_closing THEN (SELECT state_note FROM action WHERE action.id = action_id)
           WHEN state = 'rejected' AND pick(family, 112, 2) = 0 THEN 'Han elegido otra propuesta, pero quedamos en hablar en primavera.'
           WHEN revoked_x IS NOT NULL THEN 'El cliente retira el pedido por ahora.' END,
       coalesce(sums.net, 0), coalesce(sums.vat, 0), coalesce(sums.net + sums.vat, 0),
       10 + 10 * pick(family, 113, 9),
       local_date(created_at) + 20 + pick(family, 114, 90),
       CASE WHEN presented_at IS NULL THEN CASE WHEN state = 'draft' THEN :'today'::date + 30 END
           -- Of those on the table, one in four has expired or will soon.
           WHEN state = 'presented' AND pick(family, 115, 4) > 0 THEN
               greatest(local_date(presented_at) + 30, :'today'::date + 3 + pick(family, 116, 60))
           WHEN state = 'approved' THEN
               greatest(local_date(presented_at) + 60, local_date(decided_at) + 15)
           ELSE local_date(presented_at) + 30 END,
       one('{30 días fecha factura,Transferencia a 60 días,Domiciliación bancaria a 30 días,
             Confirming a 60 días,Al contado}'::text[], client_id, 117),
       CASE pick(family, 118, 9) WHEN 0 THEN 'Precios válidos para un mínimo de doce meses. No incluye festivos.' END,
       created_at, person_id, presented_at, CASE WHEN presented_at IS NOT NULL THEN person_id END,
       CASE state WHEN 'approved' THEN local_date(decided_at) END,
       CASE state WHEN 'approved' THEN decided_at END,
       CASE state WHEN 'approved' THEN person_id END,
       CASE state WHEN 'approved' THEN
           greatest(local_date(presented_at), local_date(decided_at) - pick(family, 119, 3)) END,
       CASE state WHEN 'approved' THEN
           (SELECT name FROM contact WHERE id = contact_id(planned.client_id, 1 + pick(family, 120, contacts_of(planned.client_id)))) END,
       CASE WHEN state = 'approved' AND pick(family, 121, 3) > 0 THEN
           'PED-' || extract(year FROM decided_at) || '/' || lpad(pick(family, 122, 10000)::text, 4, '0') END,
       CASE state WHEN 'rejected' THEN decided_at END,
       CASE state WHEN 'approved' THEN notice END
  FROM dated_offer AS planned
  JOIN subject USING (action_id)
  LEFT JOIN numbered USING (family)
  LEFT JOIN (SELECT offer_id, sum(net_cents) AS net, sum(vat_cents) AS vat
               FROM offer_line GROUP BY offer_id) AS sums ON sums.offer_id = planned.id
  LEFT JOIN (SELECT id AS notice, offer_id FROM plan_notice) AS made ON made.offer_id = planned.id
 ORDER BY planned.id;

-- The first division always, the second in half of them; not the one that was let go.
INSERT INTO offer_division (offer_id, action_id, division_id, offer_live)
SELECT offer.id, offer.action_id, hold.division_id, offer.is_live
  FROM (SELECT planned.id, planned.action_id, planned.family, offer.is_live
          FROM dated_offer AS planned JOIN offer USING (id)) AS offer
  JOIN (SELECT action_id, division_id, row_number() OVER (PARTITION BY action_id ORDER BY division_id) AS nth
          FROM hold WHERE released_at IS NULL OR released_by_closing) AS hold USING (action_id)
 WHERE nth = 1 OR pick(family, 123, 2) = 0
 ORDER BY offer.id, hold.division_id;
