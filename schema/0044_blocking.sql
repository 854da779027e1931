-- Blocking the data of a person who has objected, and erasing them when nobody can claim anything from
-- them any more (LOPDGDD, article 32). What is blocked lies in a table that no role reads, so nothing
-- else has to know of it.
-- clients: 1..1

-- Refusals of PostgreSQL's own tell in their detail the row that failed: people's data do not belong
-- into the server's log.
DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I SET log_error_verbosity = %L', current_database(), 'terse');
END
$$;

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

INSERT INTO register (table_name, column_name, about, purpose, kept)
SELECT line.name, unnest(line.columns::name[]), line.about, line.purpose, line.kept FROM (VALUES
    ('blocked_value', '{id,blocking_id,table_name,row_id,
                        column_name,keep_until}',
     'nobody', 'claims', 'blocking'),
    ('blocked_value', '{value,put}', 'anybody', 'claims', 'blocking'),
    ('blocking', '{id,kind,subject_id,state,blocked_at,
                   erase_on,kept_until,ended_at}',
     'nobody', 'proof', 'record'),
    ('blocking', '{reason,end_reason}', 'anybody', 'proof', 'relation'),
    ('blocking', '{blocked_by,ended_by}', 'user', 'proof', 'record')
) AS line (name, columns, about, purpose, kept);

-- ---- what is blocked

INSERT INTO setting (name, value, meaning) VALUES
    ('blocking_days', '1095', 'for so many days blocked data are kept before they can be erased');

CREATE TABLE blocking (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind       text NOT NULL,
    subject_id bigint NOT NULL,
    state      text NOT NULL DEFAULT 'blocked',
    reason     text NOT NULL,
    blocked_at timestamptz NOT NULL DEFAULT now(),
    blocked_by bigint REFERENCES person DEFAULT my_id(),
    erase_on   date NOT NULL,
    -- Of what was erased: until when the law keeps a part of it.
    kept_until date,
    ended_at   timestamptz,
    ended_by   bigint REFERENCES person,
    end_reason text,
    CONSTRAINT blocking_kind_known CHECK (kind IN ('contact', 'client', 'person')),
    CONSTRAINT blocking_state_known CHECK (state IN ('blocked', 'unblocked', 'erased')),
    CONSTRAINT blocking_ended_at_state CHECK ((state = 'blocked') = (ended_at IS NULL)),
    CONSTRAINT blocking_reason_length CHECK (length(reason) BETWEEN 1 AND 500),
    CONSTRAINT blocking_end_reason_length CHECK (length(end_reason) BETWEEN 1 AND 500)
);
CREATE UNIQUE INDEX blocking_once ON blocking (kind, subject_id) WHERE state <> 'unblocked';

-- What stood in a column, and what stands there meanwhile.
CREATE TABLE blocked_value (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    blocking_id bigint NOT NULL REFERENCES blocking,
    table_name  name NOT NULL,
    row_id      bigint NOT NULL,
    column_name name NOT NULL,
    value       jsonb NOT NULL,
    put         jsonb NOT NULL,
    keep_until  date NOT NULL
);
CREATE INDEX blocked_value_of ON blocked_value (table_name, row_id, column_name);
CREATE INDEX blocked_value_blocking ON blocked_value (blocking_id, keep_until);

-- Between these two, history may be moved into that table and back, and no further.
CREATE FUNCTION moving(p_begun boolean)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM set_config('trato.moving', CASE WHEN p_begun THEN 'on' ELSE 'off' END, true);
END
$$;

