-- An offer begins as a copy of another one: in the same action, or in another one of the asker's.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- A new draft, no revision: with the lines of the offer, for divisions that the other action
-- holds. It is valid for as many days as the offer was. What was thought of its chances stays
-- behind.
CREATE FUNCTION copy_offer(p_request uuid, p_offer bigint, p_action bigint, p_divisions bigint[])
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'copy_offer');
    v_action action;
    v_old    offer;
    v_new    offer;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM require_member(p_action, 'action');
    -- The action before the offer, as everywhere. A draft must not change between its head and
    -- its lines.
    SELECT * INTO v_action FROM action WHERE id = p_action FOR KEY SHARE;
    PERFORM require_open(v_action);
    SELECT * INTO v_old FROM offer WHERE id = p_offer FOR SHARE;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('offer');
    END IF;
    PERFORM require_member(v_old.action_id, 'offer');
    v_new.id := nextval(pg_get_serial_sequence('trato.offer', 'id'));
    INSERT INTO offer (id, action_id, root_id, title, currency, expected_close, valid_until,
                       payment_terms, notes) OVERRIDING SYSTEM VALUE
    VALUES (v_new.id, p_action, v_new.id, v_old.title, v_old.currency, v_action.expected_close,
            CASE WHEN v_old.valid_until IS NOT NULL THEN
                least(today() + greatest(v_old.valid_until
                                         - (coalesce(v_old.presented_at, v_old.created_at)
                                            AT TIME ZONE setting_value('timezone'))::date, 0),
                      '2199-12-31') END,
            v_old.payment_terms, v_old.notes);
    INSERT INTO offer_division (offer_id, action_id, division_id)
    SELECT DISTINCT v_new.id, p_action, wanted FROM unnest(p_divisions) AS wanted ORDER BY wanted;
    INSERT INTO offer_line (offer_id, action_id, position, description, quantity, unit_price,
                            discount, vat)
    SELECT v_new.id, p_action, position, description, quantity, unit_price, discount, vat
      FROM offer_line WHERE offer_id = p_offer;
    SELECT * INTO v_new FROM offer WHERE id = v_new.id;
    RETURN done(p_request, 'copy_offer', jsonb_build_object(
        'id', v_new.id, 'version', v_new.version, 'action_id', v_new.action_id));
END
$$;
GRANT EXECUTE ON FUNCTION copy_offer(uuid, bigint, bigint, bigint[]) TO trato_rep;
