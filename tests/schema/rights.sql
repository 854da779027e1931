-- The written matrix of rights: every object of the schema, every role, compared with the
-- catalogue in both directions, so that an object or a grant that is not written here fails.
\ir lib/world.sql

CREATE TEMP TABLE role (name text);
INSERT INTO role VALUES ('trato_rep'), ('trato_backoffice'), ('trato_supervisor'), ('trato_manager');

-- Tables and views: SELECT or nothing, alike for the four roles.
CREATE TEMP TABLE relation (name text, readable boolean);
INSERT INTO relation
SELECT unnest('{client,contact,division,area,person,reason,setting,schema_version,action,action_member,hold,request,communication,
    state_change,state_arrow,offer,offer_division,offer_line,notice,invoice,audit,division_status,hold_overview,offer_overview,
    action_overview,notice_overview,timeline_overview,pipeline_overview,client_search,client_word,communication_search,action_search,
    mail,mail_overview,holiday,watcher,watcher_turn,delivery,opening,figure_part,figure_mark,action_contact,register,blocking,my_membership}'::text[]), true
UNION ALL SELECT unnest('{write_log,offer_counter,figure_month,blocked_value}'::text[]), false;
SELECT set_eq($$SELECT relname::text FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')$$,
              'SELECT name FROM relation', 'every table and view stands in the matrix');
SELECT set_eq($$SELECT relname::text, grantee::regrole::text, privilege_type FROM pg_class,
                       aclexplode(coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)))
                 WHERE relnamespace = 'trato'::regnamespace AND grantee <> relowner$$,
              $$SELECT relation.name AS relation, role.name AS role, 'SELECT' AS verb FROM relation, role WHERE readable$$,
              'tables, views and sequences: SELECT and nothing else, to the four roles and nobody else');
SELECT is_empty($$SELECT attrelid::regclass, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                   WHERE relnamespace = 'trato'::regnamespace AND attacl IS NOT NULL$$, 'no column has rights of its own');
-- The same by what PostgreSQL answers, for the people and every verb.
SELECT is_empty($$SELECT role.name, relname, verb FROM role, pg_class, unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) AS verb
                   WHERE relnamespace = 'trato'::regnamespace AND relkind IN ('r', 'v')
                     AND has_table_privilege(role.name, pg_class.oid, verb)
                         <> (verb = 'SELECT' AND EXISTS (SELECT FROM relation WHERE relation.name = relname AND readable))$$,
                'as PostgreSQL itself sees it');
SELECT is_empty($$SELECT role.name, relname FROM role, pg_class, unnest('{USAGE,SELECT,UPDATE}'::text[]) AS verb
                   WHERE relnamespace = 'trato'::regnamespace AND relkind = 'S' AND has_sequence_privilege(role.name, pg_class.oid, verb)$$,
                'no sequence');

