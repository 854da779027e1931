-- Commercial actions, their members, the divisions they hold, collaboration requests,
-- communications, and the history of states of everything that has states.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- Rule 5. A change of state is stored, and it can only be stored along an arrow: the foreign key
-- of state_change is the rule.
CREATE TABLE state_arrow (
    entity     text NOT NULL,
    from_state text NOT NULL,
    to_state   text NOT NULL,
    PRIMARY KEY (entity, from_state, to_state)
);
INSERT INTO state_arrow (entity, from_state, to_state) VALUES
    ('action', 'open', 'won'), ('action', 'open', 'lost'), ('action', 'open', 'cancelled'),
    ('action', 'won', 'open'), ('action', 'lost', 'open'), ('action', 'cancelled', 'open'),
    ('offer', 'draft', 'presented'), ('offer', 'presented', 'approved'),
    ('offer', 'presented', 'rejected'), ('offer', 'draft', 'withdrawn'),
    ('offer', 'presented', 'withdrawn'), ('offer', 'presented', 'superseded'),
    ('offer', 'approved', 'presented'),
    ('notice', 'pending', 'taken'), ('notice', 'taken', 'pending'),
    ('notice', 'taken', 'partial'), ('notice', 'taken', 'invoiced'),
    ('notice', 'partial', 'invoiced'),
    ('notice', 'pending', 'returned'), ('notice', 'taken', 'returned'),
    ('notice', 'returned', 'pending'),
    ('notice', 'pending', 'void'), ('notice', 'taken', 'void'), ('notice', 'returned', 'void'),
    ('request', 'open', 'accepted'), ('request', 'open', 'declined'),
    ('request', 'open', 'withdrawn');

CREATE TABLE action (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number          bigint GENERATED ALWAYS AS IDENTITY (START 1001) UNIQUE,
    client_id       bigint NOT NULL REFERENCES client,
    title           text NOT NULL,
    state           text NOT NULL DEFAULT 'open',
    state_reason_id bigint REFERENCES reason,
    state_note      text,
    opened_at       timestamptz NOT NULL DEFAULT now(),
    opened_by       bigint REFERENCES person DEFAULT my_id(),
    closed_at       timestamptz,
    next_step       text,
    next_step_on    date,
    expected_close  date,
    notes           text,
    version         integer NOT NULL DEFAULT 1,
    is_open         boolean NOT NULL GENERATED ALWAYS AS (state = 'open') STORED,
    UNIQUE (id, client_id),
    UNIQUE (id, is_open),
    CONSTRAINT action_state_known CHECK (state IN ('open', 'won', 'lost', 'cancelled')),
    CONSTRAINT action_closed_at_state CHECK ((state = 'open') = (closed_at IS NULL)),
    CONSTRAINT action_reason_required CHECK (state <> 'lost' OR state_reason_id IS NOT NULL),
    CONSTRAINT action_title_length CHECK (length(title) BETWEEN 1 AND 200),
    CONSTRAINT action_state_note_length CHECK (length(state_note) <= 2000),
    CONSTRAINT action_next_step_length CHECK (length(next_step) BETWEEN 1 AND 200),
    CONSTRAINT action_next_step_on_step CHECK (next_step_on IS NULL OR next_step IS NOT NULL),
    CONSTRAINT action_next_step_on_range CHECK
        (next_step_on BETWEEN '2000-01-01' AND '2199-12-31'),
    CONSTRAINT action_expected_close_range CHECK
        (expected_close BETWEEN '2000-01-01' AND '2199-12-31'),
    CONSTRAINT action_next_step_open CHECK (state = 'open' OR next_step IS NULL),
    CONSTRAINT action_notes_length CHECK (length(notes) <= 20000)
);
CREATE INDEX action_client ON action (client_id);
CREATE INDEX action_next_step ON action (next_step_on) WHERE state = 'open';
CREATE TRIGGER next_version BEFORE UPDATE ON action
    FOR EACH ROW EXECUTE FUNCTION next_version();

CREATE TABLE action_member (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action_id bigint NOT NULL REFERENCES action,
    person_id bigint NOT NULL REFERENCES person,
    is_owner  boolean NOT NULL DEFAULT false,
    joined_at timestamptz NOT NULL DEFAULT now(),
    left_at   timestamptz
);
CREATE UNIQUE INDEX action_member_once ON action_member (person_id, action_id)
    WHERE left_at IS NULL;
CREATE UNIQUE INDEX action_member_one_owner ON action_member (action_id)
    WHERE is_owner AND left_at IS NULL;
CREATE INDEX action_member_action ON action_member (action_id);

