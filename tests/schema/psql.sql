-- What a person with psql, his own password and this source could try, as each of the four roles.
-- What stands in SECURITY.md as not closed is tried here too: it has to stay harmless.
\ir lib/world.sql

SELECT tap.given_action('ana', 'Secret', 'd1', 'd2'), tap.given_offer('ana', 'Secret', 'S3cret', 'd1', 'presented') \g /dev/null
SELECT total_cents AS cents FROM offer WHERE title = 'S3cret' \gset
ANALYZE;
CREATE TEMP TABLE attacker (who text);
INSERT INTO attacker VALUES ('eva'), ('berta'), ('carmen'), ('marta');

-- Nothing of one's own can be made, so nothing stands before what the functions and policies mean.
CREATE TEMP TABLE denied (statement text);
INSERT INTO denied SELECT unnest(ARRAY[
    'CREATE TEMP TABLE client (id bigint)', 'SELECT 1 INTO TEMP x', 'CREATE TABLE trato.x ()', 'CREATE TABLE public.x ()', 'CREATE SCHEMA x',
    'CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS ''SELECT 1''', 'CREATE FUNCTION trato.f() RETURNS int LANGUAGE sql AS ''SELECT 1''',
    'CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS ''SELECT 1''', 'CREATE OPERATOR public.= (FUNCTION = int8eq, LEFTARG = bigint, RIGHTARG = bigint)',
    'CREATE TYPE public.x AS (a int)', 'CREATE DOMAIN trato.x AS text', 'CREATE VIEW trato.x AS SELECT 1', 'CREATE TEMP VIEW x AS SELECT 1', 'CREATE SEQUENCE trato.x',
    'CREATE CAST (bigint AS text) WITH INOUT', 'CREATE EXTENSION dblink', 'CREATE EXTENSION postgres_fdw', 'CREATE EXTENSION pg_stat_statements',
    'CREATE FOREIGN DATA WRAPPER x', 'CREATE EVENT TRIGGER x ON ddl_command_start EXECUTE FUNCTION next_version()',
    'CREATE PUBLICATION x', 'CREATE ROLE x', 'DO $x$ BEGIN END $x$',
-- What is there cannot be changed, nor its rights.
    'ALTER TABLE offer DISABLE ROW LEVEL SECURITY', 'CREATE POLICY x ON offer USING (true)', 'DROP POLICY read_own ON offer', 'ALTER TABLE offer DISABLE TRIGGER ALL',
    'CREATE TRIGGER x BEFORE INSERT ON client EXECUTE FUNCTION next_version()', 'CREATE INDEX ON offer (total_cents)', 'DROP TABLE client', 'TRUNCATE client',
    'ALTER FUNCTION my_id() SECURITY INVOKER', 'ALTER FUNCTION my_id() SET search_path = public', 'DROP FUNCTION my_id()', 'COMMENT ON TABLE client IS ''x''',
    'GRANT SELECT ON write_log TO PUBLIC', 'GRANT EXECUTE ON FUNCTION done(uuid, text, jsonb) TO PUBLIC',
    'ALTER DEFAULT PRIVILEGES FOR ROLE trato_owner GRANT SELECT ON TABLES TO PUBLIC', 'REASSIGN OWNED BY trato_owner TO session_user', 'DROP OWNED BY trato_owner',
    'ALTER SCHEMA trato RENAME TO x', 'SELECT pg_reload_conf()', 'SELECT pg_stat_reset()',
-- Nobody becomes somebody else.
    'SET ROLE trato_owner', 'SET ROLE trato_admin', 'SET ROLE postgres', 'SET ROLE "luis@trato.example"', 'GRANT trato_owner TO session_user', 'GRANT trato_rep TO trato_manager',
    'GRANT pg_execute_server_program TO session_user', 'REVOKE trato_manager FROM "marta@trato.example"', 'ALTER ROLE session_user CREATEROLE', 'ALTER ROLE session_user CONNECTION LIMIT -1',
    'ALTER ROLE "luis@trato.example" PASSWORD ''x''', 'ALTER ROLE "luis@trato.example" SET search_path = public', 'DROP ROLE "luis@trato.example"',
-- Nothing leads out of the database.
    'COPY client TO ''/tmp/x''', 'COPY client TO PROGRAM ''id''', 'COPY (SELECT 1) TO PROGRAM ''id''', 'COPY client FROM ''/etc/passwd''', 'COPY client FROM PROGRAM ''id''',
    'SELECT pg_read_file(''/etc/passwd'')', 'SELECT pg_read_binary_file(''PG_VERSION'')', 'SELECT pg_ls_dir(''.'')', 'SELECT pg_stat_file(''PG_VERSION'')', 'SELECT pg_ls_logdir()',
    'SELECT pg_current_logfile()', 'SELECT lo_import(''/etc/passwd'')', 'SELECT lo_create(0)', 'SELECT lo_from_bytea(0, ''x'')', 'SELECT lo_export(1, ''/tmp/x'')',
    'SELECT current_setting(''data_directory'')', 'SELECT current_setting(''hba_file'')', 'TABLE pg_authid', 'TABLE pg_shadow', 'TABLE pg_statistic', 'TABLE pg_hba_file_rules',
    'TABLE pg_statistic_ext_data', 'TABLE pg_user_mapping', 'SELECT pg_switch_wal()', 'SELECT pg_log_backend_memory_contexts(pg_backend_pid())',
-- What numbers rows, what locks, what rings.
    'SELECT nextval(''client_id_seq'')', 'SELECT currval(''client_id_seq'')', 'SELECT setval(''client_id_seq'', 1)', 'SELECT last_value FROM client_id_seq', 'TABLE write_log', 'TABLE offer_counter',
    'LOCK TABLE client IN ROW EXCLUSIVE MODE', 'LOCK TABLE client', 'SELECT FROM client FOR UPDATE', 'SELECT FROM client FOR KEY SHARE', 'SELECT pg_advisory_lock(1)',
    'SELECT pg_try_advisory_xact_lock_shared(1, 2)', 'SELECT pg_notify(''trato_notice'', ''1'')', 'SELECT pg_logical_emit_message(true, ''x'', ''x'')',
-- Functions that the others call.
    'SELECT earlier_result(gen_random_uuid(), ''open_action'')', 'SELECT done(gen_random_uuid(), ''open_action'', ''{}'')', 'SELECT login_create(''x@y.example'')',
    'SELECT login_set_password(''luis@trato.example'', tap.verifier())', 'SELECT login_set_newcomer(session_user::text, false)']);
