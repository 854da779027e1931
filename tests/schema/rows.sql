-- Which rows each person sees, of every table and view, and that nothing of another's action comes
-- through in another way: counts, functions, error texts, leaky expressions.
\ir lib/world.sql

-- Ana's action with everything in it, full of secrets; Luis has one, too.
SELECT tap.given_action('ana', 'S3cret', 'd1', 'd2'), tap.given_offer('ana', 'S3cret', 'S3cret offer', 'd1', 'approved'),
       tap.given_offer('ana', 'S3cret', 'S3cret draft', 'd2'),
       tap.given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('S3cret'), NULL, 'email', 'out', now(), 'S3cret visit', 'S3cret', NULL, NULL,
                         '<s3cret@x>')$$),
       tap.given('ana', $$SELECT set_next_step(gen_random_uuid(), tap.a('S3cret'), tap.av('S3cret'), 'S3cret step', today())$$),
       tap.given('berta', $$SELECT take_notice(gen_random_uuid(), tap.n('S3cret offer'))$$),
       tap.given('berta', $$SELECT record_invoice(gen_random_uuid(), tap.n('S3cret offer'), tap.nv('S3cret offer'), 'S3cret', '1', today(), 7, 0, 7)$$),
       tap.given('eva', $$SELECT request_collaboration(gen_random_uuid(), tap.d('d1'), 'S3cret plea')$$),
       tap.given_action('luis', 'Mine', 'd3'), tap.given_offer('luis', 'Mine', 'My offer', 'd3') \g /dev/null

-- Everything with row-level security, and nothing else, is what belongs to actions, each one's tray (see mail.sql), and
-- what watchers are given (watch.sql), and who opened what (audit.sql).
SELECT set_eq($$SELECT relname::text FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relrowsecurity$$,
              $$SELECT relname::text FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r'
                   AND (relname = 'action' OR EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'action_id')
                        OR relname IN ('mail', 'watcher', 'watcher_turn', 'delivery', 'opening', 'blocking'))$$,
              'row-level security on all that belongs to an action');
SELECT set_eq($$SELECT tablename::text, policyname::text, cmd::text, array_to_string(ARRAY(SELECT role FROM unnest(roles) AS role ORDER BY role), ',') FROM pg_policies WHERE schemaname = 'trato'$$,
              $$SELECT relname::text, name, 'SELECT', role FROM pg_class, (VALUES ('read_all', 'trato_backoffice,trato_manager,trato_supervisor'),
                       ('read_own', 'trato_rep')) AS policy (name, role) WHERE relnamespace = 'trato'::regnamespace AND relrowsecurity AND relname NOT IN ('mail', 'opening', 'blocking')
                   AND NOT (name = 'read_own' AND relname IN ('watcher', 'watcher_turn', 'delivery'))
                UNION ALL SELECT relname::text, 'not_for_newcomers', 'SELECT', 'public' FROM pg_class
                           WHERE relnamespace = 'trato'::regnamespace AND relrowsecurity
                UNION ALL VALUES ('opening', 'read_all', 'SELECT', 'trato_manager'), ('blocking', 'read_all', 'SELECT', 'trato_manager'), ('request', 'read_asked', 'SELECT', 'trato_rep'), ('audit', 'read_shared', 'SELECT', 'trato_rep'),
                       ('audit', 'read_holidays', 'SELECT', 'trato_rep'),
                       ('mail', 'read_own', 'SELECT', 'trato_rep'), ('mail', 'read_all', 'SELECT', 'trato_manager'),
                       ('audit', 'read_mail', 'SELECT', 'trato_rep'), ('audit', 'mail_is_private', 'SELECT', 'trato_backoffice,trato_supervisor'),
                       ('audit', 'blocking_is_private', 'SELECT', 'trato_backoffice,trato_supervisor')$$,
              'by these policies');
SELECT is_empty($$SELECT relname FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relrowsecurity AND NOT EXISTS (
                    SELECT FROM pg_policies WHERE schemaname = 'trato' AND tablename = relname AND permissive = 'RESTRICTIVE' AND roles = '{public}'
                       AND regexp_replace(qual, '\s+', ' ', 'g') = '( SELECT (NOT am_newcomer()))')$$, 'each is closed to newcomers, as whatever role they read');
