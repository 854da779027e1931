-- A mistyped invoice is corrected, with its old values in the audit trail for everybody who sees
-- it; and a void notice says who revoked its approval.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- What is left to invoice may grow again.
INSERT INTO state_arrow (entity, from_state, to_state) VALUES ('notice', 'invoiced', 'partial');

ALTER TABLE invoice ADD COLUMN version integer NOT NULL DEFAULT 1;
CREATE TRIGGER next_version BEFORE UPDATE ON invoice
    FOR EACH ROW EXECUTE FUNCTION next_version();

-- What was mistyped can be put right; of which notice it is, who recorded it and when stays.
CREATE FUNCTION invoice_is_kept()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE'
       OR (NEW.id, NEW.notice_id, NEW.action_id, NEW.recorded_at, NEW.recorded_by)
          IS DISTINCT FROM (OLD.id, OLD.notice_id, OLD.action_id, OLD.recorded_at, OLD.recorded_by) THEN
        PERFORM refuse('invoice_is_kept', 'an invoice is corrected, never moved or deleted');
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER keep_as_written ON invoice;
CREATE TRIGGER keep_as_written BEFORE UPDATE OR DELETE ON invoice
    FOR EACH ROW EXECUTE FUNCTION invoice_is_kept();
-- A correction that leaves the sum as it is leaves the notice as it is.
CREATE OR REPLACE FUNCTION invoice_counts()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_sum bigint;
BEGIN
    PERFORM FROM notice WHERE id = NEW.notice_id FOR NO KEY UPDATE;
    SELECT sum(total_cents) INTO v_sum FROM invoice WHERE notice_id = NEW.notice_id;
    UPDATE notice
       SET invoiced_cents = v_sum,
           state = CASE WHEN v_sum < total_cents THEN 'partial' ELSE 'invoiced' END
     WHERE id = NEW.notice_id AND invoiced_cents <> v_sum;
    RETURN NULL;
END
$$;
CREATE TRIGGER invoice_counts_again AFTER UPDATE ON invoice
    FOR EACH ROW EXECUTE FUNCTION invoice_counts();

-- Anybody of the back office, since who has recorded it may be away; a manager, too.
CREATE FUNCTION correct_invoice(p_request uuid, p_invoice bigint, p_based_on integer,
    p_series text, p_number text, p_issued_on date, p_net_cents bigint, p_vat_cents bigint,
    p_total_cents bigint)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result  jsonb := earlier_result(p_request, 'correct_invoice');
    v_invoice invoice;
    v_notice  notice;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    SELECT * INTO v_invoice FROM invoice WHERE id = p_invoice;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('invoice');
    END IF;
    -- The notice first, as where an invoice is recorded.
    v_notice := lock_notice(v_invoice.notice_id, NULL);
    SELECT * INTO v_invoice FROM invoice WHERE id = p_invoice FOR NO KEY UPDATE;
    IF v_invoice.version IS DISTINCT FROM p_based_on THEN
        PERFORM refuse_stale('invoice', v_invoice.version);
    ELSIF p_total_cents > v_notice.total_cents - v_notice.invoiced_cents + v_invoice.total_cents THEN
        PERFORM refuse('notice_invoiced_within_total', 'more than what is left to invoice',
            'left_cents=' || v_notice.total_cents - v_notice.invoiced_cents + v_invoice.total_cents);
    ELSIF p_issued_on > today() THEN
        PERFORM refuse('invoice_issued_on_past', 'the invoice cannot be issued in the future');
    END IF;
    UPDATE invoice
       SET series = coalesce(filled(p_series), ''), number = filled(p_number),
           issued_on = p_issued_on, net_cents = p_net_cents, vat_cents = p_vat_cents,
           total_cents = p_total_cents
     WHERE id = p_invoice
       AND (series, number, issued_on, net_cents, vat_cents, total_cents) IS DISTINCT FROM
           (coalesce(filled(p_series), ''), filled(p_number), p_issued_on, p_net_cents,
            p_vat_cents, p_total_cents)
    RETURNING * INTO v_invoice;
    SELECT * INTO v_notice FROM notice WHERE id = v_notice.id;
    RETURN done(p_request, 'correct_invoice', jsonb_build_object(
        'id', p_invoice, 'state', v_notice.state, 'version', coalesce(v_invoice.version, p_based_on)));
END
$$;
GRANT EXECUTE ON FUNCTION
    correct_invoice(uuid, bigint, integer, text, text, date, bigint, bigint, bigint)
    TO trato_backoffice, trato_manager;

CREATE OR REPLACE VIEW notice_overview WITH (security_invoker) AS
SELECT notice.id, notice.offer_id, notice.action_id, action.number AS action_number,
       action.client_id, client.name AS client,
       offer_number(offer.year, offer.serial, offer.revision) AS offer_number,
       offer.title AS offer_title, offer.currency, notice.total_cents, notice.invoiced_cents,
       notice.state, notice.state_reason_id, notice.state_note, notice.made_at, notice.seen_at,
       notice.taken_at, notice.taken_by AS taken_by_id, taker.name AS taken_by,
       owner.name AS rep, approver.name AS approved_by, offer.accepted_on, offer.accepted_by,
       offer.document_reference, notice.version,
       (SELECT change.at FROM state_change AS change
         WHERE notice.state = 'void' AND change.action_id = notice.action_id
           AND change.entity = 'notice' AND change.row_id = notice.id
           AND change.to_state = 'void') AS voided_at,
       (SELECT person.name FROM state_change AS change JOIN person ON person.id = change.person_id
         WHERE notice.state = 'void' AND change.action_id = notice.action_id
           AND change.entity = 'notice' AND change.row_id = notice.id
           AND change.to_state = 'void') AS voided_by
  FROM notice
  JOIN offer ON offer.id = notice.offer_id
  JOIN action ON action.id = notice.action_id
  JOIN client ON client.id = action.client_id
  LEFT JOIN person AS taker ON taker.id = notice.taken_by
  LEFT JOIN person AS approver ON approver.id = offer.approved_by
  LEFT JOIN action_member AS member
         ON member.action_id = notice.action_id AND member.is_owner AND member.left_at IS NULL
  LEFT JOIN person AS owner ON owner.id = member.person_id;
