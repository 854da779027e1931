-- Rules 13 and 14, for every verb of the catalogue: a save that is based on an old version is
-- refused; repeating a request answers the same and does nothing; its id serves nobody else and
-- nothing else. A new verb fails this test until it is in the table below.
\ir lib/world.sql

-- In this order, each on what the earlier ones have done. {R} is the request id, {V ...} the version.
CREATE TEMP TABLE verb (number integer GENERATED ALWAYS AS IDENTITY, name text, who text, statement text);
INSERT INTO verb (name, who, statement) VALUES
    ('save_client', 'ana', $$save_client({R}, tap.c('Beta'), {V tap.cv('Beta')}, 'Beta', 'Beta SL', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)$$),
    ('archive_client', 'marta', $$archive_client({R}, tap.c('Beta'), {V tap.cv('Beta')}, true)$$),
    ('save_contact', 'ana', $$save_contact({R}, (SELECT id FROM contact WHERE name = 'Eva'), {V (SELECT version FROM contact WHERE name = 'Eva')},
                              NULL, 'Eva', 'CEO', 'e@x.example', NULL, NULL, NULL, true)$$),
    ('save_division', 'ana', $$save_division({R}, tap.d('d5'), {V (SELECT version FROM division WHERE id = tap.d('d5'))}, NULL, 'd5', NULL, 'x', true)$$),
    ('import_rows', 'ana', $$import_rows({R}, 'client', '[{"line": 2, "name": "Gamma"}]')$$),
    ('save_area', 'marta', $$save_area({R}, (SELECT id FROM area WHERE name = 'Area'), {V (SELECT version FROM area WHERE name = 'Area')}, 'Area', false)$$),
    ('save_reason', 'marta', $$save_reason({R}, tap.reason('offer_rejected'), {V (SELECT version FROM reason WHERE id = tap.reason('offer_rejected'))},
                               'offer_rejected', 'Price', 'Precio', false, true)$$),
    ('save_setting', 'marta', $$save_setting({R}, 'quiet_days', {V (SELECT version FROM setting WHERE name = 'quiet_days')}, '31')$$),
    ('save_holiday', 'marta', $$save_holiday({R}, (SELECT id FROM holiday), {V (SELECT version FROM holiday)}, '2026-12-25', 'Xmas', true)$$),
    ('open_action', 'ana', $$open_action({R}, tap.c('Acme'), 'Uno', ARRAY[tap.d('d1')])$$),
    ('save_action', 'ana', $$save_action({R}, tap.a('Uno'), {V tap.av('Uno')}, 'Uno', today(), 'notes')$$),
    ('set_next_step', 'ana', $$set_next_step({R}, tap.a('Uno'), {V tap.av('Uno')}, 'call', today())$$),
    ('hold_divisions', 'ana', $$hold_divisions({R}, tap.a('Uno'), ARRAY[tap.d('d2'), tap.d('d3')])$$),
    ('release_division', 'ana', $$release_division({R}, tap.a('Uno'), tap.d('d3'))$$),
    ('add_collaborator', 'ana', $$add_collaborator({R}, tap.a('Uno'), tap.p('eva'))$$),
    ('remove_collaborator', 'ana', $$remove_collaborator({R}, tap.a('Uno'), tap.p('eva'))$$),
    ('request_collaboration', 'luis', $$request_collaboration({R}, tap.d('d1'), 'may I?')$$),
    ('withdraw_request', 'luis', $$withdraw_request({R}, (SELECT max(id) FROM request))$$),
    ('request_collaboration', 'luis', $$request_collaboration({R}, tap.d('d1'), 'again')$$),
    ('answer_request', 'ana', $$answer_request({R}, (SELECT max(id) FROM request), {V (SELECT version FROM request ORDER BY id DESC LIMIT 1)}, true, NULL)$$),
    ('hear_answer', 'luis', $$hear_answer({R}, (SELECT max(id) FROM request))$$),
    ('transfer_action', 'ana', $$transfer_action({R}, tap.a('Uno'), tap.p('luis'))$$),
    ('transfer_action', 'luis', $$transfer_action({R}, tap.a('Uno'), tap.p('ana'))$$),
    ('log_communication', 'ana', $$log_communication({R}, tap.a('Uno'), NULL, 'phone', 'in', now(), 's', NULL, 5, NULL, NULL, true, {V tap.av('Uno')}, 'x', NULL)$$),
    ('correct_communication', 'ana', $$correct_communication({R}, (SELECT max(id) FROM communication), NULL, 'phone', 'in', now(), 's2', NULL)$$),
    ('log_mail', 'ana', $$log_mail({R}, '<a@x>', '{x@y.example}', '{ana@trato.example}', 'X', 'Ana', '{}', now(), 's', 'b', NULL)$$),
    ('set_aside_mail', 'ana', $$set_aside_mail({R}, (SELECT max(id) FROM mail), {V (SELECT version FROM mail ORDER BY id DESC LIMIT 1)}, 'not ours')$$),
    ('assign_mail', 'ana', $$assign_mail({R}, (SELECT max(id) FROM mail), {V (SELECT version FROM mail ORDER BY id DESC LIMIT 1)}, tap.a('Uno'))$$),
    ('save_offer', 'ana', $$save_offer({R}, NULL, NULL, tap.a('Uno'), 'O', ARRAY[tap.d('d1')], '[{"description":"a","unit_price":10}]', p_valid_until => today())$$),
    ('save_offer', 'ana', $$save_offer({R}, tap.o('O'), {V tap.ov('O')}, NULL, 'O', ARRAY[tap.d('d1')], '[{"description":"b","unit_price":11}]', p_valid_until => today())$$),
    ('present_offer', 'ana', $$present_offer({R}, tap.o('O'), {V tap.ov('O')})$$),
    ('extend_offer', 'ana', $$extend_offer({R}, tap.o('O'), {V tap.ov('O')}, today() + 5)$$),
    ('reject_offer', 'ana', $$reject_offer({R}, tap.o('O'), {V tap.ov('O')}, tap.reason('offer_rejected'))$$),
    ('revise_offer', 'ana', $$revise_offer({R}, tap.o('O'), {V tap.ov('O')})$$),
    ('withdraw_offer', 'ana', $$withdraw_offer({R}, tap.o('O'), {V tap.ov('O')}, tap.reason('offer_withdrawn'))$$),
    ('save_offer', 'ana', $$save_offer({R}, NULL, NULL, tap.a('Uno'), 'P', ARRAY[tap.d('d1')], '[{"description":"a","unit_price":10}]', p_valid_until => today())$$),
    ('present_offer', 'ana', $$present_offer({R}, tap.o('P'), {V tap.ov('P')})$$),
    ('approve_offer', 'ana', $$approve_offer({R}, tap.o('P'), {V tap.ov('P')}, today(), 'X')$$),
    ('revoke_approval', 'marta', $$revoke_approval({R}, tap.o('P'), {V tap.ov('P')}, 'oops')$$),
    ('approve_offer', 'ana', $$approve_offer({R}, tap.o('P'), {V tap.ov('P')}, today(), 'X')$$),
    ('see_notice', 'berta', $$see_notice({R}, tap.n('P'))$$),
    ('take_notice', 'berta', $$take_notice({R}, tap.n('P'))$$),
    ('put_back_notice', 'berta', $$put_back_notice({R}, tap.n('P'), {V tap.nv('P')})$$),
    ('return_notice', 'berta', $$return_notice({R}, tap.n('P'), {V tap.nv('P')}, tap.reason('notice_returned'))$$),
    ('answer_notice', 'ana', $$answer_notice({R}, tap.n('P'), {V tap.nv('P')}, 'here')$$),
    ('take_notice', 'berta', $$take_notice({R}, tap.n('P'))$$),
    ('record_invoice', 'berta', $$record_invoice({R}, tap.n('P'), {V tap.nv('P')}, 'A', '1', today(), 1, 0, 1)$$),
    ('begin_watch', 'berta', $$begin_watch({R}, 'w', tap.request_id('h'), 'here', '2000-01-01')$$),
    ('take_delivery', 'berta', $$take_delivery({R}, (SELECT max(id) FROM watcher), tap.request_id('h'))$$),
    ('end_delivery', 'berta', $$end_delivery({R}, (SELECT max(id) FROM delivery), 1, false, 'x')$$),
    ('correct_invoice', 'berta', $$correct_invoice({R}, (SELECT max(id) FROM invoice), {V (SELECT version FROM invoice ORDER BY id DESC LIMIT 1)},
                                   'A', '2', today(), 2, 0, 2)$$),
    ('retire_watch', 'marta', $$retire_watch({R}, 'gone')$$),
    ('close_action', 'ana', $$close_action({R}, tap.a('Uno'), {V tap.av('Uno')}, 'won')$$),
    ('reopen_action', 'ana', $$reopen_action({R}, tap.a('Uno'), {V tap.av('Uno')}, NULL)$$),
    ('copy_offer', 'ana', $$copy_offer({R}, tap.o('P'), tap.a('Uno'), ARRAY[tap.d('d1'), tap.d('d2')])$$),
    ('create_person', 'marta', $$create_person({R}, 'new@trato.example', 'New', '{rep}', tap.verifier())$$),
    ('set_person_roles', 'marta', $$set_person_roles({R}, 'new@trato.example', '{rep,manager}', {V (SELECT version FROM person WHERE email = 'new@trato.example')})$$),
    ('reset_password', 'marta', $$reset_password({R}, 'new@trato.example', tap.verifier())$$),
    ('change_password', 'new', $$change_password({R}, tap.verifier())$$),
    ('disable_person', 'marta', $$disable_person({R}, 'new@trato.example')$$),
    ('enable_person', 'marta', $$enable_person({R}, 'new@trato.example')$$),
    ('block_data', 'marta', $$block_data({R}, 'contact', (SELECT id FROM contact WHERE name = 'Eva'), 'asked')$$),
    ('unblock_data', 'marta', $$unblock_data({R}, (SELECT max(id) FROM blocking), 'x')$$),
    ('block_data', 'marta', $$block_data({R}, 'contact', (SELECT id FROM contact WHERE name = 'Eva'), 'asked')$$),
    ('erase_data', 'marta', $$erase_data({R}, (SELECT max(id) FROM blocking))$$),
    ('merge_clients', 'marta', $$merge_clients({R}, tap.c('Acme'), {V tap.cv('Acme')}, tap.c('Beta'))$$);

