-- Rules 4, 6, 7 and 9: what offers cover, what freezes them, their numbers, their validity; and
-- how amounts are rounded.
\ir lib/world.sql

SELECT tap.given_action('ana', 'Uno', 'd1', 'd2'), tap.given_action('luis', 'Dos', 'd3'),
       tap.given_offer('ana', 'Uno', 'O', 'd1') \g /dev/null

-- Rule 4
SELECT refused('ana', $$SELECT save_offer(gen_random_uuid(), NULL, NULL, tap.a('Uno'), 'x', ARRAY[tap.d('d3')], '[]')$$,
               '23503 offer_division_of_action', 'a division of another action');
SELECT refused('ana', $$SELECT save_offer(gen_random_uuid(), NULL, NULL, tap.a('Uno'), 'x', ARRAY[tap.d('d5')], '[]')$$,
               '23503 offer_division_of_action', 'a division that nobody holds');
SELECT refused('owner', $$INSERT INTO offer_division (offer_id, action_id, division_id)
                          VALUES (tap.o('O'), tap.a('Uno'), tap.d('d3'))$$, '23503 offer_division_of_action');
SELECT refused('owner', $$INSERT INTO offer_division (offer_id, action_id, division_id)
                          VALUES (tap.o('O'), tap.a('Dos'), tap.d('d3'))$$, '23503 offer_division_offer');
SELECT refused('owner', $$INSERT INTO offer_division (offer_id, action_id, division_id, offer_live)
                          VALUES (tap.o('O'), tap.a('Uno'), tap.d('d2'), false)$$, '23503 offer_division_offer',
               'nobody pretends that the offer has ended');
SELECT tap.given('ana', $$SELECT release_division(gen_random_uuid(), tap.a('Uno'), tap.d('d2'))$$) \g /dev/null
SELECT refused('ana', $$SELECT save_offer(gen_random_uuid(), NULL, NULL, tap.a('Uno'), 'x', ARRAY[tap.d('d2')], '[]')$$,
               '23503 offer_division_is_held', 'a division that the action has released');
SELECT tap.given('ana', $$SELECT hold_divisions(gen_random_uuid(), tap.a('Uno'), ARRAY[tap.d('d2')])$$) \g /dev/null
SELECT refused('ana', $$SELECT release_division(gen_random_uuid(), tap.a('Uno'), tap.d('d1'))$$, '23503 offer_division_is_held');

