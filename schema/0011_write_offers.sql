-- Writing functions for offers. What is allowed when, the constraints and triggers of 0005 and
-- 0006 say; these order the work and name the asker's mistake.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- Locks the action, then the offer's first revision, at which all revisions queue up, then the
-- offer: in this order everywhere, so that closing the action meets none halfway. p_states: in
-- which of them it must be.
CREATE FUNCTION lock_offer(p_offer bigint, p_based_on integer, VARIADIC p_states text[])
RETURNS offer LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_offer offer;
BEGIN
    SELECT * INTO v_offer FROM offer WHERE id = p_offer;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('offer');
    END IF;
    PERFORM require_member(v_offer.action_id, 'offer');
    PERFORM FROM action WHERE id = v_offer.action_id FOR KEY SHARE;
    PERFORM FROM offer WHERE id = v_offer.root_id FOR NO KEY UPDATE;
    SELECT * INTO v_offer FROM offer WHERE id = p_offer FOR NO KEY UPDATE;
    IF v_offer.state <> ALL (p_states) THEN
        PERFORM refuse('offer_state', format('this offer is %s', v_offer.state),
                       'state=' || v_offer.state);
    ELSIF v_offer.version IS DISTINCT FROM p_based_on THEN
        PERFORM refuse_stale('offer', v_offer.version);
    END IF;
    RETURN v_offer;
END
$$;

-- p_lines: an array of objects with description, quantity, unit_price, discount and vat, in
-- order. Lines and divisions that are not named any more leave the draft.
CREATE FUNCTION put_offer_parts(p_offer offer, p_divisions bigint[], p_lines jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    DELETE FROM offer_division
     WHERE offer_id = p_offer.id AND division_id <> ALL (coalesce(p_divisions, '{}'));
    INSERT INTO offer_division (offer_id, action_id, division_id)
    SELECT DISTINCT p_offer.id, p_offer.action_id, wanted FROM unnest(p_divisions) AS wanted
     WHERE NOT EXISTS (SELECT FROM offer_division
                        WHERE offer_id = p_offer.id AND division_id = wanted)
     ORDER BY wanted;
    DELETE FROM offer_line
     WHERE offer_id = p_offer.id AND position > jsonb_array_length(coalesce(p_lines, '[]'));
    INSERT INTO offer_line (offer_id, action_id, position, description, quantity, unit_price,
                            discount, vat)
    SELECT p_offer.id, p_offer.action_id, given.position, filled(line.description),
           coalesce(line.quantity, 1), line.unit_price, coalesce(line.discount, 0),
           coalesce(line.vat, 21)
      FROM jsonb_array_elements(coalesce(p_lines, '[]')) WITH ORDINALITY AS given (value, position),
           jsonb_to_record(given.value) AS line (description text, quantity numeric,
                                                 unit_price numeric, discount numeric, vat numeric)
    ON CONFLICT (offer_id, position) DO UPDATE
        SET description = excluded.description, quantity = excluded.quantity,
            unit_price = excluded.unit_price, discount = excluded.discount, vat = excluded.vat;
END
$$;

-- p_offer NULL makes a new draft in the action; else p_action is not looked at.
CREATE FUNCTION save_offer(p_request uuid, p_offer bigint, p_based_on integer, p_action bigint,
    p_title text, p_divisions bigint[], p_lines jsonb, p_currency text DEFAULT 'EUR',
    p_probability integer DEFAULT NULL, p_expected_close date DEFAULT NULL,
    p_valid_until date DEFAULT NULL, p_payment_terms text DEFAULT NULL, p_notes text DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'save_offer');
    v_offer  offer;
    v_action action;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF p_valid_until < today() THEN
        PERFORM refuse('offer_valid_until_past', 'the validity date is past');
    END IF;
    IF p_offer IS NULL THEN
        PERFORM require_member(p_action, 'action');
        SELECT * INTO v_action FROM action WHERE id = p_action FOR KEY SHARE;
        PERFORM require_open(v_action);
        v_offer.id := nextval(pg_get_serial_sequence('trato.offer', 'id'));
        INSERT INTO offer (id, action_id, root_id, title) OVERRIDING SYSTEM VALUE
        VALUES (v_offer.id, p_action, v_offer.id, filled(p_title)) RETURNING * INTO v_offer;
    ELSE
        v_offer := lock_offer(p_offer, p_based_on, 'draft');
    END IF;
    PERFORM put_offer_parts(v_offer, p_divisions, p_lines);
    UPDATE offer
       SET title = filled(p_title), currency = upper(coalesce(filled(p_currency), 'EUR')),
           probability = p_probability, expected_close = p_expected_close,
           valid_until = p_valid_until, payment_terms = filled(p_payment_terms),
           notes = filled(p_notes)
     WHERE id = v_offer.id RETURNING * INTO v_offer;
    RETURN done(p_request, 'save_offer', jsonb_build_object(
        'id', v_offer.id, 'version', v_offer.version, 'net_cents', v_offer.net_cents,
        'vat_cents', v_offer.vat_cents, 'total_cents', v_offer.total_cents));
END
$$;

CREATE FUNCTION offer_number(p_year integer, p_serial integer, p_revision integer)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT p_year || '-' || lpad(p_serial::text, greatest(5, length(p_serial::text)), '0')
           || CASE WHEN p_revision > 1 THEN '/' || p_revision ELSE '' END
$$;

-- An earlier presented revision is superseded by this one.
CREATE FUNCTION present_offer(p_request uuid, p_offer bigint, p_based_on integer)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'present_offer');
    v_offer  offer;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_offer := lock_offer(p_offer, p_based_on, 'draft');
    IF EXISTS (SELECT FROM offer WHERE root_id = v_offer.root_id AND state = 'approved') THEN
        PERFORM refuse('offer_one_revision_stands', 'another revision is approved');
    END IF;
    UPDATE offer SET state = 'superseded'
     WHERE root_id = v_offer.root_id AND id <> v_offer.id AND state = 'presented';
    UPDATE offer SET state = 'presented' WHERE id = p_offer RETURNING * INTO v_offer;
    RETURN done(p_request, 'present_offer', jsonb_build_object(
        'id', v_offer.id, 'version', v_offer.version,
        'number', offer_number(v_offer.year, v_offer.serial, v_offer.revision)));
