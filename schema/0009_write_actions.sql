-- Writing functions for actions, holds, members, requests and communications.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

CREATE FUNCTION is_member(p_action bigint)
RETURNS boolean LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    SELECT EXISTS (SELECT FROM action_member
                    WHERE action_id = p_action AND person_id = my_id() AND left_at IS NULL)
$$;

-- Somebody who may read every action is told that he may not; a rep who is no member learns
-- nothing, not even whether there is such an action.
CREATE FUNCTION require_member(p_action bigint, p_entity text)
RETURNS void LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
BEGIN
    IF NOT is_member(p_action) THEN
        IF has_role('backoffice') OR has_role('supervisor') OR has_role('manager') THEN
            PERFORM refuse_denied('only members of the action may do this');
        END IF;
        PERFORM refuse_unknown(p_entity);
    END IF;
END
$$;

-- Locks the action first, so that who has just lost it to another is not taken for its owner.
CREATE FUNCTION require_owner_or_manager(p_action bigint)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM FROM action WHERE id = p_action FOR NO KEY UPDATE;
    IF NOT has_role('manager') THEN
        PERFORM require_member(p_action, 'action');
        IF NOT EXISTS (SELECT FROM action_member WHERE action_id = p_action AND is_owner
                          AND person_id = my_id() AND left_at IS NULL) THEN
            PERFORM refuse_denied('only the owner of the action or a manager may do this');
        END IF;
    END IF;
END
$$;

-- Locks the action's row, which is the order in which everything that touches its holds queues
-- up. p_based_on NULL asks for no version.
CREATE FUNCTION lock_action(p_action bigint, p_based_on integer)
RETURNS action LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_action action;
BEGIN
    SELECT * INTO v_action FROM action WHERE id = p_action FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('action');
    ELSIF v_action.version <> p_based_on THEN
        PERFORM refuse_stale('action', v_action.version);
    END IF;
    RETURN v_action;
END
$$;

CREATE FUNCTION require_open(p_action action)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF p_action.state <> 'open' THEN
        PERFORM refuse('action_is_closed', 'this action is closed', 'state=' || p_action.state);
    END IF;
END
$$;

-- Locks the divisions in the order of their ids, so that claims of several in any order never
-- deadlock, and names the holder of the first one that is not free. What guarantees exclusivity
-- is hold_division_is_free; this only makes its refusal friendly and quick.
CREATE FUNCTION require_free(p_client bigint, p_divisions bigint[], p_for_action bigint)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_found   bigint;
    v_blocked record;
BEGIN
    IF EXISTS (SELECT FROM client WHERE id = p_client AND archived) THEN
        PERFORM refuse('client_is_archived', 'this client is archived');
    END IF;
    IF coalesce(cardinality(p_divisions), 0) = 0 THEN
        PERFORM refuse('action_holds_a_division', 'an open action holds at least one division');
    END IF;
    SELECT count(*) INTO v_found
      FROM (SELECT id FROM division
             WHERE id = ANY (p_divisions) AND client_id = p_client AND active
             ORDER BY id FOR NO KEY UPDATE) AS locked;
    IF v_found <> (SELECT count(DISTINCT wanted) FROM unnest(p_divisions) AS wanted) THEN
        SELECT name AS division INTO v_blocked FROM division
         WHERE id = ANY (p_divisions) AND client_id = p_client AND NOT active ORDER BY id LIMIT 1;
        IF FOUND THEN
            PERFORM refuse('division_is_inactive', format('%s is not in use any more', v_blocked.division),
                           'division=' || v_blocked.division);
        END IF;
        PERFORM refuse_unknown('division');
    END IF;
    SELECT division.name AS division, division.id, person.name AS holder, hold.held_at,
           action.number, count(*) OVER () AS blocked
      INTO v_blocked
      FROM hold
      JOIN division ON division.id = hold.division_id
      JOIN action ON action.id = hold.action_id
      LEFT JOIN action_member AS member
             ON member.action_id = hold.action_id AND member.is_owner AND member.left_at IS NULL
      LEFT JOIN person ON person.id = member.person_id
     WHERE hold.division_id = ANY (p_divisions) AND hold.released_at IS NULL
       AND hold.action_id IS DISTINCT FROM p_for_action
     ORDER BY hold.division_id LIMIT 1;
    IF FOUND THEN
        PERFORM refuse('hold_division_is_free',
            format('%s is held by %s, action %s', v_blocked.division, v_blocked.holder,
                   v_blocked.number),
            'division=' || v_blocked.division, 'division_id=' || v_blocked.id,
            'holder=' || v_blocked.holder,
            'since=' || to_char(v_blocked.held_at AT TIME ZONE setting_value('timezone'), 'YYYY-MM-DD'),
            'action=' || v_blocked.number, 'blocked=' || v_blocked.blocked);
    END IF;
