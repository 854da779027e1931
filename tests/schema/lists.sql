-- The lists of everybody's actions and notices: what is searched there and in which order it comes,
-- however it is found.
\ir lib/world.sql

SELECT tap.given('ana', $$SELECT save_client(gen_random_uuid(), tap.c('Beta'), tap.cv('Beta'), 'Beta Ñu', 'Beta_100% S.L.', 'B12345674', NULL, 'León', NULL, NULL, NULL, NULL, NULL, NULL)$$),
       tap.given_action('ana', 'Limpieza de naves', 'd1'), tap.given_action('luis', 'Jardines', 'd2', 'd3'),
       tap.given_action('luis', 'Acme en Beta', (SELECT name FROM division WHERE client_id = tap.c('Beta Ñu') ORDER BY id LIMIT 1)),
       tap.given_offer('ana', 'Limpieza de naves', 'O1', 'd1', 'approved'), tap.given_offer('luis', 'Jardines', 'O2', 'd2', 'approved'),
       tap.given_offer('luis', 'Jardines', 'O3', 'd3', 'approved'),
       tap.given('berta', $$SELECT take_notice(gen_random_uuid(), tap.n('O2'))$$) \g /dev/null

CREATE FUNCTION tap.found(typed text, who text DEFAULT 'carmen', open boolean DEFAULT true) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT string_agg(title, '' | '' ORDER BY number DESC) FROM found_actions(%L, %L, true, 60, NULL) AS found'
                                 ' JOIN action ON action.id = found', typed, open))