-- Functions: r rep, b back office, s supervisor, m manager; a trato_admin, o trato_owner (of
-- functions that belong to trato_admin). What is not named here nobody may call but its owner.
CREATE TEMP TABLE routine (name text, callers text);
INSERT INTO routine SELECT name, callers FROM (VALUES
    ('rbsm', '{text_words,word_query,text_excerpt,search_communications,search_words,phone_digits,web_domain,client_name_key,word_list,typed_words,walk_words,words_in_order,clients_with_words,walk_several_words,
              all_words,clients_of_words,name_stems,found_actions,found_notices,listed_actions,listed_notices,found_offers,found_waiting,found_holds,found_own_actions,found_own_notices,pending_notices,found_own_agenda,found_timeline,words_begun,notice_turn,
              found_clients,words_of_contact,contact_meant,similar_clients,my_id,am_newcomer,must_change_password,today,fold,filled,setting_value,offer_number,has_role,my_action_ids,change_password,
              request_result,
              area_parts,figure_offers,figure_actions,figures,figure_currency,dashboard_mark,
              working_seconds,working_hours_before,notice_limits,
              clients_of_addresses,is_common_domain,mail_is_logged,
              found_audit,audit_fields,audit_value,audit_name,log_opening,log_list,blocked_contacts,blocked_since}'::text[]),
    ('rbm', '{save_client,save_contact,save_division,import_rows}'),
    ('rm', '{open_action,close_action,reopen_action,add_collaborator,remove_collaborator,transfer_action,answer_request}'),
    ('r', '{save_action,set_next_step,hold_divisions,release_division,request_collaboration,withdraw_request,hear_answer,log_communication,
            correct_communication,save_offer,present_offer,revise_offer,copy_offer,approve_offer,reject_offer,withdraw_offer,extend_offer,answer_notice,
            log_mail,assign_mail,set_aside_mail}'),
    ('b', '{see_notice,take_notice,return_notice,record_invoice}'),
    ('bm', '{put_back_notice,correct_invoice,found_invoice,begin_watch,keep_watch,leave_watch,take_delivery,end_delivery}'),
    ('m', '{merge_clients,archive_client,save_area,save_reason,save_setting,save_holiday,revoke_approval,create_person,set_person_roles,disable_person,
            enable_person,end_sessions,reset_password,retire_watch,wrong_figures,block_data,unblock_data,erase_data,personal_data,is_company}'),
    ('o', '{login_check,login_create,login_set_roles,login_set_password,login_enable,login_end_sessions,login_set_newcomer}'),
    ('a', '{refuse}'),
    ('', '{working_spans,words_of_client,words_to_find,words_together,find_actions_again,action_is_found,action_begins,typed_pattern,may_see_all,contacts_are_found,contacts_are_found_again,client_is_current,communication_is_kept,merge_divisions,merge_data,refuse_unknown,refuse_denied,refuse_newcomer,newcomer_follows,refuse_stale,next_version,keep_as_written,spanish_tax_id_is_valid,earlier_result,done,
           require_role,record_state,refuse_first_state,refuse_old_snapshot,action_is_complete,ring,offer_part_is_frozen,offer_totals,offer_may_change,
           offer_may_be_presented,action_has_approval,notice_amount,notice_waits_again,is_offer_number,invoice_letters,notices_of_invoice,asked_words,invoice_counts,invoice_is_kept,audit_insert,audit_update,audit_delete,is_member,
           require_member,require_owner_or_manager,lock_action,require_open,require_free,require_unanswered,claim,join_action,lock_offer,put_offer_parts,
           lock_notice,find_again,client_is_found,find_communications_again,communication_is_found,find_all_again,client_tax_id_is_free,refuse_notice_state,lock_person,lock_managers,
           import_country,import_client,import_client_id,import_contact,import_division,
           import_line,import_digits,import_tax_id,import_postcode,
           communication_keeps_attachments,mail_is_kept,contact_of_addresses,action_of_mail,put_mail,mail_answer,lock_mail,
           take_turn,next_delivery,delivery_is_kept,audit_record,audit_of_record,put_opening,opening_is_kept,watcher_is_kept,
           figure_parts,offer_parts,put_figures,roll_up_figures,make_figures,figures_change,figures_begin,is_turn,figures_move,figures_of_other_days,contact_is_kept,
           moving,require_moved,is_not_blocked,blocked_value_is_kept,blocking_is_kept,words_pattern,without_words,without_data,block_values,
           words_of_subject,rows_of_subject,block_all,lock_blocking,rows_that_name,lines_that_name,text_of_row,refuse_blocked,is_unique_text,without_unique_words,lock_subject,
           erase_from_others,emails_of,clients_of_subject,word_piece,words_said,answers_words,without_row,move_values,block_rows,blockings_of,block_again,
           put_back,bring_back}')) AS written (callers, names), unnest(names) AS name;
CREATE TEMP VIEW own_routine AS
SELECT pg_proc.* FROM pg_proc WHERE pronamespace = 'trato'::regnamespace
   AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e');
SELECT set_eq('SELECT proname::text FROM own_routine', 'SELECT name FROM routine', 'every function stands in the matrix');
SELECT is((SELECT count(*) FROM own_routine), (SELECT count(*) FROM routine), 'and each name once');
SELECT set_eq($$SELECT proname::text, grantee::regrole::text FROM own_routine, aclexplode(coalesce(proacl, acldefault('f', proowner)))
                 WHERE grantee <> proowner$$,
              $$SELECT name, CASE letter WHEN 'r' THEN 'trato_rep' WHEN 'b' THEN 'trato_backoffice' WHEN 's' THEN 'trato_supervisor'
                         WHEN 'm' THEN 'trato_manager' WHEN 'a' THEN 'trato_admin' WHEN 'o' THEN 'trato_owner' END
                  FROM routine, string_to_table(callers, NULL) AS letter$$, 'EXECUTE as written; nothing to PUBLIC');
SELECT is_empty($$SELECT grantee FROM own_routine, aclexplode(proacl) WHERE is_grantable$$, 'nobody hands rights on');
SELECT is_empty($$SELECT proname FROM own_routine WHERE prosecdef
                     AND coalesce((SELECT setting FROM unnest(proconfig) AS setting WHERE setting LIKE 'search_path=%'), '')
                         <> 'search_path=trato, pg_temp'$$, 'SECURITY DEFINER: a fixed search path that ends in pg_temp');
-- But for what a claim would pay much for: that names all with the schema, and so means the same under any path.
CREATE TEMP VIEW pathless AS
SELECT oid, proname, prosrc FROM own_routine WHERE prolang <> (SELECT oid FROM pg_language WHERE lanname = 'sql')
   AND NOT coalesce(proconfig, '{}') @> '{"search_path=trato, pg_temp"}';
SELECT set_eq('SELECT proname::text FROM pathless', '{earlier_result,done,fold,refuse_old_snapshot,refuse_blocked,audit_insert,client_is_current,is_not_blocked,
                contact_is_kept,action_is_found,action_begins,figures_change,figures_begin}'::text[], 'a fixed search path on all that is plpgsql but for these');
SELECT is_empty($$SELECT proname, name FROM pathless, (SELECT DISTINCT proname AS name FROM pg_proc WHERE pronamespace = 'trato'::regnamespace) AS called
                   WHERE prosrc ~ format('(?<![.\w])%s\s*\(', name)$$, 'they call what is in the schema by its whole name');
SELECT is_empty($$SELECT proname, relname FROM pathless, pg_class WHERE relnamespace = 'trato'::regnamespace
                     AND (prosrc ~ format('\m(FROM|JOIN|INTO|UPDATE)\s+%s\M', relname) OR prosrc ~ format('(?<![.\w])%s(%%|;)', relname)
                          OR prosrc ~ format('''%s''::reg', relname))$$, 'and so they read and write it');
SELECT is_empty($$SELECT tgname FROM pg_trigger JOIN pathless ON pathless.oid = tgfoid WHERE tgdeferrable$$,
                'what is deferred is called with the path, and as the role, of whoever has logged in');
SELECT set_eq($$SELECT proname::text FROM own_routine WHERE proowner <> 'trato_owner'::regrole$$,
              $$SELECT name FROM routine WHERE callers = 'o'$$, 'trato_admin owns the functions for logins only');
SELECT is_empty($$SELECT proname FROM own_routine WHERE prosecdef AND pg_get_function_arguments(oid) ~ '(VARIADIC|anyelement|regclass|name)\M.*any'$$);
SELECT set_eq($$SELECT DISTINCT extname::text FROM pg_proc JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e'
                 JOIN pg_extension ON pg_extension.oid = refobjid WHERE pronamespace = 'trato'::regnamespace$$,
              '{pg_trgm,unaccent}'::text[], 'what else is there belongs to two extensions of contrib');
SELECT is_empty($$SELECT proname FROM pg_proc WHERE pronamespace = 'trato'::regnamespace AND prosecdef AND proowner NOT IN ('trato_owner'::regrole, 'trato_admin'::regrole)$$);

-- Everything belongs to trato_owner.
SELECT is_empty($$SELECT relname FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relowner <> 'trato_owner'::regrole$$);
SELECT is((SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'trato'), 'trato_owner');
-- Types: those of tables count with their tables; PUBLIC may use none of the schema's own.
SELECT is_empty($$SELECT typname FROM pg_type WHERE typnamespace = 'trato'::regnamespace AND typtype IN ('d', 'e', 'r')$$, 'the schema makes no types');

-- Schemas, database, languages, default rights
SELECT set_eq($$SELECT nspname::text, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END, privilege_type
                  FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner)))
                 WHERE nspname !~ '^(pg_toast|pg_temp|tap$)' AND grantee <> nspowner
                   AND grantee NOT IN (SELECT oid FROM pg_roles WHERE rolsuper OR rolname = 'pg_database_owner')$$,
              $$SELECT 'trato' AS schema, name, 'USAGE' AS right FROM role UNION ALL VALUES ('trato', 'trato_admin', 'USAGE'),
                ('pg_catalog', 'PUBLIC', 'USAGE'), ('information_schema', 'PUBLIC', 'USAGE')$$, 'schemas: no CREATE for anybody');
SELECT set_eq($$SELECT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END, privilege_type
                  FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) WHERE datname = current_database() AND grantee <> datdba$$,
              $$SELECT name, 'CONNECT' AS right FROM role UNION ALL VALUES ('trato_owner', 'CREATE')$$, 'the database: CONNECT; no TEMPORARY');
SELECT set_eq($$SELECT lanname::text, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
                  FROM pg_language, aclexplode(coalesce(lanacl, acldefault('l', lanowner))) WHERE lanpltrusted AND grantee <> lanowner$$,
              $$VALUES ('sql', 'PUBLIC'), ('plpgsql', 'trato_owner'), ('plpgsql', 'trato_admin')$$, 'languages: no DO blocks');
SELECT is_empty($$SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
                     AND (proname ~ '^pg_(try_)?advisory_' OR proname ~ '^lo_' OR proname IN ('loread', 'lowrite', 'pg_notify', 'pg_logical_emit_message'))
                     AND has_function_privilege('public', oid, 'EXECUTE')$$, 'no advisory locks, large objects or notifications for PUBLIC');
SELECT is_empty($$SELECT rolname FROM pg_roles, role WHERE rolname = role.name AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolcanlogin
                     OR rolreplication OR rolbypassrls)$$, 'the four roles can do nothing else');
SELECT set_eq($$SELECT rolname::text FROM pg_roles WHERE rolname LIKE 'trato\_%' AND (rolcanlogin OR rolcreaterole OR rolsuper OR rolcreatedb OR rolbypassrls OR rolreplication)$$,
              '{trato_admin}'::text[], 'trato_admin alone makes roles');
SELECT is((SELECT rolcanlogin OR rolsuper OR rolbypassrls OR rolreplication OR rolcreatedb FROM pg_roles WHERE rolname = 'trato_admin'), false);
SELECT is_empty($$SELECT member::regrole FROM pg_auth_members WHERE roleid IN ('trato_owner'::regrole, 'trato_admin'::regrole)
                     AND member <> (SELECT oid FROM pg_roles WHERE rolname = session_user)$$, 'nobody is a member of trato_owner or trato_admin');
SELECT set_eq($$SELECT roleid::regrole::text FROM pg_auth_members WHERE member = 'trato_admin'::regrole AND roleid::regrole::text NOT LIKE '%@%'$$,
              $$SELECT name FROM role UNION ALL VALUES ('pg_signal_backend'), ('trato_newcomer')$$, 'trato_admin gives the four roles and that of newcomers, and ends sessions');

-- The people: each as PostgreSQL made them.
SELECT is_empty($$SELECT rolname FROM pg_roles WHERE rolname LIKE '%@trato.example' AND (NOT rolcanlogin OR rolsuper OR rolcreaterole OR rolcreatedb
                     OR rolreplication OR rolbypassrls OR rolconnlimit < 0)$$, 'people can log in, so many times, and nothing else');
SELECT is_empty($$SELECT member.rolname FROM pg_roles AS member JOIN pg_auth_members ON pg_auth_members.member = member.oid
                   WHERE member.rolname LIKE '%@trato.example' AND (admin_option OR roleid::regrole::text NOT IN (SELECT name FROM role))$$,
                'and are members of their roles only, without passing them on');

-- What they try all the same
SELECT is(tried(who, statement, false) ~ '^(42501|28000|0LP01|55000)', true, format('%s cannot: %s', who, statement))
  FROM unnest('{ana,berta,carmen,marta}'::text[]) AS who, unnest(ARRAY[
    'SET LOCAL ROLE trato_owner', 'SET LOCAL ROLE trato_admin', 'SET LOCAL ROLE postgres', 'SET LOCAL ROLE "eva@trato.example"',
    'CREATE TEMP TABLE t (x integer)', 'CREATE TABLE trato.t (x integer)', 'CREATE TABLE public.t (x integer)', 'CREATE SCHEMA s',
    'CREATE VIEW trato.v AS SELECT 1', 'CREATE FUNCTION trato.f() RETURNS integer LANGUAGE sql AS ''SELECT 1''',
    'CREATE FUNCTION pg_temp.f() RETURNS integer LANGUAGE sql AS ''SELECT 1''', 'CREATE OPERATOR trato.=== (FUNCTION = texteq, LEFTARG = text, RIGHTARG = text)',
    'CREATE TYPE trato.x AS (y integer)', 'CREATE TRIGGER t BEFORE UPDATE ON client FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    'CREATE RULE r AS ON INSERT TO client DO INSTEAD NOTHING', 'CREATE POLICY p ON offer USING (true)', 'ALTER TABLE offer DISABLE ROW LEVEL SECURITY',
    'CREATE ROLE intruder', 'ALTER ROLE "eva@trato.example" PASSWORD ''x''', 'ALTER ROLE "eva@trato.example" RENAME TO eve', 'DROP ROLE "eva@trato.example"',
    'GRANT trato_manager TO "eva@trato.example"', 'GRANT trato_owner TO session_user', 'GRANT "marta@trato.example" TO "eva@trato.example"',
    'GRANT SELECT ON write_log TO trato_rep WITH GRANT OPTION', 'ALTER DATABASE trato SET search_path = x',
    'SET LOCAL session_replication_role = replica', 'SET LOCAL temp_file_limit = -1', 'LOCK TABLE client IN SHARE MODE', 'LOCK TABLE client IN EXCLUSIVE MODE',
    'SELECT id FROM client FOR UPDATE', 'SELECT id FROM offer FOR KEY SHARE', 'CREATE EXTENSION dblink',
    'COPY client TO PROGRAM ''true''', 'COPY client TO ''/tmp/x''', 'DO LANGUAGE plpgsql ''BEGIN NULL; END''',
    'SELECT pg_advisory_lock(1)', 'SELECT pg_advisory_xact_lock(1)', 'SELECT pg_try_advisory_lock(1)', 'SELECT lo_creat(-1)', 'SELECT lo_from_bytea(0, ''x'')',
    'SELECT lo_import(''/etc/passwd'')', 'SELECT pg_notify(''trato_notice'', ''1'')', 'SELECT pg_logical_emit_message(false, ''x'', ''y'')',
    'SELECT pg_read_file(''/etc/passwd'')', 'SELECT pg_ls_dir(''/'')', 'SELECT rolpassword FROM pg_authid', 'SELECT passwd FROM pg_shadow',
    'SELECT count(*) FROM pg_largeobject', 'SELECT nextval(''trato.offer_id_seq'')', 'SELECT setval(''trato.action_number_seq'', 1)',
    'SELECT last_value FROM trato.offer_id_seq', 'SELECT login_create(''x@y.example'')', 'SELECT login_set_roles(session_user, ''{manager}'')',
    'SELECT login_set_password(''marta@trato.example'', tap.verifier())', 'SELECT login_enable(''marta@trato.example'', false)',
    'SELECT login_end_sessions(''marta@trato.example'')', 'SELECT refuse(''x'', ''y'')', 'SELECT earlier_result(gen_random_uuid(), ''x'')',
    'SELECT done(gen_random_uuid(), ''x'', ''{}'')', 'SELECT claim(1, 1, ''{1}'')', 'SELECT join_action(1, 1)', 'SELECT lock_action(1, 1)',
    'SELECT * FROM offer_counter', 'SELECT result FROM write_log',
    'INSERT INTO notice (offer_id, action_id) VALUES (1, 1)', 'INSERT INTO communication (action_id, client_id, channel, direction, subject, author_id) VALUES (1, 1, ''phone'', ''in'', ''x'', 1)',
    'INSERT INTO division_status (name) VALUES (''x'')', 'UPDATE division_status SET name = ''x''', 'DELETE FROM hold_overview', 'UPDATE offer_overview SET state = ''approved''',
    'UPDATE offer SET state = ''approved''', 'UPDATE person SET roles = ''{manager}''', 'UPDATE hold SET released_at = now()', 'UPDATE setting SET value = ''0''',
    'MERGE INTO client USING (SELECT 1) AS one ON true WHEN MATCHED THEN UPDATE SET name = ''x''']) AS statement;
SELECT is(tried(who, 'SELECT ' || call) ~ '^42501', true, format('%s cannot: %s', who, call)) FROM (VALUES
    ('berta', 'open_action(gen_random_uuid(), 1, ''x'', ''{1}'')'), ('carmen', 'open_action(gen_random_uuid(), 1, ''x'', ''{1}'')'),
    ('carmen', 'save_client(gen_random_uuid(), NULL, NULL, ''x'', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)'),
    ('ana', 'take_notice(gen_random_uuid(), 1)'), ('marta', 'take_notice(gen_random_uuid(), 1)'), ('carmen', 'see_notice(gen_random_uuid(), 1)'),
    ('berta', 'approve_offer(gen_random_uuid(), 1, 1, today(), ''X'')'), ('ana', 'begin_watch(gen_random_uuid(), ''x'', gen_random_uuid(), ''p'')'),
    ('carmen', 'end_delivery(gen_random_uuid(), 1, 1, true)'), ('ana', 'keep_watch(1, gen_random_uuid(), ''p'')'), ('marta', 'approve_offer(gen_random_uuid(), 1, 1, today(), ''X'')'),
    ('ana', 'revoke_approval(gen_random_uuid(), 1, 1, ''x'')'), ('ana', 'save_area(gen_random_uuid(), NULL, NULL, ''x'', true)'),
    ('berta', 'retire_watch(gen_random_uuid(), ''x'')'),
    ('ana', 'create_person(gen_random_uuid(), ''x@y.example'', ''X'', ''{manager}'', tap.verifier())'),
    ('berta', 'set_person_roles(gen_random_uuid(), session_user, ''{manager}'')'), ('ana', 'reset_password(gen_random_uuid(), ''marta@trato.example'', tap.verifier())'),
    ('ana', 'end_sessions(''marta@trato.example'')'), ('carmen', 'save_setting(gen_random_uuid(), ''reopen_days'', 1, ''9'')')) AS calls (who, call);

-- Managers administer people of Trato and nobody else.
SELECT is(tried('marta', 'SELECT ' || call, false), expected, call) FROM (VALUES
    ('create_person(gen_random_uuid(), ''postgres'', ''X'', ''{rep}'', tap.verifier())', '23514 person_email_form'),
    ('create_person(gen_random_uuid(), ''x@y.example" SUPERUSER --'', ''X'', ''{rep}'', tap.verifier())', '23514 person_email_form'),
    ('create_person(gen_random_uuid(), E''x@y.example\nz'', ''X'', ''{rep}'', tap.verifier())', '23514 person_email_form'),
    ('create_person(gen_random_uuid(), repeat(''x'', 60) || ''@y.example'', ''X'', ''{rep}'', tap.verifier())', '23514 person_email_length'),
    ('create_person(gen_random_uuid(), ''o''''brien@y.example'', ''X'', ''{rep}'', tap.verifier()) IS NOT NULL', 'true'),
    ('create_person(gen_random_uuid(), ''x@y.example'', ''X'', ''{owner}'', tap.verifier())', '23514 person_roles_known'),
    ('create_person(gen_random_uuid(), ''x@y.example'', ''X'', ''{rep,supervisor}'', tap.verifier())', '23514 person_roles_one'),
    ('create_person(gen_random_uuid(), ''x@y.example'', ''X'', ''{}'', tap.verifier())', '23514 person_roles_one'),
    ('create_person(gen_random_uuid(), ''x@y.example'', ''X'', NULL, tap.verifier())', '23502'),
    ('create_person(gen_random_uuid(), ''x@y.example'', ''X'', ''{rep,NULL}'', tap.verifier())', '23514 person_roles_known'),
    ('create_person(gen_random_uuid(), ''x@y.example'', ''X'', ''{rep}'', ''clear'')', 'TR001 password_verifier'),
    ('create_person(gen_random_uuid(), ''x@y.example'', ''X'', ''{rep}'', NULL)', 'TR001 password_verifier'),
    ('create_person(gen_random_uuid(), ''x@y.example'', ''X'', ''{rep}'', ''SCRAM-SHA-256$4096:AAAA$AAAA:AAAA'')', 'TR001 password_verifier'),
    ('create_person(gen_random_uuid(), ''x@y.example'', ''X'', ''{rep}'', ''md5'' || md5(''x''))', 'TR001 password_verifier'),
    ('create_person(gen_random_uuid(), ''x@y.example'', ''X'', ''{rep}'', tap.verifier() || '''''' SUPERUSER'')', 'TR001 password_verifier'),
    ('create_person(gen_random_uuid(), ''ANA@trato.example'', ''X'', ''{rep}'', tap.verifier())', '23505 person_email_key'),
    ('reset_password(gen_random_uuid(), ''postgres'', tap.verifier())', 'TR004 person_unknown'),
    ('disable_person(gen_random_uuid(), ''postgres'')', 'TR004 person_unknown'),
    ('disable_person(gen_random_uuid(), ''trato_owner'')', 'TR004 person_unknown'),
    ('disable_person(gen_random_uuid(), session_user)', 'TR001 person_not_oneself'),
    ('set_person_roles(gen_random_uuid(), session_user, ''{rep}'')', 'TR001 person_not_oneself'),
    ('end_sessions(''ana@trato.example'')', 'TR001 person_is_disabled')) AS calls (call, expected) WHERE expected <> 'true';
SELECT works('marta', $$SELECT create_person(gen_random_uuid(), 'o''brien%s@y.example', 'X', '{rep}', tap.verifier())$$);
-- A login of that name that is no person of Trato stays as it is.
CREATE ROLE "dba@y.example" LOGIN CREATEROLE;
SELECT refused('marta', $$SELECT create_person(gen_random_uuid(), 'dba@y.example', 'X', '{rep}', tap.verifier())$$, '42501 permission');
INSERT INTO person (email, name, roles) VALUES ('dba@y.example', 'X', '{rep}');
SELECT refused('marta', 'SELECT ' || call, '42501 permission', call) FROM unnest(ARRAY[
    'reset_password(gen_random_uuid(), ''dba@y.example'', tap.verifier())', 'set_person_roles(gen_random_uuid(), ''dba@y.example'', ''{rep}'')',
    'disable_person(gen_random_uuid(), ''dba@y.example'')']) AS call;
SELECT works('marta', $$SELECT set_person_roles(gen_random_uuid(), 'eva@trato.example', '{manager,supervisor}')$$);
SELECT set_eq($$SELECT roleid::regrole::text FROM pg_auth_members WHERE member = '"eva@trato.example"'::regrole$$, '{trato_manager,trato_supervisor}'::text[],
              'roles follow');
SELECT works('marta', $$SELECT disable_person(gen_random_uuid(), 'eva@trato.example')$$);
SELECT is((SELECT rolcanlogin FROM pg_roles WHERE rolname = 'eva@trato.example'), false, 'a disabled person does not log in');
SELECT works('marta', $$SELECT end_sessions('eva@trato.example')$$);

SELECT * FROM finish();
ROLLBACK;
