-- What clients are found by, and which of them are taken for the same.
\ir lib/world.sql

CREATE FUNCTION tap.given_client(name text, tax_id text DEFAULT NULL, city text DEFAULT NULL, phone text DEFAULT NULL, website text DEFAULT NULL)
RETURNS text LANGUAGE sql AS $$
    SELECT tap.given('ana', format('SELECT save_client(gen_random_uuid(), NULL, NULL, %L, NULL, %L, NULL, %L, NULL, NULL, NULL, %L, %L, NULL)',
                                   name, tax_id, city, phone, website))
$$;
CREATE FUNCTION tap.given_contact(client text, name text, email text, phone text) RETURNS text LANGUAGE sql AS $$
    SELECT tap.given('ana', format('SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c(%L), %L, NULL, %L, %L, NULL, NULL, true)', client, name, email, phone))
$$;
SELECT tap.given_client('Bodegas del Duero, S.L.', 'B12345674', 'Peñafiel', '+34 983 12 34 56', 'https://www.bodegas-duero.es/vinos'),
       tap.given_client('Coca-Cola «Norte»', NULL, 'León', '987 11 22 33', 'coca.example'), tap.given_client('Ñandú & Hijos'),
       tap.given_contact('Bodegas del Duero, S.L.', 'Íñigo Peña', 'inigo.pena@correo.example', '0034 600-700-800') \g /dev/null

