-- Communications: what was said, by whom and when. Part of demo.sql.

CREATE UNLOGGED TABLE demo.plan_talk AS
SELECT row_number() OVER (ORDER BY ago DESC, talk) AS id, *
  FROM (SELECT talk, plan.id AS action_id, plan.client_id,
               CASE WHEN joined_x > ago AND pick(talk, 141, 3) = 0 THEN helper.person_id ELSE plan.person_id END AS author_id,
               ago, CASE WHEN chance < 34 THEN 'phone' WHEN chance < 70 THEN 'email' WHEN chance < 79 THEN 'visit'
                        WHEN chance < 87 THEN 'meeting' WHEN chance < 94 THEN 'message' WHEN chance < 98 THEN 'letter'
                        ELSE 'other' END AS channel
          FROM (SELECT talk, id AS action_id, quiet_x + 0.05 + (opened_x - quiet_x - 0.1) * part(talk, 142) AS ago,
                       pick(talk, 143, 100) AS chance
                  FROM (SELECT talk, 1 + (talk::bigint * 7919 + pick(talk, 140, 5)) % :actions AS id
                          FROM generate_series(1, :communications) AS talk) AS given
                  JOIN plan_action USING (id)) AS timed
          JOIN plan_action AS plan ON plan.id = timed.action_id
          LEFT JOIN plan_helper AS helper ON helper.action_id = plan.id) AS planned;

INSERT INTO communication (id, action_id, client_id, contact_id, channel, direction, happened_at, subject, body,
                           duration_minutes, tracking_number, message_id, author_id, logged_at)
OVERRIDING SYSTEM VALUE
SELECT id, action_id, client_id,
       CASE WHEN pick(talk, 150, 15) > 0 THEN contact_id(client_id, 1 + pick(talk, 151, contacts_of(client_id))) END,
       channel, CASE WHEN channel IN ('visit', 'letter') OR pick(talk, 152, 5) < 3 THEN 'out' ELSE 'in' END,
       moment(ago),
       CASE channel
       WHEN 'phone' THEN one('{Llamada de presentación,Duda sobre el precio del segundo turno,Confirman la visita,
           No está; volver a llamar el jueves,Piden ampliar el plazo,Preguntan por el certificado de calidad,
           Aclaración sobre los festivos,Ha cambiado la persona de contacto,Seguimiento de la oferta}'::text[], talk, 153)
       WHEN 'email' THEN one('{Envío de la oferta,"Re: Envío de la oferta",Documentación para el alta de proveedor,
           Petición de precios para el año que viene,"Fwd: Pliego de condiciones técnicas",Fotos de las instalaciones,
           Referencias de clientes parecidos,Acta de la reunión,Aceptación provisional,
           "Corrección del anexo II, página 3"}'::text[], talk, 153)
       WHEN 'visit' THEN one('{Visita a las instalaciones,Visita técnica con Prevención,Medición de superficies,
           Visita de cortesía,Prueba de menú con el comité}'::text[], talk, 153)
       WHEN 'meeting' THEN one('{Reunión con Compras y Producción,Presentación de la propuesta,
           Negociación de condiciones,Reunión de arranque,Videoconferencia con la dirección}'::text[], talk, 153)
       WHEN 'message' THEN one('{Confirma por mensaje la hora,Avisa de que llega tarde,Pide el teléfono del técnico,
           Agradece la visita}'::text[], talk, 153)
       WHEN 'letter' THEN one('{Oferta firmada por correo certificado,Carta de presentación,
           Devolución del contrato firmado}'::text[], talk, 153)
       ELSE one('{Encuentro en la feria del sector,Comida con el gerente,Nos recomienda otro cliente}'::text[], talk, 153) END,
       CASE WHEN pick(talk, 154, 10) < 7 THEN
           one('{"Están contentos con el servicio actual, pero el precio les parece alto.",
             "Quieren empezar el día 1. Falta la firma de la dirección.",
             "Piden desglosar los festivos y las horas nocturnas.",
             "El presupuesto se aprueba en diciembre; volver a hablar entonces.",
             "Buena impresión. Nos enseñan la nave nueva: unos 1.200 m² más.",
             "Comparan con dos empresas más. Deciden antes de fin de mes.",
             "Hay que mandar el certificado de estar al corriente con Hacienda y la Seguridad Social.",
             "La señora que lo llevaba se ha jubilado; ahora decide el jefe de planta."}'::text[], talk, 155)
           || CASE pick(talk, 156, 4) WHEN 0 THEN E'\n\nPróximo paso: enviar la propuesta revisada.'
                WHEN 1 THEN E'\n\nQuedamos en hablar la semana que viene.' ELSE '' END END,
       CASE channel WHEN 'phone' THEN 2 + pick(talk, 157, 30) WHEN 'meeting' THEN 30 + 15 * pick(talk, 157, 7)
           WHEN 'visit' THEN 30 + 15 * pick(talk, 157, 10) END,
       CASE WHEN channel = 'letter' THEN 'CD' || lpad(pick(talk, 158, 1000000000)::text, 11, '0') END,
       CASE channel WHEN 'email' THEN '<' || to_hex(talk) || '.' || to_hex(pick(talk, 159, 2000000000)) || '@mail.trato.example>' END,
       author_id, moment(ago) + interval '1 minute' * pick(talk, 160, 45)
  FROM plan_talk
 ORDER BY id;

-- One in a hundred was corrected a little later.
INSERT INTO communication (id, action_id, client_id, contact_id, channel, direction, happened_at, subject, body,
                           duration_minutes, tracking_number, message_id, author_id, logged_at, corrects_id)
OVERRIDING SYSTEM VALUE
SELECT :communications + row_number() OVER (ORDER BY id), action_id, client_id, contact_id, channel, direction,
       happened_at, subject, coalesce(body || E'\n\n', '') || 'Corrección: el precio hablado era sin IVA.',
       duration_minutes, tracking_number, message_id, author_id, logged_at + interval '50 minutes', id
  FROM communication WHERE id % 97 = 0;

-- And some calls of today.
\if :large
\else
INSERT INTO communication (id, action_id, client_id, contact_id, channel, direction, happened_at, subject, body,
                           duration_minutes, author_id, logged_at)
OVERRIDING SYSTEM VALUE
SELECT (SELECT max(id) FROM communication) + rep, id, client_id, contact_id(client_id, 1), 'phone', 'in',
       now() - interval '25 minutes' * rep, 'Preguntan cuándo pueden empezar',
       'Les corre prisa. Quedo en decirles algo hoy.', 6, person_id, now() - interval '25 minutes' * rep
  FROM (SELECT DISTINCT ON (rep) * FROM plan_action
         WHERE state = 'open' AND quiet_x = 1 AND rep <= 3 ORDER BY rep, id DESC) AS latest;
\endif

-- Without statistics each action would be looked for from end to end when it is counted.
SELECT format('ANALYZE trato.%I', relname) FROM pg_class
 WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r'
   AND relname NOT IN (SELECT of_table FROM later_index WHERE part = 'clients')
\gexec
