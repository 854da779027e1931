-- Offers: revisions, divisions, lines, totals, and what freezes them.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- Rule 7: one row a year; the row's lock makes the numbers without gaps, races or duplicates.
CREATE TABLE offer_counter (
    year integer PRIMARY KEY,
    last integer NOT NULL
);

CREATE TABLE offer (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action_id           bigint NOT NULL REFERENCES action,
    -- The first revision; the first one's root is itself.
    root_id             bigint NOT NULL,
    revision            integer NOT NULL DEFAULT 1,
    year                integer,
    serial              integer,
    title               text NOT NULL,
    state               text NOT NULL DEFAULT 'draft',
    state_reason_id     bigint REFERENCES reason,
    state_note          text,
    currency            text NOT NULL DEFAULT 'EUR',
    net_cents           bigint NOT NULL DEFAULT 0,
    vat_cents           bigint NOT NULL DEFAULT 0,
    total_cents         bigint NOT NULL DEFAULT 0,
    probability         integer,
    expected_close      date,
    valid_until         date,
    payment_terms       text,
    notes               text,
    created_at          timestamptz NOT NULL DEFAULT now(),
    created_by          bigint REFERENCES person DEFAULT my_id(),
    presented_at        timestamptz,
    presented_by        bigint REFERENCES person,
    -- The day on which the approval was recorded, by the database's calendar.
    approved_on         date,
    approved_at         timestamptz,
    approved_by         bigint REFERENCES person,
    accepted_on         date,
    accepted_by         text,
    document_reference  text,
    rejected_at         timestamptz,
    notice_id           bigint,
    version             integer NOT NULL DEFAULT 1,
    is_live             boolean NOT NULL GENERATED ALWAYS AS (state IN ('draft', 'presented')) STORED,
    is_approved         boolean NOT NULL GENERATED ALWAYS AS (state = 'approved') STORED,
    action_must_be_open boolean GENERATED ALWAYS AS
                            (CASE WHEN state IN ('draft', 'presented') THEN true END) STORED,
    notice_must_be_live boolean GENERATED ALWAYS AS
                            (CASE WHEN state = 'approved' THEN true END) STORED,
    UNIQUE (id, action_id),
    UNIQUE (id, action_id, is_live),
    UNIQUE (id, is_approved),
    CONSTRAINT offer_root FOREIGN KEY (root_id, action_id) REFERENCES offer (id, action_id),
    CONSTRAINT offer_revision_once UNIQUE (root_id, revision),
    -- Rule 3, from the offer's side: a closed action has no live offer.
    CONSTRAINT offer_action_open FOREIGN KEY (action_id, action_must_be_open)
        REFERENCES action (id, is_open),
    CONSTRAINT offer_state_known CHECK (state IN ('draft', 'presented', 'approved', 'rejected',
                                                  'withdrawn', 'superseded')),
    CONSTRAINT offer_number_when_presented CHECK (
        (presented_at IS NULL) = (serial IS NULL) AND (serial IS NULL) = (year IS NULL)
        AND (state NOT IN ('presented', 'approved', 'rejected', 'superseded')
             OR presented_at IS NOT NULL)
        AND (state <> 'draft' OR presented_at IS NULL)),
    CONSTRAINT offer_number_once UNIQUE (year, serial, revision),
    CONSTRAINT offer_valid_until_required CHECK (presented_at IS NULL OR valid_until IS NOT NULL),
    -- Rule 9: an expired offer cannot be approved.
    CONSTRAINT offer_is_not_expired CHECK (approved_on <= valid_until),
    CONSTRAINT offer_acceptance CHECK (
        (state = 'approved') = (approved_on IS NOT NULL)
        AND (state <> 'approved' OR (accepted_on IS NOT NULL AND accepted_by IS NOT NULL
                                     AND approved_at IS NOT NULL))),
    -- Rule 8: an approved offer has its notice (see the foreign key in 0006).
    CONSTRAINT offer_has_notice CHECK ((state = 'approved') = (notice_id IS NOT NULL)),
    CONSTRAINT offer_reason_required CHECK (state NOT IN ('rejected', 'withdrawn')
                                            OR state_reason_id IS NOT NULL),
    CONSTRAINT offer_title_length CHECK (length(title) BETWEEN 1 AND 200),
    CONSTRAINT offer_state_note_length CHECK (length(state_note) <= 2000),
    CONSTRAINT offer_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT offer_net_cents_range CHECK (net_cents BETWEEN 0 AND 99999999999999),
    CONSTRAINT offer_total_sum CHECK (total_cents = net_cents + vat_cents),
    CONSTRAINT offer_probability_range CHECK (probability BETWEEN 0 AND 100),
    CONSTRAINT offer_expected_close_range CHECK
        (expected_close BETWEEN '2000-01-01' AND '2199-12-31'),
    CONSTRAINT offer_valid_until_range CHECK (valid_until BETWEEN '2000-01-01' AND '2199-12-31'),
    CONSTRAINT offer_accepted_on_range CHECK (accepted_on >= '2000-01-01'),
    CONSTRAINT offer_payment_terms_length CHECK (length(payment_terms) <= 500),
    CONSTRAINT offer_notes_length CHECK (length(notes) <= 20000),
    CONSTRAINT offer_accepted_by_length CHECK (length(accepted_by) BETWEEN 1 AND 100),
    CONSTRAINT offer_document_reference_length CHECK (length(document_reference) <= 100)
);
-- Two revisions of one offer are never both on the table or accepted.
CREATE UNIQUE INDEX offer_one_revision_stands ON offer (root_id)
    WHERE state IN ('presented', 'approved');
