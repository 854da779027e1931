-- What `trato watch` hands to other programs: each notice once to each watcher, whatever is interrupted
-- on the way.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- A name under which notices are handed on, and which ones: those made from `since` on, but for those
-- that it found when it began. Not those after the last id: a notice has its id before it can be seen,
-- so one of a slow writer comes later than younger ones.
CREATE TABLE watcher (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    text NOT NULL,
    since   timestamptz NOT NULL,
    found   bigint[] NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    made_by bigint REFERENCES person DEFAULT my_id(),
    CONSTRAINT watcher_name_unique UNIQUE (name),
    CONSTRAINT watcher_name_form CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,39}$')
);
CREATE TRIGGER keep_as_written BEFORE UPDATE OR DELETE ON watcher
    FOR EACH ROW EXECUTE FUNCTION keep_as_written();

-- Who works under the name, and until when nobody else may. Written every few seconds, so it stands in
-- no audit.
CREATE TABLE watcher_turn (
    watcher_id   bigint PRIMARY KEY REFERENCES watcher,
    holder       uuid NOT NULL,
    place        text NOT NULL,
    begun_at     timestamptz NOT NULL DEFAULT now(),
    seen_at      timestamptz NOT NULL DEFAULT now(),
    until        timestamptz NOT NULL,
    -- All notices up to this one are given or are none of its.
    done_through bigint NOT NULL DEFAULT 0,
    CONSTRAINT watcher_turn_place_length CHECK (length(place) BETWEEN 1 AND 200)
);

-- What a watcher was given. `begun` at restart: nobody knows whether the command did its work.
CREATE TABLE delivery (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    watcher_id bigint NOT NULL REFERENCES watcher,
    notice_id  bigint NOT NULL REFERENCES notice,
    state      text NOT NULL DEFAULT 'begun',
    tries      integer NOT NULL DEFAULT 1,
    begun_at   timestamptz NOT NULL DEFAULT now(),
    ended_at   timestamptz,
    next_at    timestamptz,
    -- What the command complained of at its last try.
    message    text,
    CONSTRAINT delivery_once UNIQUE (watcher_id, notice_id),
    CONSTRAINT delivery_state_known CHECK (state IN ('begun', 'failed', 'given')),
    CONSTRAINT delivery_tries_positive CHECK (tries > 0),
    CONSTRAINT delivery_ended_at_state CHECK ((state = 'begun') = (ended_at IS NULL)),
    CONSTRAINT delivery_next_at_state CHECK ((state = 'failed') = (next_at IS NOT NULL)),
    CONSTRAINT delivery_message_length CHECK (length(message) <= 1000)
);
CREATE UNIQUE INDEX delivery_begun ON delivery (watcher_id) WHERE state = 'begun';
CREATE INDEX delivery_failed ON delivery (watcher_id) WHERE state = 'failed';
CREATE INDEX delivery_notice ON delivery (notice_id);

-- What was given stays given.
CREATE FUNCTION delivery_is_kept()
RETURNS trigger LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'given'
       OR (NEW.id, NEW.watcher_id, NEW.notice_id) <> (OLD.id, OLD.watcher_id, OLD.notice_id) THEN
        PERFORM refuse('delivery_is_kept', 'what a watcher was given is neither changed nor deleted');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER delivery_is_kept BEFORE UPDATE OR DELETE ON delivery
    FOR EACH ROW EXECUTE FUNCTION delivery_is_kept();

DO $$
DECLARE
    v_table name;
    v_when  text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['watcher', 'watcher_turn', 'delivery'] LOOP
        EXECUTE format('CREATE TRIGGER keep_all_as_written BEFORE TRUNCATE ON %I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written()', v_table);
        EXECUTE format('CREATE TRIGGER sees_the_present BEFORE INSERT OR UPDATE OR DELETE ON %I '
                       'FOR EACH STATEMENT WHEN (current_setting(''transaction_isolation'') IN '
                       '(''repeatable read'', ''serializable'')) '
                       'EXECUTE FUNCTION refuse_old_snapshot()', v_table);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', v_table);
        EXECUTE format('CREATE POLICY read_all ON %I FOR SELECT '
                       'TO trato_backoffice, trato_supervisor, trato_manager USING (true)', v_table);
    END LOOP;
    FOREACH v_table IN ARRAY ARRAY['watcher', 'delivery'] LOOP
        EXECUTE format('CREATE TRIGGER audit_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS '
                       'new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_insert()', v_table);
        EXECUTE format('CREATE TRIGGER audit_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS '
                       'old_rows NEW TABLE AS new_rows FOR EACH STATEMENT '
                       'EXECUTE FUNCTION audit_update()', v_table);
        EXECUTE format('CREATE TRIGGER audit_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS '
                       'old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_delete()', v_table);
    END LOOP;
