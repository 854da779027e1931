-- What was still open: who has a password that somebody else chose reads nothing by taking on one of
-- his roles; a manager sheds no trace of who read what; no sum is too large to be written down.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- ---- newcomers

-- Policies hold for who somebody is just now, which SET ROLE changes; am_newcomer looks at who logged
-- in. Asked once for a table of a query, not for each row.
DO $$
DECLARE
    v_table name;
BEGIN
    FOR v_table IN SELECT relname FROM pg_class
                    WHERE relnamespace = 'trato'::regnamespace AND relrowsecurity LOOP
        EXECUTE format('ALTER POLICY not_for_newcomers ON %I TO PUBLIC '
                       'USING ((SELECT NOT am_newcomer()))', v_table);
    END LOOP;
END
$$;

-- The two views that run as the owner, as in 0014.
CREATE OR REPLACE VIEW division_status WITH (security_barrier) AS
SELECT division.id AS division_id, division.client_id, division.name, division.area_id,
       area.name AS area, division.active, division.version,
       CASE WHEN hold.id IS NULL THEN 'free' ELSE 'held' END AS status,
       action.number AS action_number, owner.person_id AS holder_id, person.name AS holder,
       hold.held_at,
       today() - (coalesce((SELECT max(happened_at) FROM communication
                             WHERE communication.action_id = hold.action_id), hold.held_at)
                  AT TIME ZONE setting_value('timezone'))::date AS quiet_days
  FROM division
  LEFT JOIN area ON area.id = division.area_id
  LEFT JOIN hold ON hold.division_id = division.id AND hold.released_at IS NULL
  LEFT JOIN action ON action.id = hold.action_id
  LEFT JOIN action_member AS owner
         ON owner.action_id = hold.action_id AND owner.is_owner AND owner.left_at IS NULL
  LEFT JOIN person ON person.id = owner.person_id
 WHERE (SELECT NOT am_newcomer());

CREATE OR REPLACE VIEW hold_overview WITH (security_barrier) AS
SELECT hold.id, hold.action_id, hold.division_id, division.name AS division, hold.client_id,
       client.name AS client, action.number AS action_number, person.name AS holder,
       person.email AS holder_email, hold.held_at
  FROM hold
  JOIN division ON division.id = hold.division_id
  JOIN client ON client.id = hold.client_id
  JOIN action ON action.id = hold.action_id
  LEFT JOIN action_member AS owner
         ON owner.action_id = hold.action_id AND owner.is_owner AND owner.left_at IS NULL
  LEFT JOIN person ON person.id = owner.person_id
 WHERE hold.released_at IS NULL AND (SELECT NOT am_newcomer());

-- What runs as the owner passes by the policies, so it refuses them itself.
CREATE OR REPLACE FUNCTION mail_is_logged(p_mail bigint)
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM refuse_newcomer();
    RETURN EXISTS (SELECT FROM mail
                     JOIN communication AS c ON c.message_id = mail.message_id AND c.corrects_id IS NULL
                    WHERE mail.id = p_mail
                      AND (mail.person_id = (SELECT my_id()) OR (SELECT has_role('manager'))));
END
$$;

CREATE OR REPLACE FUNCTION leave_watch(p_watcher bigint, p_holder uuid)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
    SELECT refuse_newcomer();
    UPDATE watcher_turn SET seen_at = now(), until = now()
     WHERE watcher_id = p_watcher AND holder = p_holder
$$;

CREATE OR REPLACE FUNCTION blocked_contacts(p_contacts bigint[])
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM refuse_newcomer();
    RETURN QUERY
    SELECT id FROM contact
     WHERE id = ANY (p_contacts)
       AND (EXISTS (SELECT FROM blocking WHERE kind = 'contact' AND subject_id = contact.id AND state <> 'unblocked')
            OR EXISTS (SELECT FROM blocking WHERE kind = 'client' AND subject_id = contact.client_id AND state <> 'unblocked'));
END
$$;

-- ---- traces

-- Else a manager takes away in a minute who read what.
UPDATE setting SET value = '30' WHERE name = 'opening_days' AND value::integer < 30;
ALTER TABLE setting ADD CONSTRAINT setting_opening_days_least CHECK (
    CASE WHEN name = 'opening_days' AND value ~ '^[0-9]{1,4}$' THEN value::integer >= 30 ELSE true END);

-- Why somebody's data are blocked is between him and the managers.
CREATE POLICY blocking_is_private ON audit AS RESTRICTIVE FOR SELECT TO trato_backoffice, trato_supervisor
    USING (table_name <> 'blocking' OR (SELECT has_role('manager')));