SELECT set_eq($$SELECT proname::text FROM pg_proc WHERE pronamespace = 'trato'::regnamespace AND proargnames[1] = 'p_request'
                   AND proname NOT IN ('earlier_result', 'done')$$,
              'SELECT name FROM verb', 'every verb is tried');
SELECT set_eq($$SELECT DISTINCT name FROM verb WHERE statement LIKE '%{V %'$$,
              $$SELECT proname::text FROM pg_proc WHERE pronamespace = 'trato'::regnamespace AND proargnames[1] = 'p_request'
                   AND 'p_based_on' = ANY (proargnames)$$, 'and those that take a version with an old one');
SELECT is_empty($$SELECT proname FROM pg_proc WHERE pronamespace = 'trato'::regnamespace AND proargnames[1] = 'p_request'
                   AND (proname NOT IN ('earlier_result', 'done')) AND (NOT prosecdef OR prorettype <> 'jsonb'::regtype)$$,
                'all are of one shape');

SELECT tap.given('ana', $$SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c('Acme'), 'Eva', NULL, NULL, NULL, NULL, NULL, NULL)$$),
       tap.given('owner', $$INSERT INTO watcher (name, since, found) VALUES ('gone', now(), '{}')$$),
       tap.given('owner', $$UPDATE setting SET value = '0' WHERE name = 'blocking_days'$$),
       tap.given('marta', $$SELECT save_area(gen_random_uuid(), NULL, NULL, 'Area', true)$$),
       tap.given('marta', $$SELECT save_holiday(gen_random_uuid(), NULL, NULL, '2026-12-25', 'Navidad', true)$$) \g /dev/null

