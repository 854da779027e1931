-- The figures of the dashboard on the demo data, against the same counted another way.
\ir ../../schema/demo/demo.sql
\set QUIET on
SET search_path = trato, tap, pg_temp;
BEGIN;
SELECT no_plan();

-- The statements without a filter, and with one: an area, a rep, a period.
\set clock `sed 's/\$[0-9]/NULL/g; s/;$//' schema/queries/dashboard_clock.sql`
\set months `sed 's/\$[0-9]/NULL/g; s/;$//' schema/queries/dashboard_months.sql`
\set pipeline `sed 's/\$[0-9]/NULL/g; s/;$//' schema/queries/dashboard_pipeline.sql`
\set reps `sed 's/\$[0-9]/NULL/g; s/;$//' schema/queries/dashboard_reps.sql`
\set areas `sed 's/\$[0-9]/NULL/g; s/;$//' schema/queries/dashboard_areas.sql`
\set conversion `sed 's/\$[0-9]/NULL/g; s/;$//' schema/queries/dashboard_conversion.sql`
\set notices `sed 's/\$[0-9]/NULL/g; s/;$//' schema/queries/dashboard_notices.sql`
\set work `sed 's/\$[0-9]/NULL/g; s/;$//' schema/queries/dashboard_work.sql`
\set quiet `sed 's/\$[0-9]/NULL/g; s/;$//' schema/queries/dashboard_quiet.sql`
\set holds `sed 's/\$[0-9]/NULL/g; s/;$//' schema/queries/dashboard_holds.sql`
\set approvals `sed 's/\$[0-9]/NULL/g; s/;$//' schema/queries/dashboard_approvals.sql`
\set area_pipeline `sed 's/\$[124]/NULL/g; s/\$3/2/g; s/;$//' schema/queries/dashboard_pipeline.sql`
\set area_months `sed 's/\$1/2/g; s/\$2/NULL/g; s/;$//' schema/queries/dashboard_months.sql`
\set rep_pipeline `sed 's/\$[123]/NULL/g; s/\$4/1/g; s/;$//' schema/queries/dashboard_pipeline.sql`
\set day_conversion `sed 's/\$1/(trato.today() - 60)/g; s/\$2/(trato.today() - 10)/g; s/\$[34]/NULL/g; s/;$//' schema/queries/dashboard_conversion.sql`
\set area_conversion `sed 's/\$[124]/NULL/g; s/\$3/2/g; s/;$//' schema/queries/dashboard_conversion.sql`
\set day_pipeline `sed 's/\$1/(trato.today() - 60)/g; s/\$2/(trato.today() - 10)/g; s/\$[34]/NULL/g; s/;$//' schema/queries/dashboard_pipeline.sql`

-- What was approved when, read from the notices and the changes of state.
CREATE TEMP TABLE sold AS
SELECT n.offer_id, o.action_id, o.total_cents AS cents, (n.made_at AT TIME ZONE 'Europe/Madrid')::date AS day
  FROM notice AS n JOIN offer AS o ON o.id = n.offer_id
 WHERE n.state <> 'void';
CREATE TEMP TABLE owner AS SELECT id AS action_id, owner_id, owner FROM action_overview;
GRANT SELECT ON sold, owner TO PUBLIC;

SELECT set_eq(:'months', $$SELECT to_char(month, 'YYYY-MM'), count(offer_id), coalesce(sum(cents), 0)::bigint
    FROM generate_series(date_trunc('month', today()) - interval '12 months', date_trunc('month', today()), '1 month') AS month
    LEFT JOIN sold ON day >= month AND day < month + interval '1 month' GROUP BY month$$, 'approvals of thirteen months');
SELECT is((SELECT array_agg(month) FROM (:months) AS m), (SELECT array_agg(month ORDER BY month) FROM (:months) AS m), 'the oldest first');
SELECT results_eq($$SELECT month_offers, month_cents, year_offers, year_cents, last_month_cents FROM ($$ || :'clock' || $$) AS c$$,
    $$SELECT count(*) FILTER (WHERE day >= date_trunc('month', today())), coalesce(sum(cents) FILTER (WHERE day >= date_trunc('month', today())), 0),
             count(*) FILTER (WHERE day >= date_trunc('year', today())), coalesce(sum(cents) FILTER (WHERE day >= date_trunc('year', today())), 0),
             coalesce(sum(cents) FILTER (WHERE day >= date_trunc('month', today()) - interval '1 month' AND day <= today() - interval '1 month'), 0)
        FROM sold$$, 'this month, this year, and the last month until the same day');