SELECT is_empty($$SELECT who, statement, tried(who, statement) FROM attacker, denied WHERE tried(who, statement) !~ '^42501'$$,
                format('none of %s statements is permitted to anybody', (SELECT count(*) FROM denied)));
SET LOCAL client_min_messages = error;
SELECT is(tried(who, 'GRANT INSERT ON client TO PUBLIC; GRANT CREATE ON SCHEMA trato TO PUBLIC'), 'done', who || ' gives away what he does not have') FROM attacker;
SELECT is(has_table_privilege('eva@trato.example', 'client', 'INSERT') OR has_schema_privilege('eva@trato.example', 'trato', 'CREATE'), false, 'which is nothing');
SET LOCAL client_min_messages = warning;
SELECT refused(who, 'SET session_replication_role = replica', '42501', who || ' does not switch the triggers off') FROM attacker;
SELECT refused('eva', 'SET row_security = off; SELECT count(*) FROM offer', '42501', 'nor the policies');

-- The roles of persons, and persons, are in no role that PostgreSQL brings, such as pg_monitor, who would read
-- what others ask.
SELECT is_empty($$SELECT member.rolname, granted.rolname FROM pg_auth_members AS m JOIN pg_roles AS granted ON granted.oid = m.roleid
                   JOIN pg_roles AS member ON member.oid = m.member WHERE granted.rolname ~ '^pg_' AND member.rolname ~ '^trato_|@'
                     AND (granted.rolname, member.rolname) <> ('pg_signal_backend', 'trato_admin')$$, 'no person reads what others ask');