CREATE INDEX offer_action ON offer (action_id);
CREATE INDEX offer_state ON offer (state);
CREATE TRIGGER next_version BEFORE UPDATE ON offer
    FOR EACH ROW EXECUTE FUNCTION next_version();
CREATE TRIGGER first_state BEFORE INSERT ON offer
    FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION refuse_first_state();
CREATE TRIGGER record_state AFTER UPDATE ON offer
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION record_state();

-- Rule 4. While the offer is live, offer_live is true and the division's hold must be open; once
-- the offer has ended, the division stays named but its hold may be released.
CREATE TABLE offer_division (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    offer_id          bigint NOT NULL,
    action_id         bigint NOT NULL,
    division_id       bigint NOT NULL,
    offer_live        boolean NOT NULL DEFAULT true,
    hold_must_be_open boolean GENERATED ALWAYS AS (CASE WHEN offer_live THEN true END) STORED,
    CONSTRAINT offer_division_once UNIQUE (offer_id, division_id),
    CONSTRAINT offer_division_offer FOREIGN KEY (offer_id, action_id, offer_live)
        REFERENCES offer (id, action_id, is_live) ON UPDATE CASCADE,
    CONSTRAINT offer_division_of_action FOREIGN KEY (action_id, division_id)
        REFERENCES hold (action_id, division_id),
    CONSTRAINT offer_division_is_held FOREIGN KEY (action_id, division_id, hold_must_be_open)
        REFERENCES hold (action_id, division_id, is_open)
);
CREATE INDEX offer_division_hold ON offer_division (action_id, division_id);

-- Amounts are rounded to cents line by line, half away from zero: first the net amount, then the
-- VAT of that; totals are sums of rounded lines.
CREATE TABLE offer_line (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    offer_id    bigint NOT NULL,
    action_id   bigint NOT NULL,
    position    integer NOT NULL,
    description text NOT NULL,
    quantity    numeric(12, 3) NOT NULL DEFAULT 1,
    unit_price  numeric(14, 4) NOT NULL,
    discount    numeric(5, 2) NOT NULL DEFAULT 0,
    vat         numeric(5, 2) NOT NULL DEFAULT 21,
    net_cents   bigint NOT NULL GENERATED ALWAYS AS
                    (round(quantity * unit_price * (100 - discount))) STORED,
    vat_cents   bigint NOT NULL GENERATED ALWAYS AS
                    (round(round(quantity * unit_price * (100 - discount)) * vat / 100)) STORED,
    CONSTRAINT offer_line_offer FOREIGN KEY (offer_id, action_id) REFERENCES offer (id, action_id),
    CONSTRAINT offer_line_position_once UNIQUE (offer_id, position),
    CONSTRAINT offer_line_position_range CHECK (position BETWEEN 1 AND 1000),
    CONSTRAINT offer_line_description_length CHECK (length(description) BETWEEN 1 AND 500),
    CONSTRAINT offer_line_quantity_range CHECK (quantity > 0 AND quantity <= 1000000),
    CONSTRAINT offer_line_unit_price_range CHECK (unit_price BETWEEN 0 AND 100000000),
    CONSTRAINT offer_line_discount_range CHECK (discount BETWEEN 0 AND 100),
    CONSTRAINT offer_line_vat_range CHECK (vat BETWEEN 0 AND 100)
);

