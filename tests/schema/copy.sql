-- An offer is copied once, whole, into an action of the asker's that is open and holds what it is for.
\ir lib/world.sql

SELECT tap.given_action('ana', 'Uno', 'd1'), tap.given_action('ana', 'Dos', 'd2'), tap.given_action('luis', 'Tres', 'd3'),
       tap.given('ana', $$SELECT save_offer(gen_random_uuid(), NULL, NULL, tap.a('Uno'), 'O', ARRAY[tap.d('d1')],
            '[{"description":"a","quantity":1.5,"unit_price":10.1234,"discount":5,"vat":10},{"description":"b","unit_price":0,"vat":0}]',
            'USD', 70, today() + 90, today() + 30, '30 days', 'for them')$$),
       tap.given('ana', $$SELECT save_action(gen_random_uuid(), tap.a('Dos'), tap.av('Dos'), 'Dos', today() + 60, NULL)$$) \g /dev/null

-- The answer may be lost: the same id again gives the same copy.
SELECT tap.given('ana', $$SELECT copy_offer('00000000-0000-4000-8000-000000000001', tap.o('O'), tap.a('Dos'), ARRAY[tap.d('d2')])$$) AS first \gset
SELECT is(tried('ana', $$SELECT copy_offer('00000000-0000-4000-8000-000000000001', tap.o('O'), tap.a('Dos'), ARRAY[tap.d('d2')])$$),
          :'first', 'asked again, it is the same');
SELECT (:'first'::jsonb ->> 'id')::bigint AS copy, (:'first'::jsonb ->> 'version')::integer AS version,
       (SELECT min(id) FROM offer WHERE title = 'O') AS original \gset
SELECT is((SELECT count(*) FROM offer WHERE title = 'O'), 2::bigint, 'one copy');
CREATE FUNCTION tap.lines(bigint) RETURNS text LANGUAGE sql AS
    $$SELECT jsonb_agg(to_jsonb(line) - '{id,offer_id,action_id}'::text[] ORDER BY position)::text FROM trato.offer_line AS line WHERE offer_id = $1$$;
SELECT is(tap.lines(:copy), tap.lines(:original), 'its lines once, as they are');
SELECT is((SELECT (net_cents, vat_cents, total_cents) FROM offer WHERE id = :copy),
          (SELECT (net_cents, vat_cents, total_cents) FROM offer WHERE id = :original), 'and its totals');
SELECT is((SELECT (state, revision, root_id, serial, action_id, title, currency, probability, expected_close, valid_until, payment_terms, notes)::text
             FROM offer WHERE id = :copy),
          ROW('draft', 1, :copy, NULL, a('Dos'), 'O', 'USD', NULL, today() + 60, today() + 30, '30 days', 'for them')::text,
          'a draft of its own, that expects what its action expects');
SELECT is((SELECT array_agg(division_id) FROM offer_division WHERE offer_id = :copy), ARRAY[d('d2')], 'for the divisions that were said');
SELECT is((SELECT version FROM offer WHERE id = :copy), :version, 'which can be changed next');
SELECT is((SELECT count(*) FROM audit WHERE table_name = 'offer' AND row_id = :copy AND login = 'ana@trato.example' AND operation = 'insert'),
          1::bigint, 'it is in the audit trail');

-- Whatever state it is in, also where it is.
SELECT works('ana', format('SELECT copy_offer(gen_random_uuid(), %s, tap.a(''Uno''), ARRAY[tap.d(''d1''), tap.d(''d1'')])', :original), 'within its action');
SELECT is((SELECT count(*) FROM offer_division WHERE offer_id = (SELECT max(id) FROM offer)), 1::bigint, 'a division once');
SELECT tap.given_offer('ana', 'Uno', state, 'd1', state) FROM unnest('{presented,approved,rejected,withdrawn,superseded}'::text[]) AS state \g /dev/null
SELECT works('ana', format('SELECT copy_offer(gen_random_uuid(), tap.o(%L), tap.a(''Dos''), ARRAY[tap.d(''d2'')])', state), state)
  FROM unnest('{presented,approved,rejected,withdrawn,superseded}'::text[]) AS state;
