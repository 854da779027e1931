-- The bounds of every CHECK of every table, read from the catalogue: a length just fits and one
-- more does not; and each CHECK has a case, so that a new one fails here until it has one, too.
\ir lib/world.sql

SELECT tap.given_action('ana', 'Uno', 'd1'), tap.given_offer('ana', 'Uno', 'O', 'd1'), tap.given_action('luis', 'Dos', 'd2'),
       tap.given('luis', $$SELECT request_collaboration(gen_random_uuid(), tap.d('d1'), 'x')$$),
       tap.given_offer('ana', 'Uno', 'A', 'd1', 'approved'),
       tap.given('ana', $$SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c('Acme'), 'Eva', NULL, NULL, NULL, NULL, NULL, NULL)$$),
       tap.given('ana', $$SELECT log_mail(gen_random_uuid(), '<a@x>', '{x@y.example}', '{}', 'X', NULL, '{}', now(), 's', 'b', NULL)$$),
       tap.given('berta', $$SELECT begin_watch(gen_random_uuid(), 'w', tap.request_id('h'), 'here', '2000-01-01')$$),
       tap.given('berta', $$SELECT take_delivery(gen_random_uuid(), (SELECT max(id) FROM watcher), tap.request_id('h'))$$),
       tap.given('owner', $$INSERT INTO blocking (kind, subject_id, reason, erase_on) VALUES ('contact', 0, 'x', today())$$),
       tap.given('marta', $$SELECT save_area(gen_random_uuid(), NULL, NULL, 'Area', true)$$),
       tap.given('marta', $$SELECT save_holiday(gen_random_uuid(), NULL, NULL, '2026-12-25', 'Navidad', true)$$) \g /dev/null

-- Lengths: "length(column) <= n", "length(column) >= 1 AND length(column) <= n".
CREATE TEMP TABLE bound AS
SELECT conname::text AS name, conrelid::regclass::text AS relation, attname::text AS column_name,
       (regexp_match(pg_get_constraintdef(pg_constraint.oid), 'length\(' || attname || '\) <= (\d+)'))[1]::integer AS longest,
       pg_get_constraintdef(pg_constraint.oid) ~ '>= 1' AS filled
  FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
 WHERE contype = 'c' AND connamespace = 'trato'::regnamespace AND conname LIKE '%\_length' AND cardinality(conkey) = 1;
SELECT ok(count(*) >= 40, 'there are such bounds') FROM bound;
SELECT is_empty($$SELECT attrelid::regclass, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r'
                   WHERE relnamespace = 'trato'::regnamespace AND atttypid = 'text'::regtype AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                     AND relname NOT IN ('state_arrow', 'schema_version', 'write_log', 'audit', 'state_change', 'client_search', 'client_word', 'communication_search', 'action_search',
                                         'figure_part', 'figure_month')
                     AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = pg_class.oid AND contype = 'c' AND attnum = ANY (conkey))
                     AND (relname, attname) NOT IN (('setting', 'name'), ('setting', 'meaning'), ('reason', 'code'))$$,
                'every text that somebody writes has a bound');
