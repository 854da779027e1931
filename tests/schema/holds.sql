-- Rules 1 to 3: exclusivity, what an open action has, and what closing releases.
\ir lib/world.sql

SELECT tap.given_action('ana', 'Uno', 'd1', 'd2') \g /dev/null

-- Rule 1: for the verbs
SELECT refused('luis', $$SELECT open_action(gen_random_uuid(), tap.c('Acme'), 'x', ARRAY[tap.d('d2')])$$,
               'TR001 hold_division_is_free');
SELECT refused('luis', $$SELECT open_action(gen_random_uuid(), tap.c('Acme'), 'x', ARRAY[tap.d('d3'), tap.d('d1')])$$,
               'TR001 hold_division_is_free', 'all divisions or none');
SELECT is((SELECT count(*) FROM hold WHERE division_id = d('d3')), 0::bigint,
          'of a refused claim nothing stays');
SET LOCAL DateStyle = 'SQL, DMY';   -- dates in refusals are for programs
SELECT matches(told('luis', $$SELECT open_action(gen_random_uuid(), tap.c('Acme'), 'x', ARRAY[tap.d('d2')])$$),
               'division=d2\ndivision_id=\d+\nholder=Ana\nsince=\d{4}-\d\d-\d\d\naction=\d+\nblocked=1$',
               'the loser is told who holds it, since when, in which action');
SELECT tap.given_action('luis', 'Dos', 'd3') \g /dev/null
SELECT refused('luis', $$SELECT hold_divisions(gen_random_uuid(), tap.a('Dos'), ARRAY[tap.d('d1')])$$,
               'TR001 hold_division_is_free');
SELECT works('luis', $$SELECT hold_divisions(gen_random_uuid(), tap.a('Dos'), ARRAY[tap.d('d4'), tap.d('d4'), tap.d('d3')])$$,
             'divisions that are held already or named twice do no harm');
SELECT is((SELECT count(*) FROM hold WHERE action_id = a('Dos')), 2::bigint, 'and are held once');

-- Rule 1: for everybody
SELECT refused(who, $$INSERT INTO hold (action_id, division_id, client_id)
                      VALUES (tap.a('Dos'), tap.d('d1'), tap.c('Acme'))$$,
               '23505 hold_division_is_free', who || ' cannot hold twice by plain SQL')
  FROM unnest('{owner,superuser}'::text[]) AS who;
SELECT refused('owner', $$UPDATE hold SET division_id = tap.d('d1') WHERE division_id = tap.d('d3')$$,
               '23505 hold_division_is_free');
SELECT refused('owner', $$INSERT INTO hold (action_id, division_id, client_id)
                          VALUES (tap.a('Dos'), tap.d('e1'), tap.c('Acme'))$$,
               '23503 hold_client_of_division', 'a division belongs to the client of the action');
SELECT refused('owner', $$INSERT INTO hold (action_id, division_id, client_id)
                          VALUES (tap.a('Dos'), tap.d('e1'), tap.c('Beta'))$$,
               '23503 hold_client_of_action');
SELECT refused('owner', $$UPDATE action SET client_id = tap.c('Beta') WHERE title = 'Dos'$$,
               'TR001 client_of_its_own');
SELECT refused('owner', $$UPDATE division SET client_id = tap.c('Beta') WHERE name = 'd3'$$,
               'TR001 client_of_its_own');
SELECT refused('luis', $$SELECT open_action(gen_random_uuid(), tap.c('Acme'), 'x', ARRAY[tap.d('e1')])$$,
               'TR004 division_unknown');
SELECT refused('luis', $$SELECT open_action(gen_random_uuid(), tap.c('Acme'), 'x', ARRAY[tap.d('d5'), NULL])$$,
               '23502', 'no division is no division');

-- Rule 2
SELECT refused('luis', $$SELECT open_action(gen_random_uuid(), tap.c('Acme'), 'x', '{}')$$,
               'TR001 action_holds_a_division');
SELECT refused('luis', $$SELECT open_action(gen_random_uuid(), tap.c('Acme'), 'x', NULL)$$,
               'TR001 action_holds_a_division');