-- Asked row by row or listed, as the planner finds cheaper; a function is always listed whole.
SELECT is_empty($$SELECT tablename FROM pg_policies WHERE schemaname = 'trato' AND qual LIKE '%my\_action\_ids%'$$, 'which are asked through my_membership');
SELECT set_eq($$SELECT relname::text FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relkind = 'v'
                   AND NOT coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on}'$$,
              '{division_status,hold_overview,my_membership}'::text[],
              'two views tell everybody who holds what, one each where he works; the others run as who reads');

CREATE TEMP TABLE belongs (name text);
INSERT INTO belongs SELECT relname FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relrowsecurity
   AND relname NOT IN ('mail', 'watcher', 'watcher_turn', 'delivery', 'opening', 'blocking');
-- What is marked is counted in, and nothing is left that would have to be hidden.
SELECT roll_up_figures(1000) \g /dev/null
CREATE FUNCTION tap.seen(who text, relation text) RETURNS bigint LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT count(*) FROM %I AS t WHERE to_jsonb(t)::text LIKE ''%%S3cret%%'' OR %s', relation,
        CASE WHEN EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation::regclass AND attname = 'action_id')
             THEN 'action_id = tap.a(''S3cret'')' ELSE 'id = tap.a(''S3cret'')' END))::bigint
$$;
SELECT ok(seen('superuser', name) > 0, name || ': there is something to see') FROM belongs WHERE name <> 'figure_mark';
SELECT is(seen(who, name), seen('superuser', name), format('%s sees all of %s', who, name))
  FROM belongs, unnest('{ana,berta,bruno,carmen,marta}'::text[]) AS who;
SELECT is(seen('luis', name), 0::bigint, 'luis sees nothing of it in ' || name) FROM belongs;
SELECT is(seen('eva', name), CASE name WHEN 'request' THEN 1 ELSE 0 END::bigint, 'eva sees her own request: ' || name) FROM belongs;
SELECT is(seen(who, name), 0::bigint, format('%s sees nothing in %s', who, name)) FROM unnest('{luis,eva}'::text[]) AS who,
    (VALUES ('offer_overview'), ('notice_overview'), ('timeline_overview'), ('action_overview')) AS overview (name);
-- Every readable relation of the catalogue, whatever it is called: not one secret in any.
SELECT is(tried('luis', format('SELECT count(*) FROM %I AS t WHERE to_jsonb(t)::text ILIKE ''%%s3cret%%''', relname)), '0', 'no secret in ' || relname)
  FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relkind IN ('r', 'v') AND has_table_privilege('trato_rep', oid, 'SELECT');
SELECT is(tried('luis', 'SELECT sum(offers) || '' '' || sum(total_cents) FROM pipeline_overview'), '1 121000', 'sums count one''s own');
SELECT is(tried('carmen', 'SELECT sum(offers) >= 3 FROM pipeline_overview'), 'true', 'or all');
-- What everybody sees of a hold: no amounts, no titles.
SELECT is(tried('luis', $$SELECT status || ' ' || holder FROM division_status WHERE division_id = tap.d('d1')$$), 'held Ana');
SELECT set_eq($$SELECT attname::text FROM pg_attribute WHERE attrelid = 'division_status'::regclass AND attnum > 0$$,
              '{division_id,client_id,name,area_id,area,active,version,status,action_number,holder_id,holder,held_at,quiet_days}'::text[]);
SELECT set_eq($$SELECT attname::text FROM pg_attribute WHERE attrelid = 'hold_overview'::regclass AND attnum > 0$$,
              '{id,action_id,division_id,division,client_id,client,action_number,holder,holder_email,held_at}'::text[]);
-- The trail: what everybody may read has a history that everybody may read, and nothing else.
SELECT is(tried('luis', $$SELECT count(*) FROM audit WHERE action_id IS NULL AND table_name NOT IN ('client', 'contact', 'division', 'area', 'reason', 'setting', 'holiday')$$), '0');
SELECT isnt(tried('luis', $$SELECT count(*) FROM audit WHERE table_name = 'client'$$), '0', 'the history of a client is everybody''s');

