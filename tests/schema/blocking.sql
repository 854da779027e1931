-- Blockings of several people at one client, in every order; what others did meanwhile; and how people
-- write the words that are taken out.
\ir lib/world.sql

-- ---- words as people write them
SELECT is(without_data('action', jsonb_build_object('id', 1, 'notes', said), false, words_pattern(words)) ->> 'notes', expected, 'without: ' || said)
  FROM (VALUES ('x Ángel Zanahoria, MARÍA ÑÚÑEZ', '{Ángel Zanahoria,María Ñúñez}'::text[], 'x —, —'), ('Eva José, EVA JOSÉ', '{Eva José}', '—, —'),
               ('maria nunez, María  Ñúñez and María' || E'\n' || 'Ñúñez', '{María Ñúñez}', '—, — and —'), ('María Núñez', '{Maria Nunez}', '—'),
               ('(600)123456 or 0034 600.123.456', '{+34 600 123 456}', '— or —'), ('1600123456', '{600 123 456}', '1600123456'), ('+33 6 12 34 56 78, (0033)612345678', '{+33 612345678}', '—, —'),
               ('Ángel Zanahorias', '{Ángel Zanahoria}', 'Ángel Zanahorias'), ('José "Pepe" Pérez', ARRAY['José "Pepe" Pérez'], '—')) AS cases (said, words, expected);
SELECT is(words_said(array_agg('nobody ' || n) || '{María Ñúñez,600 123 456}', $$SELECT 'maria NUNEZ, 600-123-456 and somebody'$$),
          words_pattern('{María Ñúñez,600 123 456}'), 'of many words those that are said')
  FROM generate_series(1, 50) AS n;

