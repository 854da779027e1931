-- Rules 8 and 10: an approval and its notice are never without each other; invoices never exceed
-- the total; notices stay.
\ir lib/world.sql

SELECT tap.given_action('ana', 'Uno', 'd1', 'd2'), tap.given_offer('ana', 'Uno', 'O', 'd1', 'presented') \g /dev/null

-- Rule 8, at commit, for the owner
SELECT refused('owner', $$UPDATE offer SET state = 'approved', accepted_on = today(), accepted_by = 'X' WHERE title = 'O'$$,
               '23514 offer_has_notice', 'no approval without a notice');
SELECT refused('owner', $$UPDATE offer SET state = 'approved', accepted_on = today(), accepted_by = 'X', notice_id = -1 WHERE title = 'O'$$,
               '23503 offer_notice', 'nor with one that is not there');
SELECT refused('owner', $$INSERT INTO notice (offer_id, action_id) VALUES (tap.o('O'), tap.a('Uno'))$$,
               '23503 notice_offer_approved', 'no notice without an approval');
SELECT tap.given_offer('ana', 'Uno', 'A', 'd2', 'approved') \g /dev/null
SELECT refused('owner', $$UPDATE offer SET state = 'approved', accepted_on = today(), accepted_by = 'X', notice_id = tap.n('A') WHERE title = 'O'$$,
               '23503 offer_notice', 'nor with another offer''s notice');
SELECT refused('owner', $$INSERT INTO notice (offer_id, action_id) VALUES (tap.o('A'), tap.a('Uno'))$$,
               '23505 notice_once', 'nor two of an offer');
SELECT refused('owner', $$UPDATE notice SET state = 'void' WHERE id = tap.n('A')$$, '23503 offer_notice', 'no notice ends alone');
SELECT refused('owner', $$UPDATE offer SET state = 'presented', notice_id = NULL WHERE title = 'A'$$,
               '23503 notice_offer_approved', 'no approval ends alone');
SELECT refused('owner', $$DELETE FROM notice$$, 'TR001 notice_is_kept');
SELECT refused('superuser', $$DELETE FROM notice$$, 'TR001 notice_is_kept');
SELECT refused('owner', $$TRUNCATE notice CASCADE$$, 'TR001 notice_is_kept');
SELECT refused('owner', $$UPDATE notice SET total_cents = 1$$, 'TR001 notice_is_kept', 'a notice keeps its amount');
SELECT refused('owner', $$UPDATE notice SET offer_id = tap.o('O')$$, 'TR001 notice_is_kept', 'and its offer');
SELECT is((SELECT total_cents FROM notice WHERE id = n('A')), (SELECT total_cents FROM offer WHERE title = 'A'), 'which is the offer''s');
SELECT is((SELECT count(*) FROM offer FULL JOIN notice ON notice.id = offer.notice_id AND notice.state <> 'void'
            WHERE (offer.state = 'approved' OR notice.state <> 'void') AND (offer.id IS NULL OR notice.id IS NULL)), 0::bigint);

-- Revoking
SELECT refused('marta', $$SELECT revoke_approval(gen_random_uuid(), tap.o('A'), tap.ov('A'), ' ')$$, 'TR001 offer_state_note_required');
SELECT works('marta', $$SELECT revoke_approval(gen_random_uuid(), tap.o('A'), tap.ov('A'), 'wrong offer')$$);
SELECT is((SELECT (state, notice_id, accepted_by, approved_on, approved_by) FROM offer WHERE title = 'A'),
          (SELECT ('presented'::text, NULL::bigint, NULL::text, NULL::date, NULL::bigint)));
SELECT is((SELECT state FROM notice WHERE id = n('A')), 'void');
SELECT n('A') AS first_notice \gset
SELECT works('ana', $$SELECT approve_offer(gen_random_uuid(), tap.o('A'), tap.ov('A'), today(), 'X')$$, 'approving again');
SELECT isnt(n('A'), :first_notice::bigint, 'makes a new notice');
SELECT is((SELECT state FROM notice WHERE id = :first_notice), 'void', 'and leaves the old one void');

