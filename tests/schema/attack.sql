-- What a hostile user found once: each case here was a way around a rule, a right or an arrow.
\ir lib/world.sql

CREATE FUNCTION tap.plan(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE 'EXPLAIN ' || statement;
END
$$;

-- Rules look at what others have committed, so what writes must see the present: in a transaction
-- that keeps an old snapshot two members could each release "the other" division (see the spec
-- old_snapshot), or somebody who has been removed go on writing. Every table refuses it.
SELECT set_eq($$SELECT relname::text FROM pg_class WHERE relnamespace = 'trato'::regnamespace AND relkind IN ('r', 'p')
                   AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'sees_the_present' AND tgenabled = 'O')$$,
              '{audit,schema_version}'::text[], 'no table but these is written on an old snapshot');

-- A transaction that was begun long ago would date its writes then: an offer that has expired
-- since would be approved, and the trail would be of another day.
DO $$
BEGIN
    EXECUTE replace(pg_get_functiondef('earlier_result(uuid,text)'::regprocedure), '5 minutes', '0 seconds');
END
$$;
SELECT refused('ana', $$SELECT open_action(gen_random_uuid(), tap.c('Acme'), 'Old', ARRAY[tap.d('d1')])$$, 'TR001 transaction_is_old');
DO $$
BEGIN
    EXECUTE replace(pg_get_functiondef('earlier_result(uuid,text)'::regprocedure), '0 seconds', '5 minutes');
END
$$;

-- Revisions: an earlier one does not push aside a later one.
SELECT tap.given_action('ana', 'Uno', 'd1', 'd2'), tap.given_offer('ana', 'Uno', 'R', 'd1', 'presented'),
       tap.given('ana', $$SELECT revise_offer(gen_random_uuid(), tap.o('R'), tap.ov('R'))$$) \g /dev/null
SELECT id AS first, version AS first_version FROM offer WHERE title = 'R' AND revision = 1 \gset
SELECT id AS second, version AS second_version FROM offer WHERE title = 'R' AND revision = 2 \gset
SELECT works('ana', format('SELECT revise_offer(gen_random_uuid(), %s, %s)', :first, :first_version), 'a second draft of a revision');
SELECT works('ana', $$SELECT present_offer(gen_random_uuid(), tap.o('R'), tap.ov('R'))$$, 'the third revision is presented');
SELECT refused('ana', format('SELECT present_offer(gen_random_uuid(), %s, %s)', :second, :second_version), 'TR001 offer_is_latest_revision',
               'the second one comes too late');
SELECT refused('owner', format('UPDATE offer SET state = ''superseded'' WHERE id = tap.o(''R''); UPDATE offer SET state = ''presented'' WHERE id = %s', :second),
               'TR001 offer_is_latest_revision', 'for the owner too');
SELECT is((SELECT string_agg(state, ' ' ORDER BY revision) FROM offer WHERE title = 'R'), 'superseded draft presented');
SELECT tap.given('ana', $$SELECT reject_offer(gen_random_uuid(), tap.o('R'), tap.ov('R'), tap.reason('offer_rejected'))$$) \g /dev/null
SELECT refused('ana', format('SELECT present_offer(gen_random_uuid(), %s, %s)', :second, :second_version), 'TR001 offer_is_latest_revision',
               'nor when the third one was rejected');
-- An approved offer and a draft of its next revision
SELECT tap.given_offer('ana', 'Uno', 'S', 'd1', 'presented') \g /dev/null
SELECT id AS first FROM offer WHERE title = 'S' \gset
SELECT tap.given('ana', $$SELECT revise_offer(gen_random_uuid(), tap.o('S'), tap.ov('S'))$$),
       tap.given('ana', format('SELECT approve_offer(gen_random_uuid(), %s, (SELECT version FROM offer WHERE id = %1$s), today(), ''X'')', :first)) \g /dev/null