-- Rule 6: only a draft's lines and divisions change. The lock lets no line slip in while the
-- offer is being presented.
CREATE FUNCTION offer_part_is_frozen()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_offer bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.offer_id ELSE NEW.offer_id END;
    v_state text;
BEGIN
    -- The cascade of offer_live comes with the offer's own change of state.
    IF TG_TABLE_NAME = 'offer_division' AND TG_OP = 'UPDATE' THEN
        IF (NEW.offer_id, NEW.action_id, NEW.division_id)
           = (OLD.offer_id, OLD.action_id, OLD.division_id) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.offer_id <> OLD.offer_id THEN
        PERFORM refuse('offer_is_frozen', 'what belongs to one offer stays with it');
    END IF;
    SELECT state INTO v_state FROM offer WHERE id = v_offer FOR SHARE;
    IF v_state <> 'draft' THEN
        PERFORM refuse('offer_is_frozen', 'a presented offer cannot change; make a revision',
                       'state=' || v_state);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER offer_part_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON offer_line
    FOR EACH ROW EXECUTE FUNCTION offer_part_is_frozen();
CREATE TRIGGER offer_part_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON offer_division
    FOR EACH ROW EXECUTE FUNCTION offer_part_is_frozen();

-- The database computes the totals.
CREATE FUNCTION offer_totals()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    UPDATE offer
       SET net_cents = sums.net, vat_cents = sums.vat, total_cents = sums.net + sums.vat
      FROM (SELECT changed.offer_id, coalesce(sum(line.net_cents), 0) AS net,
                   coalesce(sum(line.vat_cents), 0) AS vat
              FROM (SELECT DISTINCT offer_id FROM changed_lines) AS changed
              LEFT JOIN offer_line AS line ON line.offer_id = changed.offer_id
             GROUP BY changed.offer_id) AS sums
     WHERE offer.id = sums.offer_id
       AND (offer.net_cents, offer.vat_cents) IS DISTINCT FROM (sums.net, sums.vat);
    RETURN NULL;
END
$$;
CREATE TRIGGER offer_totals_insert AFTER INSERT ON offer_line
    REFERENCING NEW TABLE AS changed_lines FOR EACH STATEMENT EXECUTE FUNCTION offer_totals();
CREATE TRIGGER offer_totals_update AFTER UPDATE ON offer_line
    REFERENCING NEW TABLE AS changed_lines FOR EACH STATEMENT EXECUTE FUNCTION offer_totals();
CREATE TRIGGER offer_totals_delete AFTER DELETE ON offer_line
    REFERENCING OLD TABLE AS changed_lines FOR EACH STATEMENT EXECUTE FUNCTION offer_totals();

-- Rules 6, 7 and 9, and what presenting and approving require. Dates and numbers are the
-- database's own, whatever the statement says.
CREATE FUNCTION offer_may_change()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    -- What may still change once an offer is presented; generated columns are not there yet.
    v_free CONSTANT text[] := '{state,state_reason_id,state_note,version,valid_until,approved_on,
        approved_at,approved_by,accepted_on,accepted_by,document_reference,rejected_at,notice_id,
        is_live,is_approved,action_must_be_open,notice_must_be_live}';