-- Taking, putting back, returning
SET LOCAL session_replication_role = replica;
UPDATE notice SET made_at = now() - interval '3 days' WHERE id = n('A');
SET LOCAL session_replication_role = origin;
SELECT refused('berta', $$SELECT record_invoice(gen_random_uuid(), tap.n('A'), tap.nv('A'), 'A', '1', today(), 1, 0, 1)$$, 'TR001 notice_state');
SELECT works('berta', $$SELECT take_notice(gen_random_uuid(), tap.n('A'))$$);
SELECT refused('bruno', $$SELECT take_notice(gen_random_uuid(), tap.n('A'))$$, 'TR001 notice_is_taken');
SELECT matches(told('bruno', $$SELECT take_notice(gen_random_uuid(), tap.n('A'))$$), 'state=taken\nholder=Berta\nsince=\d{4}-\d\d-\d\d \d\d:\d\d$',
               'by whom and since when');
SELECT refused('bruno', $$SELECT put_back_notice(gen_random_uuid(), tap.n('A'), tap.nv('A'))$$, 'TR001 notice_is_taken');
SELECT refused('bruno', $$SELECT return_notice(gen_random_uuid(), tap.n('A'), tap.nv('A'), tap.reason('notice_returned'))$$, 'TR001 notice_is_taken');
SELECT refused('bruno', $$SELECT record_invoice(gen_random_uuid(), tap.n('A'), tap.nv('A'), 'A', '1', today(), 1, 0, 1)$$, 'TR001 notice_is_taken');
SELECT works('berta', $$SELECT put_back_notice(gen_random_uuid(), tap.n('A'), tap.nv('A'))$$);
SELECT works('bruno', $$SELECT take_notice(gen_random_uuid(), tap.n('A'))$$);
SELECT works('marta', $$SELECT put_back_notice(gen_random_uuid(), tap.n('A'), tap.nv('A'))$$, 'a manager puts back what somebody has');
SELECT is(waits_since, now() - interval '3 days', 'what was taken and put back has waited all the time') FROM notice WHERE id = n('A');
SELECT refused('bruno', $$SELECT return_notice(gen_random_uuid(), tap.n('A'), tap.nv('A'), NULL)$$, '23514 notice_reason_required');
SELECT refused('bruno', $$SELECT return_notice(gen_random_uuid(), tap.n('A'), tap.nv('A'), tap.reason('notice_returned', 'other'), '')$$, 'TR001 reason_note_required');
SELECT works('bruno', $$SELECT return_notice(gen_random_uuid(), tap.n('A'), tap.nv('A'), tap.reason('notice_returned'))$$);
SELECT refused('luis', $$SELECT answer_notice(gen_random_uuid(), tap.n('A'), tap.nv('A'), 'x')$$, 'TR004 notice_unknown');
SELECT refused('ana', $$SELECT answer_notice(gen_random_uuid(), tap.n('A'), tap.nv('A'), '')$$, 'TR001 notice_state_note_required');
SELECT works('ana', $$SELECT answer_notice(gen_random_uuid(), tap.n('A'), tap.nv('A'), 'it is there now')$$);
SELECT is((SELECT (state, taken_by) FROM notice WHERE id = n('A')), (SELECT ('pending'::text, NULL::bigint)));
SELECT is((waits_since, made_at), (SELECT (now(), now() - interval '3 days')), 'it waits from the answer on') FROM notice WHERE id = n('A');
SELECT tap.given('owner', $$UPDATE notice SET answered_at = NULL WHERE id = tap.n('A')$$) \g /dev/null
SELECT is(waits_since, now(), 'which nobody can move') FROM notice WHERE id = n('A');
SELECT nv('A') AS version \gset
SELECT works('bruno', $$SELECT see_notice(gen_random_uuid(), tap.n('A'))$$);
SELECT works('berta', $$SELECT see_notice(gen_random_uuid(), tap.n('A'))$$);
SELECT is((SELECT (seen_by, version) FROM notice WHERE id = n('A')), (SELECT (p('bruno'), :version)), 'the first look counts, and is no change');

