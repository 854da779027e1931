-- People, settings, the catalogues of areas and reasons, and the ids of writes that are done.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- A person is a PostgreSQL login role of the same name: the e-mail in lower case.
CREATE TABLE person (
    id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email                text NOT NULL UNIQUE,
    name                 text NOT NULL,
    roles                text[] NOT NULL,
    active               boolean NOT NULL DEFAULT true,
    must_change_password boolean NOT NULL DEFAULT true,
    created_at           timestamptz NOT NULL DEFAULT now(),
    version              integer NOT NULL DEFAULT 1,
    CONSTRAINT person_email_form CHECK (email ~ '^[a-z0-9._%+''-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$'),
    CONSTRAINT person_email_length CHECK (octet_length(email) <= 63),
    CONSTRAINT person_name_length CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT person_roles_known CHECK (roles <@ '{rep,backoffice,supervisor,manager}'),
    -- Manager may stand beside one other role.
    CONSTRAINT person_roles_one CHECK (cardinality(roles) >= 1
                                       AND cardinality(array_remove(roles, 'manager')) <= 1)
);
CREATE TRIGGER next_version BEFORE UPDATE ON person
    FOR EACH ROW EXECUTE FUNCTION next_version();

-- Identity is the session's login, never a setting. In plpgsql because a write asks many times, and
-- a function in SQL is planned anew for each statement that calls it (13 µs instead of 5). The type
-- name brings the byte order as its collation, for which the index on email is of no use.
CREATE FUNCTION my_id()
RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN (SELECT id FROM person WHERE email = session_user::text COLLATE "default");
END
$$;

CREATE TABLE setting (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    text NOT NULL UNIQUE,
    value   text NOT NULL,
    meaning text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT setting_value_length CHECK (length(value) <= 200),
    CONSTRAINT setting_value_form CHECK (
        CASE WHEN name LIKE '%\_days' OR name LIKE '%\_hours' THEN value ~ '^[0-9]{1,4}$'
             ELSE true END)
);
CREATE TRIGGER next_version BEFORE UPDATE ON setting
    FOR EACH ROW EXECUTE FUNCTION next_version();
INSERT INTO setting (name, value, meaning) VALUES
    ('timezone', 'Europe/Madrid', 'whose midnight begins a day'),
    ('quiet_days', '30', 'an action without contact for so many days is quiet'),
    ('reopen_days', '7', 'the owner may reopen a closed action for so many days'),
    ('notice_warning_hours', '4', 'working hours after which an untaken notice is late'),
    ('notice_alarm_hours', '24', 'working hours after which an untaken notice is very late');

CREATE FUNCTION setting_value(wanted text)
RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
    SELECT value FROM setting WHERE name = wanted
$$;

CREATE FUNCTION today()
RETURNS date LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
    SELECT (now() AT TIME ZONE setting_value('timezone'))::date
$$;

CREATE TABLE area (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    text NOT NULL,
    active  boolean NOT NULL DEFAULT true,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT area_name_length CHECK (length(name) BETWEEN 1 AND 100)
);
CREATE UNIQUE INDEX area_name_unique ON area (fold(name));
CREATE TRIGGER next_version BEFORE UPDATE ON area
    FOR EACH ROW EXECUTE FUNCTION next_version();

-- Why an action was lost, an offer rejected or withdrawn, a notice returned. `code` is for the
-- reasons that the schema itself gives or treats in a special way.
CREATE TABLE reason (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind       text NOT NULL,
    code       text,
    name_en    text NOT NULL,
    name_es    text NOT NULL,
    needs_note boolean NOT NULL DEFAULT false,
    active     boolean NOT NULL DEFAULT true,
    version    integer NOT NULL DEFAULT 1,
    CONSTRAINT reason_kind_known CHECK (kind IN ('action_lost', 'offer_rejected',
                                                 'offer_withdrawn', 'notice_returned')),
    CONSTRAINT reason_name_length CHECK (length(name_en) BETWEEN 1 AND 100
                                         AND length(name_es) BETWEEN 1 AND 100),
    CONSTRAINT reason_code_unique UNIQUE (kind, code)
);
CREATE TRIGGER next_version BEFORE UPDATE ON reason
    FOR EACH ROW EXECUTE FUNCTION next_version();
