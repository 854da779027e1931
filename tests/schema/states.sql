-- Rule 5: for each entity every pair of states is tried by plain SQL as the owner, with all the
-- rest that the target state asks for; what works has to be the arrows of domain.md, no more and
-- no less. And each change is stored.
\ir lib/world.sql

-- The arrows as domain.md has them.
CREATE TEMP TABLE arrow (entity text, from_state text, to_state text);
INSERT INTO arrow
SELECT entity, from_state, unnest(to_states) FROM (VALUES
    ('action', 'open', '{won,lost,cancelled}'::text[]), ('action', 'won', '{open}'), ('action', 'lost', '{open}'),
    ('action', 'cancelled', '{open}'),
    ('offer', 'draft', '{presented,withdrawn}'), ('offer', 'presented', '{approved,rejected,withdrawn,superseded}'),
    ('offer', 'approved', '{presented}'),
    ('notice', 'pending', '{taken,returned,void}'), ('notice', 'taken', '{pending,partial,invoiced,returned,void}'),
    ('notice', 'partial', '{invoiced}'), ('notice', 'invoiced', '{partial}'), ('notice', 'returned', '{pending,void}'),
    ('request', 'open', '{accepted,declined,withdrawn}')) AS domain (entity, from_state, to_states);
SELECT set_eq('SELECT * FROM state_arrow', 'SELECT * FROM arrow', 'the arrows are those of domain.md');

CREATE TEMP TABLE state (entity, name) AS
SELECT entity, unnest(names) FROM (VALUES
    ('action', '{open,won,lost,cancelled}'::text[]),
    ('offer', '{draft,presented,approved,rejected,withdrawn,superseded}'),
    ('notice', '{pending,taken,returned,partial,invoiced,void}'),
    ('request', '{open,accepted,declined,withdrawn}')) AS known (entity, names);
