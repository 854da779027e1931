-- The register of columns, blocking and erasing. Canaries are put wherever people write, and looked for
-- in every table afterwards.
\ir lib/world.sql

SELECT set_eq($$SELECT relname::text, attname::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                 WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped$$,
              'SELECT table_name::text, column_name::text FROM register', 'every column of every table stands in the register');
SELECT is_empty($$SELECT * FROM register JOIN pg_attribute ON attrelid = ('trato.' || table_name)::regclass AND attname = column_name
                   WHERE about IN ('contact', 'client', 'anybody') AND kept NOT IN ('source', 'blocking')
                     AND atttypid NOT IN ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype)$$, 'what can be taken out is text');
-- What belongs to an open action is written while that is open, and none is opened with who is blocked; the rest is the law's, or nobody types it.
SELECT set_eq($$SELECT DISTINCT table_name::text FROM register WHERE about IN ('contact', 'client', 'anybody') AND kept NOT IN ('source', 'blocking')
                EXCEPT SELECT relname::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname = 'is_not_blocked'$$,
              '{offer,offer_line,request,notice,delivery,mail,audit,state_change,write_log,blocking}'::text[], 'whatever can be written of somebody asks whether he is blocked');
SELECT is_empty($$SELECT table_name::text, column_name::text FROM register
                    WHERE table_name IN ('contact', 'client') AND about IN ('contact', 'client', 'anybody') AND kept = 'relation'
                   EXCEPT SELECT relname::text, attname::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
                     JOIN pg_attribute ON attrelid = tgrelid AND attnum = ANY (tgattr::smallint[])
                    WHERE tgname = 'is_not_blocked' AND tgtype & 16 > 0$$, 'nothing is written into what may be blocked');

-- ---- taking words out
SELECT is(without_words(to_jsonb(value), words_pattern('{Eva Sanz,eva@acme.example,+34 600 123 456,Al}')), to_jsonb(expected), 'without: ' || value)
  FROM (VALUES ('Call EVA SANZ today', 'Call — today'), ('Eva Sanzón', 'Eva Sanzón'), ('x eva@acme.example.', 'x —.'), ('tel 600123456', 'tel —'),
               ('tel 600-12-34 56', 'tel —'), ('Al is short', 'Al is short'), (E'two\nEva Sanz\nlines', E'two\n—\nlines'), ('evaXacme.example', 'evaXacme.example'),
               ('', '')) AS cases (value, expected);
SELECT is(without_words('{"Eva Sanz": ["Eva Sanz", 3, null, {"a": "Eva Sanz"}]}', words_pattern('{Eva Sanz}')), '{"Eva Sanz": ["—", 3, null, {"a": "—"}]}'::jsonb, 'in depth, no keys');
SELECT is(words_pattern('{Al,Bo}'), NULL, 'too short to be nobody else''s');

-- ---- a contact, with twenty canaries
CREATE FUNCTION tap.canaries() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_table name;
    v_count bigint;
    v_found text := '';
BEGIN
    FOR v_table IN SELECT relname FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relkind IN ('r', 'v', 'm') ORDER BY 1 LOOP
        EXECUTE format('SELECT count(*) FROM %I AS t WHERE to_jsonb(t)::text ~* ''canary|600[ .]?123[ .]?456|911[ .]?222[ .]?333''', v_table) INTO v_count;
        v_found := v_found || CASE WHEN v_count > 0 THEN v_table || ' ' ELSE '' END;
    END LOOP;
    RETURN rtrim(v_found);
