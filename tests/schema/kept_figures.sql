-- What is kept added up equals what the rows themselves say, after every kind of change: at once, while
-- nothing has been counted in, and when all has.
\ir lib/world.sql

SELECT tap.given('marta', format($$SELECT save_area(gen_random_uuid(), NULL, NULL, %L, true)$$, name))
  FROM (VALUES ('North'), ('South')) AS areas (name) \g /dev/null
UPDATE division SET area_id = (SELECT id FROM area WHERE name = 'North') WHERE name IN ('d1', 'd3', 'e1');
UPDATE division SET area_id = (SELECT id FROM area WHERE name = 'South') WHERE name IN ('d2', 'e2');

-- Read as somebody who may see all; of whom, of what and when as the dashboard asks for them.
CREATE FUNCTION tap.read(since date, until date, each text, area bigint, rep bigint) RETURNS jsonb LANGUAGE sql AS $$
    SELECT coalesce(jsonb_agg(to_jsonb(sums) ORDER BY to_jsonb(sums)), '[]')
      FROM (SELECT kind, CASE WHEN each = 'rep' THEN rep_id END AS rep, CASE WHEN each = 'area' THEN area_id END AS area,
                   until, currency, sum(offers) AS offers, sum(cents) AS cents
              FROM trato.figures('{draft,presented,approved,rejected,withdrawn,offered_presented,offered_approved,offered_rejected,offered_withdrawn,notice_pending,notice_taken,notice_returned,notice_partial,open,held}',
                                 since, until, each, area, rep)
             GROUP BY 1, 2, 3, 4, 5
            HAVING sum(offers) <> 0 OR sum(cents) <> 0) AS sums
$$;
-- The same from the rows themselves; p_person: of the actions of which he is a member.
CREATE FUNCTION tap.counted(p_since date, p_until date, p_each text, p_area bigint, p_rep bigint, p_person bigint DEFAULT NULL)
RETURNS jsonb LANGUAGE sql SECURITY DEFINER SET search_path = trato AS $$
    SELECT coalesce(jsonb_agg(to_jsonb(sums) ORDER BY to_jsonb(sums)), '[]')
      FROM (SELECT kind, CASE WHEN p_each = 'rep' THEN rep_id END AS rep, CASE WHEN p_each = 'area' THEN area_id END AS area,
                   until, currency, sum(CASE WHEN p_each = 'area' OR p_area IS NOT NULL THEN offers ELSE wholes END) AS offers, sum(cents) AS cents
              FROM trato.figure_parts(ARRAY(SELECT id FROM trato.action WHERE p_person IS NULL OR id IN
                       (SELECT action_id FROM trato.action_member WHERE person_id = p_person AND left_at IS NULL)))
             WHERE day BETWEEN coalesce(p_since, '-infinity') AND coalesce(p_until, 'infinity')
               AND (p_area IS NULL OR area_id = p_area) AND (p_rep IS NULL OR rep_id = p_rep)
             GROUP BY 1, 2, 3, 4, 5
            HAVING sum(CASE WHEN p_each = 'area' OR p_area IS NOT NULL THEN offers ELSE wholes END) <> 0 OR sum(cents) <> 0) AS sums
$$;
GRANT EXECUTE ON FUNCTION tap.read, tap.counted TO PUBLIC;
CREATE TEMP TABLE question (since date, until date, each text, area bigint, rep bigint);
INSERT INTO question SELECT NULL::date, NULL::date, each, NULL::bigint, NULL::bigint FROM unnest('{rep,area,NULL}'::text[]) AS each
UNION ALL SELECT since, until, 'rep', NULL, NULL FROM (VALUES
        (date_trunc('month', today())::date, today()), (today() - 40, today() + 10), (today(), NULL), (NULL, today() - 1), (today() + 29, today() + 31),
        ((date_trunc('month', today()) - interval '1 month')::date, (date_trunc('month', today()) - interval '1 day')::date)) AS days (since, until)