-- What a rep may not see does not show by what its values do: no condition is looked at before the policy.
SELECT is(tried('eva', format(condition, :'cents')), '0', condition) FROM unnest(ARRAY[
    'SELECT count(*) FROM offer WHERE 1 / (total_cents - %s) > 0', 'SELECT count(1 / (total_cents - %s)) FROM offer', 'SELECT count(*) FROM offer WHERE (title || %L)::integer > 0',
    'SELECT count(*) FROM offer_overview WHERE 1 / (total_cents - %s) > 0', 'SELECT count(*) FROM action WHERE title::numeric > %s', 'SELECT count(*) FROM action_overview WHERE title::numeric > %s',
    'SELECT count(*) FROM pipeline_overview WHERE to_jsonb(pipeline_overview)::text::numeric > %s', 'SELECT count(*) FROM timeline_overview WHERE to_jsonb(timeline_overview)::text::numeric > %s', 'SELECT count(*) FROM audit WHERE to_jsonb(audit)::text::numeric > %s AND action_id IS NOT NULL',
    'SELECT count(*) FROM offer WHERE total_cents = %s', 'SELECT count(*) FROM offer AS o JOIN LATERAL (SELECT 1 / (o.total_cents - %s)) AS x ON true']) AS condition;
SELECT is(tried('eva', format('SELECT count(*) FROM pg_stats WHERE schemaname = ''trato'' AND tablename IN (%L, %L, %L)', 'offer', 'action', 'communication')), '0',
          'nor in the statistics of the planner');
SELECT is(tried('eva', 'SELECT count(last_value) FROM pg_sequences WHERE schemaname = ''trato'''), '0', 'nor how many there are by the sequences');
SELECT is(tried('eva', $$SELECT count(*) FROM division_status WHERE to_jsonb(division_status)::text ~ 'S3cret|Secret'$$), '0', 'who holds a division is told, for what is not');

-- Who somebody is, is what he logged in as, whatever he sets.
SELECT is(tried('eva', $$SELECT set_config('trato.person', tap.p('marta')::text, false) || set_config('role', 'none', false) || set_config('search_path', 'public, pg_catalog', false)
                          || (trato.my_id() = tap.p('eva'))$$, false) LIKE '%true', true, 'settings make nobody somebody else');
SELECT refused('eva', 'SET search_path = public, pg_catalog, trato; SELECT trato.close_action(gen_random_uuid(), 1, 1, ''won'')', 'TR004 action_unknown', 'nor does a search path of his own');

-- Somebody else's request id gives nothing away: neither that it was used for the same, nor its result.
SELECT tap.given('ana', format('SELECT set_next_step(%L, tap.a(''Secret''), tap.av(''Secret''), ''x'', NULL)', tap.request_id('ana'))) \g /dev/null
SELECT refused('eva', format('SELECT set_next_step(%L, 1, 1, ''x'', NULL)', tap.request_id('ana')), 'TR001 request_id_reused');
SELECT refused('marta', format('SELECT save_area(%L, NULL, NULL, ''X'', true)', tap.request_id('ana')), 'TR001 request_id_reused');

-- A forged bell can be rung, and says nothing that anybody believes.
SELECT is(tried('eva', 'NOTIFY trato_notice, ''1; DROP TABLE client'''), 'done', 'the statement cannot be taken away');

-- Each login has its limits, which a role that it is in could not give it.
SELECT is_empty($$SELECT rolname FROM person JOIN pg_roles ON rolname = email LEFT JOIN pg_db_role_setting ON setrole = pg_roles.oid
                   WHERE rolconnlimit <> 40 OR NOT coalesce(setconfig, '{}') @> '{statement_timeout=60s,lock_timeout=20s,idle_in_transaction_session_timeout=60s}'$$, 'limits');