END
$$;
CREATE FUNCTION tap.k() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS 'SELECT min(id) FROM contact';
SELECT tap.given_action('ana', 'Uno', 'd1'),
       tap.given('ana', $$SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c('Acme'), 'Canary Old', 'Canary boss', 'canary.old@x.example', '911 222 333', '600 123 456', 'canary notes', true)$$),
       tap.given('ana', $$SELECT save_contact(gen_random_uuid(), tap.k(), 1, tap.c('Acme'), 'Ángel Canaryé', 'Canary boss', 'canary@x.example', '911 222 333', '600 123 456', 'canary notes', true)$$),
       tap.given('ana', $$SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c('Acme'), 'Other', NULL, 'other@x.example', NULL, NULL, 'knows Ángel Canaryé', true)$$),
       tap.given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Uno'), tap.k(), 'email', 'out', now(), 'canary subject', 'canary body', NULL, NULL, '<canary@mail>')$$),
       tap.given('ana', $$SELECT correct_communication(gen_random_uuid(), (SELECT max(id) FROM communication), tap.k(), 'email', 'out', now(), 'canary subject 2', 'canary body 2')$$),
       tap.given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Uno'), NULL, 'phone', 'in', now(), 'About Ángel Canaryé', 'call 600123456, keep this')$$),
       tap.given('ana', $$SELECT set_next_step(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'call canary old', today())$$),
       tap.given('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'Uno', NULL, 'Ángel Canaryé decides')$$),
       tap.given('ana', $$SELECT save_client(gen_random_uuid(), tap.c('Acme'), tap.cv('Acme'), 'Acme', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'ask Angel Canarye')$$),
       tap.given('luis', $$SELECT request_collaboration(gen_random_uuid(), tap.d('d1'), 'I know ÁNGEL CANARYÉ')$$),
       tap.given('ana', $$SELECT save_division(gen_random_uuid(), tap.d('d1'), 1, tap.c('Acme'), 'd1', NULL, 'of Ángel Canaryé', true)$$),
       tap.given('ana', $$SELECT log_mail(gen_random_uuid(), '<canary2@mail>', '{canary@x.example}', '{ana@trato.example}', 'Canary <canary@x.example>', 'Ana', '{}', now(), 'canary mail', 'canary text', 'canary.pdf 1')$$),
       tap.given('luis', $$SELECT log_mail(gen_random_uuid(), '<canary4@mail>', '{CANARY@x.example}', '{luis@trato.example}', 'Canary <canary@x.example>', 'Luis', '{}', now(), 'canary tray', 'canary text', 'canary.pdf 1')$$),
       tap.given('ana', $$SELECT import_rows(gen_random_uuid(), 'contact', '[{"line": 2, "client": "Ángel Canaryé", "name": "x"}]')$$),
       tap.given('ana', $$SELECT save_offer(gen_random_uuid(), NULL, NULL, tap.a('Uno'), 'O', ARRAY[tap.d('d1')], '[{"description": "for Ángel Canaryé", "unit_price": 1000}]', p_valid_until => today() + 30, p_notes => 'Ángel Canaryé')$$),
       tap.given('ana', $$SELECT present_offer(gen_random_uuid(), tap.o('O'), tap.ov('O'))$$),
       tap.given('ana', $$SELECT approve_offer(gen_random_uuid(), tap.o('O'), tap.ov('O'), today(), 'Ángel Canaryé')$$),
       tap.given('berta', $$SELECT return_notice(gen_random_uuid(), tap.n('O'), tap.nv('O'), tap.reason('notice_returned', 'other'), 'ask Ángel Canaryé')$$) \g /dev/null
SELECT cmp_ok(array_length(string_to_array(canaries(), ' '), 1), '>', 15, 'canaries: ' || canaries());

CREATE FUNCTION tap.rows_of(name name) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_rows text;
BEGIN
    EXECUTE format('SELECT string_agg((to_jsonb(t) - ''version'')::text, '' '' ORDER BY id) FROM %I AS t', name) INTO v_rows;
    RETURN v_rows;
END
$$;
CREATE TEMP TABLE before AS SELECT name, tap.rows_of(name) AS rows
  FROM unnest('{contact,client,division,action,communication,offer,offer_line,notice,request,mail,state_change}'::name[]) AS name;
CREATE TEMP TABLE trail AS SELECT id, old, new FROM audit;

SELECT refused('marta', $$SELECT block_data(gen_random_uuid(), 'contact', 0, 'asked')$$, 'TR004 subject_unknown');
SELECT refused('marta', $$SELECT block_data(gen_random_uuid(), 'area', tap.k(), 'asked')$$, 'TR004 subject_unknown');
SELECT refused('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.k(), ' ')$$, '23502');
SELECT refused(who, $$SELECT block_data(gen_random_uuid(), 'contact', tap.k(), 'asked')$$, '42501') FROM unnest('{ana,berta,carmen}'::text[]) AS who;
SELECT is(told('marta', $$SELECT personal_data('contact', tap.k())$$), 'not refused');
SELECT alike(tried('marta', $$SELECT personal_data('contact', tap.k())$$), '%canary body 2%', 'all of it, for who asks');
SELECT unalike(tried('marta', $$SELECT personal_data('contact', tap.k())$$), '%other@x.example%', 'others are left out');
SELECT works('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.k(), 'asked by letter')$$);
SELECT is(canaries(), 'blocked_value', 'blocked: nowhere but where nobody reads');
SELECT is(tried(who, 'SELECT 1 FROM blocked_value'), '42501', who || ' does not read it') FROM unnest('{ana,berta,carmen,marta}'::text[]) AS who;
SELECT is((SELECT body FROM communication WHERE subject LIKE 'About%'), 'call —, keep this', 'what others are told of stays');
SELECT is((SELECT state || ' ' || accepted_by FROM offer WHERE title = 'O'), 'approved —', 'what is frozen, too');
SELECT refused('ana', $$SELECT save_contact(gen_random_uuid(), tap.k(), (SELECT version FROM contact WHERE id = tap.k()), tap.c('Acme'), 'Canary', NULL, NULL, NULL, NULL, NULL, true)$$, 'TR001 contact_is_blocked');
SELECT refused('ana', $$WITH gate AS MATERIALIZED (SELECT set_config('trato.moving', 'on', true) AS state)
    SELECT save_contact(gen_random_uuid(), tap.k(), (SELECT version FROM contact WHERE id = tap.k()), tap.c('Acme'), 'Canary', NULL, NULL, NULL, NULL, NULL, true)
      FROM gate WHERE state = 'on'$$, 'TR001 contact_is_blocked', 'the setting opens nothing');
SELECT refused(who, $$WITH gate AS MATERIALIZED (SELECT set_config('trato.moving', 'on', true) AS state)
    SELECT save_contact(gen_random_uuid(), tap.k(), (SELECT version FROM contact WHERE id = tap.k()), tap.c('Acme'), 'Ángel Canaryé', 'Canary boss', 'canary@x.example', '911 222 333',
                        '600 123 456', 'canary notes', false) FROM gate WHERE state = 'on'$$, 'TR001 contact_is_blocked', who || ' does not put back with it what was blocked')
  FROM unnest('{ana,berta}'::text[]) AS who;
SELECT refused('marta', $$SELECT personal_data('contact', tap.k())$$, 'TR001 contact_is_blocked');
SELECT is(given('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.k(), 'again') ->> 'id'$$), (SELECT max(id) FROM blocking)::text, 'blocked again is blocked once');
SELECT refused('marta', $$SELECT erase_data(gen_random_uuid(), (SELECT max(id) FROM blocking))$$, 'TR001 blocking_is_running', 'its time is not over');
SELECT is(tried('ana', $$SELECT blocked_contacts(ARRAY[tap.k(), tap.k() + 1])$$), k()::text, 'programs are told which drafts to drop');

-- History is moved there and back, and no further.
SELECT refused('owner', statement, rule, statement) FROM (VALUES
    ($$SELECT set_config('trato.moving', 'on', true); UPDATE audit SET login = 'x'$$, 'TR001 audit_is_kept'),
    ($$WITH gate AS (SELECT set_config('trato.moving', 'on', true)) UPDATE audit SET new = '{}' FROM gate WHERE id = 1 RETURNING 1$$, 'TR001 audit_is_kept'),
    ($$WITH gate AS (SELECT set_config('trato.moving', 'on', true)) DELETE FROM communication USING gate RETURNING 1$$, 'TR001 communication_is_kept'),
    ($$WITH gate AS (SELECT set_config('trato.moving', 'on', true)) UPDATE offer SET total_cents = 1 FROM gate RETURNING 1$$, 'TR001 offer_is_kept'),
    ('UPDATE blocked_value SET keep_until = today()', 'TR001 blocked_value_is_kept'), ('DELETE FROM blocked_value', 'TR001 blocked_value_is_kept'),
    ('DELETE FROM blocking', 'TR001 blocking_is_kept'), ('UPDATE blocking SET reason = ''x''', 'TR001 blocking_is_kept')) AS attack (statement, rule)
 WHERE statement NOT LIKE 'SELECT%';
SELECT is(current_setting('trato.moving', true), 'off', 'the gate is closed again');

SELECT is((SELECT string_agg(subject || cardinality(addresses), ',') FROM mail), '—0', 'mail of his waits in a tray without a word');

-- Back again
SELECT refused('ana', $$SELECT unblock_data(gen_random_uuid(), (SELECT max(id) FROM blocking), 'x')$$, '42501');
SELECT works('marta', $$SELECT unblock_data(gen_random_uuid(), (SELECT max(id) FROM blocking), 'he has changed his mind')$$);
SELECT is(rows_of(name), rows, name || ' is as before') FROM before;
SELECT is_empty('SELECT * FROM trail EXCEPT SELECT id, old, new FROM audit', 'and the trail');
SELECT is((SELECT count(*) FROM blocked_value), 0::bigint);
SELECT is(tried('ana', $$SELECT count(*) FROM search_communications('canary', NULL, NULL, NULL, NULL, NULL, NULL, true, NULL, NULL, 10)$$), '3', 'it is found again');

-- Erased, when the time is over; what the law keeps, later.
SELECT tap.given('marta', $$SELECT save_setting(gen_random_uuid(), 'blocking_days', 1, '0')$$) \g /dev/null
SELECT works('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.k(), 'asked by letter')$$);
SELECT tap.given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Uno'), NULL, 'phone', 'in', now(), 'Ángel Canaryé called', NULL)$$) \g /dev/null
SELECT works('marta', $$SELECT erase_data(gen_random_uuid(), (SELECT max(id) FROM blocking))$$);
SELECT is(canaries(), 'blocked_value', 'six years from the approval the law keeps what belongs to it');
SELECT is((SELECT string_agg(DISTINCT table_name::text, ',' ORDER BY table_name::text) FROM blocked_value WHERE table_name <> 'audit'),
          'action,communication,notice,offer,offer_line,request,state_change');
SELECT is((SELECT state || (kept_until = (now() + interval '6 years')::date) FROM blocking ORDER BY id DESC LIMIT 1), 'erasedtrue');
SELECT refused('marta', $$SELECT erase_data(gen_random_uuid(), (SELECT max(id) FROM blocking))$$, 'TR001 blocking_is_running');
SELECT refused('marta', $$SELECT unblock_data(gen_random_uuid(), (SELECT max(id) FROM blocking), 'x')$$, 'TR001 blocking_has_ended');
SET LOCAL session_replication_role = replica;
UPDATE blocked_value SET keep_until = today();
UPDATE blocking SET erase_on = today();
SET LOCAL session_replication_role = origin;
SELECT works('marta', $$SELECT erase_data(gen_random_uuid(), (SELECT max(id) FROM blocking))$$);
SELECT is(canaries(), '', 'nowhere any more');
SELECT refused('marta', $$SELECT erase_data(gen_random_uuid(), (SELECT max(id) FROM blocking))$$, 'TR001 blocking_has_ended');
SELECT is((SELECT string_agg(subject, ',' ORDER BY id) FROM communication), '—,—,About —,—,— called', 'that there was something stays');

-- ---- texts that are unique
SELECT is_empty($$SELECT table_name, column_name, whole FROM register, unnest(ARRAY[true, false]) AS whole
                   WHERE about IN ('contact', 'client', 'anybody') AND kept NOT IN ('source', 'blocking') AND EXISTS (
                         SELECT FROM pg_index JOIN pg_attribute AS a ON a.attrelid = indrelid AND a.attname = column_name AND a.atttypid = 'text'::regtype
                          WHERE indrelid = ('trato.' || table_name)::regclass AND indisunique
                            AND pg_get_indexdef(indexrelid) ~ ('\m' || column_name || '\M'))
                     AND without_data(table_name, jsonb_build_object('id', 1, column_name, 'about canary'), whole, words_pattern('{canary}')) -> column_name
                       = without_data(table_name, jsonb_build_object('id', 2, column_name, 'about canary'), whole, words_pattern('{canary}')) -> column_name
                     AND without_data(table_name, jsonb_build_object('id', 1, column_name, 'about canary'), whole, words_pattern('{canary}')) -> column_name <> 'null'
                     AND NOT (about <> 'anybody' AND NOT whole)$$,
                'what is unique stays so in every table');
SELECT is(without_unique_words('Canary norte', words_pattern('{canary}'), '17'), '—17 norte ', 'with a blank at its end, which nobody types');
SELECT is(length(without_unique_words(rpad('', 100, 'Canary '), words_pattern('{canary}'), '9000000000000000000')), 100, 'and no longer than it may be');
SELECT is(without_unique_words('nobody', words_pattern('{canary}'), '17'), 'nobody');

-- ---- a second client: its contacts, what is written meanwhile, and one blocking beside another
CREATE FUNCTION tap.contact(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    $$SELECT id FROM contact WHERE notes LIKE '#' || $1 || '%'$$;
CREATE TABLE trato.remembered (name text, id bigint);
CREATE FUNCTION tap.blocking(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    $$SELECT max(b.id) FROM blocking AS b JOIN remembered AS r ON r.id = b.subject_id AND b.kind = 'contact' WHERE r.name = $1$$;
SELECT tap.given('ana', format('SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c(%L), %L, NULL, %L, NULL, NULL, %L, true)', client, name, email, '#' || tag))
  FROM (VALUES ('Beta', 'Rosa Roble', 'rosa@beta.example', 'rosa'), ('Beta', 'Saúl Sauce', 'saul@beta.example', 'saul'),
               ('Acme', 'Tomás Tejo', 'tomas@acme.example', 'tomas')) AS contacts (client, name, email, tag) \g /dev/null
INSERT INTO remembered SELECT substr(notes, 2), id FROM contact WHERE notes LIKE '#%';
CREATE FUNCTION tap.r(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS 'SELECT id FROM remembered WHERE name = $1';
SELECT tap.given('ana', format('SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c(''Beta''), %L, NULL, %L, true)', name, notes))
  FROM (VALUES ('Rosa Roble', 'one'), ('rosa@beta.example', 'other')) AS divisions (name, notes) \g /dev/null
SELECT tap.given_action('ana', 'Dos', 'e1'), tap.given_action('ana', 'Ley', 'e2'),
       tap.given('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Dos'), tap.av('Dos'), 'Dos', NULL, 'Rosa Roble and Saúl Sauce decide')$$),
       tap.given('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Ley'), tap.av('Ley'), 'Ley', NULL, 'Rosa Roble and Saúl Sauce sign')$$),
       tap.given('ana', $$SELECT save_client(gen_random_uuid(), tap.c('Acme'), tap.cv('Acme'), 'Acme', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Tomás Tejo knows Rosa Roble')$$),
       tap.given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Dos'), NULL, 'email', 'out', now(), 'one', NULL, NULL, NULL, '<rosa@beta.example>')$$),
       tap.given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Dos'), NULL, 'email', 'out', now(), 'two', NULL, NULL, NULL, '<Rosa Roble>')$$),
       tap.given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Dos'), tap.r('rosa'), 'phone', 'out', now(), 'called her', 'of Saúl Sauce')$$),
       tap.given_offer('ana', 'Ley', 'L', 'e2', 'approved') \g /dev/null
CREATE TEMP TABLE before_two AS SELECT name, tap.rows_of(name) AS rows
  FROM unnest('{contact,client,division,action,communication,offer}'::name[]) AS name;

SELECT is(tried('ana', $$SELECT string_agg(table_name, ',' ORDER BY table_name) FROM blocked_since('{client,action,division,offer,communication,request,client}',
           ARRAY[tap.c('Beta'), tap.a('Dos'), tap.d('e1'), tap.o('L'), (SELECT max(id) FROM communication WHERE action_id = tap.a('Dos')), 0, 0])$$), NULL, 'nobody there is blocked');

-- Blocked and brought back, with what was changed meanwhile left as it is.
SELECT works('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.r('rosa'), 'Rosa Roble has asked')$$);
SELECT is((SELECT string_agg(reason, ',') FROM blocking WHERE reason ~ 'Rosa'), NULL, 'nor does the reason name her');
SELECT is((SELECT count(*) FROM audit WHERE concat(old, new) ~ 'Rosa' AND table_name <> 'client'), 0::bigint, 'nor does the trail');
SELECT is((SELECT string_agg(name, ',' ORDER BY id) FROM division WHERE client_id = c('Beta') AND notes IS NOT NULL),
          (SELECT string_agg('—' || id || ' ', ',' ORDER BY id) FROM division WHERE client_id = c('Beta') AND notes IS NOT NULL), 'two divisions of her name are two');
SELECT is((SELECT count(DISTINCT message_id) FROM communication WHERE action_id = a('Dos')), 2::bigint, 'and two messages');
SELECT tap.given('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Dos'), tap.av('Dos'), 'Dos', NULL, 'newer')$$) \g /dev/null
SELECT matches(tried('marta', $$SELECT unblock_data(gen_random_uuid(), tap.blocking('rosa'), 'Rosa Roble is back')$$), '"left": 1\M', 'what has changed is counted');
SELECT is((SELECT notes FROM action WHERE id = a('Dos')), 'newer', 'and left');
SELECT ok((SELECT active FROM contact WHERE id = r('rosa')), 'the contact is in use again');
SELECT is(rows_of(name), rows, name || ' is as before') FROM before_two WHERE name <> 'action';
SELECT is((SELECT notes FROM action WHERE id = a('Ley')), 'Rosa Roble and Saúl Sauce sign', 'what has not changed is there again');
SELECT is((SELECT reason || '; ' || end_reason FROM blocking WHERE id = blocking('rosa')), 'Rosa Roble has asked; Rosa Roble is back');
SELECT is(tried('ana', $$SELECT string_agg(table_name, ',' ORDER BY table_name) FROM blocked_since('{client,action,division,offer,communication,request,client}',
           ARRAY[tap.c('Beta'), tap.a('Dos'), tap.d('e1'), tap.o('L'), (SELECT max(id) FROM communication WHERE action_id = tap.a('Dos')), 0, 0])$$), NULL, 'nobody there is blocked any more');

-- Erased beside another blocking: of the other one's values only what speaks of her in her rows goes.
SELECT tap.given('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Dos'), tap.av('Dos'), 'Dos', NULL, 'Rosa Roble and Saúl Sauce decide')$$) \g /dev/null
SELECT works('marta', format('SELECT block_data(gen_random_uuid(), ''contact'', tap.r(%L), ''asked'')', name)) FROM unnest('{tomas,saul,rosa}'::text[]) AS name;
SELECT is((SELECT notes FROM action WHERE id = a('Dos')), '— and — decide');
CREATE TEMP TABLE others AS SELECT id, value, put FROM blocked_value WHERE blocking_id = blocking('tomas');
SELECT works('marta', $$SELECT erase_data(gen_random_uuid(), tap.blocking('rosa'))$$);
SELECT is((SELECT string_agg(coalesce(reason, '') || coalesce(end_reason, ''), ',') FROM blocking WHERE concat(reason, end_reason) ~ 'Rosa'), NULL, 'no reason of hers stays');
SELECT results_eq('SELECT id, value, put FROM blocked_value WHERE blocking_id = tap.blocking(''tomas'') ORDER BY id', 'SELECT * FROM others ORDER BY id', 'those of another client are as they were');
SELECT is((SELECT value || ' ' || put FROM (SELECT value #>> '{}' AS value, put #>> '{}' AS put FROM blocked_value
                                            WHERE blocking_id = blocking('saul') AND table_name = 'action' AND row_id = a('Dos') AND column_name = 'notes') AS his),
          '— and Saúl Sauce decide — and — decide', 'what is his in her texts stays his');
SELECT is((SELECT value #>> '{}' FROM blocked_value WHERE blocking_id = blocking('saul') AND table_name = 'action' AND row_id = a('Ley') AND column_name = 'notes'),
          'Rosa Roble and Saúl Sauce sign', 'what the law keeps, too');
SELECT is((SELECT count(*) FROM blocked_value AS v WHERE v.blocking_id = blocking('saul') AND v.table_name = 'communication'
              AND v.row_id = (SELECT id FROM communication WHERE action_id = a('Dos') AND contact_id = r('rosa'))), 0::bigint, 'what was wholly hers is gone');
SELECT works('marta', $$SELECT unblock_data(gen_random_uuid(), tap.blocking('saul'), 'back')$$, 'and he can be brought back');
SELECT is((SELECT notes FROM action WHERE id = a('Dos')), '— and Saúl Sauce decide');
SELECT is((SELECT name || active FROM contact WHERE id = r('saul')), 'Saúl Sauce' || true);
SELECT is((SELECT notes FROM action WHERE id = a('Ley')), '— and — sign', 'the text of the law stays with the law');
SELECT is((SELECT value #>> '{}' FROM blocked_value WHERE blocking_id = blocking('rosa') AND table_name = 'action' AND row_id = a('Ley') AND column_name = 'notes'),
          'Rosa Roble and Saúl Sauce sign', 'which has it whole');
SELECT works('marta', $$SELECT unblock_data(gen_random_uuid(), tap.blocking('tomas'), 'back')$$);
SELECT is((SELECT notes FROM client WHERE name = 'Acme'), 'Tomás Tejo knows Rosa Roble');

-- The same with the later part of an erasure, when the words are known no more.
SELECT tap.given('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Ley'), tap.av('Ley'), 'Ley', NULL, 'Tomás Tejo, Saúl Sauce sign')$$) \g /dev/null
SELECT works('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.r('saul'), 'asked')$$);
SET LOCAL session_replication_role = replica;
UPDATE blocked_value SET keep_until = today() WHERE blocking_id = tap.blocking('rosa');
UPDATE offer SET approved_at = now() - interval '7 years' WHERE title = 'L';
UPDATE blocking SET erase_on = today();
SET LOCAL session_replication_role = origin;
SELECT works('marta', $$SELECT erase_data(gen_random_uuid(), tap.blocking('rosa'))$$);
SELECT is((SELECT kept_until FROM blocking WHERE id = blocking('rosa')), NULL);
SELECT works('marta', $$SELECT unblock_data(gen_random_uuid(), tap.blocking('saul'), 'back')$$);
SELECT is((SELECT notes FROM action WHERE id = a('Ley')), 'Tomás Tejo, Saúl Sauce sign');

-- ---- of who is blocked or erased nothing is written any more
SELECT refused('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Dos'), tap.r('rosa'), 'phone', 'out', now(), 's', NULL)$$, 'TR001 contact_is_blocked', 'erased: no communication');
SELECT refused('ana', $$SELECT correct_communication(gen_random_uuid(), (SELECT max(id) FROM communication WHERE contact_id = tap.r('rosa')), NULL, 'phone', 'out', now(), 's', NULL)$$,
               'TR001 contact_is_blocked', 'nor a correction of one');
SELECT tap.given('ana', $$SELECT log_mail(gen_random_uuid(), '<again@rosa>', '{rosa@beta.example}', '{ana@trato.example}', 'R', 'Ana', '{}', now(), 's', 'b', NULL)$$) \g /dev/null
SELECT refused('ana', $$SELECT assign_mail(gen_random_uuid(), (SELECT max(id) FROM mail WHERE state = 'waiting' AND message_id = '<again@rosa>'), 1, tap.a('Dos'), tap.r('rosa'))$$, 'TR001 contact_is_blocked', 'nor a mail')
 WHERE EXISTS (SELECT FROM mail WHERE state = 'waiting' AND message_id = '<again@rosa>');
SELECT refused('ana', $$SELECT save_contact(gen_random_uuid(), tap.r('rosa'), (SELECT version FROM contact WHERE id = tap.r('rosa')), tap.c('Beta'), '—', NULL, NULL, NULL, NULL, NULL, true)$$,
               'TR001 contact_is_blocked', 'nor is she in use again');
SELECT refused('owner', $$UPDATE contact SET active = true WHERE id = tap.r('rosa')$$, 'TR001 contact_is_blocked');
SELECT is(tried('ana', $$SELECT string_agg(table_name, ',' ORDER BY table_name) FROM blocked_since('{client,action,division,offer,communication,request,client}',
           ARRAY[tap.c('Beta'), tap.a('Dos'), tap.d('e1'), tap.o('L'), (SELECT max(id) FROM communication WHERE action_id = tap.a('Dos')), 0, 0])$$), 'action,client,communication,division,offer', 'programs are told since when texts about their clients may name them');
CREATE FUNCTION tap.told_blocked(who text) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, 'SELECT string_agg(table_name, '','' ORDER BY table_name) FROM blocked_since(''{client,action,division,offer,communication,request}'', ARRAY[tap.c(''Beta''),
                             tap.a(''Dos''), tap.d(''e1''), tap.o(''L''), tap.said(), tap.asked()])')
$$;
CREATE FUNCTION tap.said() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    'SELECT max(id) FROM communication WHERE action_id = tap.a(''Dos'')';
CREATE FUNCTION tap.asked() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    'SELECT max(id) FROM request WHERE person_id = tap.p(''luis'')';
SELECT tap.given('luis', $$SELECT request_collaboration(gen_random_uuid(), tap.d('e1'), 'x')$$) \g /dev/null
SELECT is(told_blocked('eva'), 'client,division', 'of actions only who knows them');
SELECT is(told_blocked('luis'), 'client,division,request', 'of a request who has asked');
SELECT is(told_blocked('berta'), 'action,client,communication,division,offer,request');
SELECT tap.given('ana', $$SELECT answer_request(gen_random_uuid(), tap.asked(), (SELECT version FROM request WHERE id = tap.asked()), true, NULL)$$),
       tap.given('ana', $$SELECT remove_collaborator(gen_random_uuid(), tap.a('Dos'), tap.p('luis'))$$) \g /dev/null
SELECT is(told_blocked('luis'), 'action,client,communication,division,request', 'and who was there, whose texts may still lie somewhere');

-- What was written before this rule can be blocked and erased, too.
SET LOCAL session_replication_role = replica;
INSERT INTO communication (action_id, client_id, contact_id, channel, direction, subject) VALUES (tap.a('Dos'), tap.c('Beta'), tap.r('rosa'), 'phone', 'out', 'canary again');
SET LOCAL session_replication_role = origin;
SELECT works('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.r('rosa'), 'asked again')$$, 'blocked again');
SELECT is(canaries(), 'blocked_value');
SELECT works('marta', $$SELECT erase_data(gen_random_uuid(), tap.blocking('rosa'))$$, 'and erased again');
SELECT is(canaries(), '');

-- ---- a client who is one person
SELECT tap.given('ana', $$SELECT save_client(gen_random_uuid(), NULL, NULL, 'Canario Solo', 'Canary Solo', NULL, 'Canary street', 'Canary city', '28001', 'Canary', 'ES', '600 123 456', 'canary.example', 'canary')$$),
       tap.given('ana', $$SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c('Canario Solo'), 'c1', NULL, NULL, true)$$),
       tap.given('ana', $$SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c('Canario Solo'), 'Canary Solo', NULL, 'canary@solo.example', NULL, NULL, NULL, true)$$),
       tap.given_action('ana', 'Solo', 'c1'),
       tap.given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Solo'), NULL, 'visit', 'in', now(), 'at the canary', 'canary')$$),
       tap.given_offer('ana', 'Solo', 'Fee', 'c1', 'approved') \g /dev/null