SELECT refused('ana', $$SELECT present_offer(gen_random_uuid(), tap.o('S'), tap.ov('S'))$$, 'TR001 offer_one_revision_stands', 'an approved offer is not superseded');
SELECT works('marta', format('SELECT revoke_approval(gen_random_uuid(), %s, (SELECT version FROM offer WHERE id = %1$s), ''x'')', :first));
SELECT works('ana', $$SELECT present_offer(gen_random_uuid(), tap.o('S'), tap.ov('S'))$$, 'but is once its approval is revoked');

-- Rule 9: no approval in the same breath as a longer validity, which is an act of its own.
SELECT tap.given_offer('ana', 'Uno', 'Expired', 'd1', 'presented') \g /dev/null
UPDATE offer SET valid_until = today() - 1 WHERE title = 'Expired';
SELECT refused('owner', $$WITH made AS (INSERT INTO notice (offer_id, action_id) VALUES (tap.o('Expired'), tap.a('Uno')) RETURNING id)
                          UPDATE offer SET state = 'approved', accepted_on = today(), accepted_by = 'X', valid_until = today(),
                                 notice_id = (SELECT id FROM made) WHERE title = 'Expired' RETURNING id$$,
               'TR001 offer_is_frozen');

-- An answered request stays as it was answered, and an answer is yes or no.
SELECT tap.given('luis', $$SELECT request_collaboration(gen_random_uuid(), tap.d('d1'), 'x')$$) \g /dev/null
SELECT max(id) AS asked FROM request \gset
SELECT refused('ana', format('SELECT answer_request(gen_random_uuid(), %s, 1, NULL, NULL)', :asked), 'TR001 request_answer_required');
SELECT tap.given('ana', format('SELECT answer_request(gen_random_uuid(), %s, 1, true, ''welcome'')', :asked)),
       tap.given('ana', $$SELECT remove_collaborator(gen_random_uuid(), tap.a('Uno'), tap.p('luis'))$$) \g /dev/null
SELECT refused('ana', format('SELECT answer_request(gen_random_uuid(), %s, 2, %L, ''again'')', :asked, accept), 'TR001 state_arrow_exists',
               'answered again: ' || accept) FROM unnest('{true,false}'::boolean[]) AS accept;
SELECT refused('luis', format('SELECT withdraw_request(gen_random_uuid(), %s)', :asked), 'TR001 state_arrow_exists');
SELECT is((SELECT (state, state_note, version) FROM request WHERE id = :asked), (SELECT ('accepted'::text, 'welcome'::text, 2)));
SELECT refused('luis', format('SELECT request_collaboration(gen_random_uuid(), %s, NULL)', division), 'TR004 division_unknown',
               'asking for no division: ' || division) FROM unnest('{"NULL",-1}'::text[]) AS division;
SELECT refused('luis', $$SELECT request_collaboration(gen_random_uuid(), tap.d('d5'), NULL)$$, 'TR001 division_is_held');

-- What is not there is not seen.
SELECT refused('berta', format('SELECT see_notice(gen_random_uuid(), %s)', notice), 'TR004 notice_unknown', 'seeing no notice: ' || notice)
  FROM unnest('{"NULL",-1}'::text[]) AS notice;

-- What a save says nothing about stays.
SELECT tap.given('ana', $$SELECT save_contact(gen_random_uuid(), NULL, NULL, tap.c('Acme'), 'Gone', NULL, NULL, NULL, NULL, NULL, false)$$),
       tap.given('ana', $$SELECT save_division(gen_random_uuid(), NULL, NULL, tap.c('Acme'), 'Gone', NULL, NULL, false)$$),
       tap.given('marta', $$SELECT save_area(gen_random_uuid(), NULL, NULL, 'Gone', false)$$) \g /dev/null
SELECT is(tried('ana', $$SELECT save_contact(gen_random_uuid(), (SELECT id FROM contact WHERE name = 'Gone'), 1, NULL, 'Gone', NULL, NULL, NULL, NULL, NULL, NULL) ->> 'version'$$), '2');
SELECT is(tried('ana', $$SELECT save_division(gen_random_uuid(), tap.d('Gone'), 1, NULL, 'Gone', NULL, NULL, NULL) ->> 'version'$$), '2');
SELECT is(tried('marta', $$SELECT save_area(gen_random_uuid(), (SELECT id FROM area WHERE name = 'Gone'), 1, 'Gone', NULL) ->> 'version'$$), '2');
SELECT is((SELECT concat_ws(' ', contact.active, division.active, area.active) FROM contact, division, area
            WHERE contact.name = 'Gone' AND division.name = 'Gone' AND area.name = 'Gone'), 'f f f', 'what is inactive does not come back by itself');

