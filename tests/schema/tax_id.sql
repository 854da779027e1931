-- Spanish tax ids: those of well-known bodies and the examples of the decrees, and what must not
-- pass. The control characters were computed by hand from the formulas.
\ir lib/world.sql

SELECT ok(spanish_tax_id_is_valid(id), 'valid: ' || id)
  FROM unnest(ARRAY[
    '12345678Z', '00000000T', '99999999R', '00000001R', '00000014Z',        -- NIF: 12345678 % 23 = 14
    'X0000000T', 'Y0000000Z', 'Z0000000M', 'X1234567L', 'Y1234567X', 'Z1234567R',   -- NIE
    'K0867756N', 'L0867756N', 'M0867756N',                                  -- K, L, M: NIF's letter
    'A58818501', 'A28015865', 'A80907397', 'B00000000', 'E00000000', 'H00000000',   -- digit
    'Q2826000H', 'P2807900B', 'S2800214E', 'Q2818002D', 'N0000000J', 'W0000000J', 'R0000000J',
    'G00000000', 'G0000000J', 'C00000000', 'D0000000J', 'F00000000', 'J0000000J', 'U00000000',
    'V0000000J']) AS id;                                                    -- either
SELECT ok(NOT spanish_tax_id_is_valid(id), 'not valid: ' || id)
  FROM unnest(ARRAY[
    '12345678A', '12345678', '1234567Z', '123456789Z', '12345678z', '00000000R', 'X0000000R', 'Y0000000T',
    'A58818502', 'A5881850A', 'A5881850', 'B0000000J', 'E0000000J', 'Q28260001', 'Q2826000A', 'P28079002',
    'S2800214A', 'N00000000', 'G00000001', 'G0000000A', 'I00000000', 'O00000000', 'T00000000', 'Ñ00000000',
    '', ' ', 'ES12345678Z', '１２３４５６７８Z', '12345678Z' || chr(10), chr(10) || '12345678Z', 'K0867756A',
    '٠٠٠٠٠٠٠٠T']) AS id;
-- Every number has one letter, every CIF one control: the only ones that pass.
SELECT is(count(*), 200::bigint, 'one letter of 26 fits a number')
  FROM generate_series(0, 99999999, 500003) AS number, generate_series(65, 90) AS letter
 WHERE spanish_tax_id_is_valid(lpad(number::text, 8, '0') || chr(letter));
SELECT is(count(*), 200::bigint, 'one digit of 10 fits a company')
  FROM generate_series(0, 9999999, 50003) AS number, generate_series(48, 57) AS digit
 WHERE spanish_tax_id_is_valid('B' || lpad(number::text, 7, '0') || chr(digit));

CREATE FUNCTION tap.client_with(tax_id text, country text) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried('ana', format('SELECT save_client(gen_random_uuid(), NULL, NULL, ''T'', NULL, %L, NULL,'
        ' NULL, NULL, NULL, %L, NULL, NULL, NULL) ->> ''name''', tax_id, country), false)
$$;
SELECT is(client_with('a-58.818 501', 'es'), 'T', 'typed with dots and blanks');
SELECT is(client_with('A58818502', NULL), '23514 client_tax_id_valid', 'Spain is what nobody says');
SELECT is(client_with('PT 123', 'PT'), 'T', 'others are free');
SELECT is(client_with(repeat('1', 31), 'PT'), '23514 client_tax_id_length');
SELECT is(client_with('x', 'Portugal'), '23514 client_country_form');
SELECT is(client_with('  ', 'ES'), 'T', 'a client may have none');
SELECT tap.given('ana', $$SELECT save_client(gen_random_uuid(), NULL, NULL, 'One', NULL, 'A58818501', NULL, NULL, NULL,
                         NULL, NULL, NULL, NULL, NULL)$$) \g /dev/null
SELECT is(client_with('a58818501', 'ES'), '23505 client_tax_id_unique', 'a tax id is taken once');
SELECT is(client_with('A58818501', 'PT'), 'T', 'in a country');
SELECT refused('owner', $$UPDATE client SET tax_id = 'A58818502' WHERE name = 'One'$$, '23514 client_tax_id_valid');
SELECT refused('owner', $$UPDATE client SET tax_id = 'a58818501' WHERE name = 'One'$$, '23514 client_tax_id_form');
SELECT refused('owner', $$INSERT INTO client (name, tax_id) VALUES ('Two', 'A58818501')$$, '23505 client_tax_id_unique');

SELECT * FROM finish();
ROLLBACK;
