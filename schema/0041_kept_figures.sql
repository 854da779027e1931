-- The figures of the dashboard stand added up by month, kept a little behind what is written, so that
-- a million offers are read as fast as a hundred. What is behind is counted when it is read: every
-- answer is of its own instant, on a standby too.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- What each action contributes. kind: its offers by their state, on the day of it (presented: until
-- when they are valid); offered_STATE: what became of an offer that was first presented on the day,
-- by its last presented revision; notice_STATE: what waits to be invoiced, since the day; open and
-- held: the action, and its divisions, which have no day.
CREATE TABLE figure_part (
    action_id bigint NOT NULL,
    kind      text NOT NULL,
    day       date NOT NULL,
    -- Of offered_presented, which has expired from the next day on.
    until     date NOT NULL,
    -- Whose the action is; NULL: nobody's.
    rep_id    bigint,
    -- 0: of no area.
    area_id   bigint NOT NULL,
    currency  text NOT NULL,
    -- How many concern this area; and how many there are, each counted in the first of its areas alone.
    offers    bigint NOT NULL,
    wholes    bigint NOT NULL,
    cents     bigint NOT NULL
);

-- Their sums: of each rep and of all (rep_id 0), of each area and of all (area_id -1).
CREATE TABLE figure_month (
    kind      text NOT NULL,
    area_id   bigint NOT NULL,
    rep_id    bigint NOT NULL,
    month     date NOT NULL,
    currency  text NOT NULL,
    until     date NOT NULL,
    offers    bigint NOT NULL,
    cents     bigint NOT NULL,
    PRIMARY KEY (kind, area_id, rep_id, month, currency, until)
) WITH (fillfactor = 80);