SELECT refused('owner', $$INSERT INTO action (client_id, title) VALUES (tap.c('Acme'), 'x')$$,
               'TR001 action_holds_a_division', 'at commit, by plain SQL');
SELECT refused('owner', $$WITH made AS (INSERT INTO action (client_id, title) VALUES (tap.c('Acme'), 'x') RETURNING id)
                          INSERT INTO hold (action_id, division_id, client_id)
                          SELECT id, tap.d('d5'), tap.c('Acme') FROM made RETURNING id$$,
               'TR001 action_has_an_owner');
SELECT refused('owner', $$UPDATE hold SET released_at = now() WHERE action_id = tap.a('Uno')$$,
               'TR001 action_holds_a_division');
SELECT refused('owner', $$DELETE FROM hold WHERE action_id = tap.a('Uno')$$,
               'TR001 action_holds_a_division');
SELECT refused('owner', $$UPDATE hold SET action_id = tap.a('Uno') WHERE action_id = tap.a('Dos')$$,
               'TR001 action_holds_a_division', 'moving the holds away');
SELECT refused('owner', $$UPDATE action_member SET left_at = now() WHERE action_id = tap.a('Uno')$$,
               'TR001 action_has_an_owner');
SELECT refused('owner', $$UPDATE action_member SET is_owner = false WHERE action_id = tap.a('Uno')$$,
               'TR001 action_has_an_owner');
SELECT refused('owner', $$DELETE FROM action_member WHERE action_id = tap.a('Uno')$$,
               'TR001 action_has_an_owner');
SELECT refused('owner', $$INSERT INTO action_member (action_id, person_id, is_owner)
                          VALUES (tap.a('Uno'), tap.p('luis'), true)$$,
               '23505 action_member_one_owner', 'there is one owner');
SELECT refused('owner', $$INSERT INTO action_member (action_id, person_id)
                          VALUES (tap.a('Uno'), tap.p('ana'))$$, '23505 action_member_once');
SELECT works('ana', $$SELECT release_division(gen_random_uuid(), tap.a('Uno'), tap.d('d2'))$$);
SELECT refused('ana', $$SELECT release_division(gen_random_uuid(), tap.a('Uno'), tap.d('d1'))$$,
               'TR001 action_holds_a_division', 'the last division stays');
SELECT refused('ana', $$SELECT release_division(gen_random_uuid(), tap.a('Uno'), tap.d('d2'))$$,
               'TR004 hold_unknown');
SELECT works('ana', $$SELECT hold_divisions(gen_random_uuid(), tap.a('Uno'), ARRAY[tap.d('d2')])$$,
             'a released division can be held again');

-- Members
SELECT refused('ana', $$SELECT add_collaborator(gen_random_uuid(), tap.a('Uno'), tap.p('berta'))$$,
               'TR001 action_member_is_a_rep');
SELECT works('ana', $$SELECT add_collaborator(gen_random_uuid(), tap.a('Uno'), tap.p('eva'))$$);
SELECT refused('eva', $$SELECT add_collaborator(gen_random_uuid(), tap.a('Uno'), tap.p('luis'))$$,
               '42501 permission', 'a collaborator changes no members');
SELECT refused('eva', $$SELECT transfer_action(gen_random_uuid(), tap.a('Uno'), tap.p('eva'))$$,
               '42501 permission');
SELECT refused('eva', $$SELECT close_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'cancelled')$$,
               '42501 permission');
SELECT works('eva', $$SELECT set_next_step(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'call', today())$$,
             'but does all else');
SELECT refused('ana', $$SELECT remove_collaborator(gen_random_uuid(), tap.a('Uno'), tap.p('ana'))$$,
               'TR004 collaborator_unknown', 'the owner cannot be removed');
SELECT works('ana', $$SELECT transfer_action(gen_random_uuid(), tap.a('Uno'), tap.p('eva'))$$);
SELECT is((SELECT string_agg((person_id = p('eva')) || ' ' || is_owner, ', ' ORDER BY person_id = p('eva'))
             FROM action_member WHERE action_id = a('Uno') AND left_at IS NULL),
          'false false, true true', 'the earlier owner stays as a collaborator');