CREATE TABLE trato.solo AS SELECT c('Canario Solo') AS id;
CREATE FUNCTION tap.solo() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS 'SELECT id FROM solo';
SELECT refused('marta', $$SELECT block_data(gen_random_uuid(), 'client', tap.c('Canario Solo'), 'asked')$$, 'TR001 client_has_open_actions');
SELECT tap.given('ana', $$SELECT close_action(gen_random_uuid(), tap.a('Solo'), tap.av('Solo'), 'won')$$) \g /dev/null
SELECT refused('marta', $$SELECT block_data(gen_random_uuid(), 'client', tap.c('Canario Solo'), 'asked')$$, 'TR001 client_has_notices', 'what is to be invoiced comes first');
SELECT tap.given('berta', $$SELECT take_notice(gen_random_uuid(), tap.n('Fee'))$$),
       tap.given('berta', $$SELECT record_invoice(gen_random_uuid(), tap.n('Fee'), tap.nv('Fee'), 'S', '1', today(), 100000, 21000, 121000)$$) \g /dev/null
UPDATE client SET tax_id = 'B12345674' WHERE id = solo();
SELECT refused('marta', $$SELECT block_data(gen_random_uuid(), 'client', tap.solo(), 'asked')$$, 'TR001 client_is_one_person', 'a company is nobody');
UPDATE client SET tax_id = '12345678Z' WHERE id = solo();
SELECT works('marta', $$SELECT block_data(gen_random_uuid(), 'client', tap.c('Canario Solo'), 'asked')$$);
SELECT refused('marta', $$SELECT archive_client(gen_random_uuid(), tap.solo(), (SELECT version FROM client WHERE id = tap.solo()), false)$$, 'TR001 client_is_blocked', 'it stays archived');
SELECT refused('ana', $$SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.solo(), 'X', NULL, NULL, NULL, NULL, NULL, true)$$, 'TR001 client_is_blocked', 'no contact');
SELECT refused('ana', $$SELECT save_contact(gen_random_uuid(), (SELECT id FROM contact WHERE client_id = tap.solo()), (SELECT version FROM contact WHERE client_id = tap.solo()), NULL, 'X', NULL, NULL, NULL, NULL, NULL, true)$$,
               'TR001 client_is_blocked', 'nor another name for one');