BEGIN
    IF OLD.state <> 'draft' THEN
        IF to_jsonb(NEW) - v_free <> to_jsonb(OLD) - v_free
           OR (NEW.valid_until <> OLD.valid_until AND (OLD.state, NEW.state) <> ('presented', 'presented'))
           OR (OLD.state = NEW.state AND OLD.state <> 'presented'
               AND to_jsonb(NEW) - '{version,is_live,is_approved,action_must_be_open,notice_must_be_live}'::text[]
                   <> to_jsonb(OLD) - '{version,is_live,is_approved,action_must_be_open,notice_must_be_live}'::text[])
        THEN
            PERFORM refuse('offer_is_frozen', 'a presented offer cannot change; make a revision',
                           'state=' || OLD.state);
        END IF;
    ELSIF NEW.state <> 'presented' AND (NEW.serial IS NOT NULL OR NEW.presented_at IS NOT NULL) THEN
        PERFORM refuse('offer_number_when_presented', 'an offer that was never presented has no number');
    END IF;
    IF OLD.state = 'draft' AND NEW.state = 'presented' THEN
        PERFORM offer_may_be_presented(NEW);
        NEW.presented_at := now();
        NEW.presented_by := my_id();
        IF NEW.id = NEW.root_id THEN
            NEW.year := extract(year FROM today());
            INSERT INTO offer_counter AS counter (year, last) VALUES (NEW.year, 1)
                ON CONFLICT (year) DO UPDATE SET last = counter.last + 1
                RETURNING last INTO NEW.serial;
        ELSE
            SELECT year, serial INTO NEW.year, NEW.serial FROM offer WHERE id = NEW.root_id;
        END IF;
    ELSIF OLD.state = 'presented' AND NEW.state = 'approved' THEN
        -- By the clock: today() is the day on which the transaction began.
        NEW.approved_on := (clock_timestamp() AT TIME ZONE setting_value('timezone'))::date;
        NEW.approved_at := now();
        NEW.approved_by := my_id();
        IF NEW.accepted_on > NEW.approved_on THEN
            PERFORM refuse('offer_accepted_on_past', 'the acceptance cannot lie in the future');
        END IF;
    ELSIF OLD.state = 'approved' AND NEW.state = 'presented' THEN
        NEW.approved_on := NULL;
        NEW.approved_at := NULL;
        NEW.approved_by := NULL;
        NEW.accepted_on := NULL;
        NEW.accepted_by := NULL;
        NEW.document_reference := NULL;
    ELSIF NEW.state = 'rejected' AND OLD.state <> 'rejected' THEN
        NEW.rejected_at := now();
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION offer_may_be_presented(presented offer)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM offer_division WHERE offer_id = presented.id) THEN
        PERFORM refuse('offer_covers_a_division', 'an offer covers at least one division');
    END IF;
    IF presented.total_cents = 0
       OR NOT EXISTS (SELECT FROM offer_line WHERE offer_id = presented.id) THEN
        PERFORM refuse('offer_has_an_amount', 'an offer needs lines with an amount');
    END IF;
    IF (presented.net_cents, presented.vat_cents) <> (SELECT sum(net_cents), sum(vat_cents)
                                                        FROM offer_line
                                                       WHERE offer_id = presented.id) THEN
        PERFORM refuse('offer_total_sum', 'the totals are the sums of the lines');
    END IF;
    IF EXISTS (SELECT FROM offer WHERE root_id = presented.root_id
                  AND revision > presented.revision AND presented_at IS NOT NULL) THEN
        PERFORM refuse('offer_is_latest_revision', 'a later revision was presented');
    END IF;
    IF presented.valid_until IS NULL THEN
        PERFORM refuse('offer_valid_until_required', 'an offer needs a validity date');
    END IF;
    IF presented.valid_until < today() THEN
        PERFORM refuse('offer_valid_until_past', 'the validity date is past');
    END IF;
END
$$;
CREATE TRIGGER offer_may_change BEFORE UPDATE ON offer
    FOR EACH ROW EXECUTE FUNCTION offer_may_change();

-- An action is won by an approved offer. (That none is live, offer_action_open says.)
CREATE FUNCTION action_has_approval()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM offer WHERE action_id = NEW.id AND state = 'approved') THEN
        PERFORM refuse('action_won_needs_approval', 'an action is won by an approved offer');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER action_has_approval BEFORE UPDATE ON action
    FOR EACH ROW WHEN (NEW.state = 'won' AND OLD.state <> 'won')
    EXECUTE FUNCTION action_has_approval();