-- By whatever is known of it, as a rep.
CREATE FUNCTION tap.found(typed text) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried('luis', format('SELECT string_agg(client.name, '' | '' ORDER BY rank, word, found.name_folded, found.client_id)
                                       FROM found_clients(%L, true, 60) AS found JOIN client ON client.id = client_id', typed))
$$;
SELECT is(found(typed), 'Bodegas del Duero, S.L.', 'found by: ' || typed) FROM unnest(ARRAY['bodegas', 'BODÉGAS', 'duero bod', 'duero, bodegas', 'b12345674', 'B-12.345.674',
    'peñafiel', 'penafiel duero', '983123456', '983 12', '+34 983', '0034983123456', 'bodegas-duero.es', 'www.bodegas-duero.es', 'https://bodegas-duero.es/x', 'iñigo',
    'pena inigo', 'inigo.pena@correo.example', '@correo.example', '600700', '600 700 800', '+34600700800', 'inigo duero']) AS typed;
SELECT is(found(typed), 'Coca-Cola «Norte»', 'found by: ' || typed) FROM unnest(ARRAY['coca-cola', 'cola coca', 'norte', '«norte', 'COLA']) AS typed;
SELECT is(found('nandu &'), 'Ñandú & Hijos');
SELECT is(found(typed), 'Ñandú & Hijos', 'the beginning of the name: ' || typed) FROM unnest('{ñ,NA}'::text[]) AS typed;
SELECT is(found(typed), NULL, 'nothing: ' || typed) FROM unnest(ARRAY['odegas', 'bodegas cola', '%', '_____', '\', '...', '   ', '''', '@', '()']) AS typed;

-- It follows every change.
SELECT tap.given('ana', $$SELECT save_contact(gen_random_uuid(), (SELECT id FROM contact WHERE name = 'Íñigo Peña'), 1, NULL, 'Marisa', NULL, NULL, NULL, NULL, NULL, true)$$) \g /dev/null
SELECT is(found('inigo'), NULL, 'a contact that has another name is not found by the old one');
SELECT is(found('marisa'), 'Bodegas del Duero, S.L.');
SELECT tap.given('owner', $$UPDATE client SET city = 'Aranda' WHERE name LIKE 'Bodegas%'$$) \g /dev/null
SELECT is(found('aranda marisa'), 'Bodegas del Duero, S.L.');
SELECT is(found('penafiel'), NULL);
CREATE TEMP TABLE kept AS SELECT * FROM client_search;
CREATE TEMP TABLE kept_word AS SELECT * FROM client_word;
SELECT is((SELECT count(*) FROM client), count(*), 'every client stands there') FROM kept;
SELECT tap.given('owner', 'SELECT find_all_again()') \g /dev/null
SELECT set_eq('SELECT * FROM client_search', 'SELECT * FROM kept', 'as it would be made anew');
SELECT set_eq('SELECT * FROM client_word', 'SELECT * FROM kept_word', 'word by word');
SELECT is(found('aranda marisa'), 'Bodegas del Duero, S.L.', 'and anew');

-- Those come first that have it in their name, then in their data, then with a contact; each once.
SELECT tap.given_client('Rosaleda Norte'), tap.given_client('Viveros Rosales y Rosal'), tap.given_client('Aguas Claras', NULL, 'Rosas'),
       tap.given_client('Barnices Mar'), tap.given_contact('Barnices Mar', 'Rosa Rosales', 'rosa@barnices.example', NULL),
       tap.given_contact('Rosaleda Norte', 'Rosa Mar', NULL, NULL) \g /dev/null
SELECT is(found('rosa'), 'Rosaleda Norte | Viveros Rosales y Rosal | Aguas Claras | Barnices Mar', 'name, data, contacts');
SELECT is(found('rosa mar'), 'Rosaleda Norte | Barnices Mar', 'several words: in the order of the first');
SELECT is(found('mar rosa'), 'Barnices Mar | Rosaleda Norte');
SELECT is(found('y rosa'), 'Viveros Rosales y Rosal', 'small words are looked for last');

-- Page by page, forwards and backwards, it is the whole list.
CREATE FUNCTION tap.paged(typed text, size integer, forward boolean, archived boolean DEFAULT true) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    page client_word[];
    at   client_word;
    ids  bigint[] := '{}';
BEGIN
    LOOP
        page := ARRAY(SELECT w FROM found_clients(typed, forward, size, at.client_id, at.rank, at.word, at.name_folded, archived) AS w);
        EXIT WHEN page = '{}' OR cardinality(ids) > 100000;
        at := page[cardinality(page)];
        ids := ids || ARRAY(SELECT client_id FROM unnest(page));
    END LOOP;
    RETURN array_to_string(ids, ',');
END
$$;
CREATE FUNCTION tap.reversed(ids text) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(string_agg(id, ',' ORDER BY place DESC), '') FROM unnest(string_to_array(ids, ',')) WITH ORDINALITY AS listed (id, place)
$$;
SELECT tap.given_client('Sala ' || n || CASE n % 3 WHEN 0 THEN ' Rosal' ELSE '' END, NULL, (ARRAY['Rosas', 'León', NULL])[1 + n % 3]) FROM generate_series(1, 30) AS n \g /dev/null
SELECT tap.given_contact('Sala ' || n, 'Rosalía Sala', 'rosa@sala.example', NULL) FROM generate_series(1, 30) AS n WHERE n % 3 > 0 \g /dev/null
SELECT is(cardinality(string_to_array(paged('sala', 100, true), ',')), 30, 'all of them');
SELECT is(ARRAY[paged(typed, size, true), tap.reversed(paged(typed, size, false))], ARRAY[paged(typed, 100, true), paged(typed, 100, true)],
          format('%s by %s, and from the end', coalesce(typed, 'all'), size))
  FROM unnest(ARRAY[NULL, 's', 'sa', 'sala', 'ros', 'rosal', 'sala ros', 'ros sala', 'rosas sala ro', 'zzz']) AS typed, unnest('{1,3,7}'::integer[]) AS size;
SELECT tap.given('owner', $$UPDATE client SET archived = true WHERE name = 'Sala 7'$$) \g /dev/null
SELECT is(cardinality(string_to_array(paged('sala', 4, true, false), ',')), 29, 'without those that are archived');
SELECT is(cardinality(string_to_array(paged('sala ros', 4, true, false), ',')), 29);
SELECT is(cardinality(string_to_array(paged('sa', 4, true, false), ',')), 29);

-- Frequent words, of which none is looked up by itself: the same is found.
CREATE FUNCTION tap.words_of(typed text) RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM client WHERE NOT EXISTS (SELECT FROM unnest(typed_words(typed)) AS its (word)
        WHERE NOT EXISTS (SELECT FROM client_word WHERE client_id = client.id AND starts_with(client_word.word, its.word)))
$$;
SET LOCAL session_replication_role = replica;
INSERT INTO client (id, name, city) OVERRIDING SYSTEM VALUE
SELECT 1000000 + n, CASE n % 2 WHEN 0 THEN 'Zumos Frescos ' ELSE 'Aceites Finos ' END || n, CASE WHEN n % 700 < 2 THEN 'Frescos Finos' ELSE 'Madrid' END
  FROM generate_series(1, 4200) AS n;
-- Some fit behind many that do not, and before those in which the word stands further back.
INSERT INTO client (id, name) OVERRIDING SYSTEM VALUE
SELECT 1010000 + n, CASE WHEN n > 5 THEN 'Zumos y Aceites ' ELSE 'Aceites Zurbano Zumos ' END || n FROM generate_series(1, 65) AS n;
SET LOCAL session_replication_role = origin;
SELECT tap.given('owner', 'SELECT find_all_again()') \g /dev/null
SELECT is(ARRAY[cardinality(string_to_array(paged(typed, 50, true), ','))::text, tap.reversed(paged(typed, 50, false))],
          ARRAY[words_of(typed)::text, paged(typed, 50, true)], 'frequent words: ' || typed)
  FROM unnest(ARRAY['zumos frescos', 'zumos finos', 'aceites frescos', 'finos frescos', 'zumos finos madrid', 'madrid fi', 'fi zumos', 'aceites zumos']) AS typed;

SELECT is(ARRAY(SELECT id FROM unnest(clients_of_words(words)) AS id ORDER BY 1),
          ARRAY(SELECT id FROM unnest(clients_with_words(ARRAY(SELECT id FROM client), words)) AS id ORDER BY 1),
          'beginnings of few words and of many: ' || words::text)
  FROM (VALUES ('{zumos,frescos}'::text[]), ('{zumos,41}'), ('{1,12}'), ('{1,12,123,zumos}'), ('{1,madrid,zu}'), ('{zumos,zzz}')) AS asked (words);
SELECT isnt(clients_of_words('{1,12,zumos}'), '{}', 'and there are some');

-- Who has more words than stand together is found by them all the same.
SELECT tap.given('owner', $$INSERT INTO contact (client_id, name, email) SELECT tap.c('Acme'), 'Zumos Finos', 'c' || n || '@frescos.example' FROM generate_series(1, 1100) AS n$$) \g /dev/null
SELECT is((SELECT words::text FROM client_search WHERE client_id = tap.c('Acme')), NULL, 'too many words');
SELECT is(ARRAY[cardinality(string_to_array(paged(typed, 50, true), ','))::text, (',' || paged(typed, 50, true) || ',' LIKE '%,' || tap.c('Acme') || ',%')::text],
          ARRAY[words_of(typed)::text, 'true'], 'many words: ' || typed) FROM unnest(ARRAY['zumos finos', 'finos frescos', 'frescos zumos fi']) AS typed;

-- The same client?
CREATE FUNCTION tap.similar(name text, tax_id text DEFAULT NULL, website text DEFAULT NULL, phone text DEFAULT NULL, who text DEFAULT 'luis', self bigint DEFAULT NULL)
RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT string_agg(why || '': '' || name, '', '') FROM similar_clients(%L, ''es'', %L, %L, %L, %L)', self, tax_id, name, website, phone))
$$;
SELECT is(similar(name), 'name: Bodegas del Duero, S.L.', 'a similar name: ' || name)
  FROM unnest(ARRAY['Bodegas Duero', 'BODEGAS DUERO SLU', 'bodegas de duero, s.a.', 'Bodega Duero', 'Bodegas del Duero']) AS name;
SELECT tap.given_client('Hermanos Quiroga Peñarroya Aceituneros') \g /dev/null
SELECT is(similar(name), 'name: Hermanos Quiroga Peñarroya Aceituneros', 'all words but one: ' || name)
  FROM unnest(ARRAY['Quiroga Peñarroya Aceituneros', 'Hermanos Quirga Peñarroya Aceitunero', 'Aceituneros Hermanos Quiroga y Pérez Peñarroya']) AS name;
SELECT is(similar(name), NULL, 'another name: ' || name) FROM unnest(ARRAY['Bodegas Ribera', 'Duero', 'S.L.', 'B', '', '%', NULL]) AS name;
SELECT is(similar('X', 'b-12345674'), 'tax_id: Bodegas del Duero, S.L.', 'the same tax id');
SELECT is(similar('X', NULL, 'http://BODEGAS-duero.es'), 'domain: Bodegas del Duero, S.L.', 'the same domain');
SELECT is(similar('X', NULL, NULL, '983123456'), 'phone: Bodegas del Duero, S.L.', 'the same telephone');
SELECT is(similar('X', NULL, NULL, '98'), NULL, 'not every number');
SELECT is(similar('Bodegas Duero', NULL, NULL, NULL, 'luis', tap.c('Bodegas del Duero, S.L.')), NULL, 'never itself');
SELECT is(similar('Bodegas Duero', NULL, NULL, NULL, who), 'name: Bodegas del Duero, S.L.', who || ' is told, too') FROM unnest('{ana,berta,carmen,marta}'::text[]) AS who;
SELECT tap.given_action('ana', 'Acme', 'd1'), tap.given('owner', $$UPDATE client SET website = 'acme.example' WHERE name = 'Acme'$$) \g /dev/null
SELECT is(similar('Y', NULL, 'acme.example'), 'domain: Acme', 'also where the actions are another''s');

-- Who has a tax id is told; the index is the law.
SELECT refused('luis', $$SELECT save_client(gen_random_uuid(), NULL, NULL, 'X', NULL, 'B12345674', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)$$, '23505 client_tax_id_unique');
SELECT alike(told('luis', $$SELECT save_client(gen_random_uuid(), NULL, NULL, 'X', NULL, 'B12345674', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)$$),
             '%client=Bodegas del Duero, S.L.%');
SELECT works('luis', $$SELECT save_client(gen_random_uuid(), tap.c('Bodegas del Duero, S.L.'), tap.cv('Bodegas del Duero, S.L.'), 'Bodegas del Duero, S.L.', NULL, 'B12345674',
                       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)$$, 'its own is no other''s');

-- A name without a word in it leaves none of the old one behind.
SELECT tap.given('ana', $$SELECT save_client(gen_random_uuid(), NULL, NULL, 'Zascandil', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)$$),
       tap.given('ana', $$SELECT save_client(gen_random_uuid(), tap.c('Zascandil'), tap.cv('Zascandil'), '!!!', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)$$)
\g /dev/null
SELECT is((SELECT string_agg(word, ' ') FROM client_word WHERE client_id = tap.c('!!!')), NULL, 'a client without words is not found by those that it had');

-- Nobody writes it by hand, the search least of all.
SELECT refused('ana', 'SELECT find_all_again()', '42501');
SELECT refused('ana', $$UPDATE client_search SET name_key = ''$$, '42501');
SELECT refused('ana', $$DELETE FROM client_word$$, '42501');

SELECT * FROM finish();
ROLLBACK;