-- Reopening where a division is not in use any more says so.
SELECT tap.given_action('luis', 'Tres', 'd3', 'd4'),
       tap.given('luis', $$SELECT close_action(gen_random_uuid(), tap.a('Tres'), tap.av('Tres'), 'cancelled')$$),
       tap.given('ana', $$SELECT save_division(gen_random_uuid(), tap.d('d3'), 1, NULL, 'd3', NULL, NULL, false)$$) \g /dev/null
SELECT refused('luis', $$SELECT reopen_action(gen_random_uuid(), tap.a('Tres'), tap.av('Tres'), NULL)$$, 'TR001 division_is_inactive');
SELECT refused('luis', $$SELECT open_action(gen_random_uuid(), tap.c('Acme'), 'x', ARRAY[tap.d('d3')])$$, 'TR001 division_is_inactive');
SELECT works('luis', $$SELECT save_division(gen_random_uuid(), tap.d('d3'), 2, NULL, 'd3', NULL, NULL, true)$$);
SELECT works('luis', $$SELECT reopen_action(gen_random_uuid(), tap.a('Tres'), tap.av('Tres'), NULL)$$);

-- Who has been disabled writes nothing, in a session that is still open either.
SELECT tap.given('marta', $$SELECT disable_person(gen_random_uuid(), 'luis@trato.example')$$),
       tap.given('marta', $$SELECT disable_person(gen_random_uuid(), 'bruno@trato.example')$$) \g /dev/null
SELECT refused('luis', $$SELECT set_next_step(gen_random_uuid(), tap.a('Tres'), tap.av('Tres'), 'x', NULL)$$, '42501 permission');
SELECT refused('bruno', $$SELECT save_client(gen_random_uuid(), NULL, NULL, 'x', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)$$, '42501 permission');

-- A key that changes with the state is looked for in the tables that refer to it, at each change:
-- by an index, however many rows there are.
SELECT is_empty($$SELECT conname FROM pg_constraint WHERE contype = 'f' AND connamespace = 'trato'::regnamespace
                   AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = confrelid AND attnum = ANY (confkey) AND attgenerated <> '')
                   AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = conrelid AND indpred IS NULL AND indkey[0] = ANY (conkey))$$,
                'a change of state reads no whole table');
-- But a condition on an indexed column is looked at before the policies, and EXPLAIN ANALYZE then
-- counts the rows that the policies removed: who may not see an amount or a text must not find an
-- index on it, with which he could search for it. (What an index only carries, INCLUDE, is looked at
-- with the policies and not before.)
SELECT is_empty($$SELECT indexrelid::regclass, attname FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
                   JOIN pg_attribute ON attrelid = indrelid AND (attnum = ANY (indkey[0:indnkeyatts - 1])
                        OR concat_ws(' ', pg_get_expr(indexprs, indrelid), pg_get_expr(indpred, indrelid)) ~ ('\m' || attname || '\M'))
                  WHERE relnamespace = 'trato'::regnamespace AND relrowsecurity
                    AND attname ~ '(cents|title|subject|body|notes|note|description|quantity|price|discount|next_step|accepted_by|terms)$'$$,
                'no index on what others may not search for');
-- Who asks is looked for many times in every write.
SET LOCAL enable_seqscan = off;
SELECT alike((SELECT string_agg(line, ' ') FROM tap.plan((SELECT substring(prosrc FROM '\((SELECT.*)\);') FROM pg_proc WHERE oid = 'my_id()'::regprocedure)) AS line),
             '%Index Cond: (email = %', 'who asks is found by the index');

SELECT * FROM finish();
ROLLBACK;