END
$$;

-- A draft of the next revision, with the same divisions and lines. Where the validity is past, it
-- gets as many days as it had.
CREATE FUNCTION revise_offer(p_request uuid, p_offer bigint, p_based_on integer)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'revise_offer');
    v_old    offer;
    v_new    offer;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_old := lock_offer(p_offer, p_based_on, 'presented', 'rejected');
    INSERT INTO offer (action_id, root_id, revision, title, currency, probability, expected_close,
                       valid_until, payment_terms, notes)
    SELECT v_old.action_id, v_old.root_id, max(revision) + 1, v_old.title, v_old.currency,
           v_old.probability, v_old.expected_close,
           CASE WHEN v_old.valid_until >= today() THEN v_old.valid_until
                ELSE today() + (v_old.valid_until - (v_old.presented_at AT TIME ZONE
                                                     setting_value('timezone'))::date) END,
           v_old.payment_terms, v_old.notes
      FROM offer WHERE root_id = v_old.root_id
    RETURNING * INTO v_new;
    INSERT INTO offer_division (offer_id, action_id, division_id)
    SELECT v_new.id, action_id, division_id FROM offer_division WHERE offer_id = p_offer;
    INSERT INTO offer_line (offer_id, action_id, position, description, quantity, unit_price,
                            discount, vat)
    SELECT v_new.id, action_id, position, description, quantity, unit_price, discount, vat
      FROM offer_line WHERE offer_id = p_offer;
    SELECT * INTO v_new FROM offer WHERE id = v_new.id;
    RETURN done(p_request, 'revise_offer', jsonb_build_object(
        'id', v_new.id, 'revision', v_new.revision, 'version', v_new.version));
END
$$;

-- The approval and its notice, in one transaction; the deferred foreign keys between them see to
-- it that neither is ever without the other.
CREATE FUNCTION approve_offer(p_request uuid, p_offer bigint, p_based_on integer,
    p_accepted_on date, p_accepted_by text, p_document_reference text DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'approve_offer');
    v_offer  offer;
    v_notice bigint;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_offer := lock_offer(p_offer, p_based_on, 'presented');
    IF v_offer.valid_until < today() THEN
        PERFORM refuse('offer_is_not_expired', 'this offer has expired; extend its validity first',
                       'valid_until=' || to_char(v_offer.valid_until, 'YYYY-MM-DD'));
    END IF;
    IF p_accepted_on IS NULL THEN
        PERFORM refuse('offer_accepted_on_required', 'when did the client accept?');
    ELSIF filled(p_accepted_by) IS NULL THEN
        PERFORM refuse('offer_accepted_by_required', 'who accepted at the client?');
    END IF;
    INSERT INTO notice (offer_id, action_id) VALUES (p_offer, v_offer.action_id)
    RETURNING id INTO v_notice;
    UPDATE offer
       SET state = 'approved', notice_id = v_notice, accepted_on = p_accepted_on,
           accepted_by = filled(p_accepted_by),
           document_reference = filled(p_document_reference)
     WHERE id = p_offer RETURNING * INTO v_offer;
    RETURN done(p_request, 'approve_offer', jsonb_build_object(
        'id', v_offer.id, 'version', v_offer.version, 'notice_id', v_notice,
        'action_can_be_won', NOT EXISTS (SELECT FROM offer
                                          WHERE action_id = v_offer.action_id AND is_live)));