SELECT is((SELECT currency || standby FROM (:clock) AS c), 'EURfalse');

SELECT set_eq($$SELECT state, offers, cents FROM ($$ || :'pipeline' || $$) AS p WHERE state IN ('draft', 'presented', 'expired')$$,
    $$SELECT CASE WHEN expired THEN 'expired' ELSE state END, offers, total_cents FROM pipeline_overview WHERE state IN ('draft', 'presented')$$, 'what is live');
SELECT set_eq($$SELECT offers, cents FROM ($$ || :'pipeline' || $$) AS p WHERE state = 'approved'$$,
    $$SELECT count(*), sum(cents)::bigint FROM sold WHERE day >= date_trunc('month', today()) - interval '12 months'$$);
SELECT set_eq($$SELECT state, offers, cents FROM ($$ || :'pipeline' || $$) AS p WHERE state IN ('rejected', 'withdrawn')$$,
    $$SELECT to_state, count(*), sum(total_cents)::bigint FROM (
        SELECT DISTINCT ON (row_id) row_id, to_state, at FROM state_change WHERE entity = 'offer' ORDER BY row_id, at DESC, id DESC) AS last
      JOIN offer ON offer.id = row_id
     WHERE to_state IN ('rejected', 'withdrawn') AND (at AT TIME ZONE 'Europe/Madrid')::date >= date_trunc('month', today()) - interval '12 months'
     GROUP BY 1$$, 'what was lost');
SELECT set_eq($$SELECT state, offers FROM ($$ || :'day_pipeline' || $$) AS p WHERE state IN ('approved', 'rejected', 'withdrawn')$$,
    $$SELECT to_state, count(*) FROM (
        SELECT DISTINCT ON (row_id) row_id, to_state, at FROM state_change WHERE entity = 'offer' ORDER BY row_id, at DESC, id DESC) AS last
     WHERE to_state IN ('approved', 'rejected', 'withdrawn') AND (at AT TIME ZONE 'Europe/Madrid')::date BETWEEN today() - 60 AND today() - 10
     GROUP BY 1$$, 'of a period, both its days included');

SELECT set_eq($$SELECT rep, offers, cents FROM ($$ || :'reps' || $$) AS r WHERE offers > 0$$,
    $$SELECT owner, count(*), sum(cents)::bigint FROM sold JOIN owner USING (action_id)
       WHERE day >= date_trunc('month', today()) - interval '12 months' GROUP BY 1$$, 'by rep');
SELECT set_eq($$SELECT rep, presented, presented_cents FROM ($$ || :'reps' || $$) AS r WHERE presented > 0$$,
    $$SELECT owner, count(*), sum(total_cents)::bigint FROM offer_overview JOIN owner USING (action_id) WHERE state = 'presented' AND NOT expired GROUP BY 1$$, 'on the table, by rep');
SELECT set_eq($$SELECT rep, open_actions FROM ($$ || :'reps' || $$) AS r WHERE open_actions > 0$$,
    $$SELECT owner, count(*) FROM action_overview WHERE state = 'open' GROUP BY 1$$, 'open actions, by rep');
SELECT set_eq($$SELECT state, offers, cents FROM ($$ || :'rep_pipeline' || $$) AS p WHERE state IN ('draft', 'presented', 'expired')$$,
    $$SELECT CASE WHEN expired THEN 'expired' ELSE state END, count(*), sum(total_cents)::bigint
        FROM offer_overview JOIN owner USING (action_id) WHERE owner_id = 1 AND state IN ('draft', 'presented') GROUP BY 1$$, 'of one rep');

-- The areas make the whole, each within a cent an offer of its exact part.
SELECT is((SELECT sum(cents) FROM (:areas) AS a), (SELECT sum(cents) FROM (:reps) AS r), 'the areas make the whole');
SELECT is((SELECT sum(presented_cents) FROM (:areas) AS a), (SELECT sum(presented_cents) FROM (:reps) AS r), 'also on the table');
SELECT is_empty($$SELECT area_id, exact, cents FROM (
    SELECT d.area_id, sum(s.cents::numeric / n) AS exact, count(*) AS parts FROM sold AS s
      JOIN offer_division AS od USING (offer_id) JOIN division AS d ON d.id = od.division_id
      JOIN (SELECT offer_id, count(*) AS n FROM offer_division GROUP BY 1) AS all_of_it USING (offer_id)
     WHERE day >= date_trunc('month', today()) - interval '12 months' GROUP BY 1) AS x
    FULL JOIN (SELECT area_id, cents FROM ($$ || :'areas' || $$) AS a WHERE offers > 0) AS a USING (area_id)
   WHERE exact IS NULL OR cents IS NULL OR abs(exact - cents) > parts$$, 'by area');