-- Rule 10
SELECT tap.given('bruno', $$SELECT take_notice(gen_random_uuid(), tap.n('A'))$$) \g /dev/null
CREATE FUNCTION tap.invoice(who text, number text, total bigint, issued text DEFAULT 'today()') RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT record_invoice(gen_random_uuid(), tap.n(''A''), tap.nv(''A''), ''a'', %L, %s, %s, 0, %3$s) ->> ''state''',
                                 number, issued, total))
$$;
SELECT is(invoice('bruno', '1', 121001), 'TR001 notice_invoiced_within_total', 'more than the total');
SELECT is(invoice('bruno', '1', 0), '23514 invoice_total_cents_positive');
SELECT is(invoice('bruno', '1', -1), '23514 invoice_net_cents_range');
SELECT is(invoice('bruno', ' ', 1), '23502', 'an invoice has a number');
SELECT is(invoice('bruno', '1', 1, 'today() + 1'), 'TR001 invoice_issued_on_past');
SELECT is(invoice('bruno', '1', 1, '''1999-12-31'''), '23514 invoice_issued_on_range');
SELECT is(invoice('bruno', '1', 1, '''infinity'''), 'TR001 invoice_issued_on_past');
SELECT matches(invoice('bruno', '1', 1, '''-infinity'''), '^(0A000|22003|23514.*)$', 'a date that no year has');
SELECT refused('bruno', $$SELECT record_invoice(gen_random_uuid(), tap.n('A'), tap.nv('A'), 'A', '1', today(), 100, 21, 120)$$, '23514 invoice_total_sum');
SELECT is(invoice('bruno', 'f1', 21000), 'partial');
SELECT is(invoice('berta', 'F1', 1), '23505 invoice_number_once', 'case aside');
SELECT is(invoice('berta', 'f1', 1, 'today() - 366'), 'partial', 'once a year of issue; a rest may be recorded by anybody');
SELECT is(invoice('berta', 'f2', 100000), 'TR001 notice_invoiced_within_total', 'more than what is left');
SELECT refused('owner', format('INSERT INTO invoice (notice_id, action_id, number, issued_on, net_cents, vat_cents, total_cents)
                                VALUES (tap.n(''A''), tap.a(''Uno''), ''9'', today(), %s, 0, %1$s)', cents), rule, cents || ' by plain SQL')
  FROM (VALUES (100000, '23514 notice_invoiced_state'), (999999999, '23514 notice_invoiced_state')) AS cases (cents, rule);
SELECT refused('owner', $$UPDATE notice SET invoiced_cents = 1$$, 'TR001 notice_invoiced_is_sum', 'the sum is not written by hand');
SELECT refused('owner', $$UPDATE notice SET invoiced_cents = 0, state = 'taken' WHERE id = tap.n('A')$$, 'TR001 notice_invoiced_is_sum');
SELECT refused(who, format('UPDATE invoice SET %s', change), 'TR001 invoice_is_kept', who || ': ' || change) FROM unnest('{owner,superuser}'::text[]) AS who,
       unnest(ARRAY['notice_id = notice_id + 1', 'recorded_by = NULL', 'recorded_at = now() - interval ''1 day''']) AS change;
SELECT refused(who, $$DELETE FROM invoice$$, 'TR001 invoice_is_kept') FROM unnest('{owner,superuser}'::text[]) AS who;
SELECT refused('owner', $$DELETE FROM invoice$$, 'TR001 invoice_is_kept');
SELECT refused('owner', $$TRUNCATE invoice$$, 'TR001 invoice_is_kept');
SELECT refused('marta', $$SELECT revoke_approval(gen_random_uuid(), tap.o('A'), tap.ov('A'), 'late')$$, 'TR001 notice_is_invoiced');
SELECT is(invoice('berta', 'f2', 99999), 'invoiced', 'the rest');
SELECT is(invoice('berta', 'f3', 1), 'TR001 notice_is_taken', 'and then nothing');
SELECT is((SELECT invoiced_cents FROM notice WHERE id = n('A')), (SELECT sum(total_cents)::bigint FROM invoice WHERE notice_id = n('A')));
SELECT refused('owner', $$INSERT INTO invoice (notice_id, action_id, number, issued_on, net_cents, vat_cents, total_cents)
                          VALUES (tap.n('O'), tap.a('Uno'), '9', today(), 1, 0, 1)$$, '23502', 'no invoice without a notice');
-- Correcting
CREATE FUNCTION tap.corrected(who text, number text, total bigint, issued text DEFAULT 'today()', based text DEFAULT 'version') RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT correct_invoice(gen_random_uuid(), id, %s, ''a'', %L, %s, %s, 0, %4$s) ->> ''state'' FROM invoice
                                   WHERE notice_id = tap.n(''A'') ORDER BY id DESC LIMIT 1', based, number, issued, total))
$$;
SELECT is(corrected(who, 'f2', 1), '42501', who || ' may not') FROM unnest('{ana,carmen}'::text[]) AS who;
SELECT is(corrected('bruno', 'f2', 99998), 'partial', 'anybody of the back office may: less was invoiced');
SELECT is((SELECT (state, invoiced_cents, taken_by) FROM notice WHERE id = n('A')), (SELECT ('partial'::text, 120999::bigint, p('bruno'))));
SELECT is(corrected('berta', 'f2', 100000), 'TR001 notice_invoiced_within_total', 'never beyond the total');
SELECT matches(told('berta', $$SELECT correct_invoice(gen_random_uuid(), max(id), (SELECT version FROM invoice ORDER BY id DESC LIMIT 1), 'a', 'f2', today(), 100000, 0, 100000)
                                 FROM invoice$$), 'left_cents=99999$', 'what there would be without it');