-- ---- people
CREATE TABLE trato.remembered (name text, kind text, id bigint);
CREATE FUNCTION tap.id(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS 'SELECT id FROM remembered WHERE name = $1';
CREATE FUNCTION tap.blocking(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    'SELECT max(b.id) FROM blocking AS b JOIN remembered AS r ON r.kind = b.kind AND r.id = b.subject_id WHERE r.name = $1';
CREATE FUNCTION tap.contact(who text, client text, email text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO trato.remembered SELECT who, 'contact', (tap.given('ana', format(
        'SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c(%L), %L, NULL, %L, NULL, NULL, NULL, true)', client, who, email))::jsonb ->> 'id')::bigint;
    RETURN who;
END
$$;
CREATE FUNCTION tap.block(who text) RETURNS text LANGUAGE sql AS $$
    SELECT tap.given('marta', format('SELECT block_data(gen_random_uuid(), %L, %s, ''asked'')', kind, id)) FROM trato.remembered WHERE name = who $$;
CREATE FUNCTION tap.unblocked(who text) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried('marta', format('SELECT unblock_data(gen_random_uuid(), tap.blocking(%L), ''back'') ->> ''left''', who)) $$;
CREATE FUNCTION tap.erased(who text) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried('marta', format('SELECT (erase_data(gen_random_uuid(), tap.blocking(%L)) ->> ''erased'')::integer >= 0', who)) $$;
-- Where these words stand in what anybody reads, or at all.
CREATE FUNCTION tap.seen(words text, everywhere boolean DEFAULT false) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_table name;
    v_there boolean;
    v_found text := '';
BEGIN
    FOR v_table IN SELECT relname FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relkind IN ('r', 'v', 'm')
                      AND relname <> 'remembered' AND (everywhere OR relname <> 'blocked_value') ORDER BY 1 LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM trato.%I AS t WHERE to_jsonb(t)::text ~* $1)', v_table) INTO v_there USING words;
        v_found := v_found || CASE WHEN v_there THEN v_table || ' ' ELSE '' END;
    END LOOP;
    RETURN rtrim(v_found);
END
$$;
CREATE FUNCTION tap.notes(text) RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = trato AS 'SELECT notes FROM action WHERE title = $1';
CREATE FUNCTION tap.mail(who text, id text, email text) RETURNS text LANGUAGE sql AS $$
    SELECT tap.given(who, format('SELECT log_mail(gen_random_uuid(), %L, ARRAY[%L], %L, ''Sender'', ''Us'', ''{}'', now(), ''subject'', ''body'', NULL) ->> ''result''',
                                 id, email, '{' || who || '@trato.example}')) $$;
SELECT contact('Ángel José', 'Acme', 'angel@acme.example'), contact('Berta ÑÚÑEZ', 'Acme', 'berta@acme.example'), given_action('ana', 'Uno', 'd1'),
       given('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'Uno', NULL, 'Ángel José and Berta Ñúñez')$$),
       given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Uno'), tap.id('Ángel José'), 'phone', 'out', now(), 'to ángel josé', 'body')$$),
       given('ana', $$SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c('Acme'), 'Ángel José norte', NULL, NULL, true)$$),
       given('superuser', $$UPDATE setting SET value = '0' WHERE name = 'blocking_days'$$) \g /dev/null
INSERT INTO remembered SELECT 'Acme', 'client', c('Acme');

-- ---- one after another, ended in whatever order
SELECT works('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.id('Ángel José'), 'Ángel José has asked')$$);
SELECT is(seen('.ngel.jos'), '', 'accents hide nobody');
SELECT block('Berta ÑÚÑEZ') \g /dev/null
SELECT is(notes('Uno'), '— and —');
SELECT is(unblocked('Ángel José'), '0', 'the first can be ended first');
SELECT is(notes('Uno'), 'Ángel José and —', 'and the second stays');
SELECT is(unblocked('Berta ÑÚÑEZ'), '0');
SELECT is(notes('Uno'), 'Ángel José and Berta Ñúñez', 'all is back');

-- What came since is blocked by blocking again.
SELECT block('Ángel José'), given('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'Uno', NULL, 'angel jose and Berta Ñúñez')$$) \g /dev/null
SELECT is(given('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.id('Ángel José'), 'again') ->> 'id'$$), blocking('Ángel José')::text, 'the same blocking');
SELECT is(notes('Uno'), '— and Berta Ñúñez', 'has what came since');
SELECT is(unblocked('Ángel José'), '1', 'what was written over is left, what came last comes back');
SELECT is(notes('Uno'), 'angel jose and Berta Ñúñez');

-- A client and a contact of it.
SELECT given('ana', $$SELECT close_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'cancelled')$$), block('Ángel José'), block('Acme') \g /dev/null
SELECT is(unblocked('Ángel José'), 'TR001 client_is_blocked', 'nobody comes back to a client that is blocked');
SELECT is(unblocked('Acme'), '0');
SELECT is(seen('.ngel.jos'), '', 'the contact was blocked before its client, and stays so');
SELECT is(unblocked('Ángel José') || block('Acme') IS NOT NULL, true);
SELECT block('Ángel José') \g /dev/null
SELECT is(unblocked('Acme'), '0');
SELECT is(seen('.ngel.jos'), '', 'or after it');
SELECT is((SELECT name FROM contact WHERE id = id('Berta ÑÚÑEZ')), 'Berta ÑÚÑEZ', 'the others are back');
SELECT is(unblocked('Ángel José'), '0');
SELECT is((SELECT name || active FROM contact WHERE id = id('Ángel José')), 'Ángel José' || true);

-- ---- mail
SELECT contact('Saúl', 'Beta', 'saul@beta.example'), mail('luis', '<one@x>', 'angel@acme.example'), mail('luis', '<two@x>', 'angel@acme.example'),
       given('luis', $$SELECT set_aside_mail(gen_random_uuid(), id, version, 'of Ángel') FROM mail WHERE message_id = '<one@x>'$$) \g /dev/null
SELECT works('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.id('Ángel José'), 'asked')$$, 'mail that was set aside can be blocked');
SELECT is((SELECT string_agg(state || subject || coalesce(state_note, ''), ',' ORDER BY id) FROM mail), 'set_aside——,waiting—');
SELECT refused('luis', $$SELECT assign_mail(gen_random_uuid(), id, version, tap.a('Uno')) FROM mail WHERE state = 'waiting'$$, 'TR001 mail_is_blocked', 'no communication of dashes');
SELECT is(mail('luis', '<two@x>', 'angel@acme.example'), 'waiting', 'it is sent again');
SELECT given('luis', $$SELECT set_aside_mail(gen_random_uuid(), min(id), min(version), 'later') FROM mail WHERE state = 'waiting' AND subject = '—'$$) \g /dev/null
SELECT is(unblocked('Ángel José'), '1', 'a text that is taken by now is left');
SELECT is((SELECT string_agg(subject || rtrim(message_id), ',' ORDER BY id) FROM mail), (SELECT 'subject<one@x>,subject—' || (min(id) + 1) || ',subject<two@x>' FROM mail));
SELECT block('Ángel José'), given('luis', $$SELECT set_aside_mail(gen_random_uuid(), max(id), 2, 'no use') FROM mail$$) \g /dev/null
SELECT is(erased('Ángel José'), 'true', 'mail that was set aside since is no hindrance');
SELECT is(seen('.ngel.jos|angel@', true), '', 'accents keep nobody');

-- Somebody else's blocking has emptied it before.
INSERT INTO mail (person_id, message_id, direction, addresses, happened_at, subject) VALUES (p('luis'), '<both@x>', 'out', '{berta@acme.example,saul@beta.example}', now(), 'to both');
SELECT block('Berta ÑÚÑEZ'), block('Saúl') \g /dev/null
SELECT is(unblocked('Berta ÑÚÑEZ'), '0');
SELECT is((SELECT subject FROM mail ORDER BY id DESC LIMIT 1), '—', 'it stays empty for who is blocked still');
SELECT block('Berta ÑÚÑEZ') \g /dev/null
SELECT is(unblocked('Saúl'), '0');
SELECT is((SELECT subject FROM mail ORDER BY id DESC LIMIT 1), '—', 'the other way round, too');
SELECT block('Saúl'), erased('Saúl') \g /dev/null
SELECT is(seen('saul@', true), '', 'and is erased with either');
SELECT is(unblocked('Berta ÑÚÑEZ'), '0');

-- ---- names that are taken
SELECT contact('Rosa Roble', 'Acme', NULL), given('ana', $$SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c('Acme'), 'Rosa Roble sur', NULL, 'mine', true)$$),
       given('ana', format('SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c(''Acme''), %L, NULL, NULL, true)', '—' || d('Rosa Roble sur') || ' sur')) \g /dev/null
SELECT works('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.id('Rosa Roble'), 'asked')$$, 'nobody stops a blocking by a name');
SELECT is(seen('rosa.roble'), '', 'nor do answers of writes have it');
SELECT given('ana', $$SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c('Acme'), 'Rosa Roble sur', NULL, 'new', true)$$) \g /dev/null
SELECT is(unblocked('Rosa Roble'), '1', 'nor its end');
SELECT is((SELECT string_agg(btrim(name, '—0123456789'), ',' ORDER BY id) FROM division WHERE notes IN ('mine', 'new')), ' sur ,Rosa Roble sur');

SELECT contact('Olga Oca', 'Acme', NULL), given('ana', $$SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c('Acme'), 'Olga Oca norte', NULL, 'of her', true)$$),
       block('Olga Oca') \g /dev/null
SELECT given('ana', format('SELECT save_division(gen_random_uuid(), %s, %s, client_id, %L, NULL, ''newer'', true) FROM division WHERE id = %1$s', id, version, rtrim(name)))
  FROM division WHERE notes = 'of her' \g /dev/null
SELECT is(unblocked('Olga Oca'), '0', 'who saves the row around a dash has not changed the dash');
SELECT is((SELECT name FROM division WHERE notes = 'newer'), 'Olga Oca norte');

-- ---- clients that are merged
SELECT given('ana', format('SELECT save_client(gen_random_uuid(), NULL, NULL, %L, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, %L)', name, notes))
  FROM (VALUES ('M1', 'ask Tomás Tejo'), ('M2', NULL), ('M3', 'Tomás Tejo, too')) AS clients (name, notes) \g /dev/null
SELECT contact('Tomás Tejo', 'M1', NULL) \g /dev/null
SELECT given('ana', format('SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c(%L), %L, NULL, %L, true)', name, 'Tomás Tejo', name)) FROM unnest('{M1,M3}'::text[]) AS name \g /dev/null
SELECT given('marta', $$SELECT merge_clients(gen_random_uuid(), tap.c('M2'), tap.cv('M2'), tap.c('M1'))$$), block('Tomás Tejo') \g /dev/null
SELECT is((SELECT string_agg(notes, ',' ORDER BY name) FROM client WHERE name ~ '^M'), 'ask —,ask —,Tomás Tejo, too');
SELECT given('marta', $$SELECT merge_clients(gen_random_uuid(), tap.c('M3'), tap.cv('M3'), tap.c('M2'))$$) \g /dev/null
SELECT is(seen('tom.s.tejo'), '', 'what the client that stays says of him is blocked with the merge, what became it in two steps stays so');
SELECT is((SELECT notes FROM client WHERE name = 'M3'), E'—, too\n\nask —');
SELECT is(unblocked('Tomás Tejo'), '0');
SELECT is((SELECT notes FROM client WHERE name = 'M3'), E'Tomás Tejo, too\n\nask Tomás Tejo', 'and comes back where it went');
SELECT is((SELECT string_agg(name, ',' ORDER BY id) FROM division WHERE client_id = c('M3')), 'Tomás Tejo (M2),Tomás Tejo', 'divisions, too');
SELECT is(block('Tomás Tejo') IS NOT NULL AND erased('Tomás Tejo') = 'true', true);
SELECT is(seen('tom.s.tejo', true), '');

-- ---- what the law keeps of who was erased does not come back with his client
SELECT contact('Úrsula Uva', 'Beta', NULL), given_action('ana', 'Ley', 'e1'),
       given('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Ley'), tap.av('Ley'), 'Ley', NULL, 'Úrsula Uva and Beatriz sign')$$),
       given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Ley'), tap.id('Úrsula Uva'), 'phone', 'out', now(), 'to her', 'body')$$),
       given_offer('ana', 'Ley', 'L', 'e1', 'approved'), given('ana', $$SELECT close_action(gen_random_uuid(), tap.a('Ley'), tap.av('Ley'), 'won')$$),
       given('berta', $$SELECT take_notice(gen_random_uuid(), tap.n('L'))$$),
       given('berta', $$SELECT record_invoice(gen_random_uuid(), tap.n('L'), tap.nv('L'), 'S', '1', today(), 100000, 21000, 121000)$$) \g /dev/null
INSERT INTO remembered SELECT 'Beta', 'client', c('Beta');
SELECT block('Beta'), block('Úrsula Uva') \g /dev/null
SELECT is(erased('Úrsula Uva'), 'true');
SELECT is(unblocked('Beta'), '0');
SELECT is(notes('Ley') || (SELECT string_agg(subject, '') FROM communication WHERE action_id = a('Ley')), '— and Beatriz sign—');
SELECT is(seen('.rsula.uva', true), 'blocked_value', 'the law has it');
SELECT is((SELECT DISTINCT b.id FROM blocked_value JOIN blocking AS b ON b.id = blocking_id WHERE value::text ~ 'rsula' AND keep_until > today()), blocking('Úrsula Uva'));
SELECT block('Beta') \g /dev/null
SELECT is(erased('Beta'), 'true');
SELECT contact('Late', 'Acme', NULL) \g /dev/null
SELECT is(unblocked('Úrsula Uva'), 'TR001 blocking_has_ended');

-- ---- every table, in every state, there and back
SELECT contact('Vera Vega', 'Acme', 'vera@acme.example') \g /dev/null
SELECT given_action('ana', state, division), given_offer('ana', state, 'O ' || state, division, state),
       given('owner', format('UPDATE offer SET notes = ''Vera Vega'' WHERE title = %L AND state = ''draft''', 'O ' || state)),
       given('luis', format('SELECT request_collaboration(gen_random_uuid(), tap.d(%L), ''Vera Vega'')', division))
  FROM (VALUES ('draft', 'd1'), ('presented', 'd2'), ('approved', 'd3'), ('rejected', 'd4'), ('withdrawn', 'd5')) AS states (state, division) \g /dev/null
SELECT given('berta', $$SELECT return_notice(gen_random_uuid(), tap.n('O approved'), tap.nv('O approved'), tap.reason('notice_returned', 'other'), 'Vera Vega')$$),
       given('ana', $$SELECT answer_request(gen_random_uuid(), id, version, false, 'not Vera Vega') FROM request WHERE action_id = tap.a('draft')$$),
       given('luis', $$SELECT withdraw_request(gen_random_uuid(), id) FROM request WHERE action_id = tap.a('presented')$$),
       given('ana', $$SELECT log_mail(gen_random_uuid(), '<v1@x>', '{vera@acme.example}', '{ana@trato.example}', 'Vera Vega', 'Us', '{}', now(), 's', 'b', 'vera.pdf 1', tap.a('draft'))$$),
       mail('ana', '<v2@x>', 'vera@acme.example'), mail('luis', '<v3@x>', 'vera@acme.example'), mail('eva', '<v4@x>', 'vera@acme.example'),
       given('luis', $$SELECT set_aside_mail(gen_random_uuid(), id, version, 'Vera Vega') FROM mail WHERE message_id = '<v3@x>'$$),
       given('ana', $$SELECT assign_mail(gen_random_uuid(), id, version, tap.a('draft')) FROM mail WHERE message_id = '<v2@x>'$$) \g /dev/null
SELECT is((SELECT string_agg(DISTINCT state, ',' ORDER BY state) FROM mail WHERE message_id ~ '^<v'), 'logged,set_aside,waiting');
CREATE TEMP TABLE trail AS SELECT id, old, new FROM audit;
SELECT works('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.id('Vera Vega'), 'asked')$$);
SELECT is(seen('vera.vega|vera@|vera\.pdf'), '');
SELECT is(unblocked('Vera Vega'), '0');
SELECT is_empty('SELECT * FROM trail EXCEPT SELECT id, old, new FROM audit', 'all is as it was');
SELECT block('Vera Vega') \g /dev/null
SELECT is(erased('Vera Vega'), 'true');
SELECT is(seen('vera.vega|vera@|vera\.pdf'), '');

-- ---- what others have put meanwhile is erased, too
SELECT contact('Walter Weiß', 'Acme', NULL), contact('Xenia Xu', 'Acme', NULL), given_action('ana', 'Put', 'Rosa Roble sur'),
       given('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Put'), tap.av('Put'), 'Put', NULL, 'Walter Weiß, Xenia Xu')$$), block('Walter Weiß'),
       given('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Put'), tap.av('Put'), 'Put', NULL, 'newer')$$), block('Xenia Xu') \g /dev/null
