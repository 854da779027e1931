-- Actions with their members, holds and collaboration requests. Part of demo.sql.
--
-- Most actions have a client of their own (seat 'first') and hold its first division, often its
-- second too. Some stand 'beside' the one before them and hold that client's third division; some
-- came 'before' it and held the same divisions, which were free again when it began. Divisions
-- from the fifth on are always free.

CREATE UNLOGGED TABLE demo.plan_seat AS
SELECT a, seat,
       1 + (a - CASE seat WHEN 'first' THEN 0 ELSE 1 END)::bigint * 7919 % :clients AS client_id,
       CASE WHEN :clients = 200 THEN ('{1,1,1,2,2,2,3,4,5,6}'::integer[])[1 + pick(a, 60, 10)]
            ELSE 1 + pick(a, 60, :reps) END AS rep,
       CASE seat WHEN 'before' THEN
                ('{won,lost,cancelled,lost,won,lost}'::text[])[1 + a / 10 % 6]
            ELSE CASE WHEN :clients = 200 THEN
                     CASE WHEN chance < 9 OR chance = 10 THEN 'open' WHEN chance < 15 THEN 'won'
                          WHEN chance < 18 THEN 'lost' ELSE 'cancelled' END
                 ELSE CASE WHEN chance < 4 THEN 'open' WHEN chance < 12 THEN 'won'
                           WHEN chance < 18 THEN 'lost' ELSE 'cancelled' END END END AS state
  FROM (SELECT a, a * 7 % 20 AS chance,
               CASE WHEN a % 10 = 7 THEN 'before' WHEN a % 5 = 0 THEN 'beside' ELSE 'first' END AS seat
          FROM generate_series(1, :actions) AS a) AS numbered;

CREATE UNLOGGED TABLE demo.plan_span AS
SELECT a, CASE state WHEN 'open' THEN closed_x
                ELSE least(closed_x + 12 + 60 * part(a, 62), 258 + part(a, 62)) END AS opened_x,
       CASE WHEN state <> 'open' THEN closed_x END AS closed_x
  FROM (SELECT a, state,
               CASE WHEN state <> 'open' THEN 1.2 + CASE a % 10 WHEN 6 THEN 60 ELSE 220 END * part(a, 61)
                    ELSE 1.3 + 125 * power(part(a, 61), 1.4) END AS closed_x
          FROM plan_seat WHERE seat <> 'before') AS planned;
INSERT INTO plan_span
SELECT a, closed_x + 14 + 50 * part(a, 62), closed_x
  FROM (SELECT seat.a, opened_x + 2 + 15 * part(seat.a, 61) AS closed_x
          FROM plan_seat AS seat
          JOIN plan_span AS after ON after.a = seat.a - 1
         WHERE seat = 'before') AS planned;

-- Ids follow time. quiet_x: when somebody last was in contact.
CREATE UNLOGGED TABLE demo.plan_action AS
SELECT row_number() OVER (ORDER BY opened_x DESC, a) AS id, a, seat, client_id, rep, person_id,
       state, opened_x, closed_x, coalesce(closed_x, 1) AS end_x,
       CASE WHEN closed_x IS NULL AND opened_x > 45 AND a % 3 = 0 THEN 24 + 15 * part(a, 63)
            ELSE coalesce(closed_x, 1) END AS quiet_x,
       seat = 'first' AND divisions_of(client_id) >= 4 AND pick(a, 64, 8) = 0 AS let_one_go,
       seat <> 'beside' AND pick(a, 65, 2) = 0 AS holds_two
  FROM plan_seat
  JOIN plan_span USING (a)
  JOIN rep USING (rep);
ALTER TABLE plan_action ADD PRIMARY KEY (id);
ANALYZE plan_action;

INSERT INTO action (id, number, client_id, title, state, state_reason_id, state_note, opened_at,
                    opened_by, closed_at, next_step, next_step_on, expected_close, notes)
OVERRIDING SYSTEM VALUE
SELECT planned.id, 1000 + planned.id, planned.client_id,
       CASE pick(a, 70, 6) WHEN 0 THEN 'Renovación ' || extract(year FROM opened_at) || ' · ' || division.name
           WHEN 1 THEN 'Nuevo contrato para ' || division.name
           WHEN 2 THEN 'Ampliación de servicios en ' || division.name
           WHEN 3 THEN 'Concurso ' || division.name
           WHEN 4 THEN 'Propuesta conjunta: ' || coalesce(area.name, 'servicios generales')
           ELSE coalesce(area.name, 'Servicios') || ' para ' || division.name END,
       state,
       CASE state WHEN 'lost' THEN (SELECT id FROM reason WHERE kind = 'action_lost'
                                     ORDER BY id OFFSET pick(a, 71, 5) LIMIT 1) END,
       CASE state WHEN 'lost' THEN 'El cliente nos lo comunica por teléfono.'
           WHEN 'cancelled' THEN 'Se abrió por error: ya había otra acción en marcha.' END,
       opened_at, person_id, moment(closed_x),
       step, CASE WHEN step IS NOT NULL THEN step_on END,
       CASE state WHEN 'open' THEN :'today'::date - 10 + pick(a, 74, 120) END,
       CASE pick(a, 75, 8) WHEN 0 THEN 'Decide el comité de compras, que se reúne los jueves.'
           WHEN 1 THEN 'El contrato actual vence a final de año; la competencia ya ha visitado.' END
  FROM (SELECT *, moment(opened_x) AS opened_at,
               CASE WHEN state = 'open' AND pick(a, 72, 12) > 0 THEN
                   one('{Llamar para confirmar la visita,Enviar oferta revisada,Visita a las instalaciones,
                         Reunión con Compras,Preparar muestras,Recordar la firma,Pedir los pliegos,
                         Enviar referencias,Comer con el gerente,Llamar a Administración,
                         Presentar el plan de formación,Revisar precios con Dirección}'::text[], a, 73) END AS step,
               -- Overdue, today, this week, later, and some without a date.
               CASE a % 9 WHEN 0 THEN :'today'::date - 1 - pick(a, 76, 9) WHEN 1 THEN :'today'::date - 1
                   WHEN 2 THEN :'today'::date WHEN 3 THEN :'today'::date
                   WHEN 4 THEN :'today'::date + 1 WHEN 5 THEN :'today'::date + 2 + pick(a, 76, 4)
                   WHEN 6 THEN :'today'::date + 3 WHEN 7 THEN :'today'::date + 7 + pick(a, 76, 40)
                   END AS step_on
          FROM plan_action) AS planned
  JOIN division ON division.id = division_id(planned.client_id, CASE seat WHEN 'beside' THEN 3 ELSE 1 END)
  LEFT JOIN area ON area.id = division.area_id
 ORDER BY planned.id;