SELECT works('marta', $$SELECT transfer_action(gen_random_uuid(), tap.a('Uno'), tap.p('ana'))$$);
SELECT works('marta', $$SELECT remove_collaborator(gen_random_uuid(), tap.a('Uno'), tap.p('eva'))$$);
SELECT refused('eva', $$SELECT set_next_step(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'x', NULL)$$,
               'TR004 action_unknown', 'who has left is a stranger');

-- A manager opens for a rep, and only a manager does
SELECT works('marta', $$SELECT open_action(gen_random_uuid(), tap.c('Beta'), 'Tres', ARRAY[tap.d('e1')], p_owner => tap.p('eva'))$$);
SELECT refused('luis', $$SELECT open_action(gen_random_uuid(), tap.c('Beta'), 'x', ARRAY[tap.d('e2')], p_owner => tap.p('eva'))$$,
               '42501 permission');
SELECT refused('marta', $$SELECT open_action(gen_random_uuid(), tap.c('Beta'), 'x', ARRAY[tap.d('e2')])$$,
               'TR001 action_owner_is_a_rep');
SELECT refused('marta', $$SELECT open_action(gen_random_uuid(), tap.c('Beta'), 'x', ARRAY[tap.d('e2')], p_owner => tap.p('berta'))$$,
               'TR001 action_owner_is_a_rep');

-- Rule 3
SELECT tap.given_offer('ana', 'Uno', 'Borrador', 'd1'), tap.given_offer('ana', 'Uno', 'Presentada', 'd2', 'presented'),
       tap.given('luis', $$SELECT request_collaboration(gen_random_uuid(), tap.d('d1'), 'may I?')$$) \g /dev/null
SELECT refused('owner', $$UPDATE action SET state = 'lost', closed_at = now(), next_step = NULL, next_step_on = NULL,
                          state_reason_id = tap.reason('action_lost') WHERE title = 'Uno'$$,
               '23503 hold_action_open', 'a closed action has no open hold');
SELECT refused('owner', $$WITH released AS (UPDATE hold SET released_at = now() WHERE action_id = tap.a('Uno'))
                          UPDATE action SET state = 'lost', closed_at = now(), next_step = NULL, next_step_on = NULL,
                          state_reason_id = tap.reason('action_lost') WHERE title = 'Uno' RETURNING id$$,
               '23503 offer_action_open', 'nor a live offer');
SELECT refused('ana', $$SELECT release_division(gen_random_uuid(), tap.a('Uno'), tap.d('d1'))$$,
               '23503 offer_division_is_held', 'a live offer needs its division');
SELECT refused('ana', $$SELECT close_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'won')$$,
               'TR001 action_has_live_offers');
SELECT refused('ana', $$SELECT close_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'cancelled')$$,
               '42501 permission', 'the owner cancels only while nothing was presented');
SELECT refused('ana', $$SELECT close_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'lost')$$,
               '23514 action_reason_required');
SELECT refused('ana', $$SELECT close_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'lost', tap.reason('action_lost', 'other'))$$,
               'TR001 reason_note_required');
SELECT refused('ana', $$SELECT close_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'lost', tap.reason('offer_rejected'))$$,
               'TR001 reason_of_another_kind');
SELECT refused('ana', $$SELECT close_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'archived')$$,
               '23514 action_state_known');
SELECT refused('luis', $$SELECT close_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'lost', tap.reason('action_lost'))$$,
               'TR004 action_unknown');