END
$$;

-- ---- Whose turn it is

-- A minute at a time. Its holder is a computer with its file, so that a program that was killed goes on
-- there at once, and one on another computer when the minute is over.
CREATE FUNCTION take_turn(p_watcher bigint, p_holder uuid, p_place text)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_turn watcher_turn;
BEGIN
    INSERT INTO watcher_turn AS turn (watcher_id, holder, place, until)
    VALUES (p_watcher, p_holder, p_place, now() + interval '1 minute')
    ON CONFLICT (watcher_id) DO UPDATE
       SET holder = excluded.holder, place = excluded.place, seen_at = now(), until = excluded.until,
           begun_at = CASE WHEN turn.holder = excluded.holder AND turn.place = excluded.place
                           THEN turn.begun_at ELSE now() END
     WHERE turn.holder = excluded.holder OR turn.until < now();
    IF NOT FOUND THEN
        SELECT * INTO v_turn FROM watcher_turn WHERE watcher_id = p_watcher;
        PERFORM refuse('watcher_is_busy', 'another process works under this name',
                       'place=' || v_turn.place, 'since=' || to_char(
                           v_turn.begun_at AT TIME ZONE setting_value('timezone'), 'YYYY-MM-DD HH24:MI'));
    END IF;
END
$$;

-- p_from counts for a new name only; NULL: from now on. So what runs it need not know which it is.
CREATE FUNCTION begin_watch(p_request uuid, p_name text, p_holder uuid, p_place text,
    p_from date DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'begin_watch');
    v_id     bigint;
    v_since  timestamptz := p_from::timestamp AT TIME ZONE setting_value('timezone');
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    -- From now on: also what was begun within this last day and is not to be seen yet.
    INSERT INTO watcher (name, since, found)
    SELECT p_name, coalesce(v_since, now() - interval '1 day'),
           CASE WHEN v_since IS NULL
                THEN ARRAY(SELECT id FROM notice WHERE made_at >= now() - interval '1 day')
                ELSE '{}' END
    ON CONFLICT (name) DO NOTHING;
    SELECT id INTO v_id FROM watcher WHERE name = p_name;
    PERFORM take_turn(v_id, p_holder, p_place);
    RETURN done(p_request, 'begin_watch', jsonb_build_object('id', v_id));
END
$$;

-- Gives the name to whoever waits for it.
CREATE FUNCTION leave_watch(p_watcher bigint, p_holder uuid)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
    UPDATE watcher_turn SET seen_at = now(), until = now()
     WHERE watcher_id = p_watcher AND holder = p_holder
$$;

-- ---- What comes next

-- In the order of ids, but for what has failed four times: that waits by itself and is tried where
-- nothing else is to be done. notice_id NULL: nothing now; wait: seconds until the next try, NULL for none.
CREATE FUNCTION next_delivery(p_watcher bigint, OUT notice_id bigint, OUT wait integer)
LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    WITH open AS (
        SELECT notice_id, next_at, CASE WHEN state = 'begun' THEN 0 WHEN tries < 4 THEN 1 ELSE 2 END AS rank
          FROM delivery WHERE watcher_id = p_watcher AND state <> 'given'
         UNION ALL
        (SELECT notice.id, NULL, 1
           FROM watcher
           JOIN watcher_turn AS turn ON turn.watcher_id = watcher.id
           JOIN notice ON notice.id > turn.done_through AND notice.made_at >= watcher.since
          WHERE watcher.id = p_watcher AND notice.id <> ALL (watcher.found)
            AND NOT EXISTS (SELECT FROM delivery AS d
                             WHERE d.watcher_id = p_watcher AND d.notice_id = notice.id)
          ORDER BY notice.id LIMIT 1)
    ), possible AS (
        SELECT notice_id, rank, coalesce(next_at, '-infinity') AS at FROM open
         WHERE rank <> 1 OR notice_id = (SELECT min(notice_id) FROM open WHERE rank = 1)
    )
    SELECT (SELECT notice_id FROM possible WHERE at <= now() ORDER BY rank, notice_id LIMIT 1),
           ceil(extract(epoch FROM (SELECT min(at) FROM possible WHERE at > now()) - now()))::integer
