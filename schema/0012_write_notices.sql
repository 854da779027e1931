-- Writing functions for notices and invoices.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- p_based_on NULL asks for no version.
CREATE FUNCTION lock_notice(p_notice bigint, p_based_on integer)
RETURNS notice LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_notice notice;
BEGIN
    SELECT * INTO v_notice FROM notice WHERE id = p_notice FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('notice');
    ELSIF v_notice.version <> p_based_on THEN
        PERFORM refuse_stale('notice', v_notice.version);
    END IF;
    RETURN v_notice;
END
$$;

-- Names who has it and since when, or the state it is in.
CREATE FUNCTION refuse_notice_state(p_notice notice)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_holder text;
BEGIN
    SELECT name INTO v_holder FROM person WHERE id = p_notice.taken_by;
    PERFORM refuse(CASE WHEN p_notice.taken_by IS NULL THEN 'notice_state' ELSE 'notice_is_taken' END,
        format('this notice is %s', p_notice.state), 'state=' || p_notice.state,
        'holder=' || v_holder, 'since=' || to_char(
            p_notice.taken_at AT TIME ZONE setting_value('timezone'), 'YYYY-MM-DD HH24:MI'));
END
$$;

-- That a notice was looked at is told to the rep; only the first look counts.
CREATE FUNCTION see_notice(p_request uuid, p_notice bigint)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'see_notice');
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM lock_notice(p_notice, NULL);
    UPDATE notice SET seen_at = now(), seen_by = my_id()
     WHERE id = p_notice AND seen_at IS NULL AND my_id() IS NOT NULL;
    RETURN done(p_request, 'see_notice', jsonb_build_object('id', p_notice));
END
$$;

-- The state is the guard here, so that the loser learns who was first rather than that the row
-- has changed.
CREATE FUNCTION take_notice(p_request uuid, p_notice bigint)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'take_notice');
    v_notice notice;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_notice := lock_notice(p_notice, NULL);
    IF v_notice.state <> 'pending' THEN
        PERFORM refuse_notice_state(v_notice);
    END IF;
    UPDATE notice
       SET state = 'taken', taken_at = now(), taken_by = my_id(), state_reason_id = NULL,
           state_note = NULL
     WHERE id = p_notice RETURNING * INTO v_notice;
    RETURN done(p_request, 'take_notice', jsonb_build_object(
        'id', v_notice.id, 'version', v_notice.version));
END
$$;

CREATE FUNCTION put_back_notice(p_request uuid, p_notice bigint, p_based_on integer)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'put_back_notice');
    v_notice notice;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_notice := lock_notice(p_notice, coalesce(p_based_on, 0));
    IF v_notice.state <> 'taken'
       OR (v_notice.taken_by IS DISTINCT FROM my_id() AND NOT has_role('manager')) THEN
        PERFORM refuse_notice_state(v_notice);
    END IF;
    UPDATE notice SET state = 'pending', taken_at = NULL, taken_by = NULL
     WHERE id = p_notice RETURNING * INTO v_notice;
    RETURN done(p_request, 'put_back_notice', jsonb_build_object(
        'id', v_notice.id, 'version', v_notice.version));
END
$$;

CREATE FUNCTION return_notice(p_request uuid, p_notice bigint, p_based_on integer,
    p_reason bigint, p_note text DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'return_notice');
    v_notice notice;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_notice := lock_notice(p_notice, coalesce(p_based_on, 0));
    IF v_notice.state NOT IN ('pending', 'taken')
       OR (v_notice.state = 'taken' AND v_notice.taken_by IS DISTINCT FROM my_id()) THEN
        PERFORM refuse_notice_state(v_notice);
    END IF;
    UPDATE notice
       SET state = 'returned', state_reason_id = p_reason, state_note = filled(p_note),
           taken_at = NULL, taken_by = NULL
     WHERE id = p_notice RETURNING * INTO v_notice;
    RETURN done(p_request, 'return_notice', jsonb_build_object(
        'id', v_notice.id, 'version', v_notice.version));
END
$$;

-- A member of the action says what was missing, which makes the notice pending again.
CREATE FUNCTION answer_notice(p_request uuid, p_notice bigint, p_based_on integer, p_note text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'answer_notice');
    v_notice notice;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    SELECT * INTO v_notice FROM notice WHERE id = p_notice;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('notice');
    END IF;
    PERFORM require_member(v_notice.action_id, 'notice');
    IF filled(p_note) IS NULL THEN
        PERFORM refuse('notice_state_note_required', 'say what was missing');
    END IF;
    v_notice := lock_notice(p_notice, coalesce(p_based_on, 0));
    IF v_notice.state <> 'returned' THEN
        PERFORM refuse_notice_state(v_notice);
    END IF;
    UPDATE notice SET state = 'pending', state_reason_id = NULL, state_note = filled(p_note)
     WHERE id = p_notice RETURNING * INTO v_notice;
    RETURN done(p_request, 'answer_notice', jsonb_build_object(
        'id', v_notice.id, 'version', v_notice.version));
END
$$;

-- An invoice issued elsewhere. Who has taken the notice records its first one; a rest may be
-- recorded by anybody of the back office.
CREATE FUNCTION record_invoice(p_request uuid, p_notice bigint, p_based_on integer,
    p_series text, p_number text, p_issued_on date, p_net_cents bigint, p_vat_cents bigint,
    p_total_cents bigint)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result  jsonb := earlier_result(p_request, 'record_invoice');
    v_notice  notice;
    v_invoice bigint;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_notice := lock_notice(p_notice, coalesce(p_based_on, 0));
    IF v_notice.state NOT IN ('taken', 'partial')
       OR (v_notice.state = 'taken' AND v_notice.taken_by IS DISTINCT FROM my_id()) THEN
        PERFORM refuse_notice_state(v_notice);
    END IF;
    IF p_total_cents > v_notice.total_cents - v_notice.invoiced_cents THEN
        PERFORM refuse('notice_invoiced_within_total', 'more than what is left to invoice',
                       'left_cents=' || v_notice.total_cents - v_notice.invoiced_cents);
    ELSIF p_issued_on > today() THEN
        PERFORM refuse('invoice_issued_on_past', 'the invoice cannot be issued in the future');
    END IF;
    INSERT INTO invoice (notice_id, action_id, series, number, issued_on, net_cents, vat_cents,
                         total_cents)
    VALUES (p_notice, v_notice.action_id, coalesce(filled(p_series), ''), filled(p_number),
            p_issued_on, p_net_cents, p_vat_cents, p_total_cents)
    RETURNING id INTO v_invoice;
    SELECT * INTO v_notice FROM notice WHERE id = p_notice;
    RETURN done(p_request, 'record_invoice', jsonb_build_object(
        'id', v_invoice, 'state', v_notice.state, 'version', v_notice.version));
END
$$;