SELECT works('ana', $$SELECT close_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'lost', tap.reason('action_lost', 'other'), 'moved away')$$);
SELECT is((SELECT count(*) FROM hold WHERE action_id = a('Uno') AND released_at IS NULL), 0::bigint, 'holds are released');
SELECT set_eq($$SELECT state FROM offer WHERE action_id = tap.a('Uno')$$, '{withdrawn}'::text[], 'live offers are withdrawn');
SELECT is((SELECT state FROM request WHERE action_id = a('Uno')), 'declined', 'open requests are answered');
SELECT set_eq($$SELECT entity, from_state, to_state, note, person_id FROM state_change WHERE action_id = tap.a('Uno')$$,
              $$VALUES ('offer', 'draft', 'presented', NULL, tap.p('ana')), ('offer', 'draft', 'withdrawn', 'moved away', tap.p('ana')),
                       ('offer', 'presented', 'withdrawn', 'moved away', tap.p('ana')), ('request', 'open', 'declined', NULL, tap.p('ana')),
                       ('action', 'open', 'lost', 'moved away', tap.p('ana'))$$, 'all with who and why');
SELECT refused('owner', $$INSERT INTO hold (action_id, division_id, client_id)
                          VALUES (tap.a('Uno'), tap.d('d5'), tap.c('Acme'))$$, '23503 hold_action_open');
SELECT refused('owner', $$UPDATE hold SET released_at = NULL WHERE action_id = tap.a('Uno')$$, '23503 hold_action_open');
SELECT refused('owner', $$INSERT INTO offer (id, action_id, root_id, title) OVERRIDING SYSTEM VALUE
                          VALUES (-1, tap.a('Uno'), -1, 'x')$$, '23503 offer_action_open');
SELECT refused('ana', $$SELECT hold_divisions(gen_random_uuid(), tap.a('Uno'), ARRAY[tap.d('d5')])$$, 'TR001 action_is_closed');
SELECT refused('ana', $$SELECT save_offer(gen_random_uuid(), NULL, NULL, tap.a('Uno'), 'x', NULL, NULL)$$, 'TR001 action_is_closed');
SELECT refused('ana', $$SELECT add_collaborator(gen_random_uuid(), tap.a('Uno'), tap.p('eva'))$$, 'TR001 action_is_closed');
SELECT works('ana', $$SELECT log_communication(gen_random_uuid(), tap.a('Uno'), NULL, 'phone', 'in', now(), 'after all', NULL)$$,
             'communications still come');

-- Reopening
SELECT tap.given_action('luis', 'Cuatro', 'd2') \g /dev/null
SELECT refused('ana', $$SELECT reopen_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), NULL)$$, 'TR001 hold_division_is_free');
SELECT tap.given('luis', $$SELECT close_action(gen_random_uuid(), tap.a('Cuatro'), tap.av('Cuatro'), 'cancelled')$$) \g /dev/null
SELECT is(tried('ana', $$SELECT reopen_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), NULL)$$, false) ~ '"id"', true,
          'the owner reopens for some days');
UPDATE action SET closed_at = now() - interval '8 days' WHERE title = 'Uno';
SELECT refused('ana', $$SELECT reopen_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), NULL)$$, '42501 permission', 'and not later');
SELECT works('marta', $$SELECT reopen_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), NULL)$$, 'a manager at any time');
SELECT is((SELECT count(*) FROM hold WHERE action_id = a('Uno') AND released_at IS NULL), 2::bigint, 'and its holds are claimed again');
SELECT refused('marta', $$SELECT reopen_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), NULL)$$, 'TR001 action_is_open');

-- A client is not archived while somebody works for it, nor does work begin again afterwards.
SELECT refused('marta', $$SELECT archive_client(gen_random_uuid(), tap.c('Beta'), tap.cv('Beta'), true)$$,
               'TR001 client_has_open_actions');
SELECT tap.given('marta', $$SELECT close_action(gen_random_uuid(), tap.a('Tres'), tap.av('Tres'), 'cancelled')$$),
       tap.given('marta', $$SELECT archive_client(gen_random_uuid(), tap.c('Beta'), tap.cv('Beta'), true)$$) \g /dev/null
SELECT refused('marta', $$SELECT reopen_action(gen_random_uuid(), tap.a('Tres'), tap.av('Tres'), 'x')$$,
               'TR001 client_is_archived');

SELECT * FROM finish();
ROLLBACK;