-- Rows that are kept or frozen are tried with the triggers off: this is about the CHECKs alone.
CREATE FUNCTION tap.fits(relation text, column_name text, value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    rows integer;
BEGIN
    SET LOCAL session_replication_role = replica;
    IF relation IN ('communication', 'invoice') THEN
        EXECUTE format(CASE relation WHEN 'communication' THEN
            'INSERT INTO communication (action_id, client_id, channel, direction, subject, %1$I) OVERRIDING SYSTEM VALUE VALUES (1, 1, %3$L, ''in'', ''x'', %2$L)'
            ELSE 'INSERT INTO invoice (notice_id, action_id, number, issued_on, net_cents, vat_cents, total_cents, %1$I) VALUES (1, 1, ''1'', today(), 1, 0, 1, %2$L)' END
            , column_name, value, CASE column_name WHEN 'tracking_number' THEN 'letter' WHEN 'message_id' THEN 'email' ELSE 'phone' END);
    ELSE
        EXECUTE format('UPDATE %I SET %I = %L WHERE %4$I = (SELECT max(%4$I) FROM %1$I)', relation, column_name, value,
                       CASE relation WHEN 'watcher_turn' THEN 'watcher_id' ELSE 'id' END);
        GET DIAGNOSTICS rows = ROW_COUNT;
        IF rows <> 1 THEN
            RAISE EXCEPTION 'no row of % to try', relation;
        END IF;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'UNDO0';
EXCEPTION
    WHEN SQLSTATE 'UNDO0' THEN
        RETURN 'fits';
    WHEN check_violation THEN
        DECLARE
            rule text;
        BEGIN
            GET STACKED DIAGNOSTICS rule = CONSTRAINT_NAME;
            RETURN rule;
        END;
END
$$;
SELECT is(fits(relation, column_name, repeat('ñ', longest)), 'fits', format('%s.%s takes %s characters', relation, column_name, longest))
  FROM bound WHERE name NOT IN ('person_email_length', 'contact_email_length', 'client_tax_id_length')
   AND (relation, column_name) NOT IN (('communication', 'subject'), ('invoice', 'number'), ('setting', 'value'));
SELECT is(fits(relation, column_name, repeat('x', longest + 1)), name, format('%s.%s takes no more', relation, column_name))
  FROM bound WHERE name NOT IN ('person_email_length', 'contact_email_length', 'client_tax_id_length', 'setting_value_length')
   AND (relation, column_name) NOT IN (('communication', 'subject'), ('invoice', 'number'));
SELECT is(fits(relation, column_name, ''), name, format('%s.%s is not empty', relation, column_name))
  FROM bound WHERE filled AND (relation, column_name) NOT IN (('communication', 'subject'), ('invoice', 'number'));

-- All others: value, and the rule that speaks.
CREATE TEMP TABLE edge (relation text, column_name text, value text, rule text);
INSERT INTO edge VALUES
    ('contact', 'email', repeat('x', 250) || '@y.z', 'fits'), ('contact', 'email', repeat('x', 251) || '@y.z', 'contact_email_length'),
    ('contact', 'email', 'x y@z.w', 'contact_email_form'), ('contact', 'email', 'x', 'contact_email_form'), ('contact', 'email', '@', 'contact_email_form'),
    ('contact', 'email', 'añb@ñ.es', 'fits'),
    ('client', 'country', 'es', 'client_country_form'), ('client', 'country', 'ESP', 'client_country_form'), ('client', 'country', '', 'client_country_form'),
    ('client', 'tax_id', 'A5881850', 'client_tax_id_valid'), ('client', 'tax_id', 'a58818501', 'client_tax_id_form'),
    ('client', 'tax_id', repeat('1', 31), 'client_tax_id_length'),
    ('person', 'email', 'a@b', 'person_email_form'), ('person', 'email', 'A@b.es', 'person_email_form'), ('person', 'email', 'a@b.es', 'fits'),
    ('person', 'email', 'ñ@b.es', 'person_email_form'), ('person', 'email', repeat('x', 59) || '@b.es', 'person_email_length'),
    ('person', 'email', repeat('x', 58) || '@b.es', 'fits'), ('person', 'email', 'a"b@b.es', 'person_email_form'),
    ('person', 'roles', '{rep,backoffice}', 'person_roles_one'), ('person', 'roles', '{rep,manager}', 'fits'), ('person', 'roles', '{}', 'person_roles_one'),
    ('person', 'roles', '{admin}', 'person_roles_known'), ('person', 'roles', '{manager}', 'fits'),
    ('reason', 'kind', 'x', 'reason_kind_known'),
    ('action', 'closed_at', '2020-01-01', 'action_closed_at_state'), ('action', 'state', 'won', 'action_closed_at_state'),
    ('action', 'state', 'lost', 'action_closed_at_state'),
    ('action', 'next_step_on', '2026-01-01', 'action_next_step_on_step'), ('action', 'next_step_on', 'infinity', 'action_next_step_on_range'),
    ('action', 'expected_close', '2199-12-31', 'fits'), ('action', 'expected_close', '2200-01-01', 'action_expected_close_range'),
    ('action', 'expected_close', '-infinity', 'action_expected_close_range'),
    ('request', 'state', 'x', 'request_state_known'),
    ('communication', 'happened_at', 'infinity', 'communication_happened_at_past'), ('communication', 'happened_at', (now() + interval '9 minutes')::text, 'fits'),
    ('communication', 'happened_at', (now() + interval '11 minutes')::text, 'communication_happened_at_past'),
    ('communication', 'happened_at', '-infinity', 'communication_happened_at_range'), ('communication', 'happened_at', '1999-12-30', 'communication_happened_at_range'),
    ('communication', 'happened_at', '2000-01-02', 'fits'),
    ('communication', 'duration_minutes', '-1', 'communication_duration_minutes_range'), ('communication', 'duration_minutes', '1440', 'fits'),
    ('communication', 'duration_minutes', '1441', 'communication_duration_minutes_range'),
    ('offer', 'currency', 'eur', 'offer_currency_form'), ('offer', 'currency', 'EURO', 'offer_currency_form'),
    ('offer', 'probability', '-1', 'offer_probability_range'), ('offer', 'probability', '0', 'fits'), ('offer', 'probability', '100', 'fits'),
    ('offer', 'probability', '101', 'offer_probability_range'), ('offer', 'valid_until', '2200-01-01', 'offer_valid_until_range'),
    ('offer', 'expected_close', '1999-12-31', 'offer_expected_close_range'), ('offer', 'accepted_on', '1999-12-31', 'offer_accepted_on_range'),
    ('offer', 'net_cents', '-1', 'offer_net_cents_range'), ('offer', 'vat_cents', '1', 'offer_total_sum'), ('offer', 'serial', NULL, 'offer_number_when_presented'),
    ('offer', 'valid_until', NULL, 'offer_valid_until_required'), ('offer', 'approved_on', '2188-01-01', 'offer_is_not_expired'),
    ('offer', 'accepted_by', NULL, 'offer_acceptance'), ('offer', 'notice_id', NULL, 'offer_has_notice'),
    ('offer_line', 'position', '0', 'offer_line_position_range'), ('offer_line', 'position', '1000', 'fits'), ('offer_line', 'position', '1001', 'offer_line_position_range'),
    ('offer_line', 'quantity', '0', 'offer_line_quantity_range'), ('offer_line', 'quantity', '1000000', 'fits'), ('offer_line', 'unit_price', '-0.0001', 'offer_line_unit_price_range'),
    ('offer_line', 'unit_price', '100000000', 'fits'), ('offer_line', 'discount', '100', 'fits'), ('offer_line', 'discount', '100.01', 'offer_line_discount_range'),
    ('offer_line', 'vat', '100', 'fits'), ('offer_line', 'vat', '-0.01', 'offer_line_vat_range'),
    ('notice', 'state', 'x', 'notice_state_known'), ('notice', 'taken_at', '2026-01-01', 'notice_taken_by_state'), ('notice', 'state', 'returned', 'notice_reason_required'),
    ('notice', 'total_cents', '0', 'notice_total_cents_positive'), ('notice', 'invoiced_cents', '1', 'notice_invoiced_state'),
    ('mail', 'direction', 'up', 'mail_direction_known'), ('mail', 'addresses', array_fill('a@b'::text, '{100}')::text, 'fits'),
    ('mail', 'addresses', array_fill('a@b'::text, '{101}')::text, 'mail_addresses_range'), ('mail', 'addresses', ARRAY[repeat('x', 32001)]::text, 'mail_addresses_range'),
    ('mail', 'happened_at', '1999-12-30', 'mail_happened_at_range'), ('mail', 'happened_at', (now() + interval '1 second')::text, 'mail_happened_at_past'),
    ('mail', 'communication_id', '1', 'mail_communication_state'), ('mail', 'settled_at', now()::text, 'mail_settled_at_state'),
    ('holiday', 'day', '1999-12-31', 'holiday_day_range'), ('holiday', 'day', '2200-01-01', 'holiday_day_range'),
    ('watcher', 'name', repeat('x', 40), 'fits'), ('watcher', 'name', repeat('x', 41), 'watcher_name_form'), ('watcher', 'name', '', 'watcher_name_form'),
    ('watcher', 'name', '../x', 'watcher_name_form'), ('watcher', 'name', 'a b', 'watcher_name_form'), ('watcher', 'name', 'Mail', 'watcher_name_form'),
    ('delivery', 'tries', '0', 'delivery_tries_positive'),
    ('delivery', 'ended_at', now()::text, 'delivery_ended_at_state'), ('delivery', 'next_at', now()::text, 'delivery_next_at_state'),
    ('setting', 'value', repeat('x', 201), 'setting_value_form');
SELECT is(fits(relation, column_name, value), rule, format('%s.%s: %s', relation, column_name, left(value, 40))) FROM edge WHERE rule <> 'setting_value_form';
SELECT refused('owner', $$UPDATE setting SET value = repeat('x', 201) WHERE name = 'timezone'$$, '23514 setting_value_length');
SELECT refused('owner', format($$UPDATE setting SET value = %L WHERE name = 'reopen_days'$$, value), '23514 setting_value_form')
  FROM unnest('{-1,x,12345,1.5,""}'::text[]) AS value;
SELECT refused('marta', $$SELECT save_setting(gen_random_uuid(), 'timezone', 1, 'Mars/Olympus')$$, 'TR001 setting_value_form');
-- Else a manager takes away who read what.
SELECT refused('marta', format($$SELECT save_setting(gen_random_uuid(), 'opening_days', 1, %L)$$, value), rule)
  FROM (VALUES ('0', '23514 setting_opening_days_least'), ('29', '23514 setting_opening_days_least'), ('0029', '23514 setting_opening_days_least'),
               ('-30', '23514 setting_value_form'), ('x', '23514 setting_value_form')) AS cases (value, rule);
SELECT works('marta', $$SELECT save_setting(gen_random_uuid(), 'opening_days', 1, '30')$$);
SELECT refused('owner', $$INSERT INTO schema_version VALUES (999, 'x', 'x', 2, 1)$$, '23514 schema_version_clients');

-- Those that other files of this folder try.
SELECT set_eq($$SELECT conname::text FROM pg_constraint WHERE contype = 'c' AND connamespace = 'trato'::regnamespace
                   AND conname NOT IN (SELECT name FROM bound) AND conname NOT IN (SELECT rule FROM edge)$$,
              '{schema_version_clients,action_state_known,offer_state_known,reason_name_length,communication_direction_known,communication_channel_known,
                action_reason_required,action_next_step_open,offer_reason_required,notice_invoiced_within_total,
                invoice_issued_on_range,invoice_net_cents_range,invoice_vat_cents_range,invoice_total_cents_positive,invoice_total_sum,
                client_merged_is_archived,client_merged_into_another,communication_duration_minutes_channel,
                communication_tracking_number_channel,communication_message_id_channel,
                mail_state_known,mail_state_note_required,delivery_state_known,
                setting_working_week_form,setting_working_time_form,setting_opening_days_least,opening_what_known,opening_of_one_or_many,register_about_known,register_purpose_known,register_kept_known,blocking_kind_known,
                blocking_state_known,blocking_ended_at_state}'::text[],
              'every CHECK has its case');