-- The actions whose contribution is no longer what figure_part says, as often as they changed. It has
-- no key: it is short, read as a whole and emptied from anywhere.
CREATE TABLE figure_mark (
    id        bigint GENERATED ALWAYS AS IDENTITY,
    action_id bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- When somebody was last in contact, else when the action was opened.
CREATE TABLE action_contact (
    action_id bigint PRIMARY KEY,
    is_open   boolean NOT NULL,
    contacted boolean NOT NULL,
    since     timestamptz NOT NULL,
    CONSTRAINT action_contact_action FOREIGN KEY (action_id, is_open)
        REFERENCES action (id, is_open) ON UPDATE CASCADE
);

-- ---- what actions contribute, from the rows themselves

CREATE FUNCTION figure_parts(p_actions bigint[])
RETURNS SETOF figure_part LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    WITH asked AS (SELECT setting_value('timezone') AS zone),
    owner AS (
        SELECT action_id, person_id FROM action_member
         WHERE action_id = ANY (p_actions) AND is_owner AND left_at IS NULL),
    revision AS (
        SELECT id, action_id, state, currency, total_cents, valid_until, approved_on, rejected_at,
               presented_at IS NOT NULL AND state <> 'superseded' AND lead(id) OVER family IS NULL AS stands,
               first_value(presented_at) OVER family AS first_at
          FROM offer
         WHERE action_id = ANY (p_actions)
        WINDOW family AS (PARTITION BY root_id, presented_at IS NULL ORDER BY revision)),
    -- As area_parts divides them: each division has its part, in whole cents.
    covered AS (
        SELECT o.id, coalesce(d.area_id, 0) AS area_id, row_number() OVER divisions AS nth,
               count(*) OVER (PARTITION BY o.id) AS many
          FROM revision AS o
          LEFT JOIN offer_division AS od ON od.offer_id = o.id
          LEFT JOIN division AS d ON d.id = od.division_id
        WINDOW divisions AS (PARTITION BY o.id ORDER BY od.division_id)),
    counted AS (
        SELECT o.id, o.action_id, o.currency, o.total_cents AS cents, told.kind, told.day,
               coalesce(told.until, 'infinity') AS until
          FROM revision AS o
         CROSS JOIN asked
         CROSS JOIN LATERAL (
               SELECT o.state AS kind,
                      CASE o.state WHEN 'draft' THEN 'infinity' WHEN 'presented' THEN o.valid_until
                                   WHEN 'approved' THEN o.approved_on
                                   WHEN 'rejected' THEN (o.rejected_at AT TIME ZONE asked.zone)::date
                                   WHEN 'withdrawn' THEN (
                                       SELECT (s.at AT TIME ZONE asked.zone)::date FROM state_change AS s
                                        WHERE s.action_id = o.action_id AND s.entity = 'offer'
                                          AND s.row_id = o.id AND s.to_state = 'withdrawn'
                                        LIMIT 1) END AS day, NULL::date AS until
                UNION ALL
               SELECT 'offered_' || o.state, (o.first_at AT TIME ZONE asked.zone)::date,
                      CASE o.state WHEN 'presented' THEN o.valid_until END
                WHERE o.stands) AS told
         WHERE told.day IS NOT NULL
        UNION ALL
        SELECT o.id, o.action_id, o.currency, n.total_cents - n.invoiced_cents, 'notice_' || n.state,
               (n.waits_since AT TIME ZONE asked.zone)::date, 'infinity'
          FROM revision AS o
         CROSS JOIN asked
          JOIN notice AS n ON n.offer_id = o.id
         WHERE o.state = 'approved' AND n.state IN ('pending', 'taken', 'returned', 'partial')),
    divided AS (
        SELECT c.action_id, c.kind, c.day, c.until, v.area_id, c.currency, 1 AS offers,
               (min(v.nth) = 1)::integer AS wholes,
               sum(c.cents * v.nth / v.many - c.cents * (v.nth - 1) / v.many) AS cents
          FROM counted AS c
          JOIN covered AS v ON v.id = c.id
         GROUP BY c.id, c.action_id, c.kind, c.day, c.until, v.area_id, c.currency, c.cents
        UNION ALL
        SELECT h.action_id, 'open', 'infinity', 'infinity', h.area_id, '', 1, (min(h.nth) = 1)::integer, 0
          FROM (SELECT a.id AS action_id, coalesce(d.area_id, 0) AS area_id,
                       row_number() OVER (PARTITION BY a.id ORDER BY h.id) AS nth
                  FROM action AS a
                  LEFT JOIN hold AS h ON h.action_id = a.id
                  LEFT JOIN division AS d ON d.id = h.division_id
                 WHERE a.id = ANY (p_actions) AND a.state = 'open') AS h
         GROUP BY h.action_id, h.area_id
        UNION ALL
        SELECT h.action_id, 'held', 'infinity', 'infinity', coalesce(d.area_id, 0), '', 1, 1, 0
          FROM hold AS h
          JOIN division AS d ON d.id = h.division_id
         WHERE h.action_id = ANY (p_actions) AND h.released_at IS NULL)
    SELECT p.action_id, p.kind, p.day, p.until, owner.person_id, p.area_id, p.currency,
           sum(p.offers)::bigint, sum(p.wholes)::bigint, sum(p.cents)::bigint
      FROM divided AS p
      LEFT JOIN owner ON owner.action_id = p.action_id
     GROUP BY p.action_id, p.kind, p.day, p.until, owner.person_id, p.area_id, p.currency;
END
$$;

-- ---- how they are kept

-- Puts in what these actions contribute now in place of what they contributed. Only for who has the
-- turn, see roll_up_figures.
CREATE FUNCTION put_figures(p_actions bigint[])
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_empty tid[];
BEGIN
    WITH old AS (DELETE FROM figure_part WHERE action_id = ANY (p_actions) RETURNING *),
    new AS (INSERT INTO figure_part SELECT * FROM figure_parts(p_actions) RETURNING *),
    changed AS (SELECT -1 AS sign, * FROM old UNION ALL SELECT 1, * FROM new),
    put AS (
        INSERT INTO figure_month AS sums (kind, area_id, rep_id, month, currency, until, offers, cents)
        SELECT kind, part.area_id, whose.id, date_trunc('month', day::timestamp)::date, currency, until,
               sum(sign * part.offers), sum(sign * cents)
          FROM changed
         CROSS JOIN LATERAL (VALUES (0), (rep_id)) AS whose (id)
         CROSS JOIN LATERAL (VALUES (area_id, offers), (-1, wholes)) AS part (area_id, offers)
         WHERE whose.id IS NOT NULL
         GROUP BY 1, 2, 3, 4, 5, 6
        HAVING (sum(sign * part.offers), sum(sign * cents)) <> (0, 0)
        ON CONFLICT (kind, area_id, rep_id, month, currency, until) DO UPDATE
           SET offers = sums.offers + excluded.offers, cents = sums.cents + excluded.cents
        RETURNING ctid, offers)
    SELECT array_agg(ctid) INTO v_empty FROM put WHERE offers = 0;
    DELETE FROM figure_month WHERE ctid = ANY (v_empty);
END
$$;

-- Counts marked actions in, so many marks at most, unless another does so just now: nobody waits for
-- it. Marks and changes of one transaction are seen together, and who changes an action meanwhile
-- leaves a mark behind. What has the turn is the row of the time zone, by which days are told.
CREATE FUNCTION roll_up_figures(p_most integer)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_actions bigint[];
    v_marks   integer;
BEGIN
    PERFORM FROM setting WHERE name = 'timezone' FOR NO KEY UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    WITH marked AS (
        DELETE FROM figure_mark WHERE ctid = ANY (ARRAY(SELECT ctid FROM figure_mark LIMIT p_most))
        RETURNING action_id)
    SELECT array_agg(DISTINCT action_id), count(*) INTO v_actions, v_marks FROM marked;
    IF v_marks > 0 THEN
        PERFORM put_figures(v_actions);
    END IF;
    RETURN v_marks;
END
$$;

-- All of them anew, by the owner: for a migration, and for rows that came past the triggers.
CREATE FUNCTION make_figures()
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    c_step CONSTANT integer := 20000;
    v_from bigint;
BEGIN
    PERFORM FROM setting WHERE name = 'timezone' FOR NO KEY UPDATE;
    DELETE FROM figure_mark;
    DELETE FROM figure_part;
    DELETE FROM figure_month;
    DELETE FROM action_contact;
    FOR v_from IN SELECT generate_series(min(id), max(id), c_step) FROM action LOOP
        PERFORM put_figures(ARRAY(SELECT id FROM action WHERE id >= v_from AND id < v_from + c_step));
    END LOOP;
    INSERT INTO action_contact (action_id, is_open, contacted, since)
    SELECT a.id, a.is_open, c.at IS NOT NULL, coalesce(c.at, a.opened_at)
      FROM action AS a
      LEFT JOIN (SELECT action_id, max(happened_at) AS at FROM communication GROUP BY action_id) AS c
             ON c.action_id = a.id;
END
$$;

-- Every so many marks somebody counts them in, a batch that is larger than what comes meanwhile; but
-- not (an argument) who presents an offer, since others wait for the year's next number until he is done.
CREATE FUNCTION figures_change()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    -- A prime: what people do often leaves the same few marks each time.
    c_every CONSTANT integer := 31;
    v_old   bigint;
    v_new   bigint;
    v_turn  bigint;
BEGIN
    IF TG_TABLE_NAME = 'action' THEN
        v_new := NEW.id;
    ELSE
        IF TG_OP <> 'INSERT' THEN
            v_old := OLD.action_id;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            v_new := NEW.action_id;
        END IF;
    END IF;
    FOR v_turn IN
        INSERT INTO figure_mark (action_id)
        SELECT DISTINCT id FROM unnest(ARRAY[v_old, v_new]) AS id WHERE id IS NOT NULL
        RETURNING id
    LOOP
        IF v_turn % c_every = 0 AND TG_NARGS = 0 THEN
            PERFORM roll_up_figures(1000);
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER figures_begin AFTER INSERT OR DELETE ON offer
    FOR EACH ROW EXECUTE FUNCTION figures_change();
-- One by one: rows that are compared as a whole come out of a dump otherwise than they went in.
CREATE TRIGGER figures_change AFTER UPDATE ON offer
    FOR EACH ROW WHEN (
        OLD.action_id IS DISTINCT FROM NEW.action_id
        OR OLD.root_id IS DISTINCT FROM NEW.root_id
        OR OLD.revision IS DISTINCT FROM NEW.revision
        OR OLD.state IS DISTINCT FROM NEW.state
        OR OLD.currency IS DISTINCT FROM NEW.currency
        OR OLD.total_cents IS DISTINCT FROM NEW.total_cents
        OR OLD.presented_at IS DISTINCT FROM NEW.presented_at
        OR OLD.valid_until IS DISTINCT FROM NEW.valid_until
        OR OLD.approved_on IS DISTINCT FROM NEW.approved_on
        OR OLD.rejected_at IS DISTINCT FROM NEW.rejected_at)
    EXECUTE FUNCTION figures_change('only mark');
CREATE TRIGGER figures_begin AFTER INSERT OR DELETE ON offer_division
    FOR EACH ROW EXECUTE FUNCTION figures_change();
CREATE TRIGGER figures_change AFTER UPDATE ON offer_division
    FOR EACH ROW WHEN ((OLD.offer_id, OLD.action_id, OLD.division_id)
                       <> (NEW.offer_id, NEW.action_id, NEW.division_id))
    EXECUTE FUNCTION figures_change();
CREATE TRIGGER figures_begin AFTER INSERT OR DELETE ON hold
    FOR EACH ROW EXECUTE FUNCTION figures_change();
CREATE TRIGGER figures_change AFTER UPDATE ON hold
    FOR EACH ROW WHEN ((OLD.action_id, OLD.division_id, OLD.is_open)
                       <> (NEW.action_id, NEW.division_id, NEW.is_open))
    EXECUTE FUNCTION figures_change();
CREATE TRIGGER figures_begin AFTER INSERT OR UPDATE OR DELETE ON action_member
    FOR EACH ROW EXECUTE FUNCTION figures_change();
CREATE TRIGGER figures_begin AFTER INSERT OR DELETE ON notice
    FOR EACH ROW EXECUTE FUNCTION figures_change();
CREATE TRIGGER figures_change AFTER UPDATE ON notice
    FOR EACH ROW WHEN ((OLD.state, OLD.invoiced_cents, OLD.waits_since)
                       <> (NEW.state, NEW.invoiced_cents, NEW.waits_since))
    EXECUTE FUNCTION figures_change();
CREATE TRIGGER figures_change AFTER UPDATE ON action
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION figures_change();

-- Another area of a division is another area of all that it was ever sold in.
CREATE FUNCTION figures_move()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    INSERT INTO figure_mark (action_id) SELECT DISTINCT action_id FROM hold WHERE division_id = NEW.id;
    PERFORM roll_up_figures(1000);
    RETURN NULL;
END
$$;
CREATE TRIGGER figures_move AFTER UPDATE ON division
    FOR EACH ROW WHEN (OLD.area_id IS DISTINCT FROM NEW.area_id) EXECUTE FUNCTION figures_move();

-- In another time zone some things happened on another day.
CREATE FUNCTION figures_of_other_days()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    INSERT INTO figure_mark (action_id)
    SELECT DISTINCT action_id
      FROM (SELECT action_id, presented_at AS at FROM offer
            UNION ALL SELECT action_id, rejected_at FROM offer
            UNION ALL SELECT action_id, waits_since FROM notice
            UNION ALL SELECT action_id, at FROM state_change
                       WHERE entity = 'offer' AND to_state = 'withdrawn') AS happened
     WHERE (at AT TIME ZONE OLD.value)::date <> (at AT TIME ZONE NEW.value)::date;
    WHILE roll_up_figures(20000) > 0 LOOP
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER figures_of_other_days AFTER UPDATE ON setting
    FOR EACH ROW WHEN (NEW.name = 'timezone' AND OLD.value <> NEW.value)
    EXECUTE FUNCTION figures_of_other_days();

-- Communications are never changed, so the last contact only ever moves forward.
CREATE FUNCTION contact_is_kept()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'action' THEN
        INSERT INTO action_contact (action_id, is_open, contacted, since)
        VALUES (NEW.id, NEW.is_open, false, NEW.opened_at);
    ELSE
        UPDATE action_contact SET contacted = true, since = NEW.happened_at
         WHERE action_id = NEW.action_id AND (NOT contacted OR since < NEW.happened_at);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER contact_is_kept AFTER INSERT ON action
    FOR EACH ROW EXECUTE FUNCTION contact_is_kept();
CREATE TRIGGER contact_is_kept AFTER INSERT ON communication
    FOR EACH ROW EXECUTE FUNCTION contact_is_kept();

-- ---- how they are read

-- What contributes to the kinds from p_since until p_until (NULL: whenever), of an area and a rep; of
-- each rep or each area where p_each says so. Rows to be added up, some below zero; an area has its
-- part of the amounts; the day of what was added up is the first of its month. Two statements of one
-- snapshot. Who may not see all gets his own; it runs as the owner for that reason, as found_actions does.
CREATE FUNCTION figures(p_kinds text[], p_since date, p_until date, p_each text, p_area bigint, p_rep bigint)
RETURNS TABLE (kind text, day date, until date, rep_id bigint, area_id bigint, currency text,
               offers bigint, cents bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    v_own    CONSTANT bigint[] := CASE WHEN NOT may_see_all() THEN ARRAY(SELECT my_action_ids()) END;
    v_reps   CONSTANT boolean := p_each IS NOT DISTINCT FROM 'rep';
    v_areas  CONSTANT boolean := p_area IS NOT NULL OR p_each IS NOT DISTINCT FROM 'area';
    v_area   CONSTANT bigint[] := CASE WHEN p_area IS NOT NULL THEN ARRAY[p_area]
                                       WHEN v_areas THEN ARRAY(SELECT id FROM area UNION ALL SELECT 0)
                                       ELSE '{-1}' END;
    v_rep_first CONSTANT bigint := coalesce(p_rep, v_reps::integer);
    v_rep_last  CONSTANT bigint := coalesce(p_rep, CASE WHEN v_reps THEN 9223372036854775807 ELSE 0 END);
    v_since  CONSTANT date := coalesce(p_since, '-infinity');
    v_until  CONSTANT date := coalesce(p_until, 'infinity');
    -- Whole months from v_first on until before v_end have their sums.
    v_first  date := date_trunc('month', v_since::timestamp)::date;
    v_end    date := date_trunc('month', v_until::timestamp)::date;
    v_marked bigint[] := ARRAY(SELECT DISTINCT action_id FROM figure_mark);
BEGIN
    IF v_first < v_since THEN
        v_first := (v_first + interval '1 month')::date;
    END IF;
    IF v_until < 'infinity' AND v_until + 1 = (v_end + interval '1 month')::date THEN
        v_end := v_until + 1;
    END IF;
    IF v_own IS NOT NULL THEN
        v_marked := ARRAY(SELECT unnest(v_marked) INTERSECT SELECT unnest(v_own));
    ELSIF v_first > v_end THEN
        -- Within a month.
        v_first := v_until;
        v_end := v_until;
    END IF;
    RETURN QUERY
    SELECT m.kind, m.month, m.until, m.rep_id, m.area_id, m.currency, m.offers, m.cents
      FROM figure_month AS m
     WHERE v_own IS NULL AND m.kind = ANY (p_kinds) AND m.area_id = ANY (v_area)
       AND m.rep_id BETWEEN v_rep_first AND v_rep_last
       AND m.month >= v_first AND (m.month < v_end OR v_end = 'infinity');
    RETURN QUERY
    SELECT p.kind, p.day, p.until, p.rep_id, p.area_id, p.currency,
           p.sign * CASE WHEN v_areas THEN p.offers ELSE p.wholes END, p.sign * p.cents
      FROM (SELECT 1 AS sign, p.* FROM figure_part AS p
             WHERE v_own IS NULL AND p.kind = ANY (p_kinds) AND p.day >= v_since AND p.day < v_first
            UNION ALL
            SELECT 1, p.* FROM figure_part AS p
             WHERE v_own IS NULL AND p.kind = ANY (p_kinds) AND p.day >= v_end AND p.day <= v_until
               AND v_end < 'infinity'
            UNION ALL
            SELECT 1, p.* FROM figure_part AS p
             WHERE p.action_id = ANY (v_own) AND p.kind = ANY (p_kinds) AND p.day BETWEEN v_since AND v_until
            UNION ALL
            SELECT -1, p.* FROM figure_part AS p
             WHERE p.action_id = ANY (v_marked) AND p.kind = ANY (p_kinds) AND p.day BETWEEN v_since AND v_until
            UNION ALL
            SELECT 1, p.* FROM figure_parts(v_marked) AS p
             WHERE p.kind = ANY (p_kinds) AND p.day BETWEEN v_since AND v_until) AS p
     WHERE (p_area IS NULL OR p.area_id = p_area) AND (p_rep IS NULL OR p.rep_id = p_rep)
       AND (NOT v_reps OR p.rep_id IS NOT NULL);
END
$$;

GRANT EXECUTE ON FUNCTION figures(text[], date, date, text, bigint, bigint)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;

-- What of it is wrong: kinds whose sums are not those of their parts, and of the actions that changed
-- last, those that contribute something else, or that were contacted at another time. None, unless rows
-- came past the triggers; make_figures() mends it.
CREATE FUNCTION wrong_figures()
RETURNS SETOF text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp
SET jit = off AS $$
DECLARE
    c_last CONSTANT integer := 1000;
    v_last CONSTANT bigint[] := ARRAY(
        SELECT action_id FROM (SELECT action_id FROM state_change ORDER BY id DESC LIMIT c_last) AS changed
         UNION SELECT action_id FROM (SELECT action_id FROM communication ORDER BY id DESC LIMIT c_last) AS told
        EXCEPT SELECT action_id FROM figure_mark);
BEGIN
    RETURN QUERY
    SELECT coalesce(parts.kind, sums.kind)
      FROM (SELECT kind, sum(wholes) AS offers, sum(cents) AS cents FROM figure_part GROUP BY kind) AS parts
      FULL JOIN (SELECT kind, sum(offers) AS offers, sum(cents) AS cents FROM figure_month
                  WHERE area_id = -1 AND rep_id = 0 GROUP BY kind) AS sums ON sums.kind = parts.kind
     WHERE (parts.offers, parts.cents) IS DISTINCT FROM (sums.offers, sums.cents)
    UNION ALL
    SELECT action.number::text
      FROM action
     WHERE id IN (SELECT action_id FROM (
               (SELECT * FROM figure_part WHERE action_id = ANY (v_last)
                EXCEPT ALL SELECT * FROM figure_parts(v_last))
               UNION ALL
               (SELECT * FROM figure_parts(v_last)
                EXCEPT ALL SELECT * FROM figure_part WHERE action_id = ANY (v_last))) AS other)
        OR id IN (SELECT a.id FROM action AS a LEFT JOIN action_contact AS k ON k.action_id = a.id
                   WHERE a.id = ANY (v_last)
                     AND k.since IS DISTINCT FROM coalesce((SELECT max(c.happened_at) FROM communication AS c
                                                             WHERE c.action_id = a.id), a.opened_at));
END
$$;
GRANT EXECUTE ON FUNCTION wrong_figures() TO trato_manager;

-- ---- as all tables

-- Sums of what everybody sold are nobody's to read; the rest belongs to an action.
DO $$
DECLARE
    v_table name;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['figure_part', 'figure_month', 'figure_mark', 'action_contact'] LOOP
        EXECUTE format('CREATE TRIGGER keep_all_as_written BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written()', v_table);
        EXECUTE format('CREATE TRIGGER sees_the_present BEFORE INSERT OR UPDATE OR DELETE ON %I '
                       'FOR EACH STATEMENT WHEN (current_setting(''transaction_isolation'') IN '
                       '(''repeatable read'', ''serializable'')) '
                       'EXECUTE FUNCTION refuse_old_snapshot()', v_table);
        CONTINUE WHEN v_table = 'figure_month';
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', v_table);
        EXECUTE format('CREATE POLICY read_all ON %I FOR SELECT '
                       'TO trato_backoffice, trato_supervisor, trato_manager USING (true)', v_table);
        EXECUTE format('CREATE POLICY read_own ON %I FOR SELECT TO trato_rep USING '
                       '(action_id IN (SELECT my_action_ids()))', v_table);
        EXECUTE format('GRANT SELECT ON %I TO trato_rep, trato_backoffice, trato_supervisor, '
                       'trato_manager', v_table);
    END LOOP;
END
$$;

CREATE INDEX figure_part_action ON figure_part (action_id);
SELECT make_figures();
CREATE INDEX figure_part_day ON figure_part (kind, day)
    INCLUDE (action_id, until, rep_id, area_id, currency, offers, wholes, cents);
CREATE INDEX notice_since ON notice (state, waits_since)
    WHERE state IN ('pending', 'taken', 'returned', 'partial');
CREATE INDEX action_contact_since ON action_contact (since, action_id) WHERE is_open;
