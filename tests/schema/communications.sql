-- Communications: which fields a channel has, how they are found, and that finding shows a rep
-- nothing of another's.
\ir lib/world.sql

CREATE FUNCTION tap.given_talk(who text, action text, channel text, subject text, body text, ago interval DEFAULT '1 hour', contact text DEFAULT NULL)
RETURNS text LANGUAGE sql AS $$
    SELECT tap.given(who, format('SELECT log_communication(gen_random_uuid(), tap.a(%L), (SELECT id FROM contact WHERE name = %L), %L, ''out'', now() - %L::interval, %L, %L)',
                                 action, contact, channel, ago, subject, body))
$$;
SELECT tap.given('ana', $$SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c('Acme'), 'Íñigo Peña', NULL, NULL, NULL, NULL, NULL, true)$$),
       tap.given('ana', $$SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c('Beta'), 'Rosa', NULL, NULL, NULL, NULL, NULL, true)$$),
       tap.given_action('ana', 'Uno', 'd1'), tap.given_action('luis', 'Dos', 'd2'), tap.given_action('luis', 'Tres', 'e1'),
       tap.given_talk('ana', 'Uno', 'phone', 'Llamada de presentación', 'Piden ampliar el PLAZO, «sin falta». S3cret', '1 day', 'Íñigo Peña'),
       tap.given_talk('ana', 'Uno', 'email', 'Precio', E'Nave-nueva:\n1.200 m² más', '2 days'),
       tap.given_talk('luis', 'Dos', 'visit', 'Visita', 'El plazo es corto', '3 days'),
       tap.given_talk('luis', 'Tres', 'letter', 'Carta', 'Devolución del contrato', '40 days', 'Rosa') \g /dev/null

-- ---- the fields of each channel
CREATE FUNCTION tap.logged(channel text, minutes text, tracking text, message text) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried('ana', format('SELECT ''done'' FROM log_communication(gen_random_uuid(), tap.a(''Uno''), NULL, %L, ''in'', now(), ''x'', NULL, %L, %L, %L)',
                                   channel, minutes, tracking, message), false)
$$;
SELECT is(logged(channel, minutes, tracking, message), CASE WHEN channel = ANY (allowed) THEN 'done' ELSE '23514 communication_' || rule || '_channel' END, concat_ws(' ', channel, 'with', minutes, tracking, message))
  FROM unnest('{email,letter,phone,visit,meeting,message,other}'::text[]) AS channel,
       (VALUES ('{phone,meeting,visit}'::text[], '5', NULL, NULL, 'duration_minutes'), ('{letter}', NULL, 'CD1', NULL, 'tracking_number'),
               ('{email}', NULL, NULL, '<1@x>', 'message_id'), ('{email,letter,phone,visit,meeting,message,other}', NULL, NULL, NULL, NULL))
       AS cases (allowed, minutes, tracking, message, rule);
SELECT tap.given('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Uno'), NULL, 'email', 'in', now(), 'Mail', NULL, NULL, NULL, '<mail@x>')$$) \g /dev/null
SELECT works('ana', $$SELECT correct_communication(gen_random_uuid(), (SELECT id FROM communication WHERE subject = 'Mail'), NULL, 'message', 'in', now(), 'Chat', 'no mail')$$,
             'a correction may say that it was no mail');
SELECT refused('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Uno'), NULL, 'email', 'in', now(), 'Mail', NULL, NULL, NULL, '<mail@x>')$$,
               '23505 communication_message_once', 'and the message stays logged once');

-- ---- finding
CREATE FUNCTION tap.found(who text, typed text, client text DEFAULT NULL, contact text DEFAULT NULL, author text DEFAULT NULL, channel text DEFAULT NULL,
                          since date DEFAULT NULL, until date DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT string_agg(subject, '' | '' ORDER BY s.happened_at DESC, s.communication_id DESC)
                                    FROM search_communications(%L, tap.c(%L), %L, tap.p(%L), %L, %L, %L, true, NULL, NULL, 10) AS s
                                    JOIN communication AS c ON c.id = s.communication_id',
                                 typed, client, (SELECT id FROM trato.contact WHERE name = $4), author, channel, since, until))
$$;
SELECT is(found('ana', typed), 'Llamada de presentación', 'found by: ' || typed) FROM unnest(ARRAY['plazo', 'PLAZ', 'presentacion', 'ampliar plazo', 'plazo, ampliar', 'sin falta',
    'inigo pena', 'Íñigo plazo', 'ana acme plazo', 'llamada pre']) AS typed;