-- Every verb that names a row of another's action answers as if there were none: the same words
-- for a row that is not there.
CREATE TEMP TABLE probe (call text);
INSERT INTO probe VALUES ('save_action(gen_random_uuid(), %s, 1, ''x'', NULL, NULL)'), ('set_next_step(gen_random_uuid(), %s, 1, ''x'', NULL)'),
    ('hold_divisions(gen_random_uuid(), %s, ARRAY[tap.d(''d5'')])'), ('release_division(gen_random_uuid(), %s, tap.d(''d1''))'),
    ('close_action(gen_random_uuid(), %s, 1, ''lost'')'), ('reopen_action(gen_random_uuid(), %s, 1, NULL)'),
    ('add_collaborator(gen_random_uuid(), %s, tap.p(''luis''))'), ('remove_collaborator(gen_random_uuid(), %s, tap.p(''ana''))'),
    ('transfer_action(gen_random_uuid(), %s, tap.p(''luis''))'),
    ('log_communication(gen_random_uuid(), %s, NULL, ''phone'', ''in'', now(), ''x'', NULL)'), ('save_offer(gen_random_uuid(), NULL, NULL, %s, ''x'', NULL, NULL)'),
    ('copy_offer(gen_random_uuid(), -1, %s, NULL)');
SELECT is(told('luis', 'SELECT ' || format(call, 'tap.a(''S3cret'')')), told('luis', 'SELECT ' || format(call, '-1')), call) FROM probe;
SELECT is(told('luis', 'SELECT ' || format(call, 'tap.o(''S3cret offer'')')), told('luis', 'SELECT ' || format(call, '-1')), call)
  FROM unnest(ARRAY['save_offer(gen_random_uuid(), %s, 1, NULL, ''x'', NULL, NULL)', 'present_offer(gen_random_uuid(), %s, 1)', 'revise_offer(gen_random_uuid(), %s, 1)',
    'approve_offer(gen_random_uuid(), %s, 1, today(), ''X'')', 'reject_offer(gen_random_uuid(), %s, 1, NULL)', 'withdraw_offer(gen_random_uuid(), %s, 1, NULL)',
    'extend_offer(gen_random_uuid(), %s, 1, today())', 'copy_offer(gen_random_uuid(), %s, tap.a(''Mine''), NULL)']) AS call;
SELECT is(told('luis', 'SELECT ' || format(call, row)), told('luis', 'SELECT ' || format(call, '-1')), call) FROM (VALUES
    ('answer_notice(gen_random_uuid(), %s, 1, ''x'')', 'tap.n(''S3cret offer'')'),
    ('answer_request(gen_random_uuid(), %s, 1, true, NULL)', '(SELECT max(row_id) FROM audit WHERE table_name = ''request'')'),
    ('withdraw_request(gen_random_uuid(), %s)', '(SELECT 1)'), ('hear_answer(gen_random_uuid(), %s)', '(SELECT max(row_id) FROM audit WHERE table_name = ''request'')'),
    ('correct_communication(gen_random_uuid(), %s, NULL, ''phone'', ''in'', now(), ''x'', NULL)', '1')) AS calls (call, row);
SELECT unalike(told('luis', $$SELECT save_offer(gen_random_uuid(), NULL, NULL, tap.a('Mine'), 'x', ARRAY[tap.d('d1')], NULL)$$), '%3cret%');
SELECT unalike(told('luis', $$SELECT open_action(gen_random_uuid(), tap.c('Acme'), 'x', ARRAY[tap.d('d1')])$$), '%S3cret%', 'who holds it, not what for');
SELECT unalike(told('luis', $$SELECT log_communication(gen_random_uuid(), tap.a('Mine'), NULL, 'email', 'in', now(), 'x', NULL, NULL, NULL, '<s3cret@x>')$$),
               '%S3cret visit%', 'a Message-ID that was logged tells nothing but that');