UNION ALL SELECT NULL, NULL, 'rep', (SELECT id FROM area WHERE name = 'North'), NULL
UNION ALL SELECT NULL, NULL, 'area', NULL, p('luis')
UNION ALL SELECT today() - 3, today() + 3, NULL, 0, p('ana');
GRANT SELECT ON question TO PUBLIC;
-- What differs, of who asks.
CREATE FUNCTION tap.differs(who text) RETURNS text LANGUAGE sql AS $$
    SELECT tap.tried(who, format('SELECT string_agg(format(''%%s: %%s, not %%s'', q, found, meant), E''\n'') FROM question AS q, LATERAL (SELECT
        tap.read(since, until, each, area, rep) AS found, tap.counted(since, until, each, area, rep, %s) AS meant OFFSET 0) AS both_of_them
        WHERE found <> meant', CASE WHEN who IN ('ana', 'luis') THEN tap.p(who)::text ELSE 'NULL' END))
$$;
CREATE FUNCTION tap.true(what text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEXT tap.is(tap.differs('carmen'), NULL, what || ': as it is written');
    RETURN NEXT tap.is(tap.differs('luis'), NULL, what || ': his own');
    WHILE roll_up_figures(1000) > 0 LOOP
    END LOOP;
    RETURN NEXT tap.is(tap.differs('carmen'), NULL, what || ': counted in');
    RETURN NEXT tap.is((SELECT string_agg(d::text, E'\n') FROM (
        (SELECT * FROM figure_part EXCEPT ALL SELECT * FROM figure_parts(ARRAY(SELECT id FROM action))) UNION ALL
        (SELECT * FROM figure_parts(ARRAY(SELECT id FROM action)) EXCEPT ALL SELECT * FROM figure_part)) AS d), NULL, what || ': of each action');
    RETURN NEXT tap.is((SELECT string_agg(a.title, ',') FROM action AS a LEFT JOIN action_contact AS k ON k.action_id = a.id
        WHERE (k.since, k.is_open) IS DISTINCT FROM (coalesce((SELECT max(happened_at) FROM communication AS c WHERE c.action_id = a.id), a.opened_at), a.state = 'open')),
        NULL, what || ': the last contact');
    RETURN NEXT tap.is((SELECT string_agg(w::text, ',') FROM wrong_figures() AS w), NULL, what || ': and it is told so');
END
$$;

SELECT tap.true('nothing yet');
SELECT tap.given_action('ana', 'Uno', 'd1', 'd2', 'd4'), tap.given_action('luis', 'Dos', 'd3'), tap.given_action('ana', 'Tres', 'e1', 'e2') \g /dev/null
SELECT tap.true('actions are opened');
SELECT tap.given('ana', $$SELECT save_offer(gen_random_uuid(), NULL, NULL, tap.a('Uno'), 'Wide', ARRAY[tap.d('d1'), tap.d('d2'), tap.d('d4')],
                         '[{"description": "x", "unit_price": 33.35}]', p_valid_until => today() + 30)$$) \g /dev/null
SELECT tap.true('a draft of three divisions');
SELECT tap.given_offer('ana', 'Uno', 'A', 'd1', 'presented'), tap.given_offer('ana', 'Uno', 'B', 'd2', 'approved'), tap.given_offer('luis', 'Dos', 'C', 'd3', 'rejected'),
       tap.given_offer('ana', 'Tres', 'D', 'e1', 'withdrawn'), tap.given_offer('ana', 'Tres', 'E', 'e2', 'presented'), tap.given_offer('ana', 'Tres', 'F', 'e2') \g /dev/null
SELECT tap.true('presented, approved, rejected, withdrawn');
SELECT tap.given('ana', $$SELECT present_offer(gen_random_uuid(), tap.o('Wide'), tap.ov('Wide'))$$),
       tap.given('ana', $$SELECT approve_offer(gen_random_uuid(), tap.o('Wide'), tap.ov('Wide'), today(), 'X')$$) \g /dev/null
SELECT is((SELECT array_agg(cents ORDER BY cents) FROM figure_parts(ARRAY[a('Uno')]) WHERE kind = 'notice_pending'), '{1345,1345,122345}',
          'each area has its part');
SELECT tap.true('approved for three divisions');
SELECT tap.given('ana', $$SELECT revise_offer(gen_random_uuid(), tap.o('E'), tap.ov('E'))$$) \g /dev/null
SELECT tap.true('a revision');
SELECT tap.given('ana', $$SELECT present_offer(gen_random_uuid(), tap.o('E'), tap.ov('E'))$$) \g /dev/null
SELECT tap.true('it replaces what it revises');
SELECT tap.given('luis', $$SELECT revise_offer(gen_random_uuid(), tap.o('C'), tap.ov('C'))$$),
       tap.given('luis', $$SELECT present_offer(gen_random_uuid(), tap.o('C'), tap.ov('C'))$$) \g /dev/null
SELECT tap.true('presented again after a rejection');
SELECT tap.given('ana', $$SELECT extend_offer(gen_random_uuid(), tap.o('A'), tap.ov('A'), today() + 90)$$) \g /dev/null
SELECT tap.true('valid for longer');
SELECT tap.given('berta', $$SELECT take_notice(gen_random_uuid(), tap.n('B'))$$),
       tap.given('berta', $$SELECT record_invoice(gen_random_uuid(), tap.n('B'), tap.nv('B'), 'A', '1', today(), 10, 0, 10)$$),
       tap.given('berta', $$SELECT return_notice(gen_random_uuid(), tap.n('Wide'), tap.nv('Wide'), tap.reason('notice_returned'), 'which?')$$) \g /dev/null
SELECT tap.true('invoiced in part, returned');
SELECT tap.given('ana', $$SELECT answer_notice(gen_random_uuid(), tap.n('Wide'), tap.nv('Wide'), 'this one')$$) \g /dev/null
SELECT tap.true('answered');
SELECT tap.given('marta', $$SELECT revoke_approval(gen_random_uuid(), tap.o('Wide'), tap.ov('Wide'), 'by mistake')$$) \g /dev/null
SELECT tap.true('an approval is revoked');
SELECT tap.given('marta', $$SELECT transfer_action(gen_random_uuid(), tap.a('Uno'), tap.p('luis'))$$) \g /dev/null
SELECT tap.true('the action is another''s');
SELECT tap.given('ana', format($$SELECT save_division(gen_random_uuid(), %s, %s, tap.c('Acme'), 'd1', %s, NULL, true)$$, id, version,
                               (SELECT id FROM area WHERE name = 'South'))) FROM division WHERE name = 'd1' \g /dev/null
SELECT tap.true('a division is of another area');
SELECT tap.given('luis', $$SELECT log_communication(gen_random_uuid(), tap.a('Dos'), NULL, 'phone', 'out', now() - interval '40 days', 'x', NULL)$$) \g /dev/null
SELECT tap.true('a contact long ago');
SELECT tap.given('luis', $$SELECT log_communication(gen_random_uuid(), tap.a('Dos'), NULL, 'phone', 'out', now() - interval '9 days', 'x', NULL)$$),
       tap.given('luis', $$SELECT log_communication(gen_random_uuid(), tap.a('Dos'), NULL, 'phone', 'out', now() - interval '20 days', 'x', NULL)$$) \g /dev/null
SELECT tap.true('a later one, and one between');
SELECT tap.given('luis', $$SELECT hold_divisions(gen_random_uuid(), tap.a('Dos'), ARRAY[tap.d('d5')])$$) \g /dev/null
SELECT tap.true('one more is held');
SELECT tap.given('luis', $$SELECT release_division(gen_random_uuid(), tap.a('Dos'), tap.d('d5'))$$) \g /dev/null
SELECT tap.true('and released');
SELECT tap.given('luis', $$SELECT save_action(gen_random_uuid(), tap.a('Uno'), tap.av('Uno'), 'Uno', today() + 5, NULL)$$) \g /dev/null
SELECT tap.true('another day for its close');
SELECT tap.given('marta', $$SELECT merge_clients(gen_random_uuid(), tap.c('Acme'), tap.cv('Acme'), tap.c('Beta'), tap.cv('Beta'))$$) \g /dev/null
SELECT tap.true('clients are merged');
SELECT tap.given('ana', $$SELECT close_action(gen_random_uuid(), tap.a('Tres'), tap.av('Tres'), 'lost', tap.reason('action_lost'))$$) \g /dev/null
SELECT tap.true('closed');
SELECT tap.given('marta', $$SELECT reopen_action(gen_random_uuid(), tap.a('Tres'), tap.av('Tres'), NULL)$$) \g /dev/null
SELECT tap.true('opened again');
-- Between the two it is always another day.
SELECT tap.given('marta', format($$SELECT save_setting(gen_random_uuid(), 'timezone', %s, 'Pacific/Kiritimati')$$, version)) FROM setting WHERE name = 'timezone' \g /dev/null
SELECT tap.true('in the east');
SELECT tap.given('marta', format($$SELECT save_setting(gen_random_uuid(), 'timezone', %s, 'Etc/GMT+12')$$, version)) FROM setting WHERE name = 'timezone' \g /dev/null
SELECT tap.true('in the west');

-- Writers count in what others have marked, so that never much is left over.
SELECT tap.given_offer('luis', 'Dos', 'Offer ' || n, 'd3') FROM generate_series(1, 40) AS n \g /dev/null
-- Of an offer's four marks two count nothing in, and by what went before every 31st mark is two times
-- in a row one of those at most.
SELECT cmp_ok(count(*), '<', 3 * 31::bigint, 'few marks are left of 160: ' || count(*)) FROM figure_mark;
SELECT tap.true('many drafts');
-- Worth more than a bigint holds, in one action, and divided among areas: it is counted in, and read.
SELECT tap.given('luis', $$SELECT hold_divisions(gen_random_uuid(), tap.a('Dos'), ARRAY[tap.d('d5')])$$),
       tap.given('luis', $$SELECT save_offer(gen_random_uuid(), NULL, NULL, tap.a('Dos'), 'Of two', ARRAY[tap.d('d3'), tap.d('d5')], '[{"description": "x", "unit_price": 1}]',
                                             p_valid_until => today() + 30)$$) \g /dev/null
SELECT tap.true('an offer of two areas');
SAVEPOINT small;
ALTER TABLE offer DROP CONSTRAINT offer_net_cents_range;
SET LOCAL session_replication_role = replica;
UPDATE offer SET net_cents = 9223372036854775807, vat_cents = 0, total_cents = 9223372036854775807 WHERE title IN ('Offer 1', 'Offer 2', 'Of two');
UPDATE figure_month SET cents = 9223372036854775807 WHERE kind = 'draft' AND area_id = -1;
SET LOCAL session_replication_role = origin;
SELECT tap.given_offer('luis', 'Dos', 'One more', 'd3') \g /dev/null
SELECT works(who, statement) FROM (VALUES ('superuser', 'SELECT roll_up_figures(1000)'), ('carmen', 'SELECT sum(cents) FROM figures(''{draft}'', NULL, NULL, NULL, NULL, NULL)'),
    ('carmen', 'SELECT live_cents FROM action_overview WHERE id = tap.a(''Dos'')'), ('luis', 'SELECT sum(total_cents) FROM pipeline_overview'),
    ('luis', 'SELECT sum(cents) FROM area_parts(tap.o(''Of two''), 9223372036854775807)'),
    ('superuser', 'SELECT make_figures()')) AS uses (who, statement);
SELECT is(tried('carmen', 'SELECT live_cents FROM action_overview WHERE id = tap.a(''Dos'')'), '9223372036854775807', 'as much as can be said');
SELECT is((SELECT array_agg(cents ORDER BY cents) FROM area_parts(o('Of two'), 9223372036854775807)), '{4611686018427387903,4611686018427387904}', 'the parts make the whole');
ROLLBACK TO small;
-- What is wrong is found, and made right.
UPDATE figure_month SET cents = cents + 1 WHERE kind = 'draft' AND area_id = -1 AND rep_id = 0;
SELECT is((SELECT array_agg(w) FROM wrong_figures() AS w), '{draft}', 'a sum that is wrong');
UPDATE figure_part SET cents = cents + 1 WHERE kind = 'presented' AND action_id = a('Uno') AND area_id = 0;
SELECT make_figures() \g /dev/null
SELECT tap.true('made anew');
UPDATE figure_part SET rep_id = p('eva') WHERE kind = 'open' AND action_id = a('Uno') AND wholes = 1;
UPDATE action_contact SET since = now() WHERE action_id = a('Dos');
SELECT set_eq('SELECT wrong_figures()', format('SELECT number::text FROM action WHERE title IN (''Uno'', ''Dos'')'), 'an action, and a contact, that are wrong');

SELECT * FROM finish();
ROLLBACK;
