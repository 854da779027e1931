-- Rules 11 and 12: nothing is deleted or rewritten by the roles; every change of every row of every
-- table is in the audit trail, which nobody rewrites.
\ir lib/world.sql

-- Tables without an audit, each because it is a record or a constant itself. A new table has to be
-- audited or be named here.
SELECT set_eq($$SELECT relname::text FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relkind IN ('r', 'p')
                   AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'audit_update')$$,
              '{audit,state_change,write_log,schema_version,state_arrow,offer_counter,client_search,client_word,communication_search,action_search,watcher_turn,figure_part,figure_month,figure_mark,action_contact,opening,register,blocked_value}'::text[], 'all tables but these are audited');
SELECT set_eq($$SELECT tgrelid::regclass::text, tgname::text, tgenabled::text FROM pg_trigger
                 JOIN pg_class ON pg_class.oid = tgrelid AND relnamespace = 'trato'::regnamespace WHERE tgname LIKE 'audit\_%'$$,
              $$SELECT pg_class.oid::regclass::text, name, 'O' FROM pg_class, unnest('{audit_insert,audit_update,audit_delete}'::text[]) AS name
                 WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r' AND relname NOT IN
                       ('audit', 'state_change', 'write_log', 'schema_version', 'state_arrow', 'offer_counter', 'client_search', 'client_word', 'communication_search', 'action_search', 'watcher_turn',
                        'figure_part', 'figure_month', 'figure_mark', 'action_contact', 'opening', 'register', 'blocked_value')$$,
              'by three triggers each, all enabled');
SELECT is(count(*), 0::bigint, 'every audited table has a bigint id')
  FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
 WHERE tgname = 'audit_insert' AND relnamespace = 'trato'::regnamespace
   AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = tgrelid AND attname = 'id' AND atttypid = 'bigint'::regtype);

-- One row in each of them
SELECT tap.given_action('ana', 'Uno', 'd1'), tap.given_offer('ana', 'Uno', 'O', 'd1', 'approved'),
       tap.given('berta', $$SELECT take_notice(gen_random_uuid(), tap.n('O'))$$),
       tap.given('berta', $$SELECT record_invoice(gen_random_uuid(), tap.n('O'), tap.nv('O'), 'A', '1', today(), 1, 0, 1)$$),
       tap.given('luis', $$SELECT request_collaboration(gen_random_uuid(), tap.d('d1'), 'please')$$),
       tap.given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Uno'), NULL, 'visit', 'out', now(), 'seen', NULL)$$),
       tap.given('ana', $$SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c('Acme'), 'Eva', NULL, NULL, NULL, NULL, NULL, NULL)$$),
       tap.given('ana', $$SELECT log_mail(gen_random_uuid(), '<a@x>', '{x@y.example}', '{}', 'X', NULL, '{}', now(), 's', 'b', NULL)$$),
       tap.given('berta', $$SELECT begin_watch(gen_random_uuid(), 'w', tap.request_id('h'), 'here', '2000-01-01')$$),
       tap.given('berta', $$SELECT take_delivery(gen_random_uuid(), (SELECT max(id) FROM watcher), tap.request_id('h'))$$),
       tap.given('owner', $$INSERT INTO blocking (kind, subject_id, reason, erase_on) VALUES ('contact', 0, 'x', today())$$),
       tap.given('marta', $$SELECT save_area(gen_random_uuid(), NULL, NULL, 'Area', true)$$),
       tap.given('marta', $$SELECT save_holiday(gen_random_uuid(), NULL, NULL, '2026-12-25', 'Navidad', true)$$) \g /dev/null
CREATE TEMP TABLE audited (name text);
INSERT INTO audited SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
 WHERE tgname = 'audit_insert' AND relnamespace = 'trato'::regnamespace;
GRANT SELECT ON audited TO PUBLIC;