SELECT is(erased('Xenia Xu'), 'true');
SELECT is(seen('xenia', true), '');

-- ---- nor does a reason say who was erased
SELECT contact('Zoe Zas', 'Acme', NULL), given('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.id('Zoe Zas'), 'zoecita of the purchases')$$) \g /dev/null
SELECT is(erased('Zoe Zas'), 'true');
SELECT is(seen('zoe', true), '', 'in whatever words');
SELECT given('marta', $$SELECT block_data(gen_random_uuid(), 'contact', tap.id('Zoe Zas'), 'Zoe Zas once more')$$) \g /dev/null
SELECT is(erased('Zoe Zas'), 'true');
SELECT is(seen('zoe', true), '', 'nor one that was written after that');

-- ---- nobody moves anything but who blocks
SELECT refused('marta', $$WITH gate AS MATERIALIZED (SELECT set_config('trato.moving', 'on', true) AS state)
    SELECT save_contact(gen_random_uuid(), tap.id('Walter Weiß'), (SELECT version FROM contact WHERE id = tap.id('Walter Weiß')), tap.c('Acme'), 'Walter Weiß', NULL, NULL, NULL, NULL, NULL, false)
      FROM gate WHERE state = 'on'$$, 'TR001 contact_is_blocked', 'nor does a manager');
SELECT is_empty($$SELECT proname FROM pg_proc
                   WHERE pronamespace = 'trato'::regnamespace AND prosrc ~ '\m(INSERT INTO|UPDATE|DELETE FROM) (action|audit|client|communication|contact|delivery|division|mail|notice|offer|offer_line|request|state_change)\M'
                     AND prosrc !~ 'earlier_result\(p_request' AND has_function_privilege('trato_manager', oid, 'EXECUTE')$$, 'every write begins by closing the gate');

SELECT * FROM finish();
ROLLBACK;
