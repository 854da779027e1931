-- Clients, their contacts and divisions. Part of demo.sql.

INSERT INTO area (id, name) OVERRIDING SYSTEM VALUE
SELECT id, name FROM unnest(areas()) WITH ORDINALITY AS named (name, id);

CREATE UNLOGGED TABLE demo.plan_client AS
SELECT id, split_part(pattern, '|', 1) AS pattern, split_part(pattern, '|', 2) AS form,
       split_part(pattern, '|', 3) AS trade, split_part(pattern, '|', 4) AS place,
       CASE split_part(pattern, '|', 4) WHEN 'ca' THEN one(catalan_towns(), id, 12)
           WHEN 'eu' THEN one(basque_towns(), id, 12) WHEN 'gl' THEN one(galician_towns(), id, 12)
           
           WHEN 'x' THEN (foreign_towns())[split_part(pattern, '|', 5)::integer + pick(id, 12, 2)]
           ELSE one(towns(), id, 12) END AS town,
       one(surnames(), id, 13) AS surname, one(surnames(), id, 14) AS surname2,
       one(fancies(), id, 15) AS fancy, one(first_names(), id, 16) AS first_name
  FROM (SELECT id, (companies())[1 + (id * 29 + 7 * (id / cardinality(companies())))
                                     % cardinality(companies())] AS pattern
          FROM generate_series(1, :clients) AS id) AS chosen;

CREATE UNLOGGED TABLE demo.named_client AS
SELECT *, plain(name) || CASE WHEN :clients > 200 THEN '-' || id ELSE '' END || '.example' AS domain
  FROM (SELECT id, form, trade, place, town, surname, surname2, fancy, first_name,
               replace(replace(replace(replace(pattern, '<A>', surname), '<B>', surname2),
                               '<T>', split_part(town, '|', 1)), '<F>', fancy) AS name
          FROM plan_client) AS named;

-- The numbers of tax ids are a permutation, so that none comes twice.
INSERT INTO client (id, name, legal_name, tax_id, address, city, postcode, province, country,
                    phone, website, notes, archived, created_at, created_by)
OVERRIDING SYSTEM VALUE
SELECT id, name,
       CASE form WHEN 'A' THEN name || ', S.A.' WHEN 'B' THEN name || ', S.L.'
           WHEN 'F' THEN name || ', S. Coop.' WHEN 'V' THEN name || ', A.I.E.'
           WHEN 'D' THEN first_name || ' ' || surname || ' ' || surname2 ELSE name END,
       CASE WHEN pick(id, 20, 25) = 0 THEN NULL
           WHEN place = 'x' THEN split_part(town, '|', 5) || (500000000 + id * 7)
           WHEN form = 'D' THEN nif((id::bigint * 12345701 % 100000000)::integer)
           ELSE cif(form, (id::bigint * 1234577 % 10000000)::integer) END,
       CASE WHEN place = 'x' THEN split_part(town, '|', 2) || ' ' || 1 + pick(id, 21, 90)
           WHEN trade IN ('industry', 'logistics', 'ceramics') THEN 'Polígono Industrial ' || fancy || ', parcela ' || 1 + pick(id, 21, 90)
           WHEN place = 'ca' THEN 'Carrer de ' || surname2 || ', ' || 1 + pick(id, 21, 180)
           WHEN place = 'eu' THEN surname2 || ' kalea, ' || 1 + pick(id, 21, 80)
           WHEN place = 'gl' THEN 'Rúa de ' || surname2 || ', ' || 1 + pick(id, 21, 90)
           ELSE one('{Calle Mayor,Avda. de la Constitución,Plaza de España,Calle del Doctor Fleming,
                     Paseo de la Estación,Camino Viejo,Ronda Norte,Calle de la Peña}'::text[], id, 22)
                || ', ' || 1 + pick(id, 21, 140)
                || one('{"",", 2.º B",", bajo",", 5.ª planta"}'::text[], id, 23) END,
       split_part(town, '|', 1),
       CASE place WHEN 'x' THEN split_part(town, '|', 3)
           ELSE split_part(town, '|', 3) || lpad((1 + pick(id, 24, 60))::text, 3, '0') END,
       split_part(town, '|', 2),
       CASE place WHEN 'x' THEN split_part(town, '|', 5) ELSE 'ES' END,
       CASE place WHEN 'x' THEN split_part(town, '|', 4) ELSE '+34 ' || split_part(town, '|', 4) END
           || to_char(pick(id, 25, 1000000), ' FM00" "00" "00'),
       'https://www.' || domain,
       CASE pick(id, 26, 12)
           WHEN 0 THEN 'Factura solo con número de pedido.'
           WHEN 1 THEN 'Pagan a 60 días. Preguntar siempre por la persona de compras.'
           WHEN 2 THEN E'Concurso público cada dos años.\nLos pliegos salen en la plataforma en primavera.'
       END,
       pick(id, 27, 60) = 0,
       moment(265 + 230 * part(id, 28)), person_id
  FROM named_client
  JOIN rep ON rep = 1 + pick(id, 29, :reps)
 ORDER BY id;

