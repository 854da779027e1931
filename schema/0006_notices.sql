-- Invoicing notices and the invoices recorded against them.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- Rule 8 in both directions: an approved offer names its living notice, a living notice belongs
-- to an approved offer; the two deferred foreign keys are checked at commit.
CREATE TABLE notice (
    id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    offer_id               bigint NOT NULL,
    action_id              bigint NOT NULL,
    state                  text NOT NULL DEFAULT 'pending',
    state_reason_id        bigint REFERENCES reason,
    state_note             text,
    made_at                timestamptz NOT NULL DEFAULT now(),
    seen_at                timestamptz,
    seen_by                bigint REFERENCES person,
    taken_at               timestamptz,
    taken_by               bigint REFERENCES person,
    total_cents            bigint NOT NULL,
    invoiced_cents         bigint NOT NULL DEFAULT 0,
    version                integer NOT NULL DEFAULT 1,
    is_live                boolean NOT NULL GENERATED ALWAYS AS (state <> 'void') STORED,
    offer_must_be_approved boolean GENERATED ALWAYS AS
                               (CASE WHEN state <> 'void' THEN true END) STORED,
    UNIQUE (id, action_id),
    UNIQUE (id, offer_id, is_live),
    CONSTRAINT notice_offer FOREIGN KEY (offer_id, action_id) REFERENCES offer (id, action_id),
    CONSTRAINT notice_offer_approved FOREIGN KEY (offer_id, offer_must_be_approved)
        REFERENCES offer (id, is_approved) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT notice_state_known CHECK (state IN ('pending', 'taken', 'returned', 'partial',
                                                   'invoiced', 'void')),
    CONSTRAINT notice_taken_by_state CHECK (
        (taken_by IS NULL) = (taken_at IS NULL)
        AND (state IN ('taken', 'partial', 'invoiced')) = (taken_at IS NOT NULL)),
    CONSTRAINT notice_reason_required CHECK (state <> 'returned' OR state_reason_id IS NOT NULL),
    CONSTRAINT notice_state_note_length CHECK (length(state_note) <= 2000),
    CONSTRAINT notice_total_cents_positive CHECK (total_cents > 0),
    -- Rule 10.
    CONSTRAINT notice_invoiced_within_total CHECK (invoiced_cents <= total_cents),
    CONSTRAINT notice_invoiced_state CHECK (
        CASE state WHEN 'invoiced' THEN invoiced_cents = total_cents
                   WHEN 'partial' THEN invoiced_cents > 0 AND invoiced_cents < total_cents
                   ELSE invoiced_cents = 0 END)
);
CREATE UNIQUE INDEX notice_once ON notice (offer_id) WHERE state <> 'void';
CREATE INDEX notice_action ON notice (action_id);
-- What an offer's change of state looks for, and notice_once cannot tell since it leaves out some.
CREATE INDEX notice_of_offer ON notice (offer_id);
CREATE INDEX notice_waiting ON notice (made_at) WHERE state IN ('pending', 'taken', 'returned', 'partial');
ALTER TABLE offer ADD CONSTRAINT offer_notice
    FOREIGN KEY (notice_id, id, notice_must_be_live) REFERENCES notice (id, offer_id, is_live)
    DEFERRABLE INITIALLY DEFERRED;

-- Looking at a notice is no change that another's save must know of.
CREATE TRIGGER next_version BEFORE UPDATE ON notice
    FOR EACH ROW WHEN (OLD.seen_at IS NOT DISTINCT FROM NEW.seen_at)
    EXECUTE FUNCTION next_version();
CREATE TRIGGER first_state BEFORE INSERT ON notice
    FOR EACH ROW WHEN (NEW.state <> 'pending') EXECUTE FUNCTION refuse_first_state();
CREATE TRIGGER record_state AFTER UPDATE ON notice
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION record_state();
CREATE TRIGGER keep_as_written BEFORE DELETE ON notice
    FOR EACH ROW EXECUTE FUNCTION keep_as_written();
CREATE TRIGGER ring AFTER INSERT OR UPDATE OF state ON notice
    FOR EACH ROW EXECUTE FUNCTION ring();

-- The amount is the offer's, whatever the statement says.
CREATE FUNCTION notice_amount()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT total_cents INTO NEW.total_cents FROM offer WHERE id = NEW.offer_id;
    ELSIF (NEW.offer_id, NEW.action_id, NEW.total_cents, NEW.made_at)
          <> (OLD.offer_id, OLD.action_id, OLD.total_cents, OLD.made_at) THEN
        PERFORM refuse('notice_is_kept', 'a notice keeps its offer, amount and date');
    ELSIF NEW.invoiced_cents <> OLD.invoiced_cents
          AND NEW.invoiced_cents <> (SELECT coalesce(sum(total_cents), 0) FROM invoice
                                      WHERE notice_id = NEW.id) THEN
        PERFORM refuse('notice_invoiced_is_sum', 'what is invoiced is the sum of the invoices');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER notice_amount BEFORE INSERT OR UPDATE ON notice
    FOR EACH ROW EXECUTE FUNCTION notice_amount();

CREATE TABLE invoice (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notice_id   bigint NOT NULL,
    action_id   bigint NOT NULL,
    series      text NOT NULL DEFAULT '',
    number      text NOT NULL,
    issued_on   date NOT NULL,
    issue_year  integer NOT NULL GENERATED ALWAYS AS (extract(year FROM issued_on)::integer) STORED,
    net_cents   bigint NOT NULL,
    vat_cents   bigint NOT NULL,
    total_cents bigint NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by bigint REFERENCES person DEFAULT my_id(),
    CONSTRAINT invoice_notice FOREIGN KEY (notice_id, action_id) REFERENCES notice (id, action_id),
    CONSTRAINT invoice_series_length CHECK (length(series) <= 20),
    CONSTRAINT invoice_number_length CHECK (length(number) BETWEEN 1 AND 40),
    CONSTRAINT invoice_issued_on_range CHECK (issued_on BETWEEN '2000-01-01' AND '2199-12-31'),
    CONSTRAINT invoice_net_cents_range CHECK (net_cents BETWEEN 0 AND 99999999999999),
    CONSTRAINT invoice_vat_cents_range CHECK (vat_cents BETWEEN 0 AND 99999999999999),
    CONSTRAINT invoice_total_cents_positive CHECK (total_cents > 0),
    CONSTRAINT invoice_total_sum CHECK (total_cents = net_cents + vat_cents)
);
CREATE UNIQUE INDEX invoice_number_once ON invoice (upper(series), upper(number), issue_year);
CREATE INDEX invoice_of_notice ON invoice (notice_id);
CREATE TRIGGER keep_as_written BEFORE UPDATE OR DELETE ON invoice
    FOR EACH ROW EXECUTE FUNCTION keep_as_written();

-- The notice's sum and state follow from its invoices. Its row is locked first, so two invoices
-- at once queue up and the second sees the first; notice_invoiced_within_total decides.
CREATE FUNCTION invoice_counts()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_sum bigint;
BEGIN
    PERFORM FROM notice WHERE id = NEW.notice_id FOR NO KEY UPDATE;
    SELECT sum(total_cents) INTO v_sum FROM invoice WHERE notice_id = NEW.notice_id;
    UPDATE notice
       SET invoiced_cents = v_sum,
           state = CASE WHEN v_sum < total_cents THEN 'partial' ELSE 'invoiced' END
     WHERE id = NEW.notice_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER invoice_counts AFTER INSERT ON invoice
    FOR EACH ROW EXECUTE FUNCTION invoice_counts();
