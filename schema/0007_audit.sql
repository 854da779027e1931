-- Rule 12: every change of every row, for every table of the schema but the few named below.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

CREATE TABLE audit (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL DEFAULT now(),
    -- NULL for somebody who is no person of Trato, such as the database's administrator.
    person_id  bigint DEFAULT my_id(),
    login      name NOT NULL DEFAULT session_user,
    table_name name NOT NULL,
    row_id     bigint NOT NULL,
    action_id  bigint,
    operation  text NOT NULL,
    old        jsonb,
    new        jsonb
);
CREATE INDEX audit_row ON audit (table_name, row_id);
CREATE INDEX audit_action ON audit (action_id) WHERE action_id IS NOT NULL;
CREATE INDEX audit_at ON audit (at);
CREATE TRIGGER keep_as_written BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION keep_as_written();
CREATE TRIGGER keep_all_as_written BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();

-- One insert for a statement, not one for a row.
CREATE FUNCTION audit_insert()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    INSERT INTO audit (table_name, row_id, action_id, operation, new)
    SELECT TG_TABLE_NAME, (row_new ->> 'id')::bigint,
           (row_new ->> CASE TG_TABLE_NAME WHEN 'action' THEN 'id' ELSE 'action_id' END)::bigint,
           'insert', row_new
      FROM (SELECT to_jsonb(n) AS row_new FROM new_rows AS n) AS changed;
    RETURN NULL;
END
$$;

CREATE FUNCTION audit_update()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    INSERT INTO audit (table_name, row_id, action_id, operation, old, new)
    SELECT TG_TABLE_NAME, (row_any ->> 'id')::bigint,
           (row_any ->> CASE TG_TABLE_NAME WHEN 'action' THEN 'id' ELSE 'action_id' END)::bigint,
           'update', row_old, row_new
      -- FULL: the owner can let a row have another id.
      FROM (SELECT to_jsonb(o) AS row_old, to_jsonb(n) AS row_new,
                   coalesce(to_jsonb(n), to_jsonb(o)) AS row_any
              FROM old_rows AS o FULL JOIN new_rows AS n ON n.id = o.id) AS changed
     WHERE row_old IS DISTINCT FROM row_new;
    RETURN NULL;
END
$$;

CREATE FUNCTION audit_delete()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    INSERT INTO audit (table_name, row_id, action_id, operation, old)
    SELECT TG_TABLE_NAME, (row_old ->> 'id')::bigint,
           (row_old ->> CASE TG_TABLE_NAME WHEN 'action' THEN 'id' ELSE 'action_id' END)::bigint,
           'delete', row_old
      FROM (SELECT to_jsonb(o) AS row_old FROM old_rows AS o) AS changed;
    RETURN NULL;
END
$$;

-- Not audited: what is itself a record (audit, state_change, write_log), what is a constant or a
-- counter of the schema (schema_version, state_arrow, offer_counter).
DO $$
DECLARE
    audited name;
BEGIN
    FOR audited IN
        SELECT relname FROM pg_class
         WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r'
           AND relname NOT IN ('audit', 'state_change', 'write_log', 'schema_version',
                               'state_arrow', 'offer_counter')
    LOOP
        EXECUTE format('CREATE TRIGGER audit_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS '
                       'new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_insert()', audited);
        EXECUTE format('CREATE TRIGGER audit_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS '
                       'old_rows NEW TABLE AS new_rows FOR EACH STATEMENT '
                       'EXECUTE FUNCTION audit_update()', audited);
        EXECUTE format('CREATE TRIGGER audit_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS '
                       'old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_delete()', audited);
    END LOOP;
END
$$;

-- Nothing is emptied at once, which no audit of rows would see; nothing is written by who sees
-- the past.
DO $$
DECLARE
    kept name;
BEGIN
    FOR kept IN
        SELECT relname FROM pg_class
         WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r'
           AND relname NOT IN ('audit', 'schema_version')
    LOOP
        EXECUTE format('CREATE TRIGGER keep_all_as_written BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written()', kept);
        EXECUTE format('CREATE TRIGGER sees_the_present BEFORE INSERT OR UPDATE OR DELETE ON %I '
                       'FOR EACH STATEMENT WHEN (current_setting(''transaction_isolation'') IN '
                       '(''repeatable read'', ''serializable'')) '
                       'EXECUTE FUNCTION refuse_old_snapshot()', kept);
    END LOOP;
END
$$;