SELECT refused('ana', $$SELECT save_division(gen_random_uuid(), NULL, NULL, tap.solo(), 'X', NULL, NULL, true)$$, 'TR001 client_is_blocked', 'no division');
SELECT refused('ana', $$SELECT save_division(gen_random_uuid(), tap.d('c1'), (SELECT version FROM division WHERE id = tap.d('c1')), NULL, 'X', NULL, NULL, true)$$, 'TR001 client_is_blocked', 'nor another name for one');
SELECT refused('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Solo'), NULL, 'phone', 'out', now(), 's', NULL)$$, 'TR001 client_is_blocked', 'no communication');
SELECT refused('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Solo'), tap.av('Solo'), 'X', NULL, NULL)$$, 'TR001 client_is_blocked', 'no words in an action');
SELECT refused('owner', $$INSERT INTO action (client_id, title) VALUES (tap.solo(), 'X')$$, 'TR001 client_is_blocked', 'no action');
SELECT refused('ana', $$SELECT open_action(gen_random_uuid(), tap.solo(), 'X', ARRAY[tap.d('c1')])$$, 'TR001 client_is_blocked');
SELECT refused('ana', $$SELECT reopen_action(gen_random_uuid(), tap.a('Solo'), tap.av('Solo'), NULL)$$, 'TR001 client_is_blocked', 'none is opened again');
SELECT refused('owner', $$UPDATE action SET state = 'open', closed_at = NULL WHERE title = 'Solo'$$, 'TR001 client_is_blocked');
SELECT refused('marta', $$SELECT merge_clients(gen_random_uuid(), tap.c('Acme'), tap.cv('Acme'), tap.solo())$$, 'TR001 client_is_blocked', 'nor is it another''s');
SELECT works('berta', $$SELECT correct_invoice(gen_random_uuid(), (SELECT max(id) FROM invoice), 1, 'S', '2', today(), 50000, 10500, 60500)$$, 'an invoice is corrected');
SELECT works('berta', $$SELECT record_invoice(gen_random_uuid(), tap.n('Fee'), tap.nv('Fee'), 'S', '3', today(), 50000, 10500, 60500)$$, 'and one recorded: the law wants it');
SELECT works('marta', $$SELECT unblock_data(gen_random_uuid(), (SELECT max(id) FROM blocking), 'back')$$);
SELECT ok(NOT archived, 'it is as before') FROM client WHERE name = 'Canario Solo';
SELECT works('marta', $$SELECT block_data(gen_random_uuid(), 'client', tap.c('Canario Solo'), 'asked')$$);
SET LOCAL session_replication_role = replica;
UPDATE blocked_value SET keep_until = today();
UPDATE offer SET approved_at = now() - interval '7 years' WHERE title = 'Fee';
SET LOCAL session_replication_role = origin;
SELECT works('marta', $$SELECT erase_data(gen_random_uuid(), (SELECT max(id) FROM blocking))$$);
SELECT is(canaries(), '', 'a client, too');
SELECT is((SELECT count(*) FROM client_word WHERE word LIKE 'canar%'), 0::bigint, 'nothing finds it');

