-- Mail that comes from outside the screens. A message whose client and action are clear becomes a
-- communication at once; any other waits in the tray of who sent it here, until he assigns it to an
-- action or sets it aside. Nothing is dropped, and a message is logged once.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- Names and sizes, one a line; the attachments themselves are kept nowhere.
ALTER TABLE communication ADD COLUMN attachments text;
ALTER TABLE communication ADD CONSTRAINT communication_attachments_length
    CHECK (length(attachments) <= 4000);

-- A correction is of the same message, whoever writes it.
CREATE FUNCTION communication_keeps_attachments()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    NEW.attachments := (SELECT attachments FROM communication WHERE id = NEW.corrects_id);
    RETURN NEW;
END
$$;
CREATE TRIGGER keeps_attachments BEFORE INSERT ON communication
    FOR EACH ROW WHEN (NEW.corrects_id IS NOT NULL)
    EXECUTE FUNCTION communication_keeps_attachments();

-- The tray. Each person has his own: of a message to two of us the one may set aside what the other
-- one needs. What was logged, by whomever, waits in no tray: mail_overview says so, since a state
-- that followed from another's transaction could come too late.
CREATE TABLE mail (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id        bigint NOT NULL REFERENCES person DEFAULT my_id(),
    message_id       text NOT NULL,
    direction        text NOT NULL,
    -- As the message has them, for people.
    sender           text,
    recipients       text,
    -- In lower case, without those of colleagues: who the client may be.
    addresses        text[] NOT NULL,
    happened_at      timestamptz NOT NULL,
    subject          text NOT NULL,
    body             text,
    attachments      text,
    state            text NOT NULL DEFAULT 'waiting',
    state_note       text,
    communication_id bigint REFERENCES communication,
    arrived_at       timestamptz NOT NULL DEFAULT now(),
    settled_at       timestamptz,
    version          integer NOT NULL DEFAULT 1,
    CONSTRAINT mail_once UNIQUE (person_id, message_id),
    CONSTRAINT mail_message_id_length CHECK (length(message_id) BETWEEN 1 AND 998),
    CONSTRAINT mail_direction_known CHECK (direction IN ('in', 'out')),
    CONSTRAINT mail_sender_length CHECK (length(sender) <= 1000),
    CONSTRAINT mail_recipients_length CHECK (length(recipients) <= 2000),
    CONSTRAINT mail_addresses_range CHECK (cardinality(addresses) <= 100
                                             AND octet_length(addresses::text) <= 32000),
    CONSTRAINT mail_happened_at_range CHECK (happened_at >= '2000-01-01 00:00+00'),
    CONSTRAINT mail_happened_at_past CHECK (happened_at <= arrived_at),
    CONSTRAINT mail_subject_length CHECK (length(subject) BETWEEN 1 AND 300),
    CONSTRAINT mail_body_length CHECK (length(body) <= 100000),
    CONSTRAINT mail_attachments_length CHECK (length(attachments) <= 4000),
    CONSTRAINT mail_state_known CHECK (state IN ('waiting', 'logged', 'set_aside')),
    CONSTRAINT mail_state_note_length CHECK (length(state_note) <= 2000),
    CONSTRAINT mail_state_note_required CHECK (state <> 'set_aside' OR state_note IS NOT NULL),
    CONSTRAINT mail_communication_state CHECK ((state = 'logged') = (communication_id IS NOT NULL)),
    CONSTRAINT mail_settled_at_state CHECK ((state = 'waiting') = (settled_at IS NULL))
);
CREATE INDEX mail_communication ON mail (communication_id);
CREATE INDEX mail_waiting ON mail (person_id, id) WHERE state = 'waiting';
CREATE TRIGGER next_version BEFORE UPDATE ON mail
    FOR EACH ROW EXECUTE FUNCTION next_version();

-- What came stays as it came; only what became of it changes, until it is logged.
CREATE FUNCTION mail_is_kept()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_settled CONSTANT text[] := '{state,state_note,communication_id,settled_at,version}';
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'logged'
       OR to_jsonb(NEW) - v_settled <> to_jsonb(OLD) - v_settled THEN
        PERFORM refuse('mail_is_kept', 'a message in the tray is neither changed nor deleted');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER mail_is_kept BEFORE UPDATE OR DELETE ON mail
    FOR EACH ROW EXECUTE FUNCTION mail_is_kept();

CREATE TRIGGER audit_insert AFTER INSERT ON mail REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_insert();
CREATE TRIGGER audit_update AFTER UPDATE ON mail REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_update();
CREATE TRIGGER audit_delete AFTER DELETE ON mail REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_delete();
CREATE TRIGGER keep_all_as_written BEFORE TRUNCATE ON mail
    FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
