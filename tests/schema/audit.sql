-- The trail page by page: what it shows whom, of which record, by whom and of which days; and what is
-- left behind by who opens a client's record.
\ir lib/world.sql

SELECT tap.given_action('ana', 'De Ana', 'd1'), tap.given_action('luis', 'De Luis', 'd2'),
       tap.given('ana', $$SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c('Acme'), 'Eva Sanz', NULL, 'eva@acme.example', NULL, NULL, NULL, true)$$),
       tap.given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('De Ana'), NULL, 'phone', 'in', now(), 'Ana calls', 'text')$$),
       tap.given('luis', $$SELECT log_communication(gen_random_uuid(), tap.a('De Luis'), NULL, 'phone', 'in', now(), 'Luis calls', 'text')$$),
       tap.given('ana', $$SELECT save_client(gen_random_uuid(), tap.c('Acme'), tap.cv('Acme'), 'Acme', 'Acme SA', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)$$),
       tap.given_offer('ana', 'De Ana', 'O', 'd1', 'approved'),
       tap.given('ana', $$SELECT log_mail(gen_random_uuid(), '<a@x>', '{x@y.example}', '{ana@trato.example}', 'X', 'Ana', '{}', now(), 'secret', 'b', NULL)$$),
       tap.given('owner', $$INSERT INTO blocking (kind, subject_id, reason, erase_on) VALUES ('contact', 1, 'is ill', today())$$)
\g /dev/null

-- Of all, what the policy lets through, no more and no less: the function knows better ways only.
CREATE FUNCTION tap.trail(who text, record text DEFAULT NULL, person text DEFAULT NULL, since date DEFAULT NULL,
                          until date DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT string_agg(id::text, '','' ORDER BY id) FROM found_audit(%L, %L, %L, %L, true, NULL, NULL, NULL) AS id',
                                 record, tap.p(person), since, until))
$$;
SELECT is(trail(who), tried(who, 'SELECT string_agg(id::text, '','' ORDER BY id) FROM audit'), who || ' finds all that he may see')
  FROM unnest('{ana,luis,eva,berta,carmen,marta}'::text[]) AS who;
SELECT isnt(trail('ana'), trail('luis'));
SELECT is(trail(who, NULL, 'ana'), tried(who, 'SELECT string_agg(id::text, '','' ORDER BY id) FROM audit WHERE person_id = ' || tap.p('ana')),
          who || ': of one person') FROM unnest('{ana,luis,carmen,marta}'::text[]) AS who;
SELECT is(trail('marta', NULL, NULL, today() + 1), NULL, 'from tomorrow on');
SELECT is(trail('marta', NULL, NULL, NULL, today() - 1), NULL, 'until yesterday');
SELECT is(trail('marta', NULL, NULL, today(), today()), trail('marta'), 'today');