END
$$;

CREATE FUNCTION claim(p_action bigint, p_client bigint, p_divisions bigint[])
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    INSERT INTO hold (action_id, division_id, client_id)
    SELECT DISTINCT p_action, wanted, p_client FROM unnest(p_divisions) AS wanted ORDER BY wanted
    ON CONFLICT ON CONSTRAINT hold_once DO UPDATE
        SET held_at = now(), released_at = NULL, released_by_closing = false
        WHERE hold.released_at IS NOT NULL;
END
$$;

-- The rep who opens it owns it; a manager names the rep.
CREATE FUNCTION open_action(p_request uuid, p_client bigint, p_title text, p_divisions bigint[],
    p_expected_close date DEFAULT NULL, p_notes text DEFAULT NULL, p_owner bigint DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'open_action');
    v_owner  bigint := coalesce(p_owner, my_id());
    v_action action;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF v_owner IS DISTINCT FROM my_id() THEN
        PERFORM require_role('manager');
    END IF;
    IF NOT EXISTS (SELECT FROM person WHERE id = v_owner AND active AND 'rep' = ANY (roles)) THEN
        PERFORM refuse('action_owner_is_a_rep', 'the owner of an action is an active sales rep');
    END IF;
    PERFORM require_free(p_client, p_divisions, NULL);
    INSERT INTO action (client_id, title, expected_close, notes)
    VALUES (p_client, filled(p_title), p_expected_close, filled(p_notes)) RETURNING * INTO v_action;
    INSERT INTO action_member (action_id, person_id, is_owner) VALUES (v_action.id, v_owner, true);
    PERFORM claim(v_action.id, p_client, p_divisions);
    RETURN done(p_request, 'open_action', jsonb_build_object(
        'id', v_action.id, 'number', v_action.number, 'version', v_action.version));
END
$$;

CREATE FUNCTION save_action(p_request uuid, p_action bigint, p_based_on integer, p_title text,
    p_expected_close date, p_notes text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'save_action');
    v_action action;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM require_member(p_action, 'action');
    PERFORM lock_action(p_action, coalesce(p_based_on, 0));
    UPDATE action SET title = filled(p_title), expected_close = p_expected_close,
                      notes = filled(p_notes)
     WHERE id = p_action RETURNING * INTO v_action;
    RETURN done(p_request, 'save_action', jsonb_build_object(
        'id', v_action.id, 'version', v_action.version));
END
$$;

CREATE FUNCTION set_next_step(p_request uuid, p_action bigint, p_based_on integer,
    p_next_step text, p_next_step_on date)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'set_next_step');
    v_action action;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM require_member(p_action, 'action');
    PERFORM require_open(lock_action(p_action, coalesce(p_based_on, 0)));
    UPDATE action SET next_step = filled(p_next_step), next_step_on = p_next_step_on
     WHERE id = p_action RETURNING * INTO v_action;
    RETURN done(p_request, 'set_next_step', jsonb_build_object(
        'id', v_action.id, 'version', v_action.version));
END
$$;

CREATE FUNCTION hold_divisions(p_request uuid, p_action bigint, p_divisions bigint[])
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'hold_divisions');
    v_action action;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM require_member(p_action, 'action');
    v_action := lock_action(p_action, NULL);
    PERFORM require_open(v_action);
    PERFORM require_free(v_action.client_id, p_divisions, p_action);
    PERFORM claim(p_action, v_action.client_id, p_divisions);
    RETURN done(p_request, 'hold_divisions', jsonb_build_object('id', p_action));
END
$$;

CREATE FUNCTION release_division(p_request uuid, p_action bigint, p_division bigint)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'release_division');
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM require_member(p_action, 'action');
    PERFORM require_open(lock_action(p_action, NULL));
    UPDATE hold SET released_at = now()
     WHERE action_id = p_action AND division_id = p_division AND released_at IS NULL;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('hold');
    END IF;
    RETURN done(p_request, 'release_division', jsonb_build_object('id', p_action));
END
$$;