$$;
SELECT is(found(typed), 'Limpieza de naves', 'an action found by: ' || typed) FROM unnest(ARRAY['limp', 'LIMPIEZA DE', 'náves', (SELECT number::text FROM action WHERE id = tap.a('Limpieza de naves'))]) AS typed;
SELECT is(found(typed), 'Acme en Beta', 'by its client: ' || typed) FROM unnest(ARRAY['beta', 'ñu', 'nu b', 'beta_100%', 'b123', 'leon', 's.l.']) AS typed;
SELECT is(found('acme'), 'Acme en Beta | Jardines | Limpieza de naves', 'by either');
SELECT is(found(typed), NULL, 'nothing: ' || typed) FROM unnest(ARRAY['impieza', '%', '_', '\', 'beta%100', 'naves acme', '100', '00000', repeat('x', 3000), '-', '''', ':*']) AS typed;
SELECT is(found(NULL, who), 'Acme en Beta | Jardines | Limpieza de naves', who || ' is shown all') FROM unnest('{berta,carmen,marta}'::text[]) AS who;
SELECT is(found(typed, who), NULL, who || ' is told nothing by: ' || coalesce(typed, 'all')) FROM unnest('{ana,luis}'::text[]) AS who, unnest(ARRAY[NULL, 'acme', 'limp']) AS typed;
SELECT is(found(NULL, 'carmen', false), NULL, 'none is closed');

-- It follows every change.
SELECT tap.given('ana', $$SELECT save_client(gen_random_uuid(), tap.c('Acme'), tap.cv('Acme'), 'Zumos', NULL, NULL, NULL, 'Ávila', NULL, NULL, NULL, NULL, NULL, NULL)$$) \g /dev/null
SELECT is(found('avila zu'), NULL);
SELECT is(found('zumos'), 'Jardines | Limpieza de naves', 'the client''s new name');
SELECT is(found('avi'), 'Jardines | Limpieza de naves', 'and city');
SELECT is(found('acme'), 'Acme en Beta', 'the old one no more');
SELECT tap.given('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Limpieza de naves'), tap.av('Limpieza de naves'), 'Pintura', NULL, NULL)$$) \g /dev/null
SELECT is(found('limpieza'), NULL, 'the old title no more');
SELECT is(found('pint'), 'Pintura', 'the new one');
CREATE TEMP TABLE kept AS SELECT * FROM action_search;
SELECT tap.given('owner', 'SELECT find_actions_again()') \g /dev/null
SELECT set_eq('SELECT * FROM action_search', 'SELECT * FROM kept', 'it is as it would be made anew');
SELECT is((SELECT count(*) FROM action), count(*), 'every action stands there') FROM kept;

-- Many, most of which do not fit: page by page, there and back, it is what one by one would fit.
SET LOCAL session_replication_role = replica;
INSERT INTO client (id, name) OVERRIDING SYSTEM VALUE SELECT 900000 + n, CASE n WHEN 1 THEN 'Raro' WHEN 2 THEN 'Rareza' ELSE 'Corriente' END FROM generate_series(1, 3) AS n;
INSERT INTO action (id, number, client_id, title) OVERRIDING SYSTEM VALUE
SELECT 900000 + n, 900000 + n, 900000 + CASE WHEN n % 500 = 3 THEN 1 WHEN n % 500 = 7 THEN 2 ELSE 3 END, CASE n % 900 WHEN 9 THEN 'Raro' ELSE 'Lo de siempre' END
  FROM generate_series(1, 5000) AS n;
INSERT INTO offer (id, action_id, root_id, title, year, serial, valid_until, presented_at, state, approved_on, approved_at, accepted_on, accepted_by, notice_id, net_cents, total_cents)
OVERRIDING SYSTEM VALUE
SELECT 900000 + n, 900000 + n, 900000 + n, 'Copia', 2001, n, today(), now(), 'approved', today(), now(), today(), 'X', 900000 + n, 100, 100 FROM generate_series(1, 5000) AS n;
INSERT INTO notice (id, offer_id, action_id, made_at, state, total_cents, taken_at, taken_by) OVERRIDING SYSTEM VALUE
SELECT 900000 + n, 900000 + n, 900000 + n, now() - n % 77 * interval '1 hour', CASE WHEN n % 2 = 0 THEN 'taken' ELSE 'pending' END, 100,
       CASE WHEN n % 2 = 0 THEN now() END, CASE WHEN n % 2 = 0 THEN tap.p(CASE WHEN n % 100 = 8 THEN 'berta' ELSE 'bruno' END) END FROM generate_series(1, 5000) AS n;
UPDATE notice SET state = 'void' WHERE id > 900000 AND id % 7 = 1 AND state = 'pending';
UPDATE notice SET state = 'returned', state_reason_id = tap.reason('notice_returned') WHERE id > 900000 AND id % 11 = 3 AND state = 'pending';
UPDATE notice SET state = 'partial', invoiced_cents = 50 WHERE id > 900000 AND id % 13 = 4 AND state = 'taken';
UPDATE notice SET answered_at = now() - id % 5 * interval '1 minute' WHERE id > 900000 AND id % 17 = 5;
SET LOCAL session_replication_role = origin;
SELECT tap.given('owner', 'SELECT find_actions_again()') \g /dev/null
ANALYZE action, notice, offer, action_search, client;

CREATE FUNCTION tap.paged_actions(typed text, size integer, forward boolean) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    page bigint[];
    ids  bigint[] := '{}';
BEGIN
    PERFORM tap.become('carmen');
    LOOP
        page := ARRAY(SELECT found_actions(typed, true, forward, size, (SELECT number FROM action WHERE id = page[cardinality(page)])));
        EXIT WHEN page = '{}' OR cardinality(ids) > 20000;
        ids := ids || page;
    END LOOP;
    PERFORM tap.become('superuser');
    RETURN ids;
END
$$;
CREATE FUNCTION tap.paged_notices(typed text, which text, size integer, forward boolean, area bigint DEFAULT NULL, rep bigint DEFAULT NULL) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    page bigint[];
    at   notice;
    ids  bigint[] := '{}';
BEGIN
    PERFORM tap.become('berta');
    LOOP
        page := ARRAY(SELECT listed_notices(typed, which, forward, size, at.id, at.waits_since, notice_turn(at.state), area, rep));
        EXIT WHEN page = '{}' OR cardinality(ids) > 20000;
        SELECT * INTO at FROM notice WHERE id = page[cardinality(page)];
        ids := ids || page;
    END LOOP;
    PERFORM tap.become('superuser');
    RETURN ids;
END
$$;
CREATE FUNCTION tap.reversed(ids bigint[]) RETURNS bigint[] LANGUAGE sql AS $$
    SELECT coalesce(array_agg(id ORDER BY place DESC), '{}') FROM unnest(ids) WITH ORDINALITY AS listed (id, place)
$$;
SELECT is(ARRAY[paged_actions(typed, size, true)::text, tap.reversed(paged_actions(typed, size, false))::text],
          array_fill(ARRAY(SELECT a.id FROM action AS a JOIN client AS c ON c.id = a.client_id
                            WHERE a.is_open AND (typed IS NULL OR a.number::text = typed OR ' ' || fold(title) LIKE '% ' || typed || '%' OR search_text LIKE '% ' || typed || '%')
                            ORDER BY number DESC)::text, ARRAY[2]),
          format('actions by %s, found by: %s', size, coalesce(typed, 'all')))
  FROM unnest(ARRAY[NULL, 'raro', 'rar', 'rareza', 'corriente', 'lo de s', 'siempre', '900042', 'zumos', 'qq']) AS typed, unnest('{7,1000}'::integer[]) AS size
 WHERE size > 7 OR typed IN ('raro', 'rareza', 'zumos', '900042');
SELECT is(ARRAY[paged_notices(typed, which, size, true)::text, tap.reversed(paged_notices(typed, which, size, false))::text],
          array_fill(ARRAY(SELECT n.id FROM notice AS n JOIN offer AS o ON o.id = n.offer_id JOIN action AS a ON a.id = n.action_id JOIN client AS c ON c.id = a.client_id
                            WHERE CASE which WHEN 'all' THEN true WHEN 'invoiced' THEN n.state = 'invoiced' WHEN 'void' THEN n.state = 'void' WHEN 'mine' THEN n.taken_by = p('berta')
                                             WHEN 'others' THEN n.taken_by <> p('berta') WHEN 'returned' THEN n.state = 'returned' WHEN 'partial' THEN n.state = 'partial'
                                             WHEN 'pending' THEN n.state = 'pending' WHEN 'taken' THEN n.state = 'taken'
                                             WHEN 'late' THEN n.state = 'pending' AND coalesce(n.answered_at, n.made_at) <= working_hours_before(4, now())
                                             ELSE n.state IN ('pending', 'taken', 'returned', 'partial') END
                              AND (typed IS NULL OR search_text LIKE '% ' || typed || '%' OR offer_number(o.year, o.serial, o.revision) LIKE typed || '%')
                            ORDER BY CASE WHEN which NOT IN ('all', 'invoiced', 'void') THEN array_position('{pending,taken,returned,partial}', n.state) END,
                                     CASE WHEN which NOT IN ('all', 'invoiced', 'void') THEN coalesce(n.answered_at, n.made_at) END, CASE WHEN which NOT IN ('all', 'invoiced', 'void') THEN n.id END, n.id DESC)::text, ARRAY[2]),
          format('notices, %s by %s, found by: %s', which, size, coalesce(typed, 'all')))
  FROM unnest(ARRAY[NULL, 'raro', 'rareza', 'corriente', '2001-0', '2001-0004', '2001-00042', to_char(today(), 'YYYY-'), 'zumos', 'qq', '-']) AS typed,
       unnest('{all,invoiced,void,waiting,mine,others,late,pending,taken,returned,partial}'::text[]) AS which, unnest('{7,1000}'::integer[]) AS size
 WHERE size > 7 OR typed IN ('raro', 'zumos', '2001-00042');
SELECT ok(cardinality(paged_notices(NULL, which, 1000, true)) > 10, 'there are some: ' || which) FROM unnest('{void,others,late,pending,taken,returned,partial}'::text[]) AS which;
-- By the number of an invoice, however it is typed, beside what is found otherwise. Asked once: that takes its time among so many.
SELECT n('O2') AS o2 \gset
SELECT tap.given('berta', $$SELECT record_invoice(gen_random_uuid(), tap.n('O2'), tap.nv('O2'), 'FV', '00471', today(), 10, 0, 10)$$) \g /dev/null
SELECT is(paged_notices(typed, which, 1, forward), ARRAY[:o2]::bigint[], format('%s by an invoice: %s, forward: %s', which, typed, forward))
  FROM unnest('{fv 00471,FV-00471,fv00471,00471,471}'::text[]) AS typed, unnest('{all,waiting,mine,partial}'::text[]) AS which, unnest('{t,f}'::boolean[]) AS forward;
SELECT is(paged_notices(typed, which, 60, true), '{}', format('%s by no invoice: %s', which, typed))
  FROM (VALUES ('47', 'all'), ('fv', 'all'), ('4711', 'all'), ('0', 'all'), ('471', 'invoiced'), ('471', 'pending')) AS of (typed, which);
SELECT is(tried(who, format('SELECT string_agg(id::text, '' '') FROM found_own_notices(%L, %L, NULL, NULL, true, 60, NULL, NULL)', typed, which)), found,
          format('%s of %s by an invoice: %s', which, who, typed))
  FROM (VALUES ('luis', 'all', '471', :'o2'), ('luis', 'partial', 'FV 471', NULL), ('luis', 'waiting', 'fv/00471', :'o2'), ('ana', 'all', '471', NULL)) AS of (who, which, typed, found);
-- Behind a figure: of an area, of a rep. A program that knows neither turns the same pages.
SELECT tap.given('marta', $$SELECT save_area(gen_random_uuid(), NULL, NULL, 'Zonas verdes', true)$$),
       tap.given('owner', $$UPDATE division SET area_id = (SELECT id FROM area WHERE name = 'Zonas verdes') WHERE name = 'd3'$$) \g /dev/null
SELECT id AS area FROM area WHERE name = 'Zonas verdes' \gset
SELECT is(paged_notices(typed, which, 1, forward, NULL, p('luis')), CASE WHEN forward THEN ARRAY[n('O3'), n('O2')] ELSE ARRAY[n('O2'), n('O3')] END,
          format('notices of a rep: %s, found by: %s', which, coalesce(typed, 'all')))
  FROM unnest('{all,waiting}'::text[]) AS which, unnest(ARRAY[NULL, 'zumos']) AS typed, unnest('{t,f}'::boolean[]) AS forward;
SELECT is(paged_notices(typed, which, 60, true, :area), ARRAY[n('O3')], format('of an area: %s', which)) FROM unnest('{all,waiting,pending}'::text[]) AS which, unnest(ARRAY[NULL, 'zumos']) AS typed;
SELECT is(paged_notices(NULL, 'all', 60, true, :area, p('ana')), '{}', 'of both');
SELECT is(ARRAY(SELECT found_notices(NULL, which, true, 50, p.id, p.made_at, notice_turn(p.state))), ARRAY(SELECT listed_notices(NULL, which, true, 50, p.id, p.waits_since, notice_turn(p.state), NULL, NULL)),
          'what an older program asks for: ' || which) FROM notice AS p, unnest('{all,waiting,late}'::text[]) AS which WHERE p.id = (SELECT min(id) FROM notice WHERE id > 902000 AND answered_at IS NOT NULL AND state = 'pending');
SELECT is(tried('carmen', format('SELECT string_agg(title, '' | '' ORDER BY number DESC) FROM listed_actions(%L, true, true, 60, NULL, %s, %s) AS found JOIN action ON action.id = found', typed, area, rep)),
          wanted, format('actions of area %s and rep %s', area, rep))
  FROM unnest(ARRAY[NULL, 'zumos']) AS typed,
       (VALUES (:'area', 'NULL', 'Jardines'), ('NULL', p('ana')::text, 'Pintura'), (:'area', p('ana')::text, NULL)) AS of (area, rep, wanted);
SELECT is(tried('ana', format('SELECT count(*) FROM listed_actions(NULL, true, true, 60, NULL, NULL, %s)', p('luis'))), '0', 'a rep is told nothing of another one''s actions');
SELECT is(tried(who, format('SELECT count(*) FROM found_notices(%L, %L, true, 60, NULL)', typed, which)), '0', format('%s is told nothing of notices: %s', who, which))
  FROM unnest('{ana,luis}'::text[]) AS who, unnest(ARRAY[NULL, 'raro', '2001']) AS typed, unnest('{all,waiting}'::text[]) AS which;
SELECT is(tried(who, $$SELECT count(*) FROM found_notices('zumos', 'all', true, 60, NULL)$$), '3', who || ' is told of all') FROM unnest('{berta,carmen,marta}'::text[]) AS who;

-- What is behind the dashboard's figures.
CREATE FUNCTION tap.paged_offers(which text, typed text, size integer, forward boolean, since date DEFAULT NULL, until date DEFAULT NULL,
    area bigint DEFAULT NULL, rep bigint DEFAULT NULL, who text DEFAULT 'carmen') RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    page record;
    ids  bigint[] := '{}';
    seen integer;
    at   text;
BEGIN
    PERFORM tap.become(who);
    LOOP
        seen := 0;
        FOR page IN SELECT * FROM found_offers(typed, which, since, until, area, rep, forward, size, at, ids[cardinality(ids)]) LOOP
            ids := ids || page.id;
            at := page.at;
            seen := seen + 1;
        END LOOP;
        EXIT WHEN seen < size OR cardinality(ids) > 20000;
    END LOOP;
    PERFORM tap.become('superuser');
    RETURN ids;
END
$$;
SET LOCAL session_replication_role = replica;
UPDATE offer SET state = (ARRAY['presented', 'rejected', 'withdrawn', 'draft', 'superseded', 'approved'])[id % 6 + 1],
       state_reason_id = CASE WHEN id % 6 IN (1, 2) THEN (SELECT min(id) FROM reason) END,
       valid_until = CASE WHEN id % 6 = 5 THEN today() ELSE today() + (id % 40)::integer - 20 END,
       approved_on = CASE id % 6 WHEN 5 THEN today() - (id % 99)::integer END, notice_id = CASE id % 6 WHEN 5 THEN id END,
       rejected_at = CASE id % 6 WHEN 1 THEN now() - id % 99 * interval '1 day' END,
       presented_at = CASE WHEN id % 6 <> 3 THEN presented_at END, year = CASE WHEN id % 6 <> 3 THEN year END, serial = CASE WHEN id % 6 <> 3 THEN serial END
 WHERE id > 900000;
INSERT INTO state_change (entity, row_id, action_id, from_state, to_state, at)
SELECT 'offer', id, action_id, 'presented', 'withdrawn', now() - id % 99 * interval '1 day' FROM offer WHERE id > 900000 AND state = 'withdrawn';
SET LOCAL session_replication_role = origin;
ANALYZE offer;
SELECT is(ARRAY[paged_offers(which, typed, size, true)::text, tap.reversed(paged_offers(which, typed, size, false))::text],
          array_fill(ARRAY(SELECT o.id FROM offer AS o JOIN action AS a ON a.id = o.action_id JOIN client AS c ON c.id = a.client_id
                            WHERE CASE which WHEN 'all' THEN o.state <> 'superseded' WHEN 'presented' THEN o.state = which AND o.valid_until >= today()
                                             WHEN 'expired' THEN o.state = 'presented' AND o.valid_until < today() ELSE o.state = which END
                              AND (typed IS NULL OR search_text LIKE '% ' || typed || '%' OR ' ' || fold(a.title) LIKE '% ' || typed || '%'
                                   OR offer_number(o.year, o.serial, o.revision) LIKE typed || '%')
                            ORDER BY CASE WHEN which = 'presented' THEN o.valid_until END,
                                     CASE which WHEN 'approved' THEN o.approved_on WHEN 'expired' THEN o.valid_until END DESC NULLS LAST,
                                     CASE WHEN which = 'rejected' THEN o.rejected_at END DESC NULLS LAST,
                                     CASE WHEN which = 'presented' THEN o.id END, o.id DESC)::text, ARRAY[2]),
          format('offers, %s by %s, found by: %s', which, size, coalesce(typed, 'all')))
  FROM unnest(ARRAY[NULL, 'raro', 'corriente', '2001-0004', 'zumos', 'qq']) AS typed,
       unnest('{all,presented,expired,draft,approved,rejected,withdrawn}'::text[]) AS which, unnest('{7,1000}'::integer[]) AS size
 WHERE size > 7 OR typed IN ('raro', '2001-0004');
SELECT is(cardinality(paged_offers(which, NULL, 1000, true, today() - 30, today() - 10)),
          (SELECT count(*)::integer FROM offer AS o
            WHERE CASE which WHEN 'approved' THEN o.state = 'approved' AND o.approved_on BETWEEN today() - 30 AND today() - 10
                             WHEN 'expired' THEN o.state = 'presented' AND o.valid_until BETWEEN today() - 30 AND today() - 10
                             WHEN 'rejected' THEN o.state = 'rejected' AND (o.rejected_at AT TIME ZONE setting_value('timezone'))::date BETWEEN today() - 30 AND today() - 10
                             ELSE o.state = 'withdrawn' AND EXISTS (SELECT FROM state_change AS s WHERE s.entity = 'offer' AND s.row_id = o.id AND s.to_state = 'withdrawn'
                                      AND (s.at AT TIME ZONE setting_value('timezone'))::date BETWEEN today() - 30 AND today() - 10) END),
          'decided in those days: ' || which)
  FROM unnest('{approved,expired,rejected,withdrawn}'::text[]) AS which;
SELECT is(paged_offers('approved', NULL, 60, true, rep => p('luis')), ARRAY[tap.o('O3'), tap.o('O2')], 'those of a rep');
SELECT is(paged_offers('approved', NULL, 60, true, who => 'ana'), ARRAY[tap.o('O1')], 'a rep is told of his own');
SELECT is(paged_offers('approved', 'zumos', 60, true, who => 'ana'), ARRAY[tap.o('O1')], 'also where he searches');
SELECT is(paged_offers('approved', NULL, 60, true, rep => p('luis'), who => 'ana'), '{}', 'and not of another one''s');

SELECT is(paged_offers('all', '2026-' || repeat('0', 3000), 60, true), '{}', 'no number is that long');
SELECT is(paged_notices('2026-' || repeat('0', 3000), 'all', 60, true), '{}', 'nor a notice''s');

-- One's own, whoever asks for whatever else.
SELECT is(tried(who, $$SELECT string_agg(title, ' | ' ORDER BY number DESC) FROM found_own_actions(NULL, 'mine', 'title', true, 60, NULL, NULL) AS own JOIN action USING (id)$$),
          wanted, who || ' has these actions')
  FROM (VALUES ('ana', 'Pintura'), ('luis', 'Acme en Beta | Jardines'), ('berta', NULL), ('carmen', NULL), ('marta', NULL)) AS own (who, wanted);
SELECT is(tried(who, $$SELECT string_agg(id::text, ',') FROM found_own_notices(NULL, 'all', NULL, NULL, true, 60, NULL, NULL)$$), wanted, who || ' has these notices')
  FROM (VALUES ('ana', n('O1')::text), ('luis', concat_ws(',', n('O3'), n('O2'))), ('berta', NULL), ('marta', NULL)) AS own (who, wanted);
SELECT is(tried('ana', format('SELECT count(*) FROM found_own_actions(%L, %1$L, %1$L, true, 60, %1$L, 0)', ''' OR true OR '' = ''')), '0', 'nothing by a broken quote');
SELECT is(tried('ana', format('SELECT count(*) FROM found_own_notices(NULL, ''all'', NULL, %s, true, 60, NULL, NULL)', p('luis'))), '0', 'nor of another one''s');

-- Next steps: one's own by day, those without one last; and what was typed in step, title and client.
SELECT tap.given(who, format('SELECT set_next_step(gen_random_uuid(), %s, %s, %L, %L)', tap.a(title), tap.av(title), step, today() + days))
  FROM (VALUES ('luis', 'Jardines', 'Regar', NULL::integer), ('luis', 'Acme en Beta', 'Llamar 100 %', 3), ('ana', 'Pintura', 'Medir', 1)) AS own (who, title, step, days) \g /dev/null
CREATE FUNCTION tap.agenda(who text, typed text, forward boolean, size integer, due date DEFAULT NULL, number bigint DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT string_agg(action.title, '' | '' ORDER BY nth) FROM found_own_agenda(%L, %L, %L, %L, %L)'
                                 ' WITH ORDINALITY AS own (id, due, is_owner, nth) JOIN action USING (id) WHERE is_owner', typed, forward, size, due, number))
$$;
SELECT is(agenda(who, NULL, true, 60), wanted, who || ' has these next steps')
  FROM (VALUES ('ana', 'Pintura'), ('luis', 'Acme en Beta | Jardines'), ('berta', NULL), ('carmen', NULL), ('marta', NULL)) AS own (who, wanted);
SELECT is(agenda('luis', NULL, false, 60), 'Jardines | Acme en Beta', 'the last ones, backwards');
SELECT is(agenda('luis', NULL, true, 1), 'Acme en Beta', 'a page');
SELECT is(agenda('luis', NULL, forward, 60, today() + 3, (SELECT number FROM action WHERE id = tap.a('Acme en Beta'))), wanted, 'behind it, and before')
  FROM (VALUES (true, 'Jardines'), (false, NULL)) AS side (forward, wanted);
SELECT is(agenda('luis', typed, true, 60), wanted, 'next steps found by: ' || typed)
  FROM (VALUES ('llam', 'Acme en Beta'), ('100 %', 'Acme en Beta'), ('acme en', 'Acme en Beta'), ('ñu', 'Acme en Beta'), ('zumos', 'Jardines'), ('medir', NULL), ('_', NULL), ('%', 'Acme en Beta'),
               ((SELECT number::text FROM action WHERE id = tap.a('Jardines')), 'Jardines')) AS cases (typed, wanted);

-- A time line is told to those who may see its action, and page by page it is the whole.
CREATE FUNCTION tap.timeline(who text, title text, forward boolean, size integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_keys text := '';
    v_at   text := 'NULL, NULL';
    v_page text;
BEGIN
    LOOP
        v_page := tap.tried(who, format('SELECT string_agg(format(''%%s/%%L, %%L'', key, at, key), '';'' ORDER BY nth)'
            ' FROM (SELECT row_number() OVER () AS nth, key, at FROM found_timeline(%s, %L, %s, %s)) AS line',
            tap.a(title), forward, size, v_at));
        EXIT WHEN v_page IS NULL OR length(v_keys) > 5000;
        v_keys := v_keys || (SELECT string_agg(split_part(line, '/', 1) || ' ', '' ORDER BY nth) FROM string_to_table(v_page, ';') WITH ORDINALITY AS part (line, nth));
        v_at := regexp_replace(v_page, '^.*/', '');
    END LOOP;
    RETURN v_keys;
END
$$;
SELECT is(timeline(who, 'Pintura', forward, 2),
          (SELECT string_agg(key || ' ', '' ORDER BY CASE WHEN forward THEN -nth ELSE nth END)
             FROM (SELECT key, row_number() OVER (ORDER BY at, key) AS nth FROM timeline_overview WHERE action_id = a('Pintura')) AS line), who || ' reads all of it')
  FROM unnest('{ana,berta,carmen,marta}'::text[]) AS who, unnest('{t,f}'::boolean[]) AS forward;
SELECT is(timeline('luis', 'Pintura', true, 60), '', 'nothing of another one''s');
-- What back office's terminals ask at a doorbell, and nobody else is told.
SELECT is(tried('berta', 'SELECT array_agg(w.id) FROM pending_notices() AS w'), ARRAY(SELECT id FROM notice WHERE state = 'pending' ORDER BY waits_since, id)::text,
          'all that is pending, the newest last');
SELECT is(tried('berta', 'SELECT count(*) FROM pending_notices() AS w JOIN notice AS n USING (id) JOIN offer AS o ON o.id = n.offer_id'
                         ' WHERE (w.cents, w.currency, w.label) = (n.total_cents, o.currency, (SELECT name FROM client WHERE id = (SELECT client_id FROM action WHERE id = n.action_id)))'),
          (SELECT count(*) FROM notice WHERE state = 'pending')::text, 'each with its client and amount');
SELECT is(tried(who, 'SELECT count(*) FROM pending_notices()'), '0', who || ' is told nothing') FROM unnest('{ana,carmen,marta}'::text[]) AS who;

CREATE FUNCTION tap.waiting(which text, who text, forward boolean DEFAULT true, typed text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT string_agg(title, '' | '' ORDER BY nth) FROM found_waiting(%L, %L, NULL, NULL, %L, 60, NULL, NULL)'
                                 ' WITH ORDINALITY AS found (id, at, nth) JOIN action USING (id)', typed, which, forward))
$$;
SELECT tap.given('owner', $$UPDATE action SET next_step = 'x', next_step_on = today() - CASE title WHEN 'Pintura' THEN 3 ELSE 1 END, opened_at = now() - interval '90 days'
                             WHERE title IN ('Pintura', 'Jardines')$$),
       tap.given('owner', $$UPDATE action_contact SET since = now() - interval '90 days' WHERE action_id IN
                             (SELECT id FROM action WHERE title IN ('Pintura', 'Jardines'))$$) \g /dev/null
SELECT is(waiting('overdue', 'carmen'), 'Pintura | Jardines', 'what has waited longest comes first');
SELECT is(waiting('overdue', 'carmen', false), 'Jardines | Pintura', 'from the end');
SELECT is(waiting('overdue', 'luis'), 'Jardines', 'a rep''s own');
SELECT is(waiting('overdue', 'carmen', true, 'pint'), 'Pintura', 'by its title');
SELECT is(waiting('quiet', 'carmen'), 'Pintura | Jardines', 'both are quiet');
SELECT tap.given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Pintura'), NULL, 'phone', 'out', now(), 'x', 'x')$$) \g /dev/null
SELECT is(waiting('quiet', 'carmen'), 'Jardines', 'not any more');

CREATE FUNCTION tap.held(who text, typed text DEFAULT NULL, rep bigint DEFAULT NULL, forward boolean DEFAULT true) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT string_agg(division, '' '' ORDER BY nth) FROM found_holds(%L, NULL, %L, %L, 60, NULL, NULL)'
                                 ' WITH ORDINALITY AS found (id, nth) JOIN hold_overview USING (id)', typed, rep, forward))
$$;
SELECT is(held(who), held('carmen'), who || ' may know of all that is held') FROM unnest('{ana,luis,berta,marta}'::text[]) AS who;
SELECT is(string_to_array(held('ana', forward => false), ' '), (SELECT array_agg(name ORDER BY nth DESC) FROM unnest(string_to_array(held('ana'), ' ')) WITH ORDINALITY AS h (name, nth)), 'from the end');
SELECT is(held('ana', 'zumos', p('luis')), 'd2 d3', 'of a client and a rep');
SELECT is(held('ana', 'qq'), NULL, 'of nobody');

SELECT * FROM finish();
ROLLBACK;