$$;

-- Renews the turn; `due` of the answer: there is something to give; `wait`: seconds until there is.
CREATE FUNCTION keep_watch(p_watcher bigint, p_holder uuid, p_place text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_next record;
    v_old  bigint;
BEGIN
    PERFORM take_turn(p_watcher, p_holder, p_place);
    SELECT * INTO v_next FROM next_delivery(p_watcher);
    -- What lies behind is not looked at again, once no transaction can be so slow as to add to it.
    SELECT id INTO v_old FROM notice WHERE made_at < now() - interval '1 day' ORDER BY id DESC LIMIT 1;
    UPDATE watcher_turn SET done_through = v_old
     WHERE watcher_id = p_watcher AND done_through < v_old
       AND (v_next.notice_id IS NULL OR v_next.notice_id > v_old);
    RETURN jsonb_build_object('due', v_next.notice_id IS NOT NULL, 'wait', v_next.wait);
END
$$;

-- ---- Giving

-- What is to be given now: again, where it was begun before. `delivery` NULL: nothing is due.
CREATE FUNCTION take_delivery(p_request uuid, p_watcher bigint, p_holder uuid)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result   jsonb := earlier_result(p_request, 'take_delivery');
    v_delivery delivery;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    PERFORM take_turn(p_watcher, p_holder, (SELECT place FROM watcher_turn WHERE watcher_id = p_watcher));
    INSERT INTO delivery AS d (watcher_id, notice_id)
    SELECT p_watcher, next.notice_id FROM next_delivery(p_watcher) AS next WHERE next.notice_id IS NOT NULL
    ON CONFLICT (watcher_id, notice_id) DO UPDATE
       SET state = 'begun', tries = d.tries + 1, begun_at = now(), ended_at = NULL, next_at = NULL
    RETURNING * INTO v_delivery;
    RETURN done(p_request, 'take_delivery', jsonb_build_object(
        'id', p_watcher, 'delivery', v_delivery.id, 'notice', v_delivery.notice_id,
        'try', v_delivery.tries));
END
$$;

-- How that try ended. After a failure the next one is in 1, 2, 4 ... seconds, at most ten minutes.
-- That it was given counts also where another try has begun since.
CREATE FUNCTION end_delivery(p_request uuid, p_delivery bigint, p_try integer, p_given boolean,
    p_message text DEFAULT NULL)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result   jsonb := earlier_result(p_request, 'end_delivery');
    v_delivery delivery;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    SELECT * INTO v_delivery FROM delivery WHERE id = p_delivery FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('delivery');
    END IF;
    UPDATE delivery
       SET state = CASE WHEN p_given THEN 'given' ELSE 'failed' END, ended_at = now(),
           next_at = CASE WHEN NOT p_given
                          THEN now() + make_interval(secs => least(600, 2 ^ least(tries - 1, 20))) END,
           message = left(filled(p_message), 1000)
     WHERE id = p_delivery AND state <> 'given'
       AND (p_given OR (state = 'begun' AND tries = p_try))
    RETURNING * INTO v_delivery;
    IF NOT FOUND THEN
        SELECT * INTO v_delivery FROM delivery WHERE id = p_delivery;
    END IF;
    RETURN done(p_request, 'end_delivery', jsonb_build_object(
        'id', v_delivery.id, 'state', v_delivery.state,
        'wait', ceil(extract(epoch FROM v_delivery.next_at - now()))));
END
$$;

GRANT SELECT ON watcher, watcher_turn, delivery
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
GRANT EXECUTE ON FUNCTION
    begin_watch(uuid, text, uuid, text, date),
    keep_watch(bigint, uuid, text),
    leave_watch(bigint, uuid),
    take_delivery(uuid, bigint, uuid),
    end_delivery(uuid, bigint, integer, boolean, text)
    TO trato_backoffice, trato_manager;