-- Whose password was chosen by somebody else: he sees what is everybody's, and only changes that.
SELECT tap.given('marta', format('SELECT reset_password(gen_random_uuid(), %L, tap.verifier())', who || '@trato.example')) FROM unnest('{ana,berta,carmen}'::text[]) AS who \g /dev/null
SELECT tap.given('superuser', $$SELECT reset_password(gen_random_uuid(), 'marta@trato.example', tap.verifier())$$) \g /dev/null
SELECT is(tried(who, format('SELECT count(*) FROM %I', relname)), '0', format('%s sees nothing of %s', who, relname))
  FROM pg_class, unnest('{ana,berta,carmen,marta}'::text[]) AS who WHERE relnamespace = 'trato'::regnamespace AND relrowsecurity AND relname IN ('action', 'offer', 'audit', 'hold');
SELECT is_empty($$SELECT who, relname FROM pg_class, unnest('{ana,berta,carmen,marta}'::text[]) AS who WHERE relnamespace = 'trato'::regnamespace AND relrowsecurity
                     AND tried(who, format('SELECT count(*) FROM %I', relname)) <> '0'$$, 'nor of any other table with policies');
-- Nor as one of his roles alone, nor through a view that runs as the owner.
CREATE FUNCTION tap.as_role(role text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    EXECUTE format('SET LOCAL ROLE %I', role);
    EXECUTE statement INTO answer;
    SET LOCAL ROLE NONE;
    RETURN answer;
END
$$;
CREATE TEMP TABLE taken AS
SELECT who, granted.rolname AS role FROM unnest('{ana,berta,carmen,marta}'::text[]) AS who JOIN pg_roles AS login ON login.rolname = who || '@trato.example'
  JOIN pg_auth_members ON member = login.oid JOIN pg_roles AS granted ON granted.oid = roleid WHERE granted.rolname <> 'trato_newcomer';
SELECT set_eq('SELECT who, role::text FROM taken', $$VALUES ('ana', 'trato_rep'), ('berta', 'trato_backoffice'), ('carmen', 'trato_supervisor'), ('marta', 'trato_manager')$$,
              'which each can take on');
SELECT is_empty($$SELECT who, role, relname FROM taken, pg_class WHERE relnamespace = 'trato'::regnamespace AND (relrowsecurity OR relkind = 'v')
                     AND tried(who, format('SELECT tap.as_role(%L, %L)', role, 'SELECT count(*) FROM trato.' || relname)) <> '0'$$, 'nothing as any role of theirs');
SELECT is_empty($$SELECT who, relname FROM taken, pg_class WHERE relnamespace = 'trato'::regnamespace AND relkind = 'v'
                     AND tried(who, format('SELECT count(*) FROM %I', relname)) <> '0'$$, 'nor in a view');
SELECT refused(who, 'SET ROLE trato_newcomer; SELECT count(*) FROM trato.offer', '42501') FROM taken;
SELECT is(tried('luis', $$SELECT tap.as_role('trato_rep', 'SELECT count(*) FROM trato.client')$$) <> '0', true, 'who is no newcomer may, for what it is worth');

SELECT is(tried(who, statement), 'TR001 person_needs_own_password', format('%s: %s', who, statement)) FROM (VALUES
    ('ana', 'SELECT set_next_step(gen_random_uuid(), 1, 1, ''x'', NULL)'), ('berta', 'SELECT take_notice(gen_random_uuid(), 1)'),
    ('marta', 'SELECT save_area(gen_random_uuid(), NULL, NULL, ''X'', true)'), ('marta', 'SELECT end_sessions(''ana@trato.example'')'),
    ('marta', 'SELECT reset_password(gen_random_uuid(), ''luis@trato.example'', tap.verifier())')) AS writes (who, statement);
SELECT is(tried('ana', 'SELECT count(*) FROM my_action_ids()'), '0');
SELECT is(tried('berta', 'SELECT has_role(''backoffice'')'), 'false');
SELECT is(tried('superuser', 'SELECT am_newcomer()'), 'false', 'who is in each role is no newcomer by that');
-- Every function that runs as its owner refuses them; the others read no more than they may. But for these:
CREATE TEMP TABLE answers (name text, why text);
INSERT INTO answers VALUES ('my_id', 'who he is'), ('must_change_password', 'that he is one'), ('my_action_ids', 'is in the policies, and empty'), ('pending_notices', 'nothing'), ('change_password', 'what he has to do'),
    ('request_result', 'what became of that; of nobody else''s writes'), ('today', 'the day'), ('setting_value', 'settings are everybody''s'),
    ('working_seconds', 'of the team''s week'), ('working_hours_before', 'of the team''s week'), ('notice_limits', 'of settings');
CREATE TEMP TABLE asked AS
SELECT who, role, proname, format('SELECT 1 FROM trato.%s(%s)', proname, (SELECT string_agg(CASE WHEN nth = 1 AND proargnames[1] = 'p_request' THEN 'gen_random_uuid()'
           ELSE 'NULL::' || format_type(type, NULL) END, ', ' ORDER BY nth) FROM unnest(proargtypes::oid[]) WITH ORDINALITY AS argument (type, nth))) AS call
  FROM taken, pg_proc WHERE pronamespace = 'trato'::regnamespace AND prosecdef AND has_function_privilege(role, pg_proc.oid, 'EXECUTE');
SELECT cmp_ok((SELECT count(DISTINCT proname) FROM asked), '>', 70::bigint, 'so many are asked');
SELECT set_eq($$SELECT DISTINCT who, proname::text FROM asked WHERE tried(who, call) IS DISTINCT FROM 'TR001 person_needs_own_password'$$,
              $$SELECT who, name FROM taken, answers$$, 'those answer newcomers, and no others');
SELECT set_eq($$SELECT DISTINCT who, proname::text FROM asked WHERE tried(who, format('SELECT tap.as_role(%L, %L)', role, call)) IS DISTINCT FROM 'TR001 person_needs_own_password'$$,
              $$SELECT who, name FROM taken, answers$$, 'nor as one of their roles');
SELECT works(who, 'SELECT change_password(gen_random_uuid(), tap.verifier())') FROM unnest('{ana,berta,carmen,marta}'::text[]) AS who;
SELECT is(tried(who, 'SELECT count(*) FROM offer'), '1', who || ' sees the offer again') FROM unnest('{ana,berta,carmen,marta}'::text[]) AS who;
SELECT works('ana', $$SELECT set_next_step(gen_random_uuid(), tap.a('Secret'), tap.av('Secret'), 'y', NULL)$$);
SELECT is_empty($$SELECT FROM pg_auth_members WHERE roleid = 'trato_newcomer'::regrole AND member <> 'trato_admin'::regrole$$, 'nobody is a newcomer any more');
SELECT works('marta', $$SELECT create_person(gen_random_uuid(), 'new@trato.example', 'New', '{rep}', tap.verifier())$$);
SELECT is(pg_has_role('new@trato.example', 'trato_newcomer', 'MEMBER'), true, 'but who has just been added');
-- A login that somebody made anew by hand is not in that role: what Trato knows of the person counts for all that it does.
REVOKE trato_newcomer FROM "new@trato.example" GRANTED BY trato_admin;
SELECT is(tried('new', statement), 'TR001 person_needs_own_password', statement) FROM (VALUES
    ('SELECT save_client(gen_random_uuid(), NULL, NULL, ''X'', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)'),
    ('SELECT found_holds(''x'', NULL, NULL, true, 10, NULL, NULL)')) AS asked (statement);
SELECT works('marta', $$SELECT reset_password(gen_random_uuid(), 'new@trato.example', tap.verifier())$$);
SELECT is(tried('new', 'SELECT am_newcomer()'), 'true', 'and the next password that is given to him closes the tables, too');

SELECT * FROM finish();
ROLLBACK;