-- Inserts: every row made in this transaction stands in the trail as it was made.
CREATE FUNCTION tap.unrecorded(name text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_missing bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM %I AS t WHERE xmin::text = (txid_current() %% (2^32)::bigint)::text AND NOT EXISTS (
                        SELECT FROM audit WHERE table_name = %1$L AND row_id = t.id AND at = now() AND new = to_jsonb(t))', name)
       INTO v_missing;
    RETURN v_missing;
END
$$;
SELECT is(unrecorded(name), 0::bigint, name || ': its present rows are the last that the trail has') FROM audited;
SELECT ok(EXISTS (SELECT FROM audit WHERE table_name = name AND operation = 'insert' AND at = now()), name || ': inserts are recorded')
  FROM audited WHERE name NOT IN ('setting', 'reason');

-- Updates and deletes, where the rows may be updated or deleted at all; as plain SQL by the owner.
CREATE FUNCTION tap.recorded(operation text, name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_last   bigint := (SELECT coalesce(max(id), 0) FROM audit);
    v_column text := (SELECT attname FROM pg_attribute WHERE attrelid = name::regclass AND attnum > 0 AND attname IN
                          ('notes', 'meaning', 'name', 'name_en', 'message', 'state_note', 'description', 'joined_at', 'held_at')
                       ORDER BY attname IN ('name', 'state_note') LIMIT 1);
    v_row    bigint;
    v_found  audit;
BEGIN
    EXECUTE format('SELECT max(id) FROM %I', name) INTO v_row;
    SET LOCAL session_replication_role = replica;   -- so that foreign keys do not protect the row
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER audit_update', name);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER audit_delete', name);
    EXECUTE CASE operation WHEN 'update' THEN format('UPDATE %I SET %I = %s WHERE id = %s', name, v_column,
                CASE WHEN v_column LIKE '%\_at' THEN '''2001-01-01''' ELSE '''changed''' END, v_row)
            ELSE format('DELETE FROM %I WHERE id = %s', name, v_row) END;
    SET LOCAL session_replication_role = origin;
    SELECT * INTO v_found FROM audit WHERE id > v_last AND table_name = name AND row_id = v_row;
    RAISE EXCEPTION USING ERRCODE = 'UNDO0', MESSAGE = format('%s old:%s new:%s by:%s', v_found.operation,
        v_found.old IS NOT NULL, v_found.new IS NOT NULL, v_found.login);
EXCEPTION WHEN SQLSTATE 'UNDO0' THEN
    RETURN SQLERRM;
END
$$;
SELECT is(recorded('update', name), 'update old:t new:t by:postgres', name || ': updates are recorded')
  FROM audited WHERE name NOT IN ('invoice', 'communication', 'offer_division', 'blocking');
SELECT is(recorded('delete', name), 'delete old:t new:f by:postgres', name || ': deletes are recorded')
  FROM audited WHERE name NOT IN ('invoice', 'communication', 'notice');
SELECT refused('owner', format('TRUNCATE %I CASCADE', name), 'TR001 ' || name || '_is_kept') FROM audited
 WHERE tried('owner', format('TRUNCATE %I CASCADE', name), false) <> 'TR001 audit_is_kept';
SELECT isnt(tried('owner', format('TRUNCATE %I CASCADE', name), false), 'done', name || ' is not emptied') FROM audited;

-- Who, when, what
SELECT tap.given('ana', $$SELECT save_client(gen_random_uuid(), tap.c('Acme'), tap.cv('Acme'), 'Acme', 'Acme SA', NULL, NULL, NULL, NULL, NULL,
                         NULL, NULL, NULL, NULL)$$) \g /dev/null
SELECT is((SELECT (person_id, login, old ->> 'legal_name', new ->> 'legal_name', operation) FROM audit
            WHERE table_name = 'client' AND row_id = c('Acme') ORDER BY id DESC LIMIT 1),
          (SELECT (p('ana'), 'ana@trato.example'::name, NULL::text, 'Acme SA'::text, 'update'::text)), 'who and what');
SELECT is((SELECT action_id FROM audit WHERE table_name = 'offer_line' AND at = now() LIMIT 1), a('Uno'), 'and of which action');
UPDATE area SET id = DEFAULT WHERE name = 'Area';
SELECT is((SELECT count(*) FROM audit WHERE table_name = 'area' AND operation = 'update' AND at = now() AND new ->> 'name' = 'Area'),
          1::bigint, 'another id hides no change');
SELECT is((SELECT person_id FROM audit WHERE table_name = 'area' ORDER BY id DESC LIMIT 1), NULL, 'who is no person is told by his login');

-- The trail itself
SELECT refused(who, statement, 'TR001 audit_is_kept', who || ': ' || statement)
  FROM unnest('{owner,superuser}'::text[]) AS who,
       unnest(ARRAY['UPDATE audit SET login = ''x''', 'DELETE FROM audit', 'TRUNCATE audit']) AS statement;
SELECT refused(who, statement, '42501', who || ': ' || statement)
  FROM unnest('{ana,berta,carmen,marta}'::text[]) AS who,
       unnest(ARRAY['UPDATE audit SET login = ''x''', 'DELETE FROM audit', 'TRUNCATE audit', 'ALTER TABLE audit DISABLE TRIGGER ALL',
                    'INSERT INTO audit (table_name, row_id, operation) VALUES (''client'', 1, ''insert'')',
                    'SET LOCAL session_replication_role = replica', 'DROP TABLE audit', 'SELECT * FROM write_log',
                    'INSERT INTO write_log (request_id, verb) VALUES (gen_random_uuid(), ''x'')',
                    'SELECT done(gen_random_uuid(), ''save_client'', ''{}'')']) AS statement;

-- Communications
SELECT refused(who, statement, 'TR001 communication_is_kept', who || ': ' || statement)
  FROM unnest('{owner,superuser}'::text[]) AS who,
       unnest(ARRAY['UPDATE communication SET subject = ''x''', 'DELETE FROM communication', 'TRUNCATE communication CASCADE']) AS statement;
SELECT works('ana', $$SELECT correct_communication(gen_random_uuid(), (SELECT max(id) FROM communication), NULL, 'visit', 'in', now(), 'seen again', NULL)$$);
SELECT is((SELECT count(*) FROM communication WHERE action_id = a('Uno')), 2::bigint, 'a correction stands beside what it corrects');
SELECT is((SELECT string_agg(text, ',') FROM timeline_overview WHERE action_id = a('Uno') AND kind = 'communication'), 'seen again', 'which is shown');
SELECT refused('ana', $$SELECT correct_communication(gen_random_uuid(), (SELECT min(id) FROM communication WHERE action_id = tap.a('Uno')), NULL,
                        'visit', 'in', now(), 'x', NULL)$$, '23505 communication_corrected_once');
SELECT refused('luis', $$SELECT correct_communication(gen_random_uuid(), (SELECT max(corrects_id) FROM communication), NULL, 'visit', 'in', now(), 'x', NULL)$$,
               'TR004 communication_unknown');

SELECT * FROM finish();
ROLLBACK;