-- What presenting needs
CREATE FUNCTION tap.presenting(divisions text, lines text, valid_until text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    PERFORM tap.given('ana', format('SELECT save_offer(gen_random_uuid(), NULL, NULL, tap.a(''Uno''), ''P'', %s, %L,'
                                    ' p_valid_until => %s)', divisions, lines, valid_until));
    answer := tap.tried('ana', 'SELECT present_offer(gen_random_uuid(), tap.o(''P''), tap.ov(''P''))');
    RAISE EXCEPTION USING ERRCODE = 'UNDO0', MESSAGE = answer;
EXCEPTION WHEN SQLSTATE 'UNDO0' THEN
    RETURN SQLERRM;
END
$$;
SELECT is(presenting('NULL', '[{"description":"a","unit_price":1}]', 'today()'), 'TR001 offer_covers_a_division');
SELECT is(presenting('ARRAY[tap.d(''d1'')]', '[]', 'today()'), 'TR001 offer_has_an_amount');
SELECT is(presenting('ARRAY[tap.d(''d1'')]', '[{"description":"a","unit_price":0}]', 'today()'), 'TR001 offer_has_an_amount');
SELECT is(presenting('ARRAY[tap.d(''d1'')]', '[{"description":"a","unit_price":1}]', 'NULL'), 'TR001 offer_valid_until_required');
SELECT matches(presenting('ARRAY[tap.d(''d1'')]', '[{"description":"a","unit_price":1}]', 'today()'), '"number"', 'valid today');
SELECT refused('ana', $$SELECT save_offer(gen_random_uuid(), NULL, NULL, tap.a('Uno'), 'x', NULL, NULL, p_valid_until => today() - 1)$$,
               'TR001 offer_valid_until_past');
SELECT is(tried('owner', $$UPDATE offer SET valid_until = today() - 1 WHERE title = 'O'; UPDATE offer SET state = 'presented' WHERE title = 'O'$$),
          'TR001 offer_valid_until_past', 'for the owner too');

-- Rule 7
SELECT is((SELECT serial FROM offer WHERE title = 'O'), NULL, 'a draft has no number');
SELECT refused('owner', $$UPDATE offer SET year = 2026, serial = 1, presented_at = now() WHERE title = 'O'$$,
               'TR001 offer_number_when_presented', 'and gets none by hand');
SELECT refused('owner', $$UPDATE offer SET state = 'withdrawn', state_reason_id = tap.reason('offer_withdrawn'),
                          year = 2026, serial = 1, presented_at = now() WHERE title = 'O'$$,
               'TR001 offer_number_when_presented', 'also not when it is withdrawn');
SELECT matches(tried('ana', $$SELECT present_offer(gen_random_uuid(), tap.o('O'), tap.ov('O')) ->> 'number'$$),
               '^' || extract(year FROM today()) || '-\d{5}$', 'presenting gives the number');
SELECT is((SELECT last FROM offer_counter WHERE year = extract(year FROM today())), (SELECT serial FROM offer WHERE title = 'O'),
          'from the counter of the year');
SELECT tap.given_offer('ana', 'Uno', 'O2', 'd1') \g /dev/null
SELECT works('owner', $$UPDATE offer SET state = 'presented', year = 1999, serial = 77, presented_at = '1999-01-01', presented_by = 1
                        WHERE title = 'O2'$$, 'whatever a statement says');
SELECT is((SELECT (second.year, second.serial, second.presented_at) FROM offer AS second WHERE title = 'O2'),
          (SELECT (year, serial + 1, now()) FROM offer WHERE title = 'O'), 'number and date are the database''s');
SELECT tap.given_offer('luis', 'Dos', 'Undone', 'd3') \g /dev/null
SELECT tried('luis', $$SELECT present_offer(gen_random_uuid(), tap.o('Undone'), tap.ov('Undone'))$$, false) \g /dev/null
SELECT tap.given('luis', $$SELECT present_offer(gen_random_uuid(), tap.o('Undone'), tap.ov('Undone'))$$) \g /dev/null
SELECT is((SELECT serial FROM offer WHERE title = 'Undone'), (SELECT serial + 2 FROM offer WHERE title = 'O'), 'without gaps');
UPDATE setting SET value = 'Pacific/Kiritimati' WHERE name = 'timezone';
SELECT is(today(), (now() AT TIME ZONE 'Pacific/Kiritimati')::date, 'the day begins where the setting says');
UPDATE setting SET value = 'Europe/Madrid' WHERE name = 'timezone';
INSERT INTO offer_counter VALUES (1998, 41) ON CONFLICT DO NOTHING;
SELECT tap.given_offer('luis', 'Dos', 'Next year', 'd3') \g /dev/null
-- today() is replaced, since nobody can wait for New Year.
CREATE OR REPLACE FUNCTION today() RETURNS date LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp
    AS $$SELECT date '2190-01-01'$$;
UPDATE offer SET valid_until = '2190-01-02' WHERE title = 'Next year';
SELECT is(tried('luis', $$SELECT present_offer(gen_random_uuid(), tap.o('Next year'), tap.ov('Next year')) ->> 'number'$$),
          '2190-00001', 'every year begins with 1');
CREATE OR REPLACE FUNCTION today() RETURNS date LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp
    AS $$SELECT (now() AT TIME ZONE setting_value('timezone'))::date$$;
SELECT is(offer_number(2026, 42, 1), '2026-00042');
SELECT is(offer_number(2026, 42, 2), '2026-00042/2');
SELECT is(offer_number(2026, 1234567, 1), '2026-1234567');
SELECT is(offer_number(NULL, NULL, 1), NULL);

-- Revisions
SELECT works('ana', $$SELECT revise_offer(gen_random_uuid(), tap.o('O'), tap.ov('O'))$$);
SELECT is((SELECT (revision, state, serial, net_cents, root_id) FROM offer WHERE id = o('O')),
          (SELECT (2, 'draft'::text, NULL::integer, net_cents, id) FROM offer WHERE title = 'O' AND revision = 1),
          'a draft of the same lines');
SELECT results_eq($$SELECT position, description, quantity, unit_price, discount, vat FROM offer_line WHERE offer_id = tap.o('O')$$,
                  $$SELECT position, description, quantity, unit_price, discount, vat FROM offer_line
                     WHERE offer_id = (SELECT root_id FROM offer WHERE id = tap.o('O'))$$);
SELECT matches(tried('ana', $$SELECT present_offer(gen_random_uuid(), tap.o('O'), tap.ov('O')) ->> 'number'$$), '/2$', 'keeps the number');
SELECT is((SELECT state FROM offer WHERE title = 'O' AND revision = 1), 'superseded');
SELECT refused('ana', $$SELECT revise_offer(gen_random_uuid(), (SELECT root_id FROM offer WHERE id = tap.o('O')), 5)$$, 'TR001 offer_state');
SELECT refused('owner', $$INSERT INTO offer (action_id, root_id, revision, title) VALUES (tap.a('Uno'), (SELECT root_id FROM offer WHERE id = tap.o('O')), 2, 'x')$$,
               '23505 offer_revision_once');
SELECT refused('owner', $$INSERT INTO offer (action_id, root_id, revision, title) VALUES (tap.a('Dos'), (SELECT root_id FROM offer WHERE id = tap.o('O')), 3, 'x')$$,
               '23503 offer_root');
SELECT tap.given('ana', $$SELECT revise_offer(gen_random_uuid(), tap.o('O'), tap.ov('O'))$$) \g /dev/null
SELECT refused('owner', $$UPDATE offer SET state = 'presented' WHERE id = tap.o('O')$$, '23505 offer_one_revision_stands',
               'two revisions do not stand at once');
SELECT tap.given('ana', $$SELECT approve_offer(gen_random_uuid(), id, version, today(), 'X') FROM offer WHERE title = 'O' AND revision = 2$$) \g /dev/null
SELECT refused('ana', $$SELECT present_offer(gen_random_uuid(), tap.o('O'), tap.ov('O'))$$, 'TR001 offer_one_revision_stands',
               'nor one beside an approved one');

-- Rule 6: every column of every presented offer, by its owner
SELECT tap.given_offer('ana', 'Uno', 'Frozen', 'd1', 'presented') \g /dev/null
-- What may change while presented: the columns of a later state, and the validity, which extending
-- moves; what is generated cannot be set at all.
CREATE TEMP TABLE may_change (name) AS
SELECT unnest('{state,state_reason_id,state_note,version,valid_until,approved_on,approved_at,approved_by,accepted_on,
               accepted_by,document_reference,rejected_at,notice_id}'::text[]);
SELECT is(tried('owner', format('UPDATE offer SET %I = %s WHERE title = ''Frozen''', attname,
                                CASE atttypid WHEN 'bool'::regtype THEN 'true' WHEN 'text'::regtype THEN '''XXX''' WHEN 'timestamptz'::regtype THEN '''2001-01-01'''
                                     WHEN 'date'::regtype THEN '''2188-01-01''' ELSE '77' END), false),
          CASE WHEN attidentity <> '' OR attgenerated <> '' THEN '428C9' ELSE 'TR001 offer_is_frozen' END,
          'frozen: ' || attname)
  FROM pg_attribute WHERE attrelid = 'offer'::regclass AND attnum > 0 AND NOT attisdropped
   AND attname NOT IN (SELECT name FROM may_change);
SELECT is(tried('owner', format('UPDATE offer SET %I = NULL WHERE title = ''Frozen''', name), false), 'TR001 offer_is_frozen',
          'nor emptied: ' || name)
  FROM unnest('{title,currency,net_cents,year,serial,presented_at,presented_by,created_by,action_id,root_id,revision}'::text[]) AS name;
SELECT refused('owner', statement, 'TR001 offer_is_frozen')
  FROM unnest(ARRAY[
    $$UPDATE offer_line SET unit_price = 1 WHERE offer_id = tap.o('Frozen')$$,
    $$UPDATE offer_line SET description = 'x' WHERE offer_id = tap.o('Frozen')$$,
    $$DELETE FROM offer_line WHERE offer_id = tap.o('Frozen')$$,
    $$INSERT INTO offer_line (offer_id, action_id, position, description, unit_price) VALUES (tap.o('Frozen'), tap.a('Uno'), 2, 'x', 1)$$,
    $$UPDATE offer_line SET offer_id = tap.o('O') WHERE offer_id = tap.o('Frozen')$$,
    $$UPDATE offer_line SET offer_id = tap.o('Frozen'), position = 9 WHERE offer_id = tap.o('O')$$,
    $$DELETE FROM offer_division WHERE offer_id = tap.o('Frozen')$$,
    $$UPDATE offer_division SET division_id = tap.d('d2') WHERE offer_id = tap.o('Frozen')$$,
    $$INSERT INTO offer_division (offer_id, action_id, division_id) VALUES (tap.o('Frozen'), tap.a('Uno'), tap.d('d2'))$$]) AS statement;
SELECT refused('ana', $$SELECT save_offer(gen_random_uuid(), tap.o('Frozen'), tap.ov('Frozen'), NULL, 'x', NULL, NULL)$$, 'TR001 offer_state');
-- In the states of the end nothing at all changes but by an arrow.
SELECT tap.given_offer('ana', 'Uno', state, 'd1', state) FROM unnest('{approved,rejected,withdrawn,superseded}'::text[]) AS state \g /dev/null
SELECT is(tried('owner', format('UPDATE offer SET %I = %s WHERE title = %L', attname,
                                CASE atttypid WHEN 'bool'::regtype THEN 'true' WHEN 'text'::regtype THEN '''XXX''' WHEN 'timestamptz'::regtype THEN '''2001-01-01'''
                                     WHEN 'date'::regtype THEN '''2188-01-01''' ELSE '77' END, state), false),
          'TR001 offer_is_frozen', format('%s: %s', state, attname))
  FROM unnest('{approved,rejected,withdrawn,superseded}'::text[]) AS state, pg_attribute
 WHERE attrelid = 'offer'::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND attgenerated = ''
   AND attname NOT IN ('state', 'version');

-- A revision of an expired offer is valid for as many days as that was.
SELECT tap.given_offer('ana', 'Uno', 'Late', 'd1', 'presented') \g /dev/null
SET LOCAL session_replication_role = replica;
UPDATE offer SET presented_at = presented_at - interval '10 days', valid_until = today() - 3 WHERE title = 'Late';
SET LOCAL session_replication_role = origin;
SELECT tap.given('ana', $$SELECT revise_offer(gen_random_uuid(), tap.o('Late'), tap.ov('Late'))$$) \g /dev/null
SELECT is((SELECT valid_until FROM offer WHERE title = 'Late' AND revision = 2), today() + 7,
          'a revision is not born expired');

-- Rule 9. An offer that has expired, as if a day had passed.
SELECT tap.given_offer('ana', 'Uno', 'Old', 'd1', 'presented') \g /dev/null
SET LOCAL session_replication_role = replica;
UPDATE offer SET valid_until = today() - 1 WHERE title = 'Old';
SET LOCAL session_replication_role = origin;
SELECT is((SELECT expired FROM offer_overview WHERE title = 'Old'), true, 'it is shown as expired');
SELECT refused('ana', $$SELECT approve_offer(gen_random_uuid(), tap.o('Old'), tap.ov('Old'), today(), 'X')$$, 'TR001 offer_is_not_expired');
SELECT refused('owner', $$WITH notice AS (INSERT INTO notice (offer_id, action_id) VALUES (tap.o('Old'), tap.a('Uno')) RETURNING id)
                          UPDATE offer SET state = 'approved', notice_id = (SELECT id FROM notice), accepted_on = valid_until,
                          accepted_by = 'X', approved_on = valid_until WHERE title = 'Old' RETURNING id$$,
               '23514 offer_is_not_expired', 'for the owner too, whatever date he writes');
SELECT refused('ana', $$SELECT extend_offer(gen_random_uuid(), tap.o('Old'), tap.ov('Old'), today() - 1)$$, 'TR001 offer_valid_until_later');
SELECT refused('ana', $$SELECT extend_offer(gen_random_uuid(), tap.o('Old'), tap.ov('Old'), NULL)$$, 'TR001 offer_valid_until_later');
SELECT refused('ana', $$SELECT extend_offer(gen_random_uuid(), tap.o('Old'), tap.ov('Old'), 'infinity')$$, '23514 offer_valid_until_range');
SELECT refused('luis', $$SELECT extend_offer(gen_random_uuid(), tap.o('Old'), tap.ov('Old'), today())$$, 'TR004 offer_unknown');
SELECT works('ana', $$SELECT extend_offer(gen_random_uuid(), tap.o('Old'), tap.ov('Old'), today())$$);
SELECT is((SELECT count(*) FROM audit WHERE table_name = 'offer' AND row_id = o('Old') AND login = 'ana@trato.example'
              AND new ->> 'valid_until' = today()::text AND old ->> 'valid_until' = (today() - 1)::text),
          1::bigint, 'the extension is recorded');
SELECT refused('ana', $$SELECT approve_offer(gen_random_uuid(), tap.o('Old'), tap.ov('Old'), today() + 1, 'X')$$, 'TR001 offer_accepted_on_past');
SELECT refused('ana', $$SELECT approve_offer(gen_random_uuid(), tap.o('Old'), tap.ov('Old'), '-infinity', 'X')$$, '23514 offer_accepted_on_range');
SELECT refused('ana', $$SELECT approve_offer(gen_random_uuid(), tap.o('Old'), tap.ov('Old'), NULL, 'X')$$, 'TR001 offer_accepted_on_required');
SELECT refused('ana', $$SELECT approve_offer(gen_random_uuid(), tap.o('Old'), tap.ov('Old'), today(), ' ')$$, 'TR001 offer_accepted_by_required');
SELECT works('ana', $$SELECT approve_offer(gen_random_uuid(), tap.o('Old'), tap.ov('Old'), today(), 'X')$$, 'on the last day');
SELECT refused('ana', $$SELECT reject_offer(gen_random_uuid(), tap.o('Frozen'), tap.ov('Frozen'), NULL)$$, '23514 offer_reason_required');
SELECT refused('ana', $$SELECT withdraw_offer(gen_random_uuid(), tap.o('Frozen'), tap.ov('Frozen'), tap.reason('offer_rejected'))$$, 'TR001 reason_of_another_kind');

-- Rounding, computed by hand: net of a line half away from zero, then VAT of that, then the sums.
SELECT tap.given_offer('ana', 'Uno', 'R', 'd1') \g /dev/null
CREATE FUNCTION tap.amounts(lines text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(value, ' ') FROM jsonb_each_text(tap.tried('ana', format(
        'SELECT save_offer(gen_random_uuid(), tap.o(''R''), tap.ov(''R''), NULL, ''R'', ARRAY[tap.d(''d1'')], %L)', lines))::jsonb)
           AS answer (key, value) WHERE key LIKE '%\_cents'
$$;
-- net, vat, total (in the order of the keys)
SELECT is(amounts(lines), expected, lines) FROM (VALUES
    ('[{"description":"a","quantity":10,"unit_price":99.99,"discount":5,"vat":21}]', '94991 19948 114939'),  -- 949.905; 199.4811
    ('[{"description":"a","quantity":1,"unit_price":0.005,"vat":0}]', '1 0 1'),               -- half a cent is a cent
    ('[{"description":"a","quantity":1,"unit_price":0.0049,"vat":21}]', '0 0 0'),
    ('[{"description":"a","quantity":3,"unit_price":0.3333,"vat":21}]', '100 21 121'),         -- 0.9999
    ('[{"description":"a","quantity":0.333,"unit_price":0.05,"vat":100}]', '2 2 4'),           -- 0.01665
    ('[{"description":"a","quantity":1,"unit_price":0.50,"vat":21}]', '50 11 61'),             -- 10.5 cents of VAT
    ('[{"description":"a","quantity":1,"unit_price":100,"discount":33.33,"vat":4}]', '6667 267 6934'),   -- 66.67; 2.6668
    ('[{"description":"a","quantity":1,"unit_price":10,"discount":100}]', '0 0 0'),
    ('[{"description":"a","unit_price":0.01,"vat":50},{"description":"b","unit_price":0.01,"vat":50}]', '2 2 4'),  -- per line, not of the sum
    ('[{"description":"a","unit_price":0.105,"vat":0},{"description":"b","unit_price":0.115,"vat":0},{"description":"c","unit_price":0.125,"vat":0}]', '36 0 36'),
    ('[{"description":"a","quantity":1000000,"unit_price":999999.99,"vat":0}]', '99999999000000 0 99999999000000'),
    ('[]', '0 0 0')) AS cases (lines, expected);
SELECT is((SELECT round(quantity, 3)::text || ' ' || unit_price FROM offer_line WHERE offer_id = o('R')), NULL, 'lines that are not named leave the draft');
SELECT is(tried('ana', format('SELECT save_offer(gen_random_uuid(), tap.o(''R''), tap.ov(''R''), NULL, ''R'', NULL, %L)', lines)), expected, lines)
  FROM (VALUES
    ('[{"description":"a","quantity":0,"unit_price":1}]', '23514 offer_line_quantity_range'),
    ('[{"description":"a","quantity":-1,"unit_price":1}]', '23514 offer_line_quantity_range'),
    ('[{"description":"a","quantity":1000000.001,"unit_price":1}]', '23514 offer_line_quantity_range'),
    ('[{"description":"a","quantity":"NaN","unit_price":1}]', '0A000'),
    ('[{"description":"a","quantity":"Infinity","unit_price":1}]', '22003'),
    ('[{"description":"a","quantity":1e30,"unit_price":1}]', '22003'),
    ('[{"description":"a","quantity":"many","unit_price":1}]', '22P02'),
    ('[{"description":"a","unit_price":-0.01}]', '23514 offer_line_unit_price_range'),
    ('[{"description":"a","unit_price":100000000.01}]', '23514 offer_line_unit_price_range'),
    ('[{"description":"a","unit_price":"NaN"}]', '0A000'),
    ('[{"description":"a"}]', '23502'),
    ('[{"description":"a","unit_price":1,"discount":-1}]', '23514 offer_line_discount_range'),
    ('[{"description":"a","unit_price":1,"discount":100.01}]', '23514 offer_line_discount_range'),
    ('[{"description":"a","unit_price":1,"vat":-1}]', '23514 offer_line_vat_range'),
    ('[{"description":"a","unit_price":1,"vat":101}]', '23514 offer_line_vat_range'),
    ('[{"description":" ","unit_price":1}]', '23502'),
    ('[{"unit_price":1}]', '23502'),
    ('[{"description":"a","quantity":1000000,"unit_price":1000000}]', '23514 offer_net_cents_range'),
    ('{"description":"a"}', '22023'), ('[1]', '22023'), ('"x"', '22023')) AS cases (lines, expected);
SELECT refused('owner', $$UPDATE offer SET net_cents = 5 WHERE title = 'R'$$, '23514 offer_total_sum', 'sums are sums');
SELECT refused('owner', $$UPDATE offer SET net_cents = 5, total_cents = 5, valid_until = today(), state = 'presented' WHERE title = 'R'$$,
               'TR001 offer_has_an_amount', 'amounts come from lines');
SELECT tap.given('ana', $$SELECT save_offer(gen_random_uuid(), tap.o('R'), tap.ov('R'), NULL, 'R', ARRAY[tap.d('d1')],
                         '[{"description":"a","unit_price":1}]', p_valid_until => today())$$) \g /dev/null
SELECT refused('owner', $$UPDATE offer SET net_cents = 5, vat_cents = 0, total_cents = 5 WHERE title = 'R';
                          UPDATE offer SET state = 'presented' WHERE title = 'R'$$, 'TR001 offer_total_sum', 'and from nothing else');
SELECT works('ana', $$SELECT present_offer(gen_random_uuid(), tap.o('R'), tap.ov('R'))$$);

SELECT * FROM finish();
ROLLBACK;