-- The setting alone opens nothing: every value that changes has to lie, as it was or as it will be, in
-- blocked_value.
CREATE FUNCTION require_moved(p_table name, p_operation text, p_old jsonb, p_new jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF p_operation <> 'UPDATE' OR EXISTS (
        SELECT FROM pg_attribute AS a
         WHERE attrelid = ('trato.' || quote_ident(p_table))::regclass AND attnum > 0 AND NOT attisdropped
           AND attgenerated = '' AND attname <> 'version' AND p_old -> attname IS DISTINCT FROM p_new -> attname
           AND NOT EXISTS (
               SELECT FROM blocked_value AS b
                WHERE b.table_name = p_table AND b.row_id = (p_old ->> 'id')::bigint AND b.column_name = a.attname
                  AND ((b.value = p_old -> attname AND b.put = p_new -> attname)
                       OR (b.put = p_old -> attname AND b.value = p_new -> attname)))) THEN
        PERFORM refuse(p_table || '_is_kept', 'only what is blocked is moved');
    END IF;
END
$$;

-- The guards of history ask first whether something is being moved. Into each as it is by now, since a
-- trigger could only be put on its table when nobody works there.
DO $$
DECLARE
    guard regprocedure;
BEGIN
    FOREACH guard IN ARRAY '{keep_as_written(),communication_is_kept(),mail_is_kept(),delivery_is_kept(),
                             offer_part_is_frozen(),offer_may_change()}'::regprocedure[] LOOP
        EXECUTE regexp_replace(pg_get_functiondef(guard), E'\nBEGIN\n', $guard$
BEGIN
    IF current_setting('trato.moving', true) = 'on' THEN
        PERFORM require_moved(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW));
        RETURN NEW;
    END IF;
$guard$);
    END LOOP;
END
$$;

-- Whose data are blocked or erased, of him nothing is written any more.
CREATE FUNCTION is_not_blocked()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    -- Anybody can turn that setting on.
    IF current_setting('trato.moving', true) = 'on' THEN
        PERFORM require_moved(TG_TABLE_NAME, TG_OP, to_jsonb(OLD), to_jsonb(NEW));
    ELSIF EXISTS (SELECT FROM blocking WHERE kind = TG_TABLE_NAME AND subject_id = NEW.id AND state <> 'unblocked') THEN
        PERFORM refuse(TG_TABLE_NAME || '_is_blocked', format('the data of this %s are blocked', TG_TABLE_NAME));
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER is_not_blocked BEFORE UPDATE OF name, job_title, email, phone, mobile, notes ON contact
    FOR EACH ROW EXECUTE FUNCTION is_not_blocked();
CREATE TRIGGER is_not_blocked BEFORE UPDATE OF name, legal_name, tax_id, address, city, postcode, province,
    phone, website, notes ON client
    FOR EACH ROW EXECUTE FUNCTION is_not_blocked();

-- What is blocked goes back, or goes when its time has come; nobody changes it.
CREATE FUNCTION blocked_value_is_kept()
RETURNS trigger LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF current_setting('trato.moving', true) IS DISTINCT FROM 'on' THEN
        PERFORM refuse('blocked_value_is_kept', 'what is blocked is neither changed nor deleted');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER blocked_value_is_kept BEFORE UPDATE OR DELETE ON blocked_value
    FOR EACH ROW EXECUTE FUNCTION blocked_value_is_kept();
CREATE FUNCTION blocking_is_kept()
RETURNS trigger LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (OLD.id, OLD.kind, OLD.subject_id, OLD.reason, OLD.blocked_at, OLD.blocked_by)
                           IS DISTINCT FROM (NEW.id, NEW.kind, NEW.subject_id, NEW.reason, NEW.blocked_at, NEW.blocked_by)
       OR OLD.state = 'unblocked' THEN
        PERFORM refuse('blocking_is_kept', 'that something was blocked is neither changed nor deleted');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER blocking_is_kept BEFORE UPDATE OR DELETE ON blocking
    FOR EACH ROW EXECUTE FUNCTION blocking_is_kept();

DO $$
DECLARE
    v_table name;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['blocking', 'blocked_value'] LOOP
        EXECUTE format('CREATE TRIGGER keep_all_as_written BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written()', v_table);
        EXECUTE format('CREATE TRIGGER sees_the_present BEFORE INSERT OR UPDATE OR DELETE ON %I '
                       'FOR EACH STATEMENT WHEN (current_setting(''transaction_isolation'') IN '
                       '(''repeatable read'', ''serializable'')) '
                       'EXECUTE FUNCTION refuse_old_snapshot()', v_table);
    END LOOP;
END
$$;
CREATE TRIGGER audit_insert AFTER INSERT ON blocking REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_insert();
CREATE TRIGGER audit_update AFTER UPDATE ON blocking REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_update();
CREATE TRIGGER audit_delete AFTER DELETE ON blocking REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_delete();
ALTER TABLE blocking ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON blocking FOR SELECT TO trato_manager USING (true);
CREATE POLICY not_for_newcomers ON blocking AS RESTRICTIVE FOR SELECT TO trato_newcomer USING (false);
GRANT SELECT ON blocking TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