UPDATE client SET archived = false
 WHERE archived AND id IN (SELECT client_id FROM plan_action WHERE state = 'open');

INSERT INTO hold (action_id, division_id, client_id, held_at, released_at, released_by_closing)
SELECT id, division_id(client_id, nth), client_id,
       moment(opened_x), moment(CASE WHEN nth = 4 THEN let_go_x ELSE closed_x END),
       nth <> 4 AND closed_x IS NOT NULL
  FROM (SELECT *, end_x + (opened_x - end_x) * part(a, 66) AS let_go_x FROM plan_action) AS planned
  CROSS JOIN LATERAL unnest(CASE WHEN seat = 'beside' THEN '{3}'::integer[]
           WHEN holds_two THEN '{1,2}'::integer[] ELSE '{1}'::integer[] END
           || CASE WHEN let_one_go THEN '{4}'::integer[] ELSE '{}'::integer[] END) AS nth
 ORDER BY id, nth;

-- One in five actions has a collaborator; half of them had asked for it.
CREATE UNLOGGED TABLE demo.plan_helper AS
SELECT *, joined_x + least(0.3, (opened_x - joined_x) / 2) AS asked_x
  FROM (SELECT plan.id AS action_id, plan.a, plan.person_id AS owner_id, helper.person_id,
               opened_x, end_x + (opened_x - end_x) * (0.5 + 0.4 * part(a, 81)) AS joined_x,
               pick(a, 82, 2) = 0 AS asked
          FROM plan_action AS plan
          JOIN rep AS helper ON helper.rep = 1 + (plan.rep + pick(a, 83, :reps - 1)) % :reps
         WHERE pick(a, 80, 5) = 0) AS joined;

INSERT INTO action_member (action_id, person_id, is_owner, joined_at)
SELECT id, person_id, true, moment(opened_x) FROM plan_action
UNION ALL
SELECT action_id, person_id, false, moment(joined_x) FROM plan_helper
 ORDER BY 1, 4;

-- Requests: those that made a collaborator, and others to the owners of open actions.
INSERT INTO request (action_id, person_id, message, state, state_note, made_at, answered_at,
                     answered_by, heard_at, version)
SELECT action_id, person_id, message, state, CASE state WHEN 'declined' THEN 'Ya está casi cerrado, gracias.' END,
       made_at, CASE WHEN state <> 'open' THEN answered_at END,
       CASE state WHEN 'open' THEN NULL WHEN 'withdrawn' THEN person_id ELSE owner_id END,
       CASE WHEN state <> 'open' THEN answered_at END,
       CASE state WHEN 'open' THEN 1 ELSE 2 END
  FROM (SELECT action_id, person_id, owner_id, 'accepted' AS state,
               'Conozco bien a este cliente, ¿lo llevamos juntos?' AS message,
               moment(asked_x) AS made_at, moment(joined_x) AS answered_at
          FROM plan_helper WHERE asked
        UNION ALL
        SELECT plan.id, asker.person_id, plan.person_id,
               ('{open,declined,withdrawn,open}'::text[])[least(4, plan.nth)],
               one('{"Tengo una oferta de formación para ellos, ¿puedo participar?",
                     "Me han llamado de este cliente. ¿Lo vemos juntos?",
                     "Necesitan también limpieza y es lo mío."}'::text[], plan.a, 84),
               moment(plan.asked_x), moment(plan.asked_x - 0.1)
          FROM (SELECT *, row_number() OVER (PARTITION BY person_id ORDER BY pick(a, 85, 1000), a)::integer AS nth,
                       1.15 + least(4, (opened_x - 1.15) * 0.5) * part(a, 86) AS asked_x
                  FROM plan_action
                 WHERE state = 'open' AND pick(a, 85, 10) < CASE WHEN :clients = 200 THEN 6 ELSE 1 END) AS plan
          JOIN rep AS asker ON asker.rep = CASE WHEN :clients = 200 AND plan.rep = 1 THEN 2
                                                WHEN :clients = 200 AND plan.rep = 2 THEN 1
                                                ELSE 1 + (plan.rep + pick(plan.a, 87, :reps - 1)) % :reps END
          LEFT JOIN plan_helper AS helper ON helper.action_id = plan.id
         WHERE plan.nth <= CASE WHEN :clients = 200 THEN 3 ELSE 5 END
           AND helper.person_id IS DISTINCT FROM asker.person_id) AS planned
 ORDER BY made_at;