SELECT is(corrected('marta', 'f2', 99999), 'invoiced', 'a manager may, too');
SELECT is(corrected('berta', 'F1', 99999), '23505 invoice_number_once', 'a number that another one has');
SELECT is(corrected('berta', 'f2', 99999, 'today() + 1'), 'TR001 invoice_issued_on_past');
SELECT is(corrected('berta', ' ', 99999), '23502', 'an invoice has a number');
SELECT is(corrected('berta', 'f2', 0), '23514 invoice_total_cents_positive');
SELECT is(corrected('berta', 'f9', 99999, 'today()', 'version - 1'), 'TR002 row_version');
SELECT refused('berta', $$SELECT correct_invoice(gen_random_uuid(), -1, 1, 'a', '1', today(), 1, 0, 1)$$, 'TR004 invoice_unknown');
SELECT nv('A') AS version, max(id) AS last_invoice, (SELECT count(*) FROM audit) AS written FROM invoice \gset
SELECT is(corrected('berta', 'f2', 99999), 'invoiced', 'a correction of nothing');
SELECT is((SELECT count(*) FROM audit), :written::bigint, 'writes nothing');
SELECT is(corrected('berta', 'f4', 99999), 'invoiced', 'another number');
SELECT is(nv('A'), :version, 'is no change of the notice');
SELECT is((SELECT array_agg(concat_ws(' ', p.name, old ->> 'number', old ->> 'total_cents', new ->> 'number', new ->> 'total_cents') ORDER BY audit.id)
             FROM audit JOIN person AS p ON p.id = person_id WHERE table_name = 'invoice' AND row_id = :last_invoice AND operation = 'update'),
          '{Bruno f2 99999 f2 99998,Marta f2 99998 f2 99999,Berta f2 99999 f4 99999}'::text[], 'who, what it was, what it is');
SELECT is(tried('ana', format($$SELECT count(*) FROM audit WHERE table_name = 'invoice' AND row_id = %s AND operation = 'update'$$, :last_invoice)), '3',
          'which the rep of the action sees');
SELECT is((SELECT array_agg(from_state || ' ' || to_state ORDER BY id) FROM state_change WHERE entity = 'notice' AND row_id = n('A') AND 'partial' IN (from_state, to_state)),
          '{taken partial,partial invoiced,invoiced partial,partial invoiced}'::text[], 'and the states that followed');
SELECT works('owner', $$UPDATE invoice SET total_cents = total_cents - 1, net_cents = net_cents - 1 WHERE notice_id = tap.n('A') AND number = 'f4'$$);
SELECT is((SELECT (state, invoiced_cents) FROM notice WHERE id = n('A')), (SELECT ('partial'::text, 120999::bigint)), 'the sum follows also by plain SQL');
SELECT refused('owner', $$UPDATE invoice SET total_cents = total_cents + 9, net_cents = net_cents + 9 WHERE notice_id = tap.n('A') AND number = 'f4'$$,
               '23514 notice_invoiced_state');
SELECT is(invoice('berta', 'f5', 1), 'invoiced', 'and what is left again can be recorded');
-- Several in one statement
SELECT tap.given_offer('ana', 'Uno', 'B', 'd2', 'approved'), tap.given('berta', $$SELECT take_notice(gen_random_uuid(), tap.n('B'))$$) \g /dev/null
SELECT refused('owner', $$INSERT INTO invoice (notice_id, action_id, number, issued_on, net_cents, vat_cents, total_cents)
                          SELECT tap.n('B'), tap.a('Uno'), 'm' || i, today(), 60501, 0, 60501 FROM generate_series(1, 2) AS i$$,
               '23514 notice_invoiced_state');
SELECT works('owner', $$INSERT INTO invoice (notice_id, action_id, number, issued_on, net_cents, vat_cents, total_cents)
                        SELECT tap.n('B'), tap.a('Uno'), 'm' || i, today(), 60500, 0, 60500 FROM generate_series(1, 2) AS i$$);
SELECT is((SELECT state FROM notice WHERE id = n('B')), 'invoiced');

SELECT * FROM finish();
ROLLBACK;
