-- What watchers are given: which notices, in which order, whose turn it is, and what a repeated or a late
-- word about a delivery does.
\ir lib/world.sql

CREATE FUNCTION tap.w(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = trato AS
    'SELECT id FROM watcher WHERE name = $1';
CREATE FUNCTION tap.begin_watch(name text, holder text DEFAULT 'h', day date DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried('berta', format('SELECT begin_watch(gen_random_uuid(), %L, tap.request_id(%L), %L, %L)', name, holder, 'at ' || holder, day))
$$;
CREATE FUNCTION tap.due(name text, holder text DEFAULT 'h') RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried('berta', format('SELECT keep_watch(tap.w(%L), tap.request_id(%L), %L)', name, holder, 'at ' || holder))
$$;
-- The title of the offer whose notice is given, and which try it is.
CREATE FUNCTION tap.took(name text, holder text DEFAULT 'h') RETURNS text LANGUAGE sql AS $$
    SELECT coalesce((SELECT concat(offer.title, ' ', (answer ->> 'try')) FROM notice JOIN offer ON offer.id = notice.offer_id
                      WHERE notice.id = (answer ->> 'notice')::bigint), answer::text)
      FROM (SELECT CASE WHEN text LIKE '{%' THEN text::jsonb ELSE to_jsonb(text) END AS answer
              FROM tap.tried('berta', format('SELECT take_delivery(gen_random_uuid(), tap.w(%L), tap.request_id(%L))', name, holder)) AS text) AS taken
$$;
CREATE FUNCTION tap.ended(name text, title text, given boolean, try integer DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT (answer::jsonb ->> 'state') || coalesce(' ' || (answer::jsonb ->> 'wait'), '')
      FROM (SELECT tap.tried('berta', format('SELECT end_delivery(gen_random_uuid(), %s, %s, %L, %L)', id, coalesce(try, tries), given, 'why')) AS answer
              FROM delivery WHERE watcher_id = tap.w(name) AND notice_id = tap.n(title)) AS told
$$;
-- As if so much time had passed since the last failure.
CREATE FUNCTION tap.later(name text) RETURNS void LANGUAGE sql AS
    $$UPDATE delivery SET next_at = now() WHERE watcher_id = tap.w(name) AND state = 'failed'$$;

-- Which ones
SELECT tap.given_action('ana', 'Uno', 'd1') \g /dev/null
SELECT tap.given_offer('ana', 'Uno', title, 'd1', 'approved') FROM unnest('{A,B}'::text[]) AS title \g /dev/null
SELECT is(begin_watch('new') ~ '"id"', true, 'a name begins');
SELECT is(begin_watch('old', 'h', '2000-01-01') ~ '"id"', true, 'also from a day on');
SELECT is(begin_watch('next', 'h', today() + 1) ~ '"id"', true, 'also from tomorrow on');
SELECT is(due('new'), '{"due": false, "wait": null}', 'from now on: nothing that was there');
SELECT is(due('next'), '{"due": false, "wait": null}', 'from tomorrow on: nothing yet');
SELECT is(due('old'), '{"due": true, "wait": null}', 'from a day on: all since');
SELECT tap.given_offer('ana', 'Uno', title, 'd1', 'approved') FROM unnest('{C,D}'::text[]) AS title \g /dev/null
SELECT is(due('new'), '{"due": true, "wait": null}', 'what comes');
SELECT tap.given('marta', $$SELECT revoke_approval(gen_random_uuid(), tap.o('A'), tap.ov('A'), 'oops')$$) \g /dev/null
SELECT is(took('old'), 'A 1', 'by id, a void one too');
SELECT is(took('old'), 'A 2', 'one that was begun and not ended comes again');
SELECT is(ended('old', 'A', true), 'given', 'given');
SELECT is(took('old'), 'B 1', 'then the next');
SELECT is(ended('old', 'B', true), 'given');
SELECT is(took('new'), 'C 1', 'each name by itself');
SELECT is(ended('new', 'C', true), 'given');

-- One whose transaction was slow: it is seen later than younger ones, with an earlier id and date.
SET LOCAL session_replication_role = replica;
UPDATE watcher SET found = array_remove(found, n('B')) WHERE name = 'new';
SET LOCAL session_replication_role = origin;
SELECT is(took('new'), 'B 1', 'one that was not to be seen when it began is not lost');
SELECT is(ended('new', 'B', true), 'given');

-- Failures
SELECT is(took('new'), 'D 1');
SELECT tap.given_offer('ana', 'Uno', 'E', 'd1', 'approved') \g /dev/null
SELECT is(ended('new', 'D', false), 'failed 1', 'a failure waits');
SELECT is(due('new'), '{"due": false, "wait": 1}', 'and later ones with it');
SELECT is(took('new'), format('{"id": %s, "try": null, "notice": null, "delivery": null}', w('new')), 'nothing is due');
SELECT later('new') \g /dev/null
SELECT is(took('new'), 'D 2');
SELECT is(ended('new', 'D', false), 'failed 2', 'twice as long each time');
SELECT later('new') \g /dev/null
SELECT is(took('new'), 'D 3');
SELECT is(ended('new', 'D', false), 'failed 4', 'twice as long each time');
SELECT later('new') \g /dev/null
SELECT is(took('new'), 'D 4');
SELECT is(ended('new', 'D', false), 'failed 8', 'twice as long each time');
SELECT is(took('new'), 'E 1', 'after the fourth it lets others pass');
SELECT is(ended('new', 'E', true), 'given');
SELECT is(due('new'), '{"due": false, "wait": 8}');
UPDATE delivery SET tries = 40 WHERE watcher_id = w('new') AND state = 'failed';
SELECT later('new') \g /dev/null
SELECT is(took('new'), 'D 41', 'for ever');
SELECT is(ended('new', 'D', false), 'failed 600', 'at most ten minutes');
SELECT tap.given_offer('ana', 'Uno', 'F', 'd1', 'approved'), later('new') \g /dev/null
SELECT is(took('new'), 'F 1', 'a new one goes before what has failed so often');
SELECT is(ended('new', 'F', true), 'given');
SELECT is(took('new'), 'D 42');

-- Late words
SELECT is(ended('new', 'D', false, 41), 'begun', 'an earlier try has failed: that is past');
SELECT is(ended('new', 'D', true, 41), 'given', 'an earlier try has given it: then it is given');
SELECT is(ended('new', 'D', false), 'given', 'and stays so');
SELECT refused('owner', statement, 'TR001 ' || rule, statement) FROM (VALUES
    ('UPDATE delivery SET state = ''begun'', ended_at = NULL WHERE notice_id = tap.n(''D'')', 'delivery_is_kept'),
    ('DELETE FROM delivery', 'delivery_is_kept'),  ('DELETE FROM watcher', 'watcher_is_kept'),
    ('UPDATE watcher SET since = now()', 'watcher_is_kept')) AS statements (statement, rule);
SELECT refused('owner', 'UPDATE delivery SET watcher_id = tap.w(''next'') WHERE state <> ''given''', 'TR001 delivery_is_kept') WHERE EXISTS (
    SELECT FROM delivery WHERE state <> 'given');
SELECT refused('owner', format('INSERT INTO delivery (watcher_id, notice_id, state, ended_at) VALUES (%s, %s, ''lost'', now())', w('next'), n('A')),
               '23514 delivery_state_known');
SELECT refused('berta', 'SELECT end_delivery(gen_random_uuid(), 0, 1, true)', 'TR004 delivery_unknown');

-- Whose turn it is
SELECT is(begin_watch('new', 'other'), 'TR001 watcher_is_busy', 'one at a time');
SELECT is(due('new', 'other'), 'TR001 watcher_is_busy');
SELECT is(took('new', 'other'), '"TR001 watcher_is_busy"');
SELECT matches(told('berta', $$SELECT begin_watch(gen_random_uuid(), 'new', gen_random_uuid(), 'p')$$), 'place=at h\nsince=\d{4}-', 'and is told whose');
SELECT is(begin_watch('new', 'h', '2000-01-01') ~ '"id"', true, 'the same one again');
SELECT is(due('new'), '{"due": false, "wait": null}', 'a name keeps its first day');
UPDATE watcher_turn SET until = now() - interval '1 second' WHERE watcher_id = w('new');
SELECT is(begin_watch('new', 'other') ~ '"id"', true, 'when the minute is over another one may');
SELECT is(due('new'), 'TR001 watcher_is_busy', 'and the first one not');
SELECT is(tap.tried('berta', 'SELECT leave_watch(tap.w(''new''), tap.request_id(''h''))'), NULL, 'who has no turn leaves nothing');
SELECT is(due('new'), 'TR001 watcher_is_busy');
SELECT tap.given('berta', 'SELECT leave_watch(tap.w(''new''), tap.request_id(''other''))') \g /dev/null
UPDATE watcher_turn SET until = now() - interval '1 second' WHERE until = now();
SELECT is(due('new'), '{"due": false, "wait": null}', 'who leaves makes room at once');

-- What lies behind is looked at no more; what is not given holds that back.
SELECT is((SELECT done_through FROM watcher_turn WHERE watcher_id = w('new')), 0::bigint, 'notices of today are looked at');
SET LOCAL session_replication_role = replica;
UPDATE notice SET made_at = now() - interval '2 days';
SET LOCAL session_replication_role = origin;
SELECT due('new'), due('old') \g /dev/null
SELECT is((SELECT done_through FROM watcher_turn WHERE watcher_id = w('new')), n('F'), 'older ones no more');
SELECT is((SELECT done_through FROM watcher_turn WHERE watcher_id = w('old')), n('C') - 1, 'but for what waits');
SELECT is(took('old'), 'C 1');

-- A name under which nobody works is retired, and counts again from its next turn on.
CREATE FUNCTION tap.retire(name text, who text DEFAULT 'marta') RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT retire_watch(gen_random_uuid(), %L)', name))
$$;
CREATE FUNCTION tap.is_retired(name text) RETURNS boolean LANGUAGE sql AS 'SELECT retired_at IS NOT NULL FROM watcher WHERE name = $1';
SELECT is(retire('new'), 'TR001 watcher_is_busy', 'not while somebody works under it');
SELECT matches(told('marta', $$SELECT retire_watch(gen_random_uuid(), 'new')$$), 'place=at h\nsince=\d{4}-', 'and is told whose');
SELECT is(retire('nobody'), 'TR004 watcher_unknown');
UPDATE watcher_turn SET until = now() - interval '1 second';
SELECT is(retire('new', who), '42501', 'a manager does that, not ' || who) FROM unnest('{berta,carmen,ana}'::text[]) AS who;
SELECT is(retire('new') ~ '"id"', true, 'when the minute is over');
SELECT is(retire('new') ~ '"id"', true, 'again makes no difference');
SELECT is(ARRAY[is_retired('new'), is_retired('old')], '{t,f}');
SELECT is(due('new', 'other') LIKE '{"due"%', true, 'who had only been slow goes on');
SELECT is(is_retired('new'), false, 'and counts again');
UPDATE watcher_turn SET until = now() - interval '1 second';
SELECT retire('new') \g /dev/null
SELECT is(begin_watch('new', 'other', '2000-01-01') ~ '"id"', true, 'so does who begins under the name');
SELECT is(is_retired('new'), false);
SELECT is(due('new', 'other'), '{"due": false, "wait": null}', 'which goes on where it was');
SELECT is((SELECT count(*) FROM audit WHERE table_name = 'watcher' AND row_id = w('new') AND old ->> 'retired_at' IS DISTINCT FROM new ->> 'retired_at'
                                            AND old IS NOT NULL), 4::bigint, 'the history has each time');

-- Reps see nothing of it, also not in the history.
SELECT is(tap.tried('ana', 'SELECT count(*) FROM ' || name), '0', 'a rep sees no ' || name) FROM unnest('{watcher,watcher_turn,delivery}'::text[]) AS name;
SELECT is(tap.tried('ana', 'SELECT count(*) FROM audit WHERE table_name IN (''watcher'', ''delivery'')'), '0');
SELECT is(tap.tried('carmen', 'SELECT count(*) FROM watcher'), '3', 'a supervisor does');

SELECT * FROM finish();
ROLLBACK;