-- The ids of a client's contacts and divisions follow from its own: others find them by arithmetic.
CREATE FUNCTION contacts_of(client bigint)
RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 1 + pick(client, 40, 3) $$;
CREATE FUNCTION contact_id(client bigint, nth integer)
RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT (client - 1) * 3 + nth $$;
CREATE FUNCTION divisions_of(client bigint)
RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 3 + pick(client, 50, 4) $$;
CREATE FUNCTION division_id(client bigint, nth integer)
RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT (client - 1) * 6 + nth $$;

INSERT INTO contact (id, client_id, name, job_title, email, phone, mobile, notes, active)
OVERRIDING SYSTEM VALUE
SELECT id, client_id, first_name || ' ' || surname || ' ' || one(surnames(), id, 43),
       one('{Directora de Compras,Jefe de Mantenimiento,Gerente,Responsable de Recursos Humanos,
             Director Financiero,Administración,Responsable de Prevención,Jefa de Producción,
             Secretaria de Dirección,Concejal de Servicios,Técnico de Contratación,Directora del Centro,
             Responsable de Calidad y Medio Ambiente,Encargado de Almacén,Propietario}'::text[], id, 44),
       CASE WHEN pick(id, 45, 10) > 0 THEN plain(first_name) || '.' || plain(surname) || '@' || domain END,
       CASE WHEN pick(id, 46, 3) = 0 THEN phone END,
       CASE WHEN pick(id, 47, 3) > 0 THEN '+34 6' || to_char(pick(id, 48, 100000000), 'FM00" "000" "000') END,
       CASE WHEN pick(id, 49, 25) = 0 THEN 'Mejor llamar a primera hora.' END,
       pick(id, 39, 20) > 0
  FROM (SELECT contact_id(client.id, nth) AS id, client.id AS client_id, domain, phone,
               one(first_names(), contact_id(client.id, nth), 41) AS first_name,
               one(surnames(), contact_id(client.id, nth), 42) AS surname
          FROM named_client
          JOIN client USING (id)
          CROSS JOIN LATERAL generate_series(1, contacts_of(id)) AS nth) AS planned
 ORDER BY id;

INSERT INTO division (id, client_id, name, area_id, notes)
OVERRIDING SYSTEM VALUE
SELECT id, client_id, split_part(named, '|', 1),
       CASE WHEN pick(id, 52, 12) > 0 THEN split_part(named, '|', 2)::bigint END,
       CASE WHEN pick(id, 53, 40) = 0 THEN 'Acceso por la puerta trasera; avisar en conserjería.' END
  FROM (SELECT division_id(id, nth) AS id, id AS client_id,
               (divisions(trade))[1 + (pick(id, 51, 97) + nth) % cardinality(divisions(trade))] AS named
          FROM named_client
          CROSS JOIN LATERAL generate_series(1, divisions_of(id)) AS nth) AS planned
 ORDER BY id;
