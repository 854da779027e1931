-- Proves that what was written with the guards off keeps every rule of the schema; raises an
-- exception that names each rule that is broken, and how often. Part of demo.sql; runs on any
-- Trato database as a superuser too. With turn = 0 or 1 it checks half of the rules.

CREATE TEMP TABLE check_rule (rule text PRIMARY KEY, broken text NOT NULL);

-- Every foreign key, every check and every NOT NULL, from the catalogue.
INSERT INTO check_rule
SELECT format('%s: %s', conrelid::regclass, conname),
       format('SELECT FROM %s AS child WHERE %s AND NOT EXISTS (SELECT FROM %s AS parent WHERE %s)',
              conrelid::regclass, string_agg(format('child.%I IS NOT NULL', child.attname), ' AND '),
              confrelid::regclass, string_agg(format('parent.%I = child.%I', parent.attname, child.attname), ' AND '))
  FROM pg_constraint
  CROSS JOIN LATERAL unnest(conkey, confkey) AS pair (child_number, parent_number)
  JOIN pg_attribute AS child ON child.attrelid = conrelid AND child.attnum = child_number
  JOIN pg_attribute AS parent ON parent.attrelid = confrelid AND parent.attnum = parent_number
 WHERE contype = 'f' AND connamespace = 'trato'::regnamespace
 GROUP BY conrelid, confrelid, conname;
INSERT INTO check_rule
SELECT format('%s: %s', conrelid::regclass, conname),
       format('SELECT FROM %s WHERE NOT (%s)', conrelid::regclass, pg_get_expr(conbin, conrelid))
  FROM pg_constraint WHERE contype = 'c' AND connamespace = 'trato'::regnamespace AND conrelid <> 0;
INSERT INTO check_rule
SELECT format('%s: %s is filled', attrelid::regclass, attname),
       format('SELECT FROM %s WHERE %I IS NULL', attrelid::regclass, attname)
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
 WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r' AND attnum > 0 AND attnotnull AND NOT attisdropped;

INSERT INTO check_rule VALUES
('every index is there and valid',
 $$SELECT FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = 'trato'::regnamespace AND NOT (indisvalid AND indisready AND indislive)$$),
('a person has his login and its roles',
 $$SELECT FROM trato.person CROSS JOIN unnest('{rep,backoffice,supervisor,manager}'::text[]) AS role
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = email AND rolcanlogin = active)
       OR pg_has_role(email, 'trato_' || role, 'MEMBER') <> (role = ANY (roles))$$),
('an open action holds a division',
 $$SELECT FROM trato.action WHERE state = 'open' AND NOT EXISTS
    (SELECT FROM trato.hold WHERE action_id = action.id AND released_at IS NULL)$$),
('an action has one owner',
 $$SELECT FROM trato.action LEFT JOIN (SELECT action_id, count(*) AS owners FROM trato.action_member
            WHERE is_owner AND left_at IS NULL GROUP BY action_id) AS owned ON action_id = action.id
    WHERE owners IS DISTINCT FROM 1$$),
('a member is a rep',
 $$SELECT FROM trato.action_member JOIN trato.person ON person.id = person_id WHERE 'rep' <> ALL (roles)$$),
('nobody is a member twice at once',
 $$SELECT FROM trato.action_member WHERE left_at IS NULL GROUP BY action_id, person_id HAVING count(*) > 1$$),
('closing releases the holds',
 $$SELECT FROM trato.hold JOIN trato.action ON action.id = action_id
    WHERE action.state <> 'open' AND (released_at IS NULL OR released_at > closed_at
          OR released_by_closing <> (released_at = closed_at))
       OR action.state = 'open' AND released_by_closing OR held_at < opened_at$$),
('a division is never held twice at once',
 $$SELECT FROM (SELECT held_at < lag(coalesce(released_at, 'infinity')) OVER
                       (PARTITION BY division_id ORDER BY held_at, id) AS too_early FROM trato.hold) AS held
    WHERE too_early$$),