-- Rule 1: hold_division_is_free is the guarantee. Rule 3: while a hold is not released its action
-- must be open, which the foreign key over (action_id, action_must_be_open) says; closing the
-- action first releases, or is refused.
CREATE TABLE hold (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action_id           bigint NOT NULL,
    division_id         bigint NOT NULL,
    client_id           bigint NOT NULL,
    held_at             timestamptz NOT NULL DEFAULT now(),
    released_at         timestamptz,
    -- Released because its action closed: what reopening claims again.
    released_by_closing boolean NOT NULL DEFAULT false,
    is_open             boolean NOT NULL GENERATED ALWAYS AS (released_at IS NULL) STORED,
    action_must_be_open boolean GENERATED ALWAYS AS
                            (CASE WHEN released_at IS NULL THEN true END) STORED,
    CONSTRAINT hold_once UNIQUE (action_id, division_id),
    UNIQUE (action_id, division_id, is_open),
    CONSTRAINT hold_client_of_action FOREIGN KEY (action_id, client_id)
        REFERENCES action (id, client_id),
    CONSTRAINT hold_client_of_division FOREIGN KEY (division_id, client_id)
        REFERENCES division (id, client_id),
    CONSTRAINT hold_action_open FOREIGN KEY (action_id, action_must_be_open)
        REFERENCES action (id, is_open)
);
CREATE UNIQUE INDEX hold_division_is_free ON hold (division_id) WHERE released_at IS NULL;
CREATE INDEX hold_division ON hold (division_id);

CREATE TABLE request (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action_id       bigint NOT NULL REFERENCES action,
    person_id       bigint NOT NULL REFERENCES person DEFAULT my_id(),
    message         text,
    state           text NOT NULL DEFAULT 'open',
    state_reason_id bigint REFERENCES reason,
    state_note      text,
    made_at         timestamptz NOT NULL DEFAULT now(),
    answered_at     timestamptz,
    answered_by     bigint REFERENCES person,
    version         integer NOT NULL DEFAULT 1,
    CONSTRAINT request_state_known CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
    CONSTRAINT request_message_length CHECK (length(message) <= 2000),
    CONSTRAINT request_state_note_length CHECK (length(state_note) <= 2000)
);
CREATE UNIQUE INDEX request_once ON request (action_id, person_id) WHERE state = 'open';
CREATE INDEX request_person ON request (person_id);
CREATE TRIGGER next_version BEFORE UPDATE ON request
    FOR EACH ROW EXECUTE FUNCTION next_version();

-- Append-only: a correction is a new row that names the one it corrects.
CREATE TABLE communication (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action_id        bigint NOT NULL,
    client_id        bigint NOT NULL,
    contact_id       bigint,
    channel          text NOT NULL,
    direction        text NOT NULL,
    happened_at      timestamptz NOT NULL DEFAULT now(),
    subject          text NOT NULL,
    body             text,
    duration_minutes integer,
    tracking_number  text,
    message_id       text,
    author_id        bigint REFERENCES person DEFAULT my_id(),
    logged_at        timestamptz NOT NULL DEFAULT now(),
    corrects_id      bigint,
    UNIQUE (id, action_id),
    CONSTRAINT communication_client FOREIGN KEY (action_id, client_id)
        REFERENCES action (id, client_id),
    CONSTRAINT communication_contact_of_client FOREIGN KEY (contact_id, client_id)
        REFERENCES contact (id, client_id),
    CONSTRAINT communication_corrects FOREIGN KEY (corrects_id, action_id)
        REFERENCES communication (id, action_id),
    CONSTRAINT communication_corrected_once UNIQUE (corrects_id),
    CONSTRAINT communication_channel_known CHECK (channel IN
        ('email', 'letter', 'phone', 'visit', 'meeting', 'message', 'other')),
    CONSTRAINT communication_direction_known CHECK (direction IN ('in', 'out')),
    CONSTRAINT communication_happened_at_range CHECK (happened_at >= '2000-01-01 00:00+00'),
    CONSTRAINT communication_happened_at_past CHECK (happened_at <= logged_at + interval '00:10'),
    CONSTRAINT communication_subject_length CHECK (length(subject) BETWEEN 1 AND 300),
    CONSTRAINT communication_body_length CHECK (length(body) <= 100000),
    CONSTRAINT communication_duration_minutes_range CHECK (duration_minutes BETWEEN 0 AND 1440),
    CONSTRAINT communication_tracking_number_length CHECK (length(tracking_number) <= 60),
    CONSTRAINT communication_message_id_length CHECK (length(message_id) <= 998)
);
-- A message is logged once; its correction repeats the Message-ID.
CREATE UNIQUE INDEX communication_message_once ON communication (message_id)
    WHERE corrects_id IS NULL;