-- Releases the holds, withdraws the live offers and answers the open requests with it.
CREATE FUNCTION close_action(p_request uuid, p_action bigint, p_based_on integer, p_outcome text,
    p_reason bigint DEFAULT NULL, p_note text DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'close_action');
    v_action action;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM require_owner_or_manager(p_action);
    -- Stronger than lock_action: waits for offers and holds that are being added right now.
    PERFORM FROM action WHERE id = p_action FOR UPDATE;
    v_action := lock_action(p_action, coalesce(p_based_on, 0));
    PERFORM require_open(v_action);
    IF p_outcome = 'won' AND EXISTS (SELECT FROM offer WHERE action_id = p_action AND is_live) THEN
        PERFORM refuse('action_has_live_offers', 'some offers are still drafts or presented');
    END IF;
    IF p_outcome = 'cancelled' AND NOT has_role('manager')
       AND EXISTS (SELECT FROM offer WHERE action_id = p_action AND presented_at IS NOT NULL) THEN
        PERFORM refuse_denied('only a manager may cancel an action with presented offers');
    END IF;
    UPDATE offer
       SET state = 'withdrawn', state_note = left(filled(p_note), 2000),
           state_reason_id = (SELECT id FROM reason
                               WHERE kind = 'offer_withdrawn' AND code = 'action_closed')
     WHERE action_id = p_action AND state IN ('draft', 'presented');
    UPDATE request SET state = 'declined', answered_at = now(), answered_by = my_id()
     WHERE action_id = p_action AND state = 'open';
    UPDATE hold SET released_at = now(), released_by_closing = true
     WHERE action_id = p_action AND released_at IS NULL;
    UPDATE action
       SET state = p_outcome, state_reason_id = p_reason, state_note = filled(p_note),
           closed_at = now(), next_step = NULL, next_step_on = NULL
     WHERE id = p_action RETURNING * INTO v_action;
    RETURN done(p_request, 'close_action', jsonb_build_object(
        'id', v_action.id, 'state', v_action.state, 'version', v_action.version));
END
$$;

-- A manager at any time, the owner for some days; the divisions must be free again.
CREATE FUNCTION reopen_action(p_request uuid, p_action bigint, p_based_on integer, p_note text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result    jsonb := earlier_result(p_request, 'reopen_action');
    v_action    action;
    v_divisions bigint[];
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM require_owner_or_manager(p_action);
    v_action := lock_action(p_action, coalesce(p_based_on, 0));
    IF v_action.state = 'open' THEN
        PERFORM refuse('action_is_open', 'this action is open');
    END IF;
    IF NOT has_role('manager')
       AND v_action.closed_at < now() - make_interval(days => setting_value('reopen_days')::integer) THEN
        PERFORM refuse_denied('only a manager may reopen an action after so many days');
    END IF;
    v_divisions := ARRAY(SELECT division_id FROM hold
                          WHERE action_id = p_action AND released_by_closing);
    PERFORM require_free(v_action.client_id, v_divisions, p_action);
    UPDATE action SET state = 'open', state_reason_id = NULL, state_note = filled(p_note),
                      closed_at = NULL
     WHERE id = p_action RETURNING * INTO v_action;
    PERFORM claim(p_action, v_action.client_id, v_divisions);
    RETURN done(p_request, 'reopen_action', jsonb_build_object(
        'id', v_action.id, 'version', v_action.version));
END
$$;

-- Makes somebody a member; who left may come back.
CREATE FUNCTION join_action(p_action bigint, p_person bigint)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM person WHERE id = p_person AND active AND 'rep' = ANY (roles)) THEN
        PERFORM refuse('action_member_is_a_rep', 'a member of an action is an active sales rep');
    END IF;
    INSERT INTO action_member (action_id, person_id) VALUES (p_action, p_person)
    ON CONFLICT (person_id, action_id) WHERE left_at IS NULL DO NOTHING;
END
$$;

CREATE FUNCTION add_collaborator(p_request uuid, p_action bigint, p_person bigint)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'add_collaborator');
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM require_owner_or_manager(p_action);
    PERFORM require_open(lock_action(p_action, NULL));
    PERFORM join_action(p_action, p_person);
    RETURN done(p_request, 'add_collaborator', jsonb_build_object('id', p_action));
END
$$;

CREATE FUNCTION remove_collaborator(p_request uuid, p_action bigint, p_person bigint)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'remove_collaborator');
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM require_owner_or_manager(p_action);
    PERFORM lock_action(p_action, NULL);
    UPDATE action_member SET left_at = now()
     WHERE action_id = p_action AND person_id = p_person AND NOT is_owner AND left_at IS NULL;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('collaborator');
    END IF;
    RETURN done(p_request, 'remove_collaborator', jsonb_build_object('id', p_action));
END
$$;

-- The earlier owner stays as a collaborator.
CREATE FUNCTION transfer_action(p_request uuid, p_action bigint, p_person bigint)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'transfer_action');
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM require_owner_or_manager(p_action);
    PERFORM require_open(lock_action(p_action, NULL));
    PERFORM join_action(p_action, p_person);
    UPDATE action_member SET is_owner = false
     WHERE action_id = p_action AND is_owner AND left_at IS NULL;
    UPDATE action_member SET is_owner = true
     WHERE action_id = p_action AND person_id = p_person AND left_at IS NULL;
    RETURN done(p_request, 'transfer_action', jsonb_build_object('id', p_action));
END
$$;