('a closed action was opened before',
 'SELECT FROM trato.action WHERE closed_at <= opened_at OR opened_at > now() OR closed_at > now()'),
('a won action has an approved offer',
 $$SELECT FROM trato.action WHERE state = 'won'
      AND NOT EXISTS (SELECT FROM trato.offer WHERE action_id = action.id AND state = 'approved')$$),
('an archived client has no open action',
 $$SELECT FROM trato.action JOIN trato.client ON client.id = client_id WHERE state = 'open' AND archived$$),
('an accepted request made a collaborator',
 $$SELECT FROM trato.request WHERE state = 'accepted' AND NOT EXISTS (SELECT FROM trato.action_member
            WHERE action_id = request.action_id AND person_id = request.person_id)$$),
('a request is answered, by a member, after it was made',
 $$SELECT FROM trato.request JOIN trato.action ON action.id = action_id
    WHERE (request.state = 'open') <> (answered_at IS NULL) OR (answered_at IS NULL) <> (answered_by IS NULL)
       OR answered_at < made_at OR made_at < opened_at OR answered_at > now() OR made_at > now()
       OR request.state = 'open' AND action.state <> 'open'$$),
('an open request is a stranger''s',
 $$SELECT FROM trato.request JOIN trato.action_member AS member USING (action_id, person_id)
    WHERE request.state = 'open' AND left_at IS NULL$$),
('what was presented covers a division and has an amount',
 $$SELECT FROM trato.offer WHERE presented_at IS NOT NULL AND (total_cents = 0
       OR NOT EXISTS (SELECT FROM trato.offer_division WHERE offer_id = offer.id))$$),
('the totals of an offer are the sums of its lines',
 $$SELECT FROM trato.offer LEFT JOIN (SELECT offer_id, sum(net_cents) AS net, sum(vat_cents) AS vat
            FROM trato.offer_line GROUP BY offer_id) AS sums ON offer_id = offer.id
    WHERE (net_cents, vat_cents) <> (coalesce(net, 0), coalesce(vat, 0))$$),
('the numbers of a year have no gaps and end at the counter',
 $$SELECT FROM (SELECT year, max(serial) AS last, count(DISTINCT serial) AS numbers FROM trato.offer
            WHERE serial IS NOT NULL GROUP BY year) AS used FULL JOIN trato.offer_counter USING (year)
    WHERE (used.last, numbers) IS DISTINCT FROM (offer_counter.last, offer_counter.last::bigint)$$),
('a number is of the year of the first presentation',
 $$SELECT FROM trato.offer JOIN trato.offer AS root ON root.id = offer.root_id
    WHERE offer.serial IS NOT NULL AND ((offer.year, offer.serial) IS DISTINCT FROM (root.year, root.serial)
       OR root.year <> extract(year FROM root.presented_at AT TIME ZONE trato.setting_value('timezone')))$$),
('numbers follow time',
 $$SELECT FROM (SELECT presented_at < lag(presented_at) OVER (PARTITION BY year ORDER BY serial) AS wrong
            FROM trato.offer WHERE id = root_id AND serial IS NOT NULL) AS numbered WHERE wrong$$),
('the revisions of an offer are 1, 2, 3',
 $$SELECT FROM trato.offer GROUP BY root_id HAVING max(revision) <> count(*)
       OR min(id) <> root_id OR min(id) FILTER (WHERE revision = 1) <> root_id$$),
('what is superseded has a later revision that was presented',
 $$SELECT FROM trato.offer WHERE state = 'superseded' AND NOT EXISTS (SELECT FROM trato.offer AS later
            WHERE later.root_id = offer.root_id AND later.revision > offer.revision
              AND later.presented_at IS NOT NULL)$$),
('two revisions never stand',
 $$SELECT FROM trato.offer WHERE state IN ('presented', 'approved') GROUP BY root_id HAVING count(*) > 1$$),