SELECT is((SELECT count(*) FROM state JOIN pg_constraint ON conname = entity || '_state_known'
            WHERE pg_get_constraintdef(pg_constraint.oid) LIKE '%''' || name || '''%'), 20::bigint,
          'every state is known to its table');
SELECT is((SELECT sum(regexp_count(pg_get_constraintdef(oid), '''[a-z]+''')) FROM pg_constraint
            WHERE conname LIKE '%\_state_known' AND conname NOT IN ('mail_state_known', 'delivery_state_known', 'blocking_state_known')), 20::bigint,
          'and no other; what becomes of a mail in the tray, of a delivery or of a blocking needs no arrows');
\set words `sed -n '/_states\[\] = {/,/^};/p' src/model/words.c`
SELECT ok(:'words' ~ (entity || '_states[^;]*{ "' || name || '"'), 'the program has a word for it: ' || entity || ' ' || name) FROM state;
\set filter `cat src/cli/filter.h`
SELECT ok(:'filter' ~ (upper(entity) || '_STATES "([a-z]+, )*' || name || '[",]'), '--state takes it: ' || entity || ' ' || name)
  FROM state WHERE entity <> 'request';
\set manual `cat man/trato-schema.7`
\set spanish `cat man/es/trato-schema.7`
SELECT ok(page ~ ('\m' || name || '\M'), 'the manual names it: ' || entity || ' ' || name)
  FROM state, (VALUES (:'manual'), (:'spanish')) AS manual (page);
-- An offer that can still come to something keeps its action from being closed.
SELECT is(pg_get_expr(adbin, adrelid) LIKE '%''' || name || '''%', name <> 'approved' AND name IN (SELECT from_state FROM arrow WHERE entity = 'offer'),
          attname || ' of an offer that is ' || name)
  FROM state, pg_attribute JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
 WHERE entity = 'offer' AND attrelid = 'offer'::regclass AND attname IN ('is_live', 'action_must_be_open');
GRANT SELECT ON arrow, state TO PUBLIC;

-- An action of its own for each try: approved and nothing live where `won` shall be possible.
CREATE FUNCTION tap.prepare(entity text, wanted text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tap.given_action('ana', 'S', 'd1', 'd2');
    CASE entity
    WHEN 'action' THEN
        PERFORM tap.given_offer('ana', 'S', 'O', 'd1', 'approved');
        IF wanted <> 'open' THEN
            PERFORM tap.given('marta', format('SELECT close_action(gen_random_uuid(), tap.a(''S''), tap.av(''S''), %L, %s)',
                wanted, CASE wanted WHEN 'lost' THEN 'tap.reason(''action_lost'')' ELSE 'NULL' END));
        END IF;
    WHEN 'offer' THEN
        PERFORM tap.given_offer('ana', 'S', 'O', 'd1', wanted);
    WHEN 'notice' THEN
        PERFORM tap.given_offer('ana', 'S', 'O', 'd1', 'approved');
        IF wanted IN ('taken', 'partial', 'invoiced') THEN
            PERFORM tap.given('berta', 'SELECT take_notice(gen_random_uuid(), tap.n(''O''))');
        END IF;
        IF wanted IN ('partial', 'invoiced') THEN
            PERFORM tap.given('berta', format('SELECT record_invoice(gen_random_uuid(), tap.n(''O''), tap.nv(''O''),'
                ' ''A'', ''1'', today(), %1$s, 0, %1$s)', CASE wanted WHEN 'partial' THEN 1000 ELSE 121000 END));
        ELSIF wanted = 'returned' THEN
            PERFORM tap.given('berta', 'SELECT return_notice(gen_random_uuid(), tap.n(''O''), tap.nv(''O''),'
                ' tap.reason(''notice_returned''))');
        ELSIF wanted = 'void' THEN
            PERFORM tap.given('marta', 'SELECT revoke_approval(gen_random_uuid(), tap.o(''O''), tap.ov(''O''), ''oops'')');
        END IF;
    WHEN 'request' THEN
        PERFORM tap.given('luis', 'SELECT request_collaboration(gen_random_uuid(), tap.d(''d1''), NULL)');
        IF wanted = 'withdrawn' THEN
            PERFORM tap.given('luis', 'SELECT withdraw_request(gen_random_uuid(), (SELECT max(id) FROM request))');
        ELSIF wanted <> 'open' THEN
            PERFORM tap.given('ana', format('SELECT answer_request(gen_random_uuid(), (SELECT max(id) FROM request), 1, %L, NULL)',
                                            wanted = 'accepted'));
        END IF;
    END CASE;
END
$$;

CREATE FUNCTION tap.change(entity text, wanted text) RETURNS text LANGUAGE sql AS $$
    SELECT CASE entity
    WHEN 'action' THEN
        CASE wanted WHEN 'open' THEN
            'UPDATE action SET state = ''open'', closed_at = NULL, state_reason_id = NULL WHERE title = ''S'';
             UPDATE hold SET released_at = NULL, released_by_closing = false WHERE action_id = tap.a(''S'')'
        ELSE format(
            'UPDATE hold SET released_at = now(), released_by_closing = true WHERE action_id = tap.a(''S'');
             UPDATE action SET state = %L, closed_at = now(), state_reason_id = %s WHERE title = ''S''', wanted,
            CASE wanted WHEN 'lost' THEN 'tap.reason(''action_lost'')' ELSE 'NULL' END) END
    WHEN 'offer' THEN
        CASE wanted WHEN 'approved' THEN
            'INSERT INTO notice (offer_id, action_id) SELECT id, action_id FROM offer WHERE title = ''O'';
             UPDATE offer SET state = ''approved'', notice_id = tap.n(''O''), accepted_on = today(), accepted_by = ''X''
              WHERE title = ''O'''
        ELSE format(
            'UPDATE notice SET state = ''void'' WHERE offer_id = tap.o(''O'');
             UPDATE offer SET state = %L, notice_id = NULL, state_reason_id = %s WHERE title = ''O''', wanted,
            CASE wanted WHEN 'rejected' THEN 'tap.reason(''offer_rejected'')'
                        WHEN 'withdrawn' THEN 'tap.reason(''offer_withdrawn'')' ELSE 'NULL' END) END
    WHEN 'notice' THEN
        CASE WHEN wanted IN ('partial', 'invoiced') THEN format(
            'UPDATE invoice SET net_cents = 1, total_cents = 1
              WHERE notice_id = (SELECT id FROM notice WHERE id = tap.n(''O'') AND state = ''invoiced'');
             INSERT INTO invoice (notice_id, action_id, number, issued_on, net_cents, vat_cents, total_cents)
             SELECT id, action_id, ''2'', today(), left_cents, 0, left_cents
               FROM (SELECT *, %s AS left_cents FROM notice WHERE id = tap.n(''O'')) AS notice',
            CASE wanted WHEN 'partial' THEN '1' ELSE 'total_cents - invoiced_cents' END)
        ELSE format(
            'UPDATE notice SET state = %L, state_reason_id = %s, taken_at = %s, taken_by = %s WHERE id = tap.n(''O'')',
            wanted, CASE wanted WHEN 'returned' THEN 'tap.reason(''notice_returned'')' ELSE 'NULL' END,
            CASE wanted WHEN 'taken' THEN 'now()' ELSE 'NULL' END,
            CASE wanted WHEN 'taken' THEN 'tap.p(''berta'')' ELSE 'NULL' END)
            || CASE wanted WHEN 'void' THEN
            '; UPDATE offer SET state = ''presented'', notice_id = NULL WHERE title = ''O''' ELSE '' END END
    WHEN 'request' THEN format('UPDATE request SET state = %L WHERE action_id = tap.a(''S'')', wanted)
    END