END
$$;

CREATE FUNCTION reject_offer(p_request uuid, p_offer bigint, p_based_on integer, p_reason bigint,
    p_note text DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'reject_offer');
    v_offer  offer;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM lock_offer(p_offer, p_based_on, 'presented');
    UPDATE offer SET state = 'rejected', state_reason_id = p_reason, state_note = filled(p_note)
     WHERE id = p_offer RETURNING * INTO v_offer;
    RETURN done(p_request, 'reject_offer', jsonb_build_object(
        'id', v_offer.id, 'version', v_offer.version));
END
$$;

CREATE FUNCTION withdraw_offer(p_request uuid, p_offer bigint, p_based_on integer,
    p_reason bigint, p_note text DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'withdraw_offer');
    v_offer  offer;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM lock_offer(p_offer, p_based_on, 'draft', 'presented');
    UPDATE offer SET state = 'withdrawn', state_reason_id = p_reason, state_note = filled(p_note)
     WHERE id = p_offer RETURNING * INTO v_offer;
    RETURN done(p_request, 'withdraw_offer', jsonb_build_object(
        'id', v_offer.id, 'version', v_offer.version));
END
$$;

-- Rule 9: a longer validity is an explicit act; the audit trail records it.
CREATE FUNCTION extend_offer(p_request uuid, p_offer bigint, p_based_on integer,
    p_valid_until date)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'extend_offer');
    v_offer  offer;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_offer := lock_offer(p_offer, p_based_on, 'presented');
    IF p_valid_until IS NULL OR p_valid_until < today() OR p_valid_until < v_offer.valid_until THEN
        PERFORM refuse('offer_valid_until_later', 'the new date lies after the old one',
                       'valid_until=' || to_char(v_offer.valid_until, 'YYYY-MM-DD'));
    END IF;
    UPDATE offer SET valid_until = p_valid_until WHERE id = p_offer RETURNING * INTO v_offer;
    RETURN done(p_request, 'extend_offer', jsonb_build_object(
        'id', v_offer.id, 'version', v_offer.version));
END
$$;

-- Only while nothing is invoiced: the arrows of notices say so. Granted to managers.
CREATE FUNCTION revoke_approval(p_request uuid, p_offer bigint, p_based_on integer, p_note text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'revoke_approval');
    v_offer  offer;
    v_notice notice;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF filled(p_note) IS NULL THEN
        PERFORM refuse('offer_state_note_required', 'revoking an approval needs a reason');
    END IF;
    -- The action first, as everywhere, since a live offer needs it open.
    SELECT * INTO v_offer FROM offer WHERE id = p_offer;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('offer');
    END IF;
    PERFORM require_open(lock_action(v_offer.action_id, NULL));
    PERFORM FROM offer WHERE id = v_offer.root_id FOR NO KEY UPDATE;
    SELECT * INTO v_offer FROM offer WHERE id = p_offer FOR NO KEY UPDATE;
    IF v_offer.state <> 'approved' THEN
        PERFORM refuse('offer_state', format('this offer is %s', v_offer.state),
                       'state=' || v_offer.state);
    ELSIF v_offer.version IS DISTINCT FROM p_based_on THEN
        PERFORM refuse_stale('offer', v_offer.version);
    END IF;
    SELECT * INTO v_notice FROM notice WHERE id = v_offer.notice_id FOR NO KEY UPDATE;
    IF v_notice.invoiced_cents > 0 THEN
        PERFORM refuse('notice_is_invoiced', 'an invoice is recorded against this approval');
    END IF;
    UPDATE notice SET state = 'void', state_reason_id = NULL, state_note = filled(p_note),
                      taken_at = NULL, taken_by = NULL
     WHERE id = v_notice.id;
    UPDATE offer SET state = 'presented', notice_id = NULL, state_note = filled(p_note)
     WHERE id = p_offer RETURNING * INTO v_offer;
    RETURN done(p_request, 'revoke_approval', jsonb_build_object(
        'id', v_offer.id, 'version', v_offer.version));
END
$$;
