-- Working time: a notice that is made on Friday evening is not late on Monday morning.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

INSERT INTO setting (name, value, meaning) VALUES
    ('working_week', '12345', 'the days of the week that are worked, 1 is Monday'),
    ('working_time', '09:00-18:00', 'from when until when they are worked');
ALTER TABLE setting ADD CONSTRAINT setting_working_week_form CHECK (
    name <> 'working_week' OR value ~ '^[1-7]{1,7}$');
ALTER TABLE setting ADD CONSTRAINT setting_working_time_form CHECK (
    name <> 'working_time'
    OR (value ~ '^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'
        AND left(value, 5) COLLATE "C" < right(value, 5) COLLATE "C"));

-- Days that are not worked though their day of the week is.
CREATE TABLE holiday (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day     date NOT NULL,
    name    text NOT NULL,
    active  boolean NOT NULL DEFAULT true,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT holiday_day_unique UNIQUE (day),
    CONSTRAINT holiday_day_range CHECK (day BETWEEN '2000-01-01' AND '2199-12-31'),
    CONSTRAINT holiday_name_length CHECK (length(name) BETWEEN 1 AND 100)
);
CREATE TRIGGER next_version BEFORE UPDATE ON holiday
    FOR EACH ROW EXECUTE FUNCTION next_version();
CREATE TRIGGER audit_insert AFTER INSERT ON holiday REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_insert();
CREATE TRIGGER audit_update AFTER UPDATE ON holiday
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_update();
CREATE TRIGGER audit_delete AFTER DELETE ON holiday REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_delete();
CREATE TRIGGER keep_all_as_written BEFORE TRUNCATE ON holiday
    FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
CREATE TRIGGER sees_the_present BEFORE INSERT OR UPDATE OR DELETE ON holiday
    FOR EACH STATEMENT WHEN (current_setting('transaction_isolation') IN
                             ('repeatable read', 'serializable'))
    EXECUTE FUNCTION refuse_old_snapshot();
-- What everybody may read has a history that everybody may read.
CREATE POLICY read_holidays ON audit FOR SELECT TO trato_rep
    USING (action_id IS NULL AND table_name = 'holiday');

CREATE FUNCTION save_holiday(p_request uuid, p_holiday bigint, p_based_on integer, p_day date,
    p_name text, p_active boolean)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result  jsonb := earlier_result(p_request, 'save_holiday');
    v_holiday holiday;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF p_holiday IS NULL THEN
        INSERT INTO holiday (day, name, active)
        VALUES (p_day, filled(p_name), coalesce(p_active, true)) RETURNING * INTO v_holiday;
    ELSE
        SELECT * INTO v_holiday FROM holiday WHERE id = p_holiday FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            PERFORM refuse_unknown('holiday');
        ELSIF v_holiday.version IS DISTINCT FROM p_based_on THEN
            PERFORM refuse_stale('holiday', v_holiday.version);
        END IF;
        UPDATE holiday
           SET day = p_day, name = filled(p_name), active = coalesce(p_active, active)
         WHERE id = p_holiday RETURNING * INTO v_holiday;
    END IF;
    RETURN done(p_request, 'save_holiday', jsonb_build_object(
        'id', v_holiday.id, 'version', v_holiday.version));
END
$$;

-- What is worked of the days from one to the other, both included. The clock of the team's time
-- zone decides: a day on which it is put forward is shorter by what it leaves out.
CREATE FUNCTION working_spans(p_first date, p_last date)
RETURNS TABLE (begins timestamptz, ends timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
    SELECT (day::date + left(hours.value, 5)::time) AT TIME ZONE zone.value,
           (day::date + right(hours.value, 5)::time) AT TIME ZONE zone.value
      FROM setting AS zone, setting AS hours, setting AS week,
           generate_series(p_first::timestamp, p_last::timestamp, interval '1 day') AS day
     WHERE zone.name = 'timezone' AND hours.name = 'working_time' AND week.name = 'working_week'
       AND strpos(week.value, extract(isodow FROM day)::text) > 0
       AND NOT EXISTS (SELECT FROM holiday WHERE holiday.day = day.day::date AND holiday.active)
$$;

CREATE FUNCTION working_seconds(p_from timestamptz, p_to timestamptz)
RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
    SELECT coalesce(sum(extract(epoch FROM least(ends, p_to) - greatest(begins, p_from))), 0)::bigint
      FROM setting, working_spans((p_from AT TIME ZONE value)::date, (p_to AT TIME ZONE value)::date)
     WHERE setting.name = 'timezone' AND ends > p_from AND begins < p_to AND p_from < p_to
$$;

-- The latest instant that lies so many working hours before another. Who compares with it counts
-- once, and not once for each row. Ten years and more ago is long ago.
CREATE FUNCTION working_hours_before(p_hours integer, p_at timestamptz)
RETURNS timestamptz LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_left numeric := p_hours * 3600;
    v_last date := (p_at AT TIME ZONE setting_value('timezone'))::date;
    v_span record;
BEGIN
    IF v_left <= 0 THEN
        RETURN p_at;
    END IF;
    FOR i IN 1..270 LOOP
        FOR v_span IN
            SELECT least(ends, p_at) AS ends, extract(epoch FROM least(ends, p_at) - begins) AS seconds
              FROM working_spans(v_last - 13, v_last) WHERE begins < p_at ORDER BY begins DESC
        LOOP
            IF v_span.seconds >= v_left THEN
                RETURN v_span.ends - make_interval(secs => v_left);
            END IF;
            v_left := v_left - v_span.seconds;
        END LOOP;
        v_last := v_last - 14;
    END LOOP;
    RETURN '-infinity';
END
$$;

-- A notice that nobody has taken is late when it was made at `warning` or before, very late at
-- `alarm`.
CREATE FUNCTION notice_limits(OUT warning timestamptz, OUT alarm timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
    SELECT working_hours_before(setting_value('notice_warning_hours')::integer, now()),
           working_hours_before(setting_value('notice_alarm_hours')::integer, now())
$$;

GRANT SELECT ON holiday TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
GRANT EXECUTE ON FUNCTION working_seconds(timestamptz, timestamptz),
    working_hours_before(integer, timestamptz), notice_limits()
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
GRANT EXECUTE ON FUNCTION save_holiday(uuid, bigint, integer, date, text, boolean) TO trato_manager;