$$;

CREATE TEMP TABLE outcome (entity text, from_state text, to_state text, answer text, recorded boolean);
DO $$
DECLARE
    pair record;
BEGIN
    FOR pair IN SELECT f.entity, f.name AS from_state, t.name AS to_state
                  FROM state AS f JOIN state AS t ON t.entity = f.entity AND t.name <> f.name LOOP
        DECLARE
            v_answer   text;
            v_recorded boolean;
        BEGIN
            PERFORM tap.prepare(pair.entity, pair.from_state);
            v_answer := tap.tried('owner', tap.change(pair.entity, pair.to_state));
            v_recorded := EXISTS (SELECT FROM state_change WHERE entity = pair.entity AND from_state = pair.from_state
                                     AND to_state = pair.to_state AND action_id = tap.a('S') AND at = now());
            RAISE EXCEPTION USING ERRCODE = 'UNDO0', MESSAGE = v_answer, DETAIL = v_recorded;
        EXCEPTION WHEN SQLSTATE 'UNDO0' THEN
            INSERT INTO outcome VALUES (pair.entity, pair.from_state, pair.to_state, v_answer, v_recorded);
        END;
    END LOOP;
END
$$;
SELECT is(count(*), 84::bigint, 'all pairs were tried') FROM outcome;
SELECT is(coalesce(outcome.answer, 'not tried'), 'done', format('%s: %s to %s', entity, from_state, to_state))
  FROM arrow LEFT JOIN outcome USING (entity, from_state, to_state);
SELECT ok(recorded, format('%s: %s to %s is stored', entity, from_state, to_state))
  FROM outcome WHERE answer = 'done';
SELECT isnt(answer, 'done', format('%s: not from %s to %s', entity, from_state, to_state))
  FROM outcome WHERE NOT EXISTS (SELECT FROM arrow WHERE (arrow.entity, arrow.from_state, arrow.to_state)
                                    = (outcome.entity, outcome.from_state, outcome.to_state));
SELECT matches(answer, '^(23503 state_arrow_exists|23514 [a-z_]+)$', format('%s to %s by a rule of its own', from_state, to_state))
  FROM outcome WHERE answer <> 'done';

-- Rows are born in their first state, for the owner too.
SELECT tap.given_action('ana', 'N', 'd3') \g /dev/null
SELECT refused('owner', $$INSERT INTO action (client_id, title, state, closed_at, state_reason_id)
                          VALUES (tap.c('Acme'), 'x', 'lost', now(), tap.reason('action_lost'))$$, 'TR001 state_arrow_exists');
SELECT refused('owner', format($$INSERT INTO offer (id, action_id, root_id, title, state) OVERRIDING SYSTEM VALUE
                                 VALUES (-1, tap.a('N'), -1, 'x', %L)$$, name), 'TR001 state_arrow_exists',
               'no offer is born ' || name) FROM state WHERE entity = 'offer' AND name <> 'draft';
SELECT refused('owner', format($$INSERT INTO request (action_id, person_id, state) VALUES (tap.a('N'), tap.p('luis'), %L)$$, name),
               'TR001 state_arrow_exists', 'no request is born ' || name) FROM state WHERE entity = 'request' AND name <> 'open';

-- The history itself
SELECT tap.given('ana', $$SELECT close_action(gen_random_uuid(), tap.a('N'), tap.av('N'), 'cancelled')$$) \g /dev/null
SELECT refused(who, $$UPDATE state_change SET note = 'x'$$, 'TR001 state_change_is_kept')
  FROM unnest('{owner,superuser}'::text[]) AS who;
SELECT refused('owner', $$DELETE FROM state_change$$, 'TR001 state_change_is_kept');
SELECT refused('owner', $$TRUNCATE state_change$$, 'TR001 state_change_is_kept');
SELECT refused('owner', $$INSERT INTO state_change (entity, row_id, action_id, from_state, to_state)
                          VALUES ('offer', 1, 1, 'draft', 'approved')$$, '23503 state_arrow_exists');

SELECT * FROM finish();
ROLLBACK;
