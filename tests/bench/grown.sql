-- What years of work leave behind beside the demo data, which are made without it: the trail, the
-- log of writes, what was opened, mail. As the superuser, once, for tests/bench/plans.
SET session_replication_role = replica;
INSERT INTO trato.audit (at, person_id, login, table_name, row_id, action_id, operation, old, new)
SELECT a.opened_at, a.opened_by, 'bench', 'action', a.id, a.id, 'insert', NULL, to_jsonb(a)
  FROM trato.action AS a
UNION ALL
SELECT o.created_at, o.created_by, 'bench', 'offer', o.id, o.action_id, 'update',
       to_jsonb(o) || '{"state": "draft"}', to_jsonb(o)
  FROM trato.offer AS o WHERE o.id % 2 = 0
UNION ALL
SELECT c.logged_at, c.author_id, 'bench', 'communication', c.id, c.action_id, 'insert', NULL,
       jsonb_build_object('id', c.id, 'client_id', c.client_id, 'subject', c.subject)
  FROM trato.communication AS c WHERE c.id % 4 = 0
UNION ALL
SELECT now() - make_interval(secs => c.id * 60), p.first, 'bench', 'client', c.id, NULL, 'update',
       to_jsonb(c) || '{"phone": "+34 600 000 000"}', to_jsonb(c)
  FROM trato.client AS c, (SELECT min(id) AS first FROM trato.person) AS p WHERE c.id % 4 = 0;
INSERT INTO trato.write_log (request_id, login, verb, result, at)
SELECT gen_random_uuid(), p.email, 'set_next_step', '{"id": 1}', now() - make_interval(secs => n * 30)
  FROM generate_series(1, 1000000) AS n
  JOIN trato.person AS p ON p.id = (SELECT min(id) FROM trato.person) + n % 200;
INSERT INTO trato.opening (at, person_id, what, row_id, client_id)
SELECT now() - make_interval(secs => n * 60), p.first + n % 200, 'client', 1 + n % c.last, 1 + n % c.last
  FROM generate_series(1, 500000) AS n, (SELECT max(id) AS last FROM trato.client) AS c,
       (SELECT min(id) AS first FROM trato.person) AS p;
INSERT INTO trato.mail (person_id, message_id, direction, sender, recipients, addresses, subject, body, state,
                        happened_at, settled_at, state_note)
SELECT p.first + n % 200, 'bench-' || n || '@trato.example', 'in', k.email, 'ana@trato.example',
       ARRAY[lower(k.email)], 'About ' || n, 'Text ' || n,
       CASE WHEN n > 99000 THEN 'waiting' ELSE 'set_aside' END, now() - make_interval(mins => n),
       CASE WHEN n <= 99000 THEN now() END, CASE WHEN n <= 99000 THEN 'No business' END
  FROM generate_series(1, 100000) AS n
  JOIN trato.contact AS k ON k.id = 1 + n * 13 AND k.email IS NOT NULL,
       (SELECT min(id) AS first FROM trato.person) AS p;
RESET session_replication_role;
VACUUM ANALYZE trato.audit, trato.write_log, trato.opening, trato.mail;