('an offer is made, presented and decided in this order, while its action is open',
 $$SELECT FROM trato.offer JOIN trato.action ON action.id = action_id
    WHERE created_at < opened_at OR presented_at < created_at OR approved_at <= presented_at
       OR rejected_at <= presented_at OR greatest(created_at, presented_at, approved_at, rejected_at)
          > coalesce(closed_at, now())$$),
('the days of an offer fit',
 $$SELECT FROM trato.offer WHERE valid_until < (presented_at AT TIME ZONE trato.setting_value('timezone'))::date
       OR accepted_on > approved_on OR accepted_on < (presented_at AT TIME ZONE trato.setting_value('timezone'))::date
       OR approved_on <> (approved_at AT TIME ZONE trato.setting_value('timezone'))::date$$),
('people who did something with an offer are members',
 $$SELECT FROM trato.offer WHERE NOT EXISTS (SELECT FROM trato.action_member AS member
            WHERE member.action_id = offer.action_id AND person_id = created_by)
       OR presented_by <> created_by AND NOT EXISTS (SELECT FROM trato.action_member AS member
            WHERE member.action_id = offer.action_id AND person_id = presented_by)
       OR (presented_at IS NULL) <> (presented_by IS NULL) OR (approved_at IS NULL) <> (approved_by IS NULL)$$),
('an offer has one living notice or none',
 $$SELECT FROM trato.notice WHERE state <> 'void' GROUP BY offer_id HAVING count(*) > 1$$),
('a notice has the amount and the moment of its approval',
 $$SELECT FROM trato.notice JOIN trato.offer ON offer.id = offer_id
    WHERE notice.total_cents <> offer.total_cents OR notice.state <> 'void' AND made_at <> approved_at$$),
('a notice is made, seen and taken in this order',
 $$SELECT FROM trato.notice WHERE seen_at < made_at OR taken_at < seen_at OR made_at > now()
       OR seen_at > now() OR taken_at > now() OR (seen_at IS NULL) <> (seen_by IS NULL)$$),
('what is invoiced is the sum of the invoices',
 $$SELECT FROM trato.notice LEFT JOIN (SELECT notice_id, sum(total_cents) AS total, sum(net_cents) AS net,
              sum(vat_cents) AS vat, count(*) AS invoices FROM trato.invoice GROUP BY notice_id) AS sums
       ON notice_id = notice.id
     JOIN trato.offer ON offer.id = offer_id
    WHERE invoiced_cents <> coalesce(total, 0)
       OR notice.state = 'invoiced' AND (net, vat) <> (offer.net_cents, offer.vat_cents)$$),
('an invoice is recorded after its notice was taken, by back office',
 $$SELECT FROM trato.invoice JOIN trato.notice ON notice.id = notice_id JOIN trato.person ON person.id = recorded_by
    WHERE recorded_at < taken_at OR recorded_at > now() OR 'backoffice' <> ALL (roles)
       OR issued_on > (recorded_at AT TIME ZONE trato.setting_value('timezone'))::date$$),
('an invoice number comes once a year',
 'SELECT FROM trato.invoice GROUP BY upper(series), upper(number), issue_year HAVING count(*) > 1'),
('a communication is a member''s, of its time, and not yet to come',
 $$SELECT FROM trato.communication JOIN trato.action ON action.id = action_id
    WHERE happened_at > now() OR logged_at > now() OR happened_at < opened_at OR happened_at > closed_at
       OR NOT EXISTS (SELECT FROM trato.action_member AS member
                       WHERE member.action_id = communication.action_id AND person_id = author_id)$$),
('a correction comes later and repeats the Message-ID',
 $$SELECT FROM trato.communication AS later JOIN trato.communication AS old ON old.id = later.corrects_id
    WHERE later.logged_at <= old.logged_at OR later.message_id IS DISTINCT FROM old.message_id$$),
('a message is logged once',
 $$SELECT FROM trato.communication WHERE corrects_id IS NULL AND message_id IS NOT NULL
    GROUP BY message_id HAVING count(*) > 1$$),