-- ---- a user who has left: what he has written stays his, the mail in his tray goes
SELECT tap.given('eva', $$SELECT log_mail(gen_random_uuid(), '<canary3@mail>', '{a@canary.example}', '{eva@trato.example}', 'Canary', 'Eva', '{}', now(), 'canary', 'canary', NULL)$$) \g /dev/null
SELECT refused('marta', $$SELECT block_data(gen_random_uuid(), 'person', tap.p('eva'), 'left')$$, 'TR001 person_is_disabled');
SELECT tap.given('marta', $$SELECT disable_person(gen_random_uuid(), 'eva@trato.example')$$) \g /dev/null
SELECT works('marta', $$SELECT block_data(gen_random_uuid(), 'person', tap.p('eva'), 'left')$$);
SELECT works('marta', $$SELECT erase_data(gen_random_uuid(), (SELECT max(id) FROM blocking))$$);
SELECT is(canaries(), '');
SELECT is((SELECT name FROM person WHERE id = tap.p('eva')), 'Eva');
SELECT alike(tried('marta', $$SELECT personal_data('person', tap.p('ana'))$$), '%"kind": "person"%', 'and what is known of a user');
SELECT refused('marta', $$SET LOCAL transaction_read_only = on; SELECT personal_data('person', tap.p('ana'))$$, 'TR001 personal_data_are_put_down', 'not without a trace');

