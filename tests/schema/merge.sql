-- Merging two clients: nothing is lost, exclusivity holds, and what would break a rule is refused
-- and explained.
\ir lib/world.sql

CREATE FUNCTION tap.merge(who text, keep text, merged text) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT merge_clients(gen_random_uuid(), tap.c(%1$L), tap.cv(%1$L), tap.c(%2$L), tap.cv(%2$L)) - ''version''', keep, merged))
$$;
SELECT tap.given_action('ana', 'In Acme', 'd1'), tap.given_offer('ana', 'In Acme', 'Acme offer', 'd1', 'presented'),
       tap.given_action('luis', 'In Beta', 'e1', 'e2'), tap.given_offer('luis', 'In Beta', 'Beta offer', 'e1', 'approved'),
       tap.given('luis', $$SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c('Beta'), 'Rosa', NULL, 'rosa@beta.example', NULL, NULL, NULL, true)$$),
       tap.given('luis', $$SELECT log_communication(gen_random_uuid(), tap.a('In Beta'), (SELECT id FROM contact WHERE name = 'Rosa'), 'visit', 'out', now(), 'First', 'Text')$$),
       tap.given('luis', $$SELECT correct_communication(gen_random_uuid(), (SELECT id FROM communication WHERE subject = 'First'), NULL, 'visit', 'out', now(), 'Second', 'Text')$$),
       tap.given('luis', $$SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c('Beta'), 'D1', NULL, 'of Beta', true)$$),
       tap.given('luis', $$SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c('Beta'), 'd2', NULL, NULL, true)$$),
       tap.given('luis', $$SELECT save_client(gen_random_uuid(), tap.c('Beta'), tap.cv('Beta'), 'Beta', 'Beta S.L.', 'B12345674', 'Calle 1', 'León', NULL, NULL, NULL, '987112233', NULL, 'Pays late.')$$)
  \g /dev/null
-- A second action of Beta, over, with a hold that was released.
SELECT tap.given('luis', format('SELECT open_action(gen_random_uuid(), tap.c(''Beta''), ''Old'', ARRAY[%s])', id)),
       tap.given('luis', $$SELECT close_action(gen_random_uuid(), tap.a('Old'), tap.av('Old'), 'cancelled')$$)
  FROM division WHERE name = 'd2' AND client_id = c('Beta') \g /dev/null

-- Who may, and what is wrong
SELECT is(merge(who, 'Acme', 'Beta'), '42501', who || ' may not') FROM unnest('{ana,luis,berta,carmen}'::text[]) AS who;
SELECT is(merge('marta', 'Acme', 'Acme'), 'TR001 client_merged_into_another');
SELECT refused('marta', $$SELECT merge_clients(gen_random_uuid(), tap.c('Acme'), 99, tap.c('Beta'))$$, 'TR002 row_version');
SELECT refused('marta', $$SELECT merge_clients(gen_random_uuid(), tap.c('Acme'), NULL, tap.c('Beta'))$$, 'TR002 row_version');
SELECT refused('marta', $$SELECT merge_clients(gen_random_uuid(), tap.c('Acme'), tap.cv('Acme'), tap.c('Beta'), 99)$$, 'TR002 row_version');
SELECT refused('marta', $$SELECT merge_clients(gen_random_uuid(), tap.c('Acme'), tap.cv('Acme'), -1)$$, 'TR004 client_unknown');
SELECT refused('marta', $$SELECT merge_clients(NULL, tap.c('Acme'), tap.cv('Acme'), tap.c('Beta'))$$, 'TR001 request_id_missing');
SAVEPOINT before;
UPDATE client SET tax_id = 'A58818501' WHERE name = 'Acme';
SELECT is(merge('marta', 'Acme', 'Beta'), 'TR001 merge_tax_id_same', 'two tax ids are two companies');
ROLLBACK TO before;
UPDATE client SET archived = true WHERE name = 'Acme';
SELECT is(merge('marta', 'Acme', 'Beta'), 'TR001 client_is_archived');
ROLLBACK TO before;
-- The same division held in both: one division, sold to by two.
SELECT tap.given('luis', format('SELECT hold_divisions(gen_random_uuid(), tap.a(''In Beta''), ARRAY[%s])', id)) FROM division WHERE name = 'D1' AND client_id = c('Beta') \g /dev/null
SELECT is(merge('marta', 'Acme', 'Beta'), 'TR001 merge_keeps_exclusivity', 'a division that both hold');
SELECT alike(told('marta', $$SELECT merge_clients(gen_random_uuid(), tap.c('Acme'), tap.cv('Acme'), tap.c('Beta'))$$), '%division=D1%holder=Ana%action=%other_holder=Luis%other_action=%');
SELECT is((SELECT count(*) FROM hold WHERE client_id = c('Beta')), 4::bigint, 'nothing has moved');
ROLLBACK TO before;

CREATE TEMP TABLE was AS SELECT (SELECT count(*) FROM contact) AS contacts, (SELECT count(*) FROM division) AS divisions, (SELECT count(*) FROM action) AS actions,
    (SELECT count(*) FROM hold) AS holds, (SELECT count(*) FROM hold WHERE released_at IS NULL) AS open_holds, (SELECT count(*) FROM communication) AS communications,
    (SELECT count(*) FROM offer) AS offers, (SELECT count(*) FROM notice) AS notices, (SELECT count(*) FROM audit) AS audits,
    (SELECT array_agg(to_jsonb(communication) - 'client_id' ORDER BY id) FROM communication) AS texts, (SELECT max(id) FROM audit) AS last_audit, c('Beta') AS beta;
SELECT is(merge('marta', 'Acme', 'Beta')::jsonb, jsonb_build_object('id', c('Acme'), 'contacts', 1, 'divisions', 4, 'actions', 2, 'renamed', 2), 'a manager may');
SELECT is((contacts, divisions, actions, holds, open_holds, communications, offers, notices),
          ((SELECT count(*) FROM contact), (SELECT count(*) FROM division), (SELECT count(*) FROM action), (SELECT count(*) FROM hold),
           (SELECT count(*) FROM hold WHERE released_at IS NULL), (SELECT count(*) FROM communication), (SELECT count(*) FROM offer), (SELECT count(*) FROM notice)),
          'nothing is lost') FROM was;
SELECT is((SELECT array_agg(to_jsonb(communication) - 'client_id' ORDER BY id) FROM communication), texts, 'communications say what they said') FROM was;
SELECT is_empty(format('SELECT FROM %I WHERE client_id = %s', relname, beta), 'all have moved: ' || relname)
  FROM was, unnest('{contact,division,action,hold,communication}'::text[]) AS relname;
-- The same for whatever the catalogue knows: all that names a client names the one that stays, and
-- what names a contact or a division is of the client that those are of by now. A table that is to
-- stay behind is named here.
CREATE TEMP TABLE reference AS
SELECT DISTINCT conrelid::regclass::text AS relation, confrelid::regclass::text AS named, pg_attribute.attname::text AS column_name
  FROM pg_constraint
  JOIN LATERAL unnest(conkey, confkey) AS pair (own, other) ON true
  JOIN pg_attribute ON pg_attribute.attrelid = conrelid AND pg_attribute.attnum = own
  JOIN pg_attribute AS target ON target.attrelid = confrelid AND target.attnum = other AND target.attname = 'id'
 WHERE contype = 'f' AND connamespace = 'trato'::regnamespace
   AND confrelid IN ('client'::regclass, 'contact'::regclass, 'division'::regclass)
UNION
SELECT relname, 'client', 'client_id' FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'client_id'
 WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r';
SELECT ok(count(*) >= 9, 'there are such references') FROM reference;
CREATE FUNCTION tap.left_behind(relation text, named text, column_name text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_count  bigint;
    v_client text := CASE WHEN EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation::regclass AND attname = 'client_id')
                          THEN 'r.client_id' ELSE '(SELECT client_id FROM action WHERE id = r.action_id)' END;
BEGIN
    IF named = 'client' THEN
        EXECUTE format('SELECT count(*) FROM %I WHERE %I = (SELECT beta FROM was)', relation, column_name) INTO v_count;
    ELSE
        EXECUTE format('SELECT count(*) FROM %I AS r JOIN %I AS n ON n.id = r.%I WHERE n.client_id <> %s', relation, named, column_name, v_client)
           INTO v_count;
    END IF;
    RETURN v_count;
END
$$;
SELECT is(left_behind(relation, named, column_name), 0::bigint, format('nothing is left behind: %s.%s', relation, column_name)) FROM reference
 WHERE relation NOT IN ('client_search', 'client_word'); -- the old name finds the client that is archived
SELECT is((SELECT merged_into || ' ' || archived FROM client WHERE name = 'Beta'), c('Acme') || ' true', 'it names its successor');
SELECT is((SELECT concat_ws(' | ', legal_name, tax_id, address, city, phone, notes) FROM client WHERE name = 'Acme'),
          'Beta S.L. | B12345674 | Calle 1 | León | 987112233 | Pays late.', 'what was not known of the one is known now');
SELECT set_eq($$SELECT name || ' ' || active FROM division WHERE client_id = tap.c('Acme')$$,
              '{d1 true,d2 true,d3 true,d4 true,d5 true,e1 true,e2 true,D1 (Beta) false,d2 (Beta) false}'::text[], 'divisions of one name');
SELECT ok(EXISTS (SELECT FROM audit WHERE id > last_audit AND table_name = name AND operation = 'update' AND person_id = p('marta')), 'the trail has it: ' || name)
  FROM was, unnest('{client,contact,division,action,hold,communication}'::text[]) AS name;
SELECT is(tried('luis', $$SELECT string_agg(status || ' ' || coalesce(holder, ''), ',' ORDER BY name) FROM division_status WHERE client_id = tap.c('Acme') AND name IN ('d1', 'e1', 'e2')$$),
          'held Ana,held Luis,held Luis', 'holds hold on');
SELECT is((SELECT string_agg(c.name, ',') FROM client_word JOIN client AS c ON c.id = client_id WHERE word = 'rosa'), 'Acme', 'its contacts are found with the one that stays');

-- Work goes on, with the one that stays only.
SELECT works('luis', $$SELECT log_communication(gen_random_uuid(), tap.a('In Beta'), (SELECT id FROM contact WHERE name = 'Rosa'), 'phone', 'in', now(), 'After', NULL)$$);
SELECT refused('luis', $$SELECT save_contact(gen_random_uuid(), NULL, NULL, (SELECT id FROM client WHERE name = 'Beta'), 'X', NULL, NULL, NULL, NULL, NULL, true)$$, 'TR001 client_is_merged');
SELECT refused('luis', $$SELECT save_division(gen_random_uuid(), NULL, NULL, (SELECT id FROM client WHERE name = 'Beta'), 'X', NULL, NULL, true)$$, 'TR001 client_is_merged');
SELECT refused('marta', $$SELECT archive_client(gen_random_uuid(), tap.c('Beta'), tap.cv('Beta'), false)$$, '23514 client_merged_is_archived', 'it does not come back');
SELECT is(merge('marta', 'Acme', 'Beta'), 'TR001 client_is_merged', 'it is merged once');
SELECT refused('luis', $$SELECT open_action(gen_random_uuid(), tap.c('Acme'), 'X', ARRAY[tap.d('e1')])$$, 'TR001 hold_division_is_free');

-- Not even the owner moves what belongs to a client elsewhere, or rewrites a communication.
SELECT refused('owner', statement, expected) FROM (VALUES
    ('UPDATE contact SET client_id = (SELECT id FROM client WHERE name = ''Beta'')', 'TR001 client_of_its_own'),
    ('UPDATE division SET client_id = (SELECT id FROM client WHERE name = ''Beta'') WHERE name = ''d3''', 'TR001 client_of_its_own'),
    ('UPDATE action SET client_id = (SELECT id FROM client WHERE name = ''Beta'')', 'TR001 client_of_its_own'),
    ('UPDATE communication SET client_id = (SELECT id FROM client WHERE name = ''Beta'')', 'TR001 communication_is_kept'),
    ('UPDATE communication SET subject = ''x''', 'TR001 communication_is_kept'), ('DELETE FROM communication', 'TR001 communication_is_kept')) AS tries (statement, expected);

-- The same request once more
SELECT tap.given('ana', $$SELECT save_client(gen_random_uuid(), NULL, NULL, 'Gamma', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)$$) \g /dev/null
SELECT works('marta', format('SELECT merge_clients(tap.request_id(''m''), tap.c(''Acme''), %s, tap.c(''Gamma''))', cv('Acme')));
SELECT works('marta', format('SELECT merge_clients(tap.request_id(''m''), tap.c(''Acme''), %s, tap.c(''Gamma''))', cv('Acme') - 1), 'a repetition gets the same answer');

SELECT * FROM finish();
ROLLBACK;