-- The setting is anybody's to turn on: also what is put back, only managers put back.
CREATE OR REPLACE FUNCTION require_moved(p_table name, p_operation text, p_old jsonb, p_new jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF p_operation <> 'UPDATE' OR NOT has_role('manager') OR EXISTS (
        SELECT FROM pg_attribute AS a
         WHERE attrelid = ('trato.' || quote_ident(p_table))::regclass AND attnum > 0 AND NOT attisdropped
           AND attgenerated = '' AND attname <> 'version' AND p_old -> attname IS DISTINCT FROM p_new -> attname
           AND NOT EXISTS (
               SELECT FROM blocked_value AS b
                WHERE b.table_name = p_table AND b.row_id = (p_old ->> 'id')::bigint AND b.column_name = a.attname
                  AND ((b.value = p_old -> attname AND b.put = p_new -> attname)
                       OR (b.put = p_old -> attname AND b.value = p_new -> attname)))) THEN
        PERFORM refuse(p_table || '_is_kept', 'only what is blocked is moved');
    END IF;
END
$$;

-- ---- sums

-- An action's offers, and more so everybody's, can be worth more than a bigint holds, and then whoever
-- has the turn to count them in could write nothing.
ALTER TABLE figure_month ALTER cents TYPE numeric;

CREATE OR REPLACE VIEW action_overview WITH (security_invoker) AS
SELECT action.id, action.number, action.client_id, client.name AS client, action.title,
       action.state, owner.person_id AS owner_id, person.name AS owner, action.opened_at,
       action.closed_at, action.next_step, action.next_step_on, action.expected_close,
       action.version,
       (SELECT string_agg(division.name, ', ' ORDER BY division.name)
          FROM hold JOIN division ON division.id = hold.division_id
         WHERE hold.action_id = action.id
           AND (hold.released_at IS NULL OR hold.released_by_closing)) AS divisions,
       (SELECT max(happened_at) FROM communication
         WHERE communication.action_id = action.id) AS last_contact_at,
       offers.drafts, offers.presented, offers.approved, offers.live_cents, offers.approved_cents
  FROM action
  JOIN client ON client.id = action.client_id
  LEFT JOIN action_member AS owner
         ON owner.action_id = action.id AND owner.is_owner AND owner.left_at IS NULL
  LEFT JOIN person ON person.id = owner.person_id
  CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE offer.state = 'draft') AS drafts,
              count(*) FILTER (WHERE offer.state = 'presented') AS presented,
              count(*) FILTER (WHERE offer.state = 'approved') AS approved,
              least(coalesce(sum(offer.total_cents) FILTER (WHERE offer.is_live), 0),
                    9223372036854775807)::bigint AS live_cents,
              least(coalesce(sum(offer.total_cents) FILTER (WHERE offer.is_approved), 0),
                    9223372036854775807)::bigint AS approved_cents
         FROM offer WHERE offer.action_id = action.id) AS offers;

CREATE OR REPLACE VIEW pipeline_overview WITH (security_invoker) AS
SELECT offer.state, offer.state = 'presented' AND offer.valid_until < today() AS expired,
       offer.currency, count(*) AS offers,
       least(sum(offer.total_cents), 9223372036854775807)::bigint AS total_cents
  FROM offer
 GROUP BY 1, 2, 3;

-- ---- a line or two in functions that stay as they are

DO $$
DECLARE
    v_change record;
    v_was    text;
    v_is     text;
BEGIN
    FOR v_change IN
        SELECT name, E'\nBEGIN\n' AS was, E'\nBEGIN\n    PERFORM refuse_newcomer();\n' AS is
          FROM unnest('{found_audit,found_holds,found_offers,found_waiting,listed_actions,listed_notices,
                        search_communications,figures,wrong_figures,log_list,log_opening,take_turn}'::text[]) AS name
        UNION ALL VALUES
        ('found_audit', $was$'table_name <> ''mail'''$was$, $is$'table_name NOT IN (''mail'', ''blocking'')'$is$),
        -- The parts make the whole, and none is multiplied beyond it on the way.
        ('figure_parts', 'sum(c.cents * v.nth / v.many - c.cents * (v.nth - 1) / v.many)',
         'sum(c.cents / v.many + c.cents % v.many * v.nth / v.many - c.cents % v.many * (v.nth - 1) / v.many)'),
        ('figure_parts', 'sum(p.cents)::bigint', 'least(sum(p.cents), 9223372036854775807)::bigint'),
        ('figures', 'm.offers, m.cents', 'm.offers, least(m.cents, 9223372036854775807)::bigint'),
        ('area_parts', 'sum(p_cents * part.nth / part.all_of_it - p_cents * (part.nth - 1) / part.all_of_it)::bigint',
         'sum(p_cents / part.all_of_it + p_cents % part.all_of_it * part.nth / part.all_of_it'
         || ' - p_cents % part.all_of_it * (part.nth - 1) / part.all_of_it)::bigint'),
        -- Where nothing can be put down, or not for good, the server's log alone tells of it.
        ('personal_data', E'\n    PERFORM refuse_newcomer();\n', E'\n    PERFORM refuse_newcomer();'
         || E'\n    IF current_setting(\'transaction_read_only\')::boolean THEN'
         || E'\n        PERFORM refuse(\'personal_data_are_put_down\', \'who is given this has to be put down\');'
         || E'\n    END IF;'
         || E'\n    RAISE LOG \'personal data of % % are asked for by %\', p_kind, p_subject, session_user;\n')
    LOOP
        SELECT pg_get_functiondef(oid) INTO STRICT v_was FROM pg_proc
         WHERE pronamespace = 'trato'::regnamespace AND proname = v_change.name;
        v_is := overlay(v_was PLACING v_change.is FROM position(v_change.was IN v_was) FOR length(v_change.was));
        IF position(v_change.was IN v_was) = 0 THEN
            RAISE EXCEPTION '% is another function than expected', v_change.name;
        END IF;
        EXECUTE v_is;
    END LOOP;
END
$$;