SELECT is(found('ana', typed), 'Precio', 'found by: ' || typed) FROM unnest(ARRAY['nave', 'nueva', 'nave-nueva', '1.200', '200 m²']) AS typed;
SELECT is(found('ana', typed), NULL, 'nothing: ' || typed) FROM unnest(ARRAY['lazo', 'plazo precio', 'corto', 'contrato', 'luis', 'beta']) AS typed;
SELECT is(found('ana', typed), found('ana', NULL), 'nothing to look for restricts nothing: ' || typed) FROM unnest(ARRAY['', '...', '  ', '''', ':*', '\', '&!|']) AS typed;
SELECT is(found('luis', 'plazo'), 'Visita');
SELECT is(found(who, 'plazo'), 'Llamada de presentación | Visita', who || ' finds all, the newest first') FROM unnest('{berta,carmen,marta}'::text[]) AS who;
SELECT is(found(who, 'plazo contrato'), NULL, who) FROM unnest('{luis,marta}'::text[]) AS who;
SELECT is(found('marta', 'pl', 'Acme', 'Íñigo Peña'), 'Llamada de presentación');
SELECT is(found('marta', NULL, 'Beta'), 'Carta', 'of a client');
SELECT is(found('luis', NULL, 'Acme'), 'Visita', 'of a client, what is one''s own');
SELECT is(found('marta', NULL, NULL, 'Rosa'), 'Carta', 'of a contact');
SELECT is(found(who, NULL, NULL, NULL, 'luis'), 'Visita | Carta', 'of an author') FROM unnest('{luis,marta}'::text[]) AS who;
SELECT is(found(who, NULL, NULL, NULL, 'luis', 'letter'), 'Carta', 'of a channel') FROM unnest('{luis,marta}'::text[]) AS who;
SELECT is(found(who, NULL, NULL, NULL, 'luis', NULL, today() - 3), 'Visita', 'from a day on') FROM unnest('{luis,marta}'::text[]) AS who;
SELECT is(found(who, NULL, NULL, NULL, 'luis', NULL, NULL, today() - 4), 'Carta', 'until a day') FROM unnest('{luis,marta}'::text[]) AS who;
SELECT is(found('marta', NULL, NULL, NULL, NULL, 'fax'), NULL);

-- ---- page by page, there and back, however it is found
CREATE FUNCTION tap.paged(who text, typed text, forward boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_row  record;
    v_at   timestamptz;
    v_id   bigint;
    v_seen text := '';
BEGIN
    PERFORM tap.become(who);
    LOOP
        SELECT s.communication_id, s.happened_at INTO v_row FROM search_communications(typed, NULL, NULL, NULL, NULL, NULL, NULL, forward, v_at, v_id, 1) AS s;
        EXIT WHEN NOT FOUND;
        v_seen := CASE WHEN forward THEN v_seen || ' ' || v_row.communication_id ELSE v_row.communication_id || ' ' || v_seen END;
        v_at := v_row.happened_at;
        v_id := v_row.communication_id;
    END LOOP;
    PERFORM tap.become('superuser');
    RETURN btrim(v_seen);
END
$$;
SELECT is(paged(who, typed, true), paged(who, typed, false), format('%s pages through %s', who, coalesce(typed, 'all'))) FROM unnest('{ana,luis,marta}'::text[]) AS who,
       unnest(ARRAY[NULL, 'plazo', 'a']) AS typed;
SELECT is(array_length(string_to_array(paged('marta', NULL, true), ' '), 1), (SELECT count(*)::integer FROM communication_search), 'and meets every one once');
SELECT is((SELECT count(*) FROM communication_search), (SELECT count(*) FROM communication AS c WHERE NOT EXISTS (SELECT FROM communication WHERE corrects_id = c.id)),
          'the latest version of each');

-- ---- it follows every change
SELECT tap.given('ana', $$SELECT correct_communication(gen_random_uuid(), (SELECT id FROM communication WHERE subject = 'Precio'), NULL, 'email', 'out', now(), 'Tarifa', 'Otra cosa')$$) \g /dev/null
SELECT is(found('ana', 'nave'), NULL, 'what was corrected is not found');
SELECT is(found('ana', 'tarifa'), 'Tarifa', 'its correction is');
SELECT tap.given('owner', $$UPDATE contact SET name = 'Marisa' WHERE name = 'Íñigo Peña'$$), tap.given('owner', $$UPDATE client SET name = 'Zeta' WHERE name = 'Beta'$$),
       tap.given('owner', $$UPDATE person SET name = 'Luisa' WHERE name = 'Luis'$$) \g /dev/null
SELECT is(found('marta', 'marisa plazo'), 'Llamada de presentación', 'a contact has another name');
SELECT is(found('marta', 'zeta luisa'), 'Carta', 'a client, a person, too');
SELECT is(found('marta', typed), NULL, 'the old name is gone: ' || typed) FROM unnest('{inigo,beta}'::text[]) AS typed;
SELECT tap.given('marta', $$SELECT merge_clients(gen_random_uuid(), tap.c('Acme'), tap.cv('Acme'), tap.c('Zeta'))$$) \g /dev/null
SELECT is(found('marta', 'acme contrato'), 'Carta', 'and what became another client''s');
CREATE TEMP TABLE kept AS SELECT * FROM communication_search;
SELECT tap.given('owner', 'SELECT find_communications_again()') \g /dev/null
SELECT set_eq('SELECT * FROM communication_search', 'SELECT * FROM kept', 'it is as it would be made anew');

-- ---- nothing of another's
SELECT is(found('luis', typed), NULL, 'luis does not find: ' || typed) FROM unnest('{s3cret,ampliar,tarifa,marisa}'::text[]) AS typed;
SELECT is(found('luis', 's3cret', 'Acme'), NULL);
SELECT is(found('luis', NULL, NULL, 'Marisa'), NULL, 'not by the contact');
SELECT is(found('luis', NULL, NULL, NULL, 'ana'), NULL, 'not by the author');
SELECT is(found('eva', NULL), NULL, 'who has no action finds nothing');
SELECT is(tried('luis', $$SELECT count(*) FROM communication_search WHERE action_id = tap.a('Uno')$$), '0');
SELECT is(tried('luis', $$SELECT count(*) FROM communication_search WHERE words @@ 's3cret' AND 1 / (communication_id - communication_id) = 1$$), '0', 'no leaky expression');
SELECT is(told('luis', format('SELECT * FROM search_communications(%L, %s, %s, %s, NULL, NULL, NULL, true, %L, %s, 5)', typed, id, id, id, edge, id)), 'not refused',
          format('no error tells anything: %s, %s, %s', left(typed, 10), id, edge))
  FROM unnest(ARRAY['s3cret', '''; SELECT 1', 'a'':* | ''b', repeat('x ', 5000), repeat('ñ', 3000), E'\u0001\u202e']) AS typed,
       unnest('{-1,1,9223372036854775807}'::bigint[]) AS id, unnest('{-infinity,infinity}'::text[]) AS edge;
-- The words of others are never looked up for a rep.
CREATE FUNCTION tap.index_scans() RETURNS bigint LANGUAGE sql AS $$ SELECT pg_stat_get_xact_numscans('communication_search_words'::regclass) $$;
SET LOCAL enable_seqscan = off;
SELECT index_scans() AS before \gset
SELECT found('luis', 's3cret'), found('luis', 'plazo'), found('luis', 's3cret', 'Acme'), found('luis', 's3cret', NULL, NULL, 'ana') \g /dev/null
SELECT is(index_scans(), :before::bigint, 'a rep''s search leaves the index of words alone');
SELECT found('marta', 's3cret') \g /dev/null
SELECT cmp_ok(index_scans(), '>', :before::bigint, 'a manager''s uses it');
RESET enable_seqscan;

-- Leaving closes it, joining opens it.
SELECT tap.given('ana', $$SELECT add_collaborator(gen_random_uuid(), tap.a('Uno'), tap.p('luis'))$$) \g /dev/null
SELECT is(found('luis', 's3cret'), 'Llamada de presentación');
SELECT tap.given('ana', $$SELECT remove_collaborator(gen_random_uuid(), tap.a('Uno'), tap.p('luis'))$$) \g /dev/null
SELECT is(found('luis', 's3cret'), NULL);
SELECT refused('luis', 'SELECT find_communications_again()', '42501');
SELECT refused(who, $$UPDATE communication_search SET words = ''$$, '42501') FROM unnest('{luis,marta}'::text[]) AS who;

-- ---- the line around what was found
SELECT is(text_excerpt(E'Uno\ndos', 'x'), 'Uno dos');
SELECT is(text_excerpt(NULL, 'x'), NULL);
SELECT is(text_excerpt(repeat('bla ', 50) || 'el Próximo paso: llamar', 'proximo'), '… ' || repeat('bla ', 11) || 'el Próximo paso: llamar');
SELECT ok(length(text_excerpt(repeat('x', 100000) || ' fin', 'fin')) < 410);

SELECT * FROM finish();
ROLLBACK;
