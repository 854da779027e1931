-- Writing functions for what passes between people: collaboration requests between reps, and
-- communications with the client.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- Asks for the action that holds the division: the asker need not be able to see it.
CREATE FUNCTION request_collaboration(p_request uuid, p_division bigint, p_message text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'request_collaboration');
    v_action bigint;
    v_id     bigint;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    SELECT action_id INTO v_action FROM hold
     WHERE division_id = p_division AND released_at IS NULL;
    IF NOT EXISTS (SELECT FROM division WHERE id = p_division) THEN
        PERFORM refuse_unknown('division');
    END IF;
    -- Once the action is locked, the division stays with it or has left it.
    PERFORM FROM action WHERE id = v_action FOR NO KEY UPDATE;
    IF NOT EXISTS (SELECT FROM hold WHERE action_id = v_action AND division_id = p_division
                      AND released_at IS NULL) THEN
        PERFORM refuse('division_is_held', 'nobody holds this division; you can open an action');
    END IF;
    IF is_member(v_action) THEN
        PERFORM refuse('request_of_a_stranger', 'you are a member of that action already');
    END IF;
    INSERT INTO request (action_id, message) VALUES (v_action, filled(p_message))
    RETURNING id INTO v_id;
    RETURN done(p_request, 'request_collaboration', jsonb_build_object('id', v_id));
END
$$;

-- An arrow leads from one state to another; an answer that is repeated would follow none.
CREATE FUNCTION require_unanswered(p_asked request)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF p_asked.state <> 'open' THEN
        PERFORM refuse('state_arrow_exists', format('this request is %s', p_asked.state),
                       'state=' || p_asked.state);
    END IF;
END
$$;

CREATE FUNCTION answer_request(p_request uuid, p_collaboration bigint, p_based_on integer,
    p_accept boolean, p_note text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result  jsonb := earlier_result(p_request, 'answer_request');
    v_asked   request;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    SELECT * INTO v_asked FROM request WHERE id = p_collaboration;
    IF NOT FOUND OR NOT (has_role('manager') OR is_member(v_asked.action_id)) THEN
        PERFORM refuse_unknown('request');
    END IF;
    PERFORM require_owner_or_manager(v_asked.action_id);
    PERFORM require_open(lock_action(v_asked.action_id, NULL));
    SELECT * INTO v_asked FROM request WHERE id = p_collaboration FOR NO KEY UPDATE;
    IF v_asked.version IS DISTINCT FROM p_based_on THEN
        PERFORM refuse_stale('request', v_asked.version);
    ELSIF p_accept IS NULL THEN
        PERFORM refuse('request_answer_required', 'say yes or no');
    END IF;
    PERFORM require_unanswered(v_asked);
    UPDATE request
       SET state = CASE WHEN p_accept THEN 'accepted' ELSE 'declined' END,
           state_note = filled(p_note), answered_at = now(), answered_by = my_id()
     WHERE id = p_collaboration;
    IF p_accept THEN
        PERFORM join_action(v_asked.action_id, v_asked.person_id);
    END IF;
    RETURN done(p_request, 'answer_request', jsonb_build_object('id', p_collaboration));
END
$$;

CREATE FUNCTION withdraw_request(p_request uuid, p_collaboration bigint)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'withdraw_request');
    v_asked  request;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    SELECT * INTO v_asked FROM request WHERE id = p_collaboration AND person_id = my_id()
       FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('request');
    END IF;
    PERFORM require_unanswered(v_asked);
    UPDATE request SET state = 'withdrawn', answered_at = now(), answered_by = my_id()
     WHERE id = p_collaboration;
    RETURN done(p_request, 'withdraw_request', jsonb_build_object('id', p_collaboration));
END
$$;

-- p_sets_next_step true also sets the action's next step (NULL clears it): one follows from the
-- other, so they are one form and one transaction.
CREATE FUNCTION log_communication(p_request uuid, p_action bigint, p_contact bigint,
    p_channel text, p_direction text, p_happened_at timestamptz, p_subject text, p_body text,
    p_duration_minutes integer DEFAULT NULL, p_tracking_number text DEFAULT NULL,
    p_message_id text DEFAULT NULL, p_sets_next_step boolean DEFAULT false,
    p_based_on integer DEFAULT NULL, p_next_step text DEFAULT NULL, p_next_step_on date DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'log_communication');
    v_action action;
    v_id     bigint;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM require_member(p_action, 'action');
    IF p_sets_next_step THEN
        v_action := lock_action(p_action, coalesce(p_based_on, 0));
        PERFORM require_open(v_action);
        UPDATE action SET next_step = filled(p_next_step), next_step_on = p_next_step_on
         WHERE id = p_action;
    ELSE
        SELECT * INTO v_action FROM action WHERE id = p_action;
    END IF;
    INSERT INTO communication (action_id, client_id, contact_id, channel, direction, happened_at,
                               subject, body, duration_minutes, tracking_number, message_id)
    VALUES (p_action, v_action.client_id, p_contact, p_channel, p_direction,
            coalesce(p_happened_at, now()), filled(p_subject), filled(p_body), p_duration_minutes,
            filled(p_tracking_number), filled(p_message_id))
    RETURNING id INTO v_id;
    RETURN done(p_request, 'log_communication', jsonb_build_object('id', v_id));
END
$$;

-- The corrected version stands beside the old one, which stays readable.
CREATE FUNCTION correct_communication(p_request uuid, p_communication bigint, p_contact bigint,
    p_channel text, p_direction text, p_happened_at timestamptz, p_subject text, p_body text,
    p_duration_minutes integer DEFAULT NULL, p_tracking_number text DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'correct_communication');
    v_old    communication;
    v_id     bigint;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    SELECT * INTO v_old FROM communication WHERE id = p_communication;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('communication');
    END IF;
    PERFORM require_member(v_old.action_id, 'communication');
    INSERT INTO communication (action_id, client_id, contact_id, channel, direction, happened_at,
                               subject, body, duration_minutes, tracking_number, message_id,
                               corrects_id)
    VALUES (v_old.action_id, v_old.client_id, p_contact, p_channel, p_direction, p_happened_at,
            filled(p_subject), filled(p_body), p_duration_minutes, filled(p_tracking_number),
            v_old.message_id, p_communication)
    RETURNING id INTO v_id;
    RETURN done(p_request, 'correct_communication', jsonb_build_object('id', v_id));
END
$$;