CREATE TRIGGER sees_the_present BEFORE INSERT OR UPDATE OR DELETE ON mail
    FOR EACH STATEMENT WHEN (current_setting('transaction_isolation') IN
                             ('repeatable read', 'serializable'))
    EXECUTE FUNCTION refuse_old_snapshot();

-- ---- Whose message it is

CREATE INDEX contact_email ON contact (lower(email));
CREATE INDEX contact_domain ON contact (web_domain(email));
CREATE INDEX client_domain ON client (web_domain(website));

-- Domains under which everybody has a mailbox say nothing about the company.
CREATE FUNCTION is_common_domain(domain text)
RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT domain ~ ('^(gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|rocketmail|icloud|aol'
        || '|gmx|proton|protonmail|tutanota|zoho|yandex|telefonica|movistar|terra|ono|orange|wanadoo'
        || '|vodafone|jazztel)\.[a-z.]+$') OR domain IN ('me.com', 'mac.com', 'mail.com', 'web.de', 'pm.me')
$$;

-- Clients to whom these addresses belong: by a contact's address, which is sure; only where none has
-- such a contact, by the domain of the website or of another contact.
CREATE FUNCTION clients_of_addresses(p_addresses text[])
RETURNS TABLE (client_id bigint, name text, sure boolean)
LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_domains text[];
BEGIN
    RETURN QUERY
    SELECT DISTINCT client.id, client.name, true
      FROM contact JOIN client ON client.id = contact.client_id
     WHERE lower(contact.email) = ANY (p_addresses) AND NOT client.archived
     ORDER BY client.name, client.id LIMIT 20;
    IF FOUND THEN
        RETURN;
    END IF;
    v_domains := ARRAY(SELECT DISTINCT web_domain(address) FROM unnest(p_addresses) AS address
                        WHERE NOT is_common_domain(web_domain(address)));
    RETURN QUERY
    SELECT client.id, client.name, false
      FROM client
     WHERE client.id IN (SELECT own.id FROM client AS own WHERE web_domain(own.website) = ANY (v_domains)
                         UNION SELECT contact.client_id FROM contact
                                WHERE web_domain(contact.email) = ANY (v_domains))
       AND NOT client.archived
     ORDER BY client.name, client.id LIMIT 20;
END
$$;

-- The contact of a client that has the first of these addresses, one in use before others.
CREATE FUNCTION contact_of_addresses(p_client bigint, p_addresses text[])
RETURNS bigint LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    SELECT contact.id
      FROM unnest(p_addresses) WITH ORDINALITY AS typed (address, place)
      JOIN contact ON lower(contact.email) = typed.address AND contact.client_id = p_client
     ORDER BY contact.active DESC, typed.place, contact.id LIMIT 1
$$;

-- The asker's open action that the message belongs to: that of an earlier message which it answers,
-- the last one named first; else the only one with those clients. NULL where that is not clear.
CREATE FUNCTION action_of_mail(p_references text[], p_addresses text[])
RETURNS bigint LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_action  bigint;
    v_actions bigint[];
BEGIN
    SELECT action.id INTO v_action
      FROM unnest(p_references) WITH ORDINALITY AS earlier (message_id, place)
      JOIN communication AS c ON c.message_id = earlier.message_id AND c.corrects_id IS NULL
      JOIN action ON action.id = c.action_id AND action.state = 'open'
     WHERE is_member(action.id)
     ORDER BY earlier.place DESC LIMIT 1;
    IF FOUND THEN
        RETURN v_action;
    END IF;
    v_actions := ARRAY(
        SELECT action.id FROM action_member AS member
          JOIN action ON action.id = member.action_id AND action.state = 'open'
         WHERE member.person_id = my_id() AND member.left_at IS NULL
           AND action.client_id IN (SELECT client_id FROM clients_of_addresses(p_addresses)));
    RETURN CASE WHEN cardinality(v_actions) = 1 THEN v_actions[1] END;
END
$$;

-- ---- Writing

-- Makes the communication; NULL where the message is logged already.
CREATE FUNCTION put_mail(p_mail mail, p_action bigint, p_contact bigint)
RETURNS bigint LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_client bigint := (SELECT client_id FROM action WHERE id = p_action);
    v_id     bigint;
BEGIN
    INSERT INTO communication (action_id, client_id, contact_id, channel, direction, happened_at,
                               subject, body, message_id, attachments)
    VALUES (p_action, v_client, coalesce(p_contact, contact_of_addresses(v_client, p_mail.addresses)),
            'email', p_mail.direction, p_mail.happened_at, p_mail.subject, p_mail.body,
            p_mail.message_id, p_mail.attachments)
    ON CONFLICT (message_id) WHERE corrects_id IS NULL DO NOTHING
    RETURNING id INTO v_id;
    RETURN v_id;