('a reason is of its kind, with a note where it needs one',
 $$SELECT FROM (SELECT 'action_' || state AS kind, state_reason_id, state_note FROM trato.action
      UNION ALL SELECT 'offer_' || state, state_reason_id, state_note FROM trato.offer
      UNION ALL SELECT 'notice_' || state, state_reason_id, state_note FROM trato.notice) AS given
     JOIN trato.reason ON reason.id = state_reason_id
    WHERE reason.kind <> given.kind OR needs_note AND trato.filled(state_note) IS NULL$$),
-- Each walk along the arrows begins where such a row is born and ends where it is now.
('the history of states is without gaps',
 $$SELECT FROM (SELECT 'action' AS entity, id AS row_id, id AS action_id, 'open' AS born, state FROM trato.action
      UNION ALL SELECT 'request', id, action_id, 'open', state FROM trato.request
      UNION ALL SELECT 'offer', id, action_id, 'draft', state FROM trato.offer
      UNION ALL SELECT 'notice', id, action_id, 'pending', state FROM trato.notice) AS thing
     FULL JOIN (SELECT entity, row_id, min(action_id) AS action_id, max(action_id) AS other_action,
                       (array_agg(from_state ORDER BY at, id))[1] AS first,
                       (array_agg(to_state ORDER BY at, id))[count(*)] AS last, bool_or(jumps) AS jumps
                  FROM (SELECT *, from_state <> lag(to_state) OVER (PARTITION BY entity, row_id ORDER BY at, id)
                                  AS jumps FROM trato.state_change) AS step
                 GROUP BY entity, row_id) AS walk USING (entity, row_id)
    WHERE born IS NULL OR jumps OR first <> born OR coalesce(last, born) <> state
       OR walk.action_id <> thing.action_id OR walk.other_action <> thing.action_id$$),
('a change of state has somebody and lies in the past',
 'SELECT FROM trato.state_change WHERE person_id IS NULL OR at > now()'),
('a change of state is dated as its row says',
 $$SELECT FROM trato.state_change AS change
     LEFT JOIN trato.action ON change.entity = 'action' AND action.id = row_id
     LEFT JOIN trato.offer ON change.entity = 'offer' AND offer.id = row_id
     LEFT JOIN trato.notice ON change.entity = 'notice' AND notice.id = row_id
    WHERE to_state = action.state AND at <> closed_at
       OR to_state = 'rejected' AND at <> rejected_at
       OR to_state = 'approved' AND offer.state = 'approved' AND (at, change.person_id) <> (approved_at, approved_by)
       OR to_state = 'taken' AND notice.taken_at IS NOT NULL AND (at, change.person_id) <> (taken_at, taken_by)$$);

-- Sequences stand behind the rows.
INSERT INTO check_rule
SELECT format('%s.%s goes on after the last row', relname, attname),
       format('SELECT FROM (SELECT max(%I) AS last FROM trato.%I) AS row, %s AS serial
                WHERE row.last > serial.last_value', attname, relname,
              pg_get_serial_sequence(format('trato.%I', relname), attname))
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
 WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r' AND attidentity <> '';

\if :{?turn}
DELETE FROM check_rule WHERE abs(hashtext(rule)) % 2 <> :turn;
\endif
DO $$
DECLARE
    v_rule   record;
    v_count  bigint;
    v_broken text[];
BEGIN
    FOR v_rule IN SELECT * FROM check_rule ORDER BY rule LOOP
        EXECUTE format('SELECT count(*) FROM (%s) AS broken', v_rule.broken) INTO v_count;
        IF v_count > 0 THEN
            v_broken := v_broken || format('%s (%s)', v_rule.rule, v_count);
        END IF;
    END LOOP;
    IF v_broken IS NOT NULL THEN
        RAISE EXCEPTION E'rules are broken:\n%', array_to_string(v_broken, E'\n');
    END IF;
END
$$;
DROP TABLE check_rule;