CREATE FUNCTION tap.try_verb(who text, statement text, request text, offset_version text DEFAULT '') RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, 'SELECT ' || regexp_replace(replace(statement, '{R}', quote_literal(request) || '::uuid'),
        '\{V ([^}]*)\}', CASE offset_version WHEN 'none' THEN 'NULL::integer' ELSE '(\1' || offset_version || ')' END))
$$;
CREATE FUNCTION tap.everything() RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(' ', (SELECT max(id) FROM audit), (SELECT max(id) FROM state_change), (SELECT count(*) FROM write_log),
                     (SELECT string_agg(rolname || rolcanlogin || coalesce(rolpassword, ''), ',' ORDER BY rolname) FROM pg_authid))
$$;
-- Which tables' rows a verb gave a new version, and of which it asks the version that it is based on.
CREATE TEMP TABLE touched (verb text, name text);
CREATE TEMP TABLE guarded (verb text, name text);
CREATE FUNCTION tap.stale_table(who text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_table text;
BEGIN
    BEGIN
        PERFORM tap.become(who);
        EXECUTE 'SELECT ' || regexp_replace(replace(statement, '{R}', 'gen_random_uuid()'), '\{V ([^}]*)\}', '(\1 - 1)');
    EXCEPTION WHEN SQLSTATE 'TR002' THEN
        GET STACKED DIAGNOSTICS v_table = TABLE_NAME;
    END;
    PERFORM tap.become('superuser');
    RETURN v_table;
END
$$;
CREATE FUNCTION tap.verb_holds(verb verb) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    v_label  text := format('%s %s', verb.number, verb.name);
    v_id     uuid := md5(v_label)::uuid;
    v_first  text;
    v_before text;
    v_last   bigint := (SELECT max(id) FROM audit);
    v_other  text := CASE verb.who WHEN 'ana' THEN 'luis' WHEN 'luis' THEN 'ana' WHEN 'berta' THEN 'bruno' ELSE NULL END;
BEGIN
    IF verb.statement LIKE '%{V %' THEN
        RETURN NEXT tap.is(tap.try_verb(verb.who, verb.statement, gen_random_uuid()::text, ' - 1'), 'TR002 row_version', v_label || ' on an old version');
        INSERT INTO guarded VALUES (verb.name, tap.stale_table(verb.who, verb.statement));
        RETURN NEXT tap.is(tap.try_verb(verb.who, verb.statement, gen_random_uuid()::text, ' + 1'), 'TR002 row_version', v_label || ' on a version to come');
        -- Roles are given as a whole on the command line, which has shown nobody what they were.
        IF verb.name <> 'set_person_roles' THEN
            RETURN NEXT tap.is(tap.try_verb(verb.who, verb.statement, gen_random_uuid()::text, 'none'), 'TR002 row_version', v_label || ' on no version');
        END IF;
    END IF;
    RETURN NEXT tap.is(tap.tried(verb.who, 'SELECT ' || regexp_replace(replace(verb.statement, '{R}', 'NULL::uuid'), '\{V ([^}]*)\}', '\1')),
                       'TR001 request_id_missing', v_label || ' without an id');
    v_first := tap.try_verb(verb.who, verb.statement, v_id::text);
    RETURN NEXT tap.matches(v_first, '^\{.*"(id|imported)": \d+', v_label || ' answers with an id');
    INSERT INTO touched SELECT DISTINCT verb.name, table_name FROM audit
     WHERE id > v_last AND operation = 'update' AND old->'version' <> new->'version';
    v_before := tap.everything();
    RETURN NEXT tap.is(tap.try_verb(verb.who, verb.statement, v_id::text), v_first, v_label || ' again answers the same');
    RETURN NEXT tap.is(tap.tried(verb.who, 'SELECT ' || format(
        CASE verb.who WHEN 'berta' THEN 'see_notice(%L, 1)' WHEN 'marta' THEN 'archive_client(%L, 1, 1, false)'
             ELSE 'release_division(%L, 1, 1)' END, CASE WHEN verb.name IN ('see_notice', 'archive_client', 'release_division')
             THEN md5('1 save_client')::uuid ELSE v_id END)), 'TR001 request_id_reused', v_label || ': its id does no other verb');
    IF v_other IS NOT NULL THEN
        RETURN NEXT tap.is(tap.try_verb(v_other, verb.statement, v_id::text), 'TR001 request_id_reused', v_label || ': nor serves another');
    END IF;
    RETURN NEXT tap.is(tap.everything(), v_before, v_label || ': nothing was done by all that');
END
$$;
SELECT result FROM verb CROSS JOIN LATERAL tap.verb_holds(verb) AS result ORDER BY number;

-- Whoever gives a row a new version asks for the one that it was based on, but for these, each for its
-- reason. A new verb, or a new table with a version, has to ask or to be named here.
CREATE TEMP TABLE unasked (verb text, name text, why text);
INSERT INTO unasked VALUES
    ('take_notice', 'notice', 'the state is the guard: the loser learns who was first'),
    ('withdraw_request', 'request', 'the state is the guard, and only who has asked may'),
    ('revoke_approval', 'notice', 'the version of its offer is asked; an invoice recorded meanwhile refuses'),
    ('correct_invoice', 'notice', 'the version of its invoice is asked; the sums follow'),
    ('merge_clients', 'division', 'the versions of both clients are asked; the merge has been shown by name'),
    ('copy_offer', 'offer', 'the row that it has just made'),
    ('change_password', 'person', 'the last password is the one that counts'),
    ('reset_password', 'person', 'the last password is the one that counts'),
    ('block_data', 'contact', 'whatever stands there is taken out of sight'),
    ('unblock_data', 'contact', 'only what nobody has changed meanwhile'),
    ('disable_person', 'person', 'sets one state, whatever else has changed'),
    ('enable_person', 'person', 'sets one state, whatever else has changed');
SELECT set_eq('SELECT verb, name FROM touched EXCEPT SELECT verb, name FROM guarded', 'SELECT verb, name FROM unasked',
              'what gives a row a new version asks which one it was based on');
SELECT set_eq($$SELECT relname::text FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'version'
                 WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r' AND relname <> 'schema_version'$$,
              'SELECT DISTINCT name FROM guarded', 'and so it is for every table with a version');
-- The same from the text of the functions, so that no path is missed that was not gone here.
SELECT set_eq($$SELECT proname::text, lower(m[1]) FROM pg_proc, regexp_matches(prosrc, '\mUPDATE\s+(?:ONLY\s+)?(\w+)', 'gi') AS m
                 WHERE pronamespace = 'trato'::regnamespace AND proargnames[1] = 'p_request' AND 'p_based_on' <> ALL (proargnames)
                   AND lower(m[1]) IN (SELECT name FROM guarded)$$,
              $$SELECT verb, name FROM unasked WHERE verb NOT IN ('copy_offer', 'revoke_approval', 'correct_invoice', 'merge_clients', 'block_data', 'unblock_data')
                 UNION VALUES ('see_notice', 'notice'), ('hear_answer', 'request'), ('log_mail', 'mail')$$,
              'no other verb changes such a row; a look gives it no version, and a mail that comes again with its action leaves the tray');
SELECT set_eq($$SELECT proname::text, lower(m[1]) FROM pg_proc, regexp_matches(prosrc, '\mUPDATE\s+(?:ONLY\s+)?(\w+)', 'gi') AS m
                 WHERE pronamespace = 'trato'::regnamespace AND coalesce(proargnames[1], '') <> 'p_request'
                   AND lower(m[1]) IN (SELECT name FROM guarded)$$,
              $$VALUES ('merge_data', 'client'), ('merge_divisions', 'division'), ('invoice_counts', 'notice'), ('offer_totals', 'offer')$$,
              'nor does another function, but for the parts of a merge and the sums');

-- What is answered twice was written once.
SELECT is((SELECT count(*) FROM action WHERE title = 'Uno'), 1::bigint);
SELECT is((SELECT count(*) FROM invoice), (SELECT count(*) FROM write_log WHERE verb = 'record_invoice'));
SELECT is((SELECT count(*) FROM write_log WHERE result IS NULL), 0::bigint, 'no write is left open');
SELECT is_empty($$SELECT verb, key, value FROM write_log, jsonb_each(result)
                   WHERE NOT answers_words(verb) AND jsonb_typeof(value) NOT IN ('number', 'boolean') AND value::text !~ '^"[0-9/-]+"$' AND key <> 'state'$$,
                'where a person is looked for in no answer, none has words but states');

-- A version is counted by the database, whatever a statement says.
SELECT isnt(tried('owner', format('UPDATE %I SET version = 1000 RETURNING version::text', relname), false), '1000', relname || ' counts its versions')
  FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'version'
 WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r' AND relname IN ('client', 'contact', 'division', 'area', 'reason', 'setting', 'holiday', 'person', 'action');
SELECT is_empty($$SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'version'
                   WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r' AND relname <> 'schema_version'
                     AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'next_version')$$,
                'every table with a version counts it');
SELECT works('owner', $$UPDATE client SET version = 1000 WHERE name = 'Acme'$$);
SELECT is((SELECT version FROM client WHERE name = 'Acme'), 3, 'nobody writes a version');

SELECT * FROM finish();
ROLLBACK;