END
$$;

-- What is told about a message that has become a communication: to a member of its action where that
-- is, to others only that it is so.
CREATE FUNCTION mail_answer(p_result text, p_communication bigint)
RETURNS jsonb LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    SELECT coalesce(
        (SELECT jsonb_build_object('id', c.id, 'result', p_result, 'action', action.number,
                                   'client', client.name, 'subject', c.subject)
           FROM communication AS c
           JOIN action ON action.id = c.action_id
           JOIN client ON client.id = c.client_id
          WHERE c.id = p_communication AND is_member(c.action_id)),
        jsonb_build_object('id', NULL, 'result', p_result))
$$;

-- p_from and p_to are addresses, p_sender and p_recipients what people read of them; p_references
-- the messages that it answers, the nearest last. Outgoing is what only colleagues have written.
-- Without p_action the action is found, or the message goes to the tray. `result` of the answer:
-- logged, known (it was logged before), waiting (it is in the tray now), or waits and set_aside: it
-- has been in the tray before.
CREATE FUNCTION log_mail(p_request uuid, p_message_id text, p_from text[], p_to text[],
    p_sender text, p_recipients text, p_references text[], p_happened_at timestamptz,
    p_subject text, p_body text, p_attachments text, p_action bigint DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'log_mail');
    v_mail   mail;
    v_id     bigint;
    v_action bigint;
    v_ours   boolean;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_ours := cardinality(p_from) > 0
              AND NOT EXISTS (SELECT FROM unnest(p_from) AS address
                               WHERE lower(address) NOT IN (SELECT email FROM person));
    v_mail.message_id := filled(p_message_id);
    v_mail.direction := CASE WHEN v_ours THEN 'out' ELSE 'in' END;
    v_mail.sender := filled(p_sender);
    v_mail.recipients := filled(p_recipients);
    v_mail.addresses := ARRAY(
        SELECT lower(address)
          FROM unnest(CASE WHEN v_ours THEN p_to ELSE p_from END) WITH ORDINALITY AS typed (address, place)
         WHERE lower(address) NOT IN (SELECT email FROM person)
           -- No contact has a longer one, and in a tray it would take room for nothing.
           AND octet_length(address) <= 254
         GROUP BY lower(address) ORDER BY min(place) LIMIT 100);
    -- The sender's clock may be fast.
    v_mail.happened_at := least(p_happened_at, now());
    v_mail.subject := filled(p_subject);
    v_mail.body := filled(p_body);
    v_mail.attachments := filled(p_attachments);
    IF v_mail.message_id IS NULL THEN
        PERFORM refuse('mail_message_id_required', 'a message needs an id');
    END IF;
    IF p_action IS NOT NULL THEN
        PERFORM require_member(p_action, 'action');
    END IF;
    v_action := coalesce(p_action, action_of_mail(p_references, v_mail.addresses));
    IF v_action IS NOT NULL THEN
        -- The tray before the communication, as who assigns it has them.
        PERFORM FROM mail WHERE person_id = my_id() AND message_id = v_mail.message_id FOR NO KEY UPDATE;
        v_id := put_mail(v_mail, v_action, NULL);
        v_result := mail_answer('logged', v_id);
        UPDATE mail SET state = 'logged', communication_id = v_id, settled_at = now()
         WHERE v_id IS NOT NULL AND person_id = my_id() AND message_id = v_mail.message_id;
    END IF;
    IF v_id IS NULL THEN
        SELECT id INTO v_id FROM communication
         WHERE message_id = v_mail.message_id AND corrects_id IS NULL;
        IF FOUND THEN
            v_result := mail_answer('known', v_id);
        ELSE
            INSERT INTO mail (message_id, direction, sender, recipients, addresses, happened_at,
                              subject, body, attachments)
            VALUES (v_mail.message_id, v_mail.direction, v_mail.sender, v_mail.recipients,
                    v_mail.addresses, v_mail.happened_at, v_mail.subject, v_mail.body,
                    v_mail.attachments)
            ON CONFLICT ON CONSTRAINT mail_once DO NOTHING
            RETURNING id INTO v_id;
            SELECT jsonb_build_object('id', id, 'subject', subject, 'result',
                       CASE WHEN v_id IS NOT NULL THEN 'waiting'
                            WHEN state = 'waiting' THEN 'waits' ELSE state END,
                       'clients', ARRAY(SELECT name FROM clients_of_addresses(addresses)))
              INTO v_result
              FROM mail WHERE person_id = my_id() AND message_id = v_mail.message_id;
        END IF;
    END IF;
    RETURN done(p_request, 'log_mail', v_result);