SELECT is((SELECT sum(cents) FROM (:area_months) AS m), (SELECT cents FROM (:areas) AS a WHERE area_id = 2)::numeric, 'an area alone has the part that it has among all');
SELECT is((SELECT cents FROM (:area_pipeline) AS p WHERE state = 'approved'), (SELECT cents FROM (:areas) AS a WHERE area_id = 2));
SELECT is(array_agg(cents ORDER BY nth), '{33,33,34}', 'whole cents') FROM (
    SELECT 100 * nth / 3 - 100 * (nth - 1) / 3 AS cents, nth FROM generate_series(1, 3) AS nth) AS parts;

-- What became of each offer: the last of its revisions that was presented, as the changes of state tell.
CREATE TEMP TABLE fate AS
SELECT min(at) AS first_at, (array_agg(state ORDER BY revision DESC))[1] AS state, (array_agg(cents ORDER BY revision DESC))[1] AS cents
  FROM (SELECT o.root_id, o.revision, s.at, o.total_cents AS cents,
               CASE WHEN o.state <> 'presented' THEN o.state WHEN o.valid_until < today() THEN 'expired' ELSE 'live' END AS state
          FROM state_change AS s JOIN offer AS o ON o.id = s.row_id
         WHERE s.entity = 'offer' AND s.from_state = 'draft' AND s.to_state = 'presented') AS presented
 GROUP BY root_id;
GRANT SELECT ON fate TO PUBLIC;
SELECT results_eq($$SELECT presented, approved, rejected, withdrawn, expired, live, presented_cents, approved_cents, rejected_cents, withdrawn_cents, expired_cents, live_cents
                      FROM ($$ || :'conversion' || $$) AS c$$,
    $$SELECT count(*), count(*) FILTER (WHERE state = 'approved'), count(*) FILTER (WHERE state = 'rejected'), count(*) FILTER (WHERE state = 'withdrawn'),
             count(*) FILTER (WHERE state = 'expired'), count(*) FILTER (WHERE state = 'live'), sum(cents),
             sum(cents) FILTER (WHERE state = 'approved'), sum(cents) FILTER (WHERE state = 'rejected'),
             sum(cents) FILTER (WHERE state = 'withdrawn'), sum(cents) FILTER (WHERE state = 'expired'), sum(cents) FILTER (WHERE state = 'live')
        FROM fate WHERE first_at >= (date_trunc('month', today()) - interval '12 months') AT TIME ZONE 'Europe/Madrid'$$, 'what became of what was presented');
SELECT is((SELECT presented FROM (:conversion) AS c), count(DISTINCT root_id), 'an offer is presented once, however many revisions') FROM offer
 WHERE presented_at >= (date_trunc('month', today()) - interval '12 months') AT TIME ZONE 'Europe/Madrid';
SELECT is((SELECT approved + rejected + withdrawn + expired + live FROM (:conversion) AS c), (SELECT presented FROM (:conversion) AS c), 'the parts make the whole');
SELECT is((SELECT presented FROM (:day_conversion) AS c), count(*), 'of a period, both its days included')
  FROM fate WHERE (first_at AT TIME ZONE 'Europe/Madrid')::date BETWEEN today() - 60 AND today() - 10;
SELECT ok((SELECT presented FROM (:area_conversion) AS c) BETWEEN 1 AND (SELECT presented - 1 FROM (:conversion) AS c), 'of an area');

SELECT set_eq($$SELECT state, notices, cents FROM ($$ || :'notices' || $$) AS n$$,
    $$SELECT state, count(*), sum(total_cents - invoiced_cents)::bigint FROM notice_overview WHERE state NOT IN ('void', 'invoiced') GROUP BY 1$$, 'notices that wait');
SELECT results_eq($$SELECT open_actions, quiet_actions, overdue_actions, held FROM ($$ || :'work' || $$) AS w$$,
    $$SELECT count(*), count(*) FILTER (WHERE coalesce(last_contact_at, opened_at) < now() - interval '30 days'),
             count(*) FILTER (WHERE next_step_on < today()), (SELECT count(*) FROM hold_overview) FROM action_overview WHERE state = 'open'$$, 'work');
