-- The demo data: it loads, keeps every rule (its own check.sql raises else),
-- and the story that the README tells can be played on it.
\ir ../../schema/demo/demo.sql
\set QUIET on
SET search_path = trato, tap, pg_temp;
\ir ../../schema/demo/check.sql

BEGIN;
SELECT plan(16);
SELECT is((SELECT count(*) FROM client)::integer, 200, '200 clients');
SELECT ok((SELECT min(n) >= 3 AND max(n) <= 6 FROM (SELECT count(*) AS n FROM division GROUP BY client_id) AS d),
          '3 to 6 divisions each');
SELECT is((SELECT count(*) FROM action)::integer, 60, '60 actions');
SELECT is((SELECT count(DISTINCT state) FROM action)::integer, 4, 'in all states');
SELECT is((SELECT count(*) FROM offer)::integer, 150, '150 offers');
SELECT is((SELECT count(DISTINCT state) FROM offer)::integer, 6, 'in all states');
SELECT ok((SELECT count(*) BETWEEN 800 AND 820 FROM communication
            WHERE happened_at > now() - interval '1 year 2 weeks'), '800 communications over the last year');
SELECT is((SELECT string_agg(state || ' ' || coalesce(taken_by, '-'), ', ' ORDER BY made_at DESC)
             FROM notice_overview WHERE state IN ('pending', 'taken', 'returned')),
          'pending -, pending -, taken Bruno Sanz, returned -', 'notices wait for back office');
SELECT ok((SELECT bool_and(states.n > 0) FROM unnest('{partial,invoiced}'::text[]) AS wanted,
          LATERAL (SELECT count(*) AS n FROM notice WHERE state = wanted) AS states), 'others are invoiced');
SELECT ok(EXISTS (SELECT FROM offer_overview WHERE expired), 'some presented offers have expired');
SELECT ok((SELECT count(*) FILTER (WHERE next_step_on < today()) > 0
              AND count(*) FILTER (WHERE next_step_on = today()) > 0
              AND count(*) FILTER (WHERE next_step_on > today()) > 0
              AND count(*) FILTER (WHERE last_contact_at < now() - interval '30 days') > 0
             FROM action_overview WHERE owner = 'Ana Ruiz' AND state = 'open'),
          'ana has steps overdue, today and later, and quiet actions');

SELECT ok((SELECT count(DISTINCT table_name) >= 4 AND bool_and(at < now()) FROM audit WHERE person_id IS NOT NULL),
          'there is a history to look at');

-- The accounts' password is "demo", so nobody has to choose a new one first.
SELECT is((SELECT count(*) FROM person WHERE must_change_password)::integer, 0, 'nobody must change his password');

SET LOCAL SESSION AUTHORIZATION 'ana@trato.example';
SELECT lives_ok($$SELECT open_action(gen_random_uuid(), client_id, 'Nueva acción', array_agg(division_id))
                    FROM division_status WHERE status = 'free'
                     AND client_id = (SELECT min(client_id) FROM division_status WHERE holder = 'Luis Pérez')
                   GROUP BY client_id$$,
                'ana opens an action for the free divisions of a client');
SET LOCAL SESSION AUTHORIZATION 'luis@trato.example';
SELECT throws_ok($$SELECT open_action(gen_random_uuid(), client_id, 'Nueva acción', ARRAY[division_id])
                     FROM division_status WHERE holder = 'Ana Ruiz' LIMIT 1$$,
                 'TR001', NULL, 'luis meets a division that ana holds');
SET LOCAL SESSION AUTHORIZATION 'berta@trato.example';
SELECT lives_ok($$SELECT take_notice(gen_random_uuid(), min(id)) FROM notice_overview WHERE state = 'pending'$$,
                'berta takes a notice');
RESET SESSION AUTHORIZATION;
SELECT * FROM finish();
ROLLBACK;