END
$$;

-- One's own, in the state that was read.
CREATE FUNCTION lock_mail(p_mail bigint, p_based_on integer)
RETURNS mail LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_mail mail;
BEGIN
    SELECT * INTO v_mail FROM mail WHERE id = p_mail FOR NO KEY UPDATE;
    IF v_mail.person_id <> my_id() AND has_role('manager') THEN
        PERFORM refuse_denied('only whose tray it is may do this');
    ELSIF v_mail.person_id IS DISTINCT FROM my_id() THEN
        PERFORM refuse_unknown('mail');
    ELSIF v_mail.version IS DISTINCT FROM p_based_on THEN
        PERFORM refuse_stale('mail', v_mail.version);
    ELSIF v_mail.state = 'logged' THEN
        PERFORM refuse('mail_is_logged', 'this message is logged already');
    END IF;
    RETURN v_mail;
END
$$;

-- From the tray to an action, also when it was set aside. p_contact NULL: whoever of the client has
-- one of its addresses.
CREATE FUNCTION assign_mail(p_request uuid, p_mail bigint, p_based_on integer, p_action bigint,
    p_contact bigint DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'assign_mail');
    v_mail   mail;
    v_id     bigint;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    v_mail := lock_mail(p_mail, p_based_on);
    PERFORM require_member(p_action, 'action');
    v_id := put_mail(v_mail, p_action, p_contact);
    IF v_id IS NULL THEN
        PERFORM refuse('mail_is_logged', 'this message is logged already');
    END IF;
    UPDATE mail SET state = 'logged', communication_id = v_id, settled_at = now() WHERE id = p_mail;
    RETURN done(p_request, 'assign_mail', mail_answer('logged', v_id));
END
$$;

CREATE FUNCTION set_aside_mail(p_request uuid, p_mail bigint, p_based_on integer, p_note text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'set_aside_mail');
    v_mail   mail;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM lock_mail(p_mail, p_based_on);
    UPDATE mail SET state = 'set_aside', state_note = filled(p_note), settled_at = now()
     WHERE id = p_mail RETURNING * INTO v_mail;
    RETURN done(p_request, 'set_aside_mail', jsonb_build_object(
        'id', v_mail.id, 'version', v_mail.version));
END
$$;

-- ---- Reading

-- Whether a message of one's tray has been logged by anybody.
CREATE FUNCTION mail_is_logged(p_mail bigint)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
    SELECT EXISTS (SELECT FROM mail
                     JOIN communication AS c ON c.message_id = mail.message_id AND c.corrects_id IS NULL
                    WHERE mail.id = p_mail
                      AND (mail.person_id = (SELECT my_id()) OR (SELECT has_role('manager'))))
$$;

CREATE VIEW mail_overview WITH (security_invoker) AS
SELECT mail.id, mail.person_id, person.name AS person, mail.message_id, mail.direction, mail.sender,
       mail.recipients, mail.addresses, mail.happened_at, mail.subject, mail.body, mail.attachments,
       CASE WHEN mail.state = 'logged' OR mail_is_logged(mail.id) THEN 'logged' ELSE mail.state END
           AS state,
       mail.state_note, mail.communication_id, mail.arrived_at, mail.settled_at, mail.version
  FROM mail
  JOIN person ON person.id = mail.person_id;

ALTER TABLE mail ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own ON mail FOR SELECT TO trato_rep USING (person_id = (SELECT my_id()));
CREATE POLICY read_all ON mail FOR SELECT TO trato_manager USING (true);
-- Nor does its history go further.
CREATE POLICY read_mail ON audit FOR SELECT TO trato_rep
    USING (table_name = 'mail' AND person_id = (SELECT my_id()));
CREATE POLICY mail_is_private ON audit AS RESTRICTIVE FOR SELECT TO trato_backoffice, trato_supervisor
    USING (table_name <> 'mail' OR (SELECT has_role('manager')));

GRANT SELECT ON mail, mail_overview TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
GRANT EXECUTE ON FUNCTION mail_is_logged(bigint), clients_of_addresses(text[]), is_common_domain(text)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
GRANT EXECUTE ON FUNCTION
    log_mail(uuid, text, text[], text[], text, text, text[], timestamptz, text, text, text, bigint),
    assign_mail(uuid, bigint, integer, bigint, bigint),
    set_aside_mail(uuid, bigint, integer, text)
    TO trato_rep;