SELECT is((SELECT count(*) FROM offer WHERE action_id = a('Dos') AND state = 'draft' AND serial IS NULL), 6::bigint, 'all of them drafts');
SELECT tap.given('ana', $$SELECT save_offer(gen_random_uuid(), NULL, NULL, tap.a('Uno'), 'Bare', NULL, NULL)$$) \g /dev/null
SELECT works('ana', $$SELECT copy_offer(gen_random_uuid(), tap.o('Bare'), tap.a('Dos'), NULL)$$, 'without lines, divisions and validity');
SELECT is((SELECT (valid_until, total_cents) FROM offer WHERE title = 'Bare' AND action_id = a('Dos')), (NULL::date, 0::bigint));
-- One that has expired is valid again for as many days as it was.
SET LOCAL session_replication_role = replica;
-- Days of the team's own time zone: the clocks may have changed in between.
UPDATE offer SET presented_at = (presented_at AT TIME ZONE setting_value('timezone') - interval '50 days') AT TIME ZONE setting_value('timezone'), valid_until = today() - 35 WHERE title = 'presented' AND state = 'presented';
SET LOCAL session_replication_role = origin;
SELECT works('ana', $$SELECT copy_offer(gen_random_uuid(), (SELECT id FROM offer WHERE title = 'presented' AND state = 'presented'), tap.a('Dos'), ARRAY[tap.d('d2')])$$);
SELECT is((SELECT valid_until FROM offer ORDER BY id DESC LIMIT 1), today() + 15, 'a copy is not born expired');

-- What is refused
SELECT refused('ana', format('SELECT copy_offer(gen_random_uuid(), %s, tap.a(''Dos''), ARRAY[tap.d(''d1'')])', :original), '23503 offer_division_of_action');
SELECT refused('ana', format('SELECT copy_offer(gen_random_uuid(), %s, tap.a(''Tres''), ARRAY[tap.d(''d3'')])', :original), 'TR004 action_unknown', 'into another''s action');
SELECT refused('ana', format('SELECT copy_offer(gen_random_uuid(), %s, -1, NULL)', :original), 'TR004 action_unknown');
SELECT refused('ana', $$SELECT copy_offer(gen_random_uuid(), -1, tap.a('Uno'), NULL)$$, 'TR004 offer_unknown');
SELECT refused('luis', format('SELECT copy_offer(gen_random_uuid(), %s, tap.a(''Tres''), ARRAY[tap.d(''d3'')])', :original), 'TR004 offer_unknown', 'of another''s offer');
SELECT refused('marta', format('SELECT copy_offer(gen_random_uuid(), %s, tap.a(''Uno''), NULL)', :original), '42501', 'a manager makes no offers');
SELECT refused('berta', format('SELECT copy_offer(gen_random_uuid(), %s, tap.a(''Uno''), NULL)', :original), '42501');
SELECT tap.given('ana', $$SELECT add_collaborator(gen_random_uuid(), tap.a('Uno'), tap.p('luis'))$$) \g /dev/null
SELECT works('luis', format('SELECT copy_offer(gen_random_uuid(), %s, tap.a(''Tres''), ARRAY[tap.d(''d3'')])', :original), 'a collaborator may take it along');
SELECT tap.given('ana', $$SELECT close_action(gen_random_uuid(), tap.a('Dos'), tap.av('Dos'), 'lost', tap.reason('action_lost'))$$) \g /dev/null
SELECT refused('ana', format('SELECT copy_offer(gen_random_uuid(), %s, tap.a(''Dos''), ARRAY[tap.d(''d2'')])', :original), 'TR001 action_is_closed');
SELECT works('ana', format('SELECT copy_offer(gen_random_uuid(), %s, tap.a(''Uno''), ARRAY[tap.d(''d1'')])', :copy), 'out of a closed action');

SELECT * FROM finish();
ROLLBACK;