SELECT refused('owner', $$UPDATE notice SET invoiced_cents = total_cents + 1$$, 'TR001 notice_invoiced_is_sum');
SELECT refused('ana', $$SELECT set_next_step(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), NULL, today())$$, '23514 action_next_step_on_step');

SELECT refused('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Uno'), NULL, 'fax', 'in', now(), 'x', NULL)$$, '23514 communication_channel_known');
SELECT refused('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Uno'), NULL, 'phone', 'up', now(), 'x', NULL)$$, '23514 communication_direction_known');
SELECT refused('ana', format($$SELECT log_communication(gen_random_uuid(), tap.a('Uno'), NULL, 'phone', 'in', now(), repeat('x', %s), NULL)$$, length), rule)
  FROM (VALUES (301, '23514 communication_subject_length'), (0, '23502')) AS cases (length, rule);
SELECT refused('marta', format($$SELECT save_reason(gen_random_uuid(), NULL, NULL, 'action_lost', repeat('x', %s), repeat('x', %s), false, true)$$, en, es), rule)
  FROM (VALUES (101, 1, '23514 reason_name_length'), (1, 101, '23514 reason_name_length'), (0, 1, '23502')) AS cases (en, es, rule);

-- Names: unique without regard to case and accents.
SELECT refused('ana', $$SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c('Acme'), ' D1 ', NULL, NULL, true)$$, '23505 division_name_unique');
SELECT works('ana', $$SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c('Beta'), 'd1', NULL, NULL, true)$$, 'within a client');
SELECT refused('marta', $$SELECT save_area(gen_random_uuid(), NULL, NULL, 'ÁREA', true)$$, '23505 area_name_unique');
SELECT refused('ana', $$SELECT save_client(gen_random_uuid(), NULL, NULL, E' \t\n', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)$$, '23502', 'blanks are nothing');
SELECT works('ana', $$SELECT save_client(gen_random_uuid(), NULL, NULL, E'x\u202ey\u200bz', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)$$,
             'odd characters are kept; screens clean them');

SELECT * FROM finish();
ROLLBACK;