-- Of a record: what belongs to it
CREATE FUNCTION tap.tables(who text, record text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(DISTINCT table_name::text, ',' ORDER BY table_name::text) FROM audit
     WHERE id = ANY (string_to_array(tap.trail(who, record), ',')::bigint[])
$$;
SELECT is(tables('luis', 'client/' || c('Acme')), 'client,contact,division', 'a client''s contacts and divisions belong to it');
SELECT is(tables('ana', 'action/' || a('De Ana')), 'action,action_member,communication,hold,notice,offer,offer_division,offer_line');
SELECT is(trail('ana', (SELECT number::text FROM action WHERE id = a('De Ana'))), trail('ana', 'action/' || a('De Ana')), 'an action by its number');
SELECT is(tables('carmen', 'offer/' || o('O')), 'notice,offer,offer_division,offer_line');
SELECT is(trail('ana', (SELECT offer_number(year, serial, revision) FROM offer WHERE id = o('O'))), trail('ana', 'offer/' || o('O')), 'an offer by its number');
SELECT is(tables('berta', 'notice/' || n('O')), 'notice');
SELECT is(tables('marta', 'setting/1'), NULL, 'what never changed has no history');
SELECT is(trail('luis', record), NULL, 'luis finds nothing of ' || record)
  FROM unnest(ARRAY['action/' || a('De Ana'), 'offer/' || o('O'), 'communication/' || (SELECT min(id) FROM communication), 'person/1', 'x', '', '1', '2026-00001', '%', 'client/x', 'a/b/1']) AS record;
SELECT is(trail('berta', 'mail/' || (SELECT id FROM mail)), NULL, 'mail is private');
SELECT isnt(trail(who, 'mail/' || (SELECT id FROM mail)), NULL, 'but not before ' || who) FROM unnest('{ana,marta}'::text[]) AS who;
SELECT is(trail(who, 'blocking/' || (SELECT id FROM blocking)), NULL, who || ' is not told why somebody is blocked') FROM unnest('{ana,berta,carmen}'::text[]) AS who;
SELECT is(tried(who, $$SELECT count(*) FROM audit WHERE to_jsonb(audit)::text ~ 'is ill'$$), '0', who || ' nor by the trail itself') FROM unnest('{ana,berta,carmen}'::text[]) AS who;
SELECT isnt(trail('marta', 'blocking/' || (SELECT id FROM blocking)), NULL, 'managers are');
SELECT is(tried('marta', $$SELECT count(*) FROM audit WHERE to_jsonb(audit)::text ~ 'is ill'$$), '1', 'by the trail, too');

-- Page by page, there and back
GRANT USAGE ON SCHEMA tap TO PUBLIC;
CREATE FUNCTION tap.paged(forward boolean, size integer) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    v_all  bigint[] := '{}';
    v_page bigint[];
    v_last audit;
BEGIN
    LOOP
        v_page := ARRAY(SELECT id FROM found_audit(NULL, NULL, NULL, NULL, forward, size, v_last.at, v_last.id) AS id);
        v_all := v_all || v_page;
        EXIT WHEN cardinality(v_page) < size;
        SELECT * INTO v_last FROM audit WHERE id = v_page[size];
    END LOOP;
    RETURN v_all;
END
$$;
GRANT EXECUTE ON FUNCTION tap.paged(boolean, integer) TO PUBLIC;
SELECT is(tried(who, format('SELECT string_agg(id::text, '','') FROM unnest(tap.paged(%L, 7)) AS id', forward)),
          tried(who, format('SELECT string_agg(id::text, '','' ORDER BY at %1$s, id %1$s) FROM audit', CASE WHEN forward THEN 'DESC' ELSE 'ASC' END)),
          format('%s pages %s', who, forward))
  FROM unnest('{ana,carmen,marta}'::text[]) AS who, unnest('{true,false}'::boolean[]) AS forward;

-- Field by field
SELECT results_eq($$SELECT f.* FROM audit, audit_fields(old, new) AS f WHERE table_name = 'client' AND operation = 'update' AND row_id = tap.c('Acme')$$,
                  $$VALUES ('legal_name', NULL::text, 'Acme SA')$$, 'what changed, and nothing that the database keeps for itself');
SELECT is(audit_value('client_id', c('Acme')::text), 'Acme');
SELECT is(audit_value('taken_by', p('berta')::text), 'Berta');
SELECT is(audit_value('held_at', '2026-07-01T10:00:00+00:00'), '2026-07-01 12:00', 'at the team''s time');
SELECT is((SELECT string_agg(DISTINCT audit_name(table_name::text, new), ',') FROM audit WHERE action_id = a('De Ana') AND table_name = 'hold'), 'd1');

-- It begins with what is the asker's.
SET LOCAL session_replication_role = replica;
INSERT INTO audit (at, person_id, login, table_name, row_id, action_id, operation, new)
SELECT now() - n * interval '1 second', 1, 'x', 'action', 900000 + n, 900000 + n, 'insert', '{}' FROM generate_series(1, 30000) AS n;
SET LOCAL session_replication_role = origin;
ANALYZE audit;
CREATE FUNCTION tap.read_rows(who text, statement text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    v_before bigint := pg_stat_get_xact_tuples_fetched('audit'::regclass) + pg_stat_get_xact_tuples_returned('audit'::regclass);
BEGIN
    PERFORM tap.tried(who, statement);
    RETURN pg_stat_get_xact_tuples_fetched('audit'::regclass) + pg_stat_get_xact_tuples_returned('audit'::regclass) - v_before;
END
$$;
SELECT cmp_ok(read_rows(who, format('SELECT count(*) FROM found_audit(NULL, %L, NULL, NULL, true, 40, NULL, NULL)', person)), '<', 3000::bigint,
              format('%s does not read all of the trail for a page of %s', who, person))
  FROM unnest('{ana,eva,carmen,marta}'::text[]) AS who, unnest(ARRAY[NULL, p('luis')]) AS person;

-- ---- openings

CREATE FUNCTION tap.openings() RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(concat_ws(' ', split_part(email, '@', 1), what, client.name, row_count), ', ' ORDER BY opening.id)
      FROM opening LEFT JOIN person ON person.id = person_id LEFT JOIN client ON client.id = client_id
$$;
SELECT works('ana', format('SELECT log_opening(%L, %L)', what, row)) FROM (VALUES ('preview', c('Acme')), ('client', c('Acme')), ('client', c('Acme')),
    ('contact', (SELECT id FROM contact)), ('preview', c('Acme')), ('client', 0), ('other', c('Acme')), ('client', NULL), ('action', a('De Luis'))) AS seen (what, row);
SELECT is(openings(), 'ana preview Acme, ana client Acme', 'once in ten minutes; what is not there or not hers leaves none');
SELECT works('luis', $$SELECT log_opening('action', tap.a('De Luis'))$$);
SELECT works('carmen', $$SELECT log_opening('client', tap.c('Beta'))$$);
SELECT works('berta', $$SELECT log_list('export', 1234)$$);
SELECT is(openings(), 'ana preview Acme, ana client Acme, luis action Acme, carmen client Beta, berta export 1234');
SELECT is(tried(who, 'SELECT count(*) FROM opening'), n, who || ' sees of them: ' || n)
  FROM (VALUES ('ana', '0'), ('berta', '0'), ('carmen', '0'), ('marta', '5')) AS seen (who, n);
SELECT refused(who, statement, 'TR001 opening_is_kept') FROM unnest('{owner,superuser}'::text[]) AS who,
       unnest(ARRAY['UPDATE opening SET client_id = NULL', 'DELETE FROM opening', 'TRUNCATE opening']) AS statement;
SELECT refused('marta', statement, '42501') FROM unnest(ARRAY['DELETE FROM opening', 'SELECT put_opening(''client'', 1, 1, NULL)']) AS statement;
SELECT refused('owner', 'INSERT INTO opening (what) VALUES (''x'')', '23514 opening_what_known');
SELECT refused('owner', 'INSERT INTO opening (what, row_count) VALUES (''client'', 1)', '23514 opening_of_one_or_many');
SELECT refused('owner', 'INSERT INTO opening (what) VALUES (''list'')', '23514 opening_of_one_or_many');
-- What is older than the setting goes, as others come.
SET LOCAL session_replication_role = replica;
UPDATE opening SET at = now() - interval '731 days';
SET LOCAL session_replication_role = origin;
SELECT works('ana', $$SELECT log_opening('client', tap.c('Beta'))$$);
SELECT is((SELECT string_agg(client_id::text, ',') FROM opening), c('Beta')::text, 'kept for the days of the setting');

-- What the program calls it by: a table or a column without words is shown by its bare name.
\set words `cat src/model/audit_words.def`
CREATE TEMP TABLE called AS
SELECT match[1] AS kind, match[2] AS name FROM regexp_matches(:'words', 'AUDIT_(TABLE|FIELD)\("([a-z_]+)"', 'g') AS match;
CREATE TEMP TABLE trailed AS
SELECT relname::text AS name, pg_class.oid FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
 WHERE tgname = 'audit_update' AND relnamespace = 'trato'::regnamespace;
SELECT is_empty($$SELECT name FROM trailed EXCEPT SELECT name FROM called WHERE kind = 'TABLE'$$, 'every table of the trail has words');
SELECT is_empty($$SELECT DISTINCT field FROM trailed JOIN pg_attribute ON attrelid = oid AND attnum > 0 AND NOT attisdropped,
                         audit_fields(NULL, jsonb_build_object(attname, 1))
                  EXCEPT SELECT name FROM called WHERE kind = 'FIELD'$$, 'and every column that it shows');

SELECT * FROM finish();
ROLLBACK;