INSERT INTO reason (kind, code, name_en, name_es, needs_note) VALUES
    ('action_lost', NULL, 'Price', 'Precio', false),
    ('action_lost', NULL, 'Went to a competitor', 'Eligió a la competencia', false),
    ('action_lost', NULL, 'No budget', 'Sin presupuesto', false),
    ('action_lost', NULL, 'No longer needed', 'Ya no lo necesita', false),
    ('action_lost', 'other', 'Other', 'Otro', true),
    ('offer_rejected', NULL, 'Price', 'Precio', false),
    ('offer_rejected', NULL, 'Scope does not fit', 'El alcance no encaja', false),
    ('offer_rejected', NULL, 'Postponed', 'Aplazada', false),
    ('offer_rejected', 'other', 'Other', 'Otro', true),
    ('offer_withdrawn', 'action_closed', 'The action was closed', 'Se cerró la acción', false),
    ('offer_withdrawn', NULL, 'Mistake', 'Error', false),
    ('offer_withdrawn', NULL, 'We can no longer offer it', 'Ya no podemos ofrecerlo', false),
    ('offer_withdrawn', 'other', 'Other', 'Otro', true),
    ('notice_returned', NULL, 'Tax id is missing or wrong', 'Falta el NIF o es incorrecto', false),
    ('notice_returned', NULL, 'Wrong fiscal address', 'Dirección fiscal incorrecta', false),
    ('notice_returned', NULL, 'Purchase order is missing', 'Falta el pedido del cliente', false),
    ('notice_returned', 'other', 'Other', 'Otro', true);

-- Rule 14: what each write answered, so that its repetition gets the same answer.
CREATE TABLE write_log (
    request_id uuid PRIMARY KEY,
    login      name NOT NULL DEFAULT session_user,
    verb       text NOT NULL,
    -- NULL only while the write is under way.
    result     jsonb,
    at         timestamptz NOT NULL DEFAULT now()
);

-- The first thing that a writing function calls. Repetitions of one request queue up here, so
-- the second finds what the first has answered. They wait for a row, not for an advisory lock:
-- thousands of writes in one transaction would fill the server's lock table.
CREATE FUNCTION earlier_result(p_request uuid, p_verb text)
RETURNS jsonb LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    earlier write_log;
BEGIN
    IF p_request IS NULL THEN
        PERFORM refuse('request_id_missing', 'a write needs a request id');
    END IF;
    -- A write is dated when its transaction began, which is not to be yesterday.
    IF clock_timestamp() > now() + interval '5 minutes' THEN
        PERFORM refuse('transaction_is_old', 'this transaction was begun too long ago');
    END IF;
    -- A session may outlive its login.
    IF EXISTS (SELECT FROM person WHERE id = my_id() AND NOT active) THEN
        PERFORM refuse_denied('this login is disabled');
    END IF;
    INSERT INTO write_log (request_id, verb) VALUES (p_request, p_verb)
    ON CONFLICT (request_id) DO NOTHING;
    IF FOUND THEN
        RETURN NULL;
    END IF;
    SELECT * INTO earlier FROM write_log WHERE request_id = p_request;
    IF earlier.verb <> p_verb OR earlier.login <> session_user THEN
        PERFORM refuse('request_id_reused', 'this request id was used for another write');
    END IF;
    RETURN earlier.result;
END
$$;

-- The last thing that a writing function calls.
CREATE FUNCTION done(p_request uuid, p_verb text, p_result jsonb)
RETURNS jsonb LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    UPDATE write_log SET result = p_result WHERE request_id = p_request;
    RETURN p_result;
END
$$;

CREATE FUNCTION require_role(VARIADIC wanted text[])
RETURNS void LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM unnest(wanted) AS role WHERE has_role(role)) THEN
        PERFORM refuse_denied(format('only for: %s', array_to_string(wanted, ', ')));
    END IF;
END
$$;