CREATE INDEX communication_action ON communication (action_id, happened_at);
CREATE TRIGGER keep_as_written BEFORE UPDATE OR DELETE ON communication
    FOR EACH ROW EXECUTE FUNCTION keep_as_written();

-- Who changed which state, when, from, to and why.
CREATE TABLE state_change (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entity     text NOT NULL,
    row_id     bigint NOT NULL,
    action_id  bigint NOT NULL,
    from_state text NOT NULL,
    to_state   text NOT NULL,
    reason_id  bigint REFERENCES reason,
    note       text,
    person_id  bigint REFERENCES person DEFAULT my_id(),
    at         timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT state_arrow_exists FOREIGN KEY (entity, from_state, to_state)
        REFERENCES state_arrow
);
CREATE INDEX state_change_action ON state_change (action_id, at);
CREATE TRIGGER keep_as_written BEFORE UPDATE OR DELETE ON state_change
    FOR EACH ROW EXECUTE FUNCTION keep_as_written();

CREATE FUNCTION record_state()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_action bigint;
    v_reason reason;
BEGIN
    IF TG_TABLE_NAME = 'action' THEN
        v_action := NEW.id;
    ELSE
        v_action := NEW.action_id;
    END IF;
    IF NEW.state_reason_id IS NOT NULL THEN
        SELECT * INTO v_reason FROM reason WHERE id = NEW.state_reason_id;
        IF v_reason.kind <> TG_TABLE_NAME || '_' || NEW.state THEN
            PERFORM refuse('reason_of_another_kind', 'this reason belongs to something else');
        END IF;
        IF v_reason.needs_note AND filled(NEW.state_note) IS NULL THEN
            PERFORM refuse('reason_note_required', 'this reason needs a note');
        END IF;
    END IF;
    INSERT INTO state_change (entity, row_id, action_id, from_state, to_state, reason_id, note)
    VALUES (TG_TABLE_NAME, NEW.id, v_action, OLD.state, NEW.state, NEW.state_reason_id,
            NEW.state_note);
    RETURN NULL;
END
$$;

-- Rows are born in their first state: there is no other way around the arrows.
CREATE FUNCTION refuse_first_state()
RETURNS trigger LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM refuse('state_arrow_exists', format('a new %s cannot be %s', TG_TABLE_NAME, NEW.state));
    RETURN NULL;
END
$$;

CREATE TRIGGER first_state BEFORE INSERT ON action
    FOR EACH ROW WHEN (NEW.state <> 'open') EXECUTE FUNCTION refuse_first_state();
CREATE TRIGGER record_state AFTER UPDATE ON action
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION record_state();
CREATE TRIGGER first_state BEFORE INSERT ON request
    FOR EACH ROW WHEN (NEW.state <> 'open') EXECUTE FUNCTION refuse_first_state();
CREATE TRIGGER record_state AFTER UPDATE ON request
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION record_state();

-- Rule 2, at commit: an open action holds at least one division and has an owner (that there is
-- at most one owner, action_member_one_owner says). Only what can break it fires it. The action's
-- row is locked so that two transactions cannot each release "the other one".
CREATE FUNCTION action_is_complete()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_action bigint;
    v_state  text;
BEGIN
    IF TG_TABLE_NAME = 'action' THEN
        v_action := NEW.id;
    ELSE
        v_action := OLD.action_id;
    END IF;
    SELECT state INTO v_state FROM action WHERE id = v_action FOR NO KEY UPDATE;
    IF v_state IS DISTINCT FROM 'open' THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM hold WHERE action_id = v_action AND released_at IS NULL) THEN
        PERFORM refuse('action_holds_a_division', 'an open action holds at least one division');
    END IF;
    IF NOT EXISTS (SELECT FROM action_member
                    WHERE action_id = v_action AND is_owner AND left_at IS NULL) THEN
        PERFORM refuse('action_has_an_owner', 'an open action has an owner');
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER action_is_complete AFTER INSERT OR UPDATE OF state ON action
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'open')
    EXECUTE FUNCTION action_is_complete();
CREATE CONSTRAINT TRIGGER action_is_complete AFTER UPDATE OR DELETE ON hold
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION action_is_complete();
CREATE CONSTRAINT TRIGGER action_is_complete AFTER UPDATE OR DELETE ON action_member
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION action_is_complete();

-- The doorbell for whoever may answer; skipped when the queue is filling up, since the table is
-- the truth and a full queue would make the commit fail.
CREATE FUNCTION ring()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    IF pg_notification_queue_usage() < 0.5 THEN
        PERFORM pg_notify('trato_' || TG_TABLE_NAME, NEW.id::text);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER ring AFTER INSERT OR UPDATE OF state ON request
    FOR EACH ROW EXECUTE FUNCTION ring();
