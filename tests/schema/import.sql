-- import_rows(): what is made of the rows, which are refused and why, and that nothing else happens.
\ir lib/world.sql

SELECT tap.given('marta', $$SELECT save_area(gen_random_uuid(), NULL, NULL, 'Energía', true)$$) \g /dev/null

-- The answer in short: how many were imported, and line and rule of each that was not.
CREATE FUNCTION tap.imported(who text, entity text, rows text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text := tap.tried(who, format('SELECT import_rows(gen_random_uuid(), %L, %L)', entity, rows));
BEGIN
    RETURN CASE WHEN answer LIKE '{%' THEN concat_ws(' ', answer::jsonb ->> 'imported', '=' || nullif(answer::jsonb ->> 'unchanged', '0'),
        (SELECT string_agg(concat(r ->> 'line', ':', coalesce(nullif(r ->> 'constraint', ''), r ->> 'column')), ' ' ORDER BY number)
           FROM jsonb_array_elements(answer::jsonb -> 'refused') WITH ORDINALITY AS refused (r, number))) ELSE answer END;
END
$$;

SELECT is(imported('ana', 'client', '[{"line": 2, "name": " Uno SL ", "tax_id": "b-58.818.501", "country": "España", "city": "Vigo"},
    {"line": 3, "legal_name": "Dos SA", "country": "pt", "tax_id": "PT 123"},
    {"line": 4, "name": "Tres", "tax_id": "B58818501"},
    {"line": 5, "name": "Cuatro", "tax_id": "B58818502"},
    {"line": 6, "name": "Cinco", "country": "Narnia"},
    {"line": 7, "city": "Madrid"},
    {"line": 8, "name": "  "},
    {"line": 9, "name": "ACMÉ"},
    {"line": 10, "name": "uno sl", "city": "Lugo"},
    {"line": 11, "name": "uno sl", "city": "VIGO"}]'),
    '3 4:client_tax_id_unique 5:client_tax_id_valid 6:client_country_form 7:name 8:name 9:client_name_once 11:client_name_once',
    'clients: each row by itself');
SELECT is((SELECT string_agg(concat_ws('|', name, legal_name, tax_id, country, city), ', ' ORDER BY id) FROM client WHERE id > c('Beta')),
          'Uno SL|B58818501|ES|Vigo, Dos SA|Dos SA|PT123|PT, uno sl|ES|Lugo', 'as save_client would have written them');
SELECT is((SELECT count(*) FROM audit WHERE table_name = 'client' AND operation = 'insert' AND person_id = p('ana')), 5::bigint,
          'every new row is in the audit trail, under the name of who imported');

SELECT is(imported('berta', 'contact', '[{"line": 2, "client": "acme", "name": "José", "surname": "Gil", "email": "j@x.es"},
    {"line": 3, "client_tax_id": "B-58818501", "name": "Ana", "mobile": "600"},
    {"line": 4, "client": "Nobody", "name": "X"},
    {"line": 5, "name": "X"},
    {"line": 6, "client": "UNO SL", "name": "X"},
    {"line": 7, "client": "Beta", "name": "X", "email": "no address"},
    {"line": 8, "client": "Acme", "name": "jose gil"},
    {"line": 9, "client": "Acme", "name": "José Gil", "email": "other@x.es"},
    {"line": 10, "client": "Acme"}]'),
    '3 4:client_not_found 5:client_required 6:client_not_clear 7:contact_email_form 8:contact_name_once 10:name', 'contacts');
SELECT is((SELECT string_agg(concat_ws('|', client.name, contact.name, email, mobile), ', ' ORDER BY contact.id) FROM contact JOIN client ON client.id = client_id),
          'Acme|José Gil|j@x.es, Uno SL|Ana|600, Acme|José Gil|other@x.es', 'with their clients');

SELECT tap.given('marta', $$SELECT archive_client(gen_random_uuid(), tap.c('Dos SA'), tap.cv('Dos SA'), true)$$) \g /dev/null
SELECT is(imported('marta', 'division', '[{"line": 2, "client": "Beta", "name": "North", "area": "energia"},
    {"line": 3, "client": "Beta", "name": "E1"}, {"line": 4, "client": "Beta", "name": "South", "area": "Nothing"},
    {"line": 5, "client": "Dos SA", "name": "x"}, {"line": 6, "client_tax_id": "PT123", "name": "x"}]'),
    '1 3:division_name_unique 4:area_not_found 5:client_is_archived 6:client_is_archived', 'divisions');
SELECT is((SELECT area.name FROM division JOIN area ON area.id = area_id WHERE division.id = d('North')), 'Energía', 'with their area');

SELECT is(imported('luis', 'client', '[{"line": 2, "name": "Uno SL", "tax_id": "ES B58818501", "country": "España", "city": "Vigo\u00A0"},
    {"line": 3, "name": "Uno SL"}, {"line": 4, "name": "uno sl", "city": "Lugo"}, {"line": 5, "name": "Uno SL", "phone": "1"},
    {"line": 6, "name": "Uno SL", "tax_id": "B12345674", "city": "Jaén"}, {"line": 7, "name": "Dos SA", "tax_id": "PT123", "country": "PT"}]'),
    '1 =3 5:client_name_once 7:client_tax_id_unique', 'what is there with all that it says changes nothing, but for an archived client');
SELECT is(imported('luis', 'contact', '[{"line": 2, "client": "acme", "name": "José", "surname": "Gil", "email": "j@x.es"},
    {"line": 3, "client": "acme", "name": "José Gil", "phone": "1"}]'), '0 =1 3:contact_name_once', 'nor a contact');
SELECT is(imported('luis', 'division', '[{"line": 2, "client": "Beta", "name": "North", "area": "ENERGIA"}, {"line": 3, "client": "Beta", "name": "North", "notes": "x"}]'),
    '0 =1 3:division_name_unique', 'nor a division');
SELECT is(imported('ana', 'client', '[{"line": 2, "name": "Seis\r\n \u00A0SL", "postcode": "8001,00", "phone": "600123456.0"}, {"line": 3, "name": "Siete", "postcode": "8001", "country": "FR"},
    {"line": 4, "name": "Ocho", "phone": "6,00123E+08"}, {"line": 5, "name": "Nueve", "tax_id": "1E+08", "country": "PT"}, {"line": 6, "name": "Diez", "phone": "600.50", "tax_id": "es12.345.678-z"}]'),
    '3 4:import_number_rounded 5:import_number_rounded', 'numbers of spreadsheets');
SELECT is((SELECT string_agg(concat_ws('|', name, tax_id, postcode, phone), ', ' ORDER BY id) FROM client WHERE name IN ('Seis SL', 'Siete', 'Diez')),
          'Seis SL|08001|600123456, Siete|8001, Diez|12345678Z|600.50', 'are what they were');
SELECT is((SELECT string_agg(relation::regclass::text, ' ') FROM pg_locks WHERE mode = 'ShareUpdateExclusiveLock' AND pid = pg_backend_pid()), 'schema_version',
          'one import at a time, and the tables that it fills can be vacuumed');

SELECT ok(proconfig @> '{enable_seqscan=off}', 'no plan of it reads all of a table that was small when it was made')
  FROM pg_proc WHERE proname = 'import_rows' AND pronamespace = 'trato'::regnamespace;

SELECT is(imported('carmen', 'client', '[]'), '42501', 'a supervisor imports nothing');
SELECT is(imported('ana', 'client', '[]'), '0', 'no rows, nothing done');
SELECT is(imported('ana', what, rows), expected, format('refused as a whole: %s %s', what, left(rows, 20)))
  FROM (VALUES ('person', '[]', 'TR001 import_entity_known'), ('client', '{}', 'TR001 import_rows_range'), ('client', NULL, 'TR001 import_rows_range'),
               ('client', (SELECT jsonb_agg(n)::text FROM generate_series(1, 5001) AS n), 'TR001 import_rows_range')) AS tries (what, rows, expected);
SELECT is(imported('ana', 'client', '[1, null, [], "x", {"line": {"a": 1}}]'), '0 :name :name :name :name {"a": 1}:name', 'what are no rows is refused as such');
SELECT is(imported('ana', 'client', format('[{"line": 2, "name": %s}, {"line": 3, "name": "ok", "notes": %s}]',
                                           to_jsonb(repeat('x', 201)), to_jsonb(repeat('x', 1000000)))),
          '0 2:client_name_length 3:client_notes_length', 'too long');
SELECT unalike(tap.tried('ana', $$SELECT import_rows(gen_random_uuid(), 'client', '[{"line": 2, "name": "S3cret", "country": "Narnia"}]')$$), '%S3cret%',
               'values are not answered');

SELECT * FROM finish();
ROLLBACK;