-- ---- of many people at one client those count who stand somewhere
INSERT INTO client (name) VALUES ('Grande');
INSERT INTO contact (client_id, name, email, phone)
SELECT tap.c('Grande'), 'Persona Núm' || n, 'p' || n || '@grande.example', '+34 911 000 ' || n FROM generate_series(100, 160) AS n;
INSERT INTO division (client_id, name, notes) VALUES (tap.c('Grande'), 'one', E'ask\nPERSONA NÚM117 first'), (tap.c('Grande'), 'two', '(911) 000118'),
    (tap.c('Grande'), 'three', 'nobody'), (tap.c('Grande'), 'four', 'Persona Núm1'),
    (tap.c('Grande'), 'five', 'in S:\persona núm119\letters'), (tap.c('Grande'), 'six', E'\001Persona Núm120');
CREATE TEMP TABLE told AS SELECT tried('marta', $$SELECT personal_data('client', tap.c('Grande'))$$)::jsonb AS document;
SELECT is((SELECT array_agg(row ->> 'name' ORDER BY row -> 'id') FROM told, jsonb_array_elements(document -> 'division') AS row), '{one,two,five,six}'::text[], 'who is named');
SELECT is((SELECT array_agg(row -> 'new' ->> 'name' ORDER BY row -> 'id') FROM told, jsonb_array_elements(document -> 'audit') AS row
            WHERE row ->> 'table_name' = 'division'), '{one,two,five,six}'::text[], 'in the trail too');
SELECT is(jsonb_array_length(document -> 'contact'), 61, 'and all of them') FROM told;

SELECT * FROM finish();
ROLLBACK;
