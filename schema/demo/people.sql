-- The demo's accounts and the reps who share the history with them. Part of demo.sql. They are made
-- as a manager makes them, triggers and all.
SET :scope session_replication_role = origin;

-- The verifier of the password "demo" with the salt "trato-demo-salt!" and 4096 rounds (RFC 5802):
--   salted = PBKDF2-HMAC-SHA-256("demo", salt, 4096)
--   SCRAM-SHA-256$4096:base64(salt)$base64(SHA-256(HMAC(salted, "Client Key")))
--                                  :base64(HMAC(salted, "Server Key"))
-- made once with Python's hashlib.pbkdf2_hmac and hmac.
\set verifier 'SCRAM-SHA-256$4096:dHJhdG8tZGVtby1zYWx0IQ==$hNruPdDPWb4KNsbiBZQ3oQoAHfx1el1zF/2/ZgxGEYQ=:jiT9+LxBb/F2GGCAIlmlLneQE+tmXjdnQEwXQo9Q/C4='

CREATE UNLOGGED TABLE demo.account AS
SELECT position, email, name, roles::text[]
  FROM (VALUES (1, 'ana@trato.example', 'Ana Ruiz', '{rep}'),
               (2, 'luis@trato.example', 'Luis Pérez', '{rep}'),
               (3, 'berta@trato.example', 'Berta Gil', '{backoffice}'),
               (4, 'bruno@trato.example', 'Bruno Sanz', '{backoffice}'),
               (5, 'carmen@trato.example', 'Carmen Ortega', '{supervisor}'),
               (6, 'marta@trato.example', 'Marta Vidal', '{manager}'),
               (7, 'javier@trato.example', 'Javier Moreno', '{rep}'),
               (8, 'nerea@trato.example', 'Nerea Etxeberria', '{rep}'),
               (9, 'pau@trato.example', 'Pau Ferrer i Puig', '{rep}'),
               (10, 'iria@trato.example', 'Iria Castro', '{rep}')) AS named (position, email, name, roles)
UNION ALL
SELECT 4 + n, plain(name) || '.' || n || '@trato.example', name, '{rep}'
  FROM (SELECT n, one(first_names(), n, 1) || ' ' || one(surnames(), n, 2) || ' '
                  || one(surnames(), n, 3) AS name
          FROM generate_series(7, :reps) AS n) AS more;

\o /dev/null
SELECT create_person(md5('demo ' || email)::uuid, email, name, roles, :'verifier')
  FROM (SELECT * FROM account ORDER BY position) AS ordered;
\o

UPDATE person SET must_change_password = false,
                  created_at = moment(500 + 40 * part(id, 4));

-- Reps are numbered 1 to :reps; ana is 1 and luis is 2.
CREATE UNLOGGED TABLE demo.rep AS
SELECT row_number() OVER (ORDER BY id)::integer AS rep, id AS person_id
  FROM person WHERE 'rep' = ANY (roles);
SET :scope session_replication_role = replica;