SELECT is((SELECT array_agg(action_id) FROM (:quiet) AS q), (SELECT array_agg(id ORDER BY coalesce(last_contact_at, opened_at), id) FROM action_overview WHERE state = 'open'), 'the quietest first');
SELECT is((SELECT count(*) FROM (:holds) AS h), (SELECT count(*) FROM hold_overview));
SELECT is((SELECT array_agg(notice_id) FROM (:approvals) AS a), (SELECT array_agg(id ORDER BY id DESC) FROM notice WHERE state <> 'void'), 'the last approvals first');

-- A rep's figures are his own: of the actions where he is a member.
SET LOCAL SESSION AUTHORIZATION 'luis@trato.example';
SELECT is((SELECT sum(offers) FROM (:months) AS m), (SELECT count(*) FROM sold WHERE day >= date_trunc('month', today()) - interval '12 months'
    AND action_id IN (SELECT action_id FROM action_member WHERE person_id = my_id() AND left_at IS NULL))::numeric, 'a rep sees his own');
SELECT is((SELECT open_actions FROM (:work) AS w), (SELECT count(*) FROM action WHERE state = 'open'));
RESET SESSION AUTHORIZATION;

-- All worth more than a bigint holds.
SAVEPOINT small;
ALTER TABLE offer DROP CONSTRAINT offer_net_cents_range;
SET LOCAL session_replication_role = replica;
UPDATE offer SET net_cents = 9223372036854775807, vat_cents = 0, total_cents = 9223372036854775807;
UPDATE notice SET total_cents = 9223372036854775807 WHERE state <> 'invoiced';
SELECT make_figures() \g /dev/null
SET LOCAL SESSION AUTHORIZATION 'carmen@trato.example';
SELECT cmp_ok((SELECT sum(cents) FROM (:pipeline) AS p), '>', 9223372036854775807::numeric, 'the states can be told');
SELECT cmp_ok((SELECT sum(cents) FROM (:months) AS m), '>', 9223372036854775807::numeric, 'the months');
SELECT cmp_ok((SELECT sum(cents) FROM (:reps) AS r), '>', 9223372036854775807::numeric, 'the reps');
SELECT cmp_ok((SELECT sum(cents) FROM (:areas) AS a), '>', 9223372036854775807::numeric, 'the areas');
SELECT cmp_ok((SELECT presented_cents FROM (:conversion) AS c), '>', 9223372036854775807::numeric, 'what became of it');
SELECT cmp_ok((SELECT sum(cents) FROM (:notices) AS n), '>', 9223372036854775807::numeric, 'what waits');
SELECT cmp_ok((SELECT year_cents FROM (:clock) AS c), '>=', 9223372036854775807::numeric, 'the year');
RESET SESSION AUTHORIZATION;
ROLLBACK TO small;

-- Nothing at all, and other money.
SET LOCAL session_replication_role = replica;
UPDATE offer SET currency = 'USD';
SELECT make_figures() \g /dev/null
SELECT is((SELECT currency FROM (:clock) AS c), 'USD', 'where nobody offers in euros');
UPDATE offer SET currency = 'EUR' WHERE id = (SELECT min(id) FROM offer WHERE state = 'draft');
SELECT make_figures() \g /dev/null
SELECT is((SELECT sum(offers) FROM (:months) AS m), 0::numeric, 'months are those of one currency');
SELECT is((SELECT count(*) FROM (:pipeline) AS p WHERE state = 'draft'), 2::bigint, 'the states tell all currencies');
DELETE FROM notice; DELETE FROM offer; DELETE FROM hold; DELETE FROM action; DELETE FROM action_member;
SELECT make_figures() \g /dev/null
SELECT is((SELECT count(*) FROM (:months) AS m WHERE offers = 0 AND cents = 0), 13::bigint, 'nothing yet');
SELECT is((SELECT count(*) FROM (:clock) AS c), 1::bigint);
SELECT is((SELECT presented + approved + live_cents FROM (:conversion) AS c), 0::numeric);
SELECT is((SELECT count(*) FROM (:pipeline) AS p) + (SELECT count(*) FROM (:reps) AS r) + (SELECT count(*) FROM (:areas) AS a), 0::bigint);

SELECT * FROM finish();
ROLLBACK;