SELECT is(tried('luis', $$SELECT request_collaboration(gen_random_uuid(), tap.d('d1'), NULL) - 'id'$$), '{}', 'asking to join tells nothing of the action');

-- Expressions that would tell what they are given: policies come first.
SELECT is(tried('luis', statement), expected, statement) FROM (VALUES
    ($$SELECT count(*) FROM offer WHERE title::integer = 1 AND title LIKE 'S3%'$$, '0'),
    ($$SELECT count(*) FROM offer WHERE 1 / (total_cents - 121000) = 1 AND title LIKE 'S3%'$$, '0'),
    ($$SELECT count(*) FROM communication WHERE (body || 'x')::xml IS NOT NULL AND body ~ 'S3cret'$$, '0'),
    ($$SELECT count(*) FROM audit WHERE CASE WHEN new ->> 'title' LIKE 'S3%' THEN (new ->> 'title')::integer = 1 END$$, '0'),
    ($$SELECT count(*) FROM offer_overview WHERE title::date = today() AND title LIKE 'S3%'$$, '0'),
    ($$SELECT count(*) FROM division_status WHERE holder::integer = 1 AND false$$, '0'),
    ($$SELECT count(*) FROM offer, offer AS other WHERE other.id = offer.id + 1 AND other.title = 'S3cret draft'$$, '0'),
    ($$SELECT string_agg(title, '') FROM action WHERE title LIKE 'S3%'$$, NULL)) AS cases (statement, expected);
SELECT is(tried('luis', $$SET LOCAL row_security = off$$, false), 'done');
SELECT unalike(tried('luis', $$EXPLAIN SELECT * FROM offer WHERE title = 'x'$$), '%S3cret%');
ANALYZE offer, action, communication;
SELECT is(tried('luis', $$SELECT count(*) FROM pg_stats WHERE schemaname = 'trato' AND tablename IN ('offer', 'action', 'communication', 'notice')$$), '0',
          'statistics of guarded tables are hidden');
SELECT is(tried('luis', $$SELECT count(*) FROM pg_stats_ext WHERE schemaname = 'trato'$$), '0');
SELECT is(tried('luis', $$SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%S3cret%' AND usename <> session_user$$), '0', 'nor the statements of others');
SELECT is(tried('luis', $$SELECT count(*) FROM pg_sequences WHERE schemaname = 'trato' AND last_value IS NOT NULL$$), '0', 'nor the counters');

-- Nobody is somebody else.
SELECT is(tried('luis', $$SELECT my_id() = tap.p('luis')$$), 'true');
SELECT is(tried('luis', $$SELECT set_config('session_authorization', 'marta@trato.example', true)$$) IN ('42501', 'marta@trato.example'), true);
SELECT is(tried('luis', $$SELECT count(*) FROM person WHERE id = my_id() AND email = session_user$$), '1');
SELECT tap.given('luis', $$SELECT log_communication(gen_random_uuid(), tap.a('Mine'), NULL, 'phone', 'in', now(), 'by me', NULL)$$) \g /dev/null
SELECT is((SELECT author_id FROM communication WHERE subject = 'by me'), p('luis'), 'the author is the session''s person');

-- Joining opens it, leaving closes it.
SELECT tap.given('ana', $$SELECT add_collaborator(gen_random_uuid(), tap.a('S3cret'), tap.p('luis'))$$) \g /dev/null
SELECT is(tried('luis', $$SELECT count(*) FROM offer WHERE title LIKE 'S3%'$$), '2');
SELECT tap.given('ana', $$SELECT remove_collaborator(gen_random_uuid(), tap.a('S3cret'), tap.p('luis'))$$) \g /dev/null
SELECT is(tried('luis', $$SELECT count(*) FROM offer WHERE title LIKE 'S3%'$$), '0');
-- Somebody without a role, or who is no person, sees nothing.
CREATE ROLE "nobody@trato.example" LOGIN;
SELECT is(tried('nobody', format('SELECT count(*) FROM trato.%I', relname)), '42501', 'no role, no ' || relname)
  FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relkind IN ('r', 'v');

SELECT * FROM finish();
ROLLBACK;
