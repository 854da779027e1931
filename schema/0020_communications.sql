-- Communications: which fields a channel has, and finding them by what they say and by who was
-- there. What is searched stands in a table of its own, kept by triggers, as that of clients does.
-- And whether who has asked to collaborate has heard the answer.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- A correction repeats the Message-ID whatever it says of the channel: the message stays logged
-- once. Rows are kept as they were written, so what an earlier version let through stays allowed to
-- those that are there.
DO $$
DECLARE
    v_rule record;
    v_old  text;
BEGIN
    FOR v_rule IN SELECT * FROM (VALUES
        ('duration_minutes', 'duration_minutes IS NULL OR channel IN (''phone'', ''meeting'', ''visit'')'),
        ('tracking_number', 'tracking_number IS NULL OR channel = ''letter'''),
        ('message_id', 'message_id IS NULL OR channel = ''email'' OR corrects_id IS NOT NULL')) AS rules (name, condition)
    LOOP
        EXECUTE format('SELECT max(logged_at) FROM communication WHERE NOT (%s)', v_rule.condition) INTO v_old;
        EXECUTE format('ALTER TABLE communication ADD CONSTRAINT communication_%s_channel CHECK (%s%s)',
                       v_rule.name, v_rule.condition, coalesce(' OR logged_at <= ' || quote_literal(v_old), ''));
    END LOOP;
END
$$;

-- The words of a text, folded. Between words is whatever is neither letter nor digit, named by its
-- code: what a regular expression calls a letter depends on the database's locale.
CREATE FUNCTION text_words(value text)
RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT left(word, 60) COLLATE "C"
                   FROM regexp_split_to_table(fold(value),
                        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u20cf\u3000-\u303f]+') AS word
                  WHERE word <> '');
END
$$;

-- All words typed, each the beginning of one that is there; NULL where there is none to look for.
CREATE FUNCTION word_query(typed text)
RETURNS tsquery LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN (SELECT string_agg('''' || word || ''':*', ' & ' ORDER BY length(word) DESC, word)::tsquery
              FROM (SELECT word FROM unnest(text_words(left(typed, 200))) AS word LIMIT 12) AS words);
END
$$;

-- The latest version of each communication. No foreign key: no communication ever goes.
CREATE TABLE communication_search (
    communication_id bigint PRIMARY KEY,
    action_id        bigint NOT NULL,
    contact_id       bigint,
    author_id        bigint,
    channel          text NOT NULL,
    happened_at      timestamptz NOT NULL,
    words            tsvector NOT NULL
);

CREATE FUNCTION find_communications_again(p_communications bigint[] DEFAULT NULL)
RETURNS void LANGUAGE sql SET search_path = trato, pg_temp AS $$
    INSERT INTO communication_search (communication_id, action_id, contact_id, author_id, channel,
                                      happened_at, words)
    SELECT c.id, c.action_id, c.contact_id, c.author_id, c.channel, c.happened_at,
           array_to_tsvector(text_words(concat_ws(' ', c.subject, c.body, contact.name, client.name,
                                                  author.name)))
      FROM communication AS c
      JOIN action ON action.id = c.action_id
      JOIN client ON client.id = action.client_id
      LEFT JOIN contact ON contact.id = c.contact_id
      LEFT JOIN person AS author ON author.id = c.author_id
     WHERE (p_communications IS NULL OR c.id = ANY (p_communications))
       AND NOT EXISTS (SELECT FROM communication AS later WHERE later.corrects_id = c.id)
    ON CONFLICT (communication_id) DO UPDATE SET words = excluded.words
$$;
SELECT find_communications_again();

CREATE INDEX communication_search_action ON communication_search
    (action_id, happened_at, communication_id);
CREATE INDEX communication_search_author ON communication_search
    (author_id, happened_at, communication_id);
CREATE INDEX communication_search_order ON communication_search (happened_at, communication_id);
CREATE INDEX communication_search_words ON communication_search USING gin (words);
CREATE TRIGGER keep_all_as_written BEFORE TRUNCATE ON communication_search
    FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
CREATE TRIGGER sees_the_present BEFORE INSERT OR UPDATE OR DELETE ON communication_search
    FOR EACH STATEMENT WHEN (current_setting('transaction_isolation') IN
                             ('repeatable read', 'serializable'))
    EXECUTE FUNCTION refuse_old_snapshot();

-- Of a name that changes at the same instant it may have the old one until the next change. What is
-- there is locked before it is read: else the version that is being corrected would come back. In the
-- order of ids, since a person's and a client's communications are partly the same.
CREATE FUNCTION communication_is_found()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    CASE TG_TABLE_NAME
    WHEN 'communication' THEN
        DELETE FROM communication_search WHERE communication_id = NEW.corrects_id;
        PERFORM find_communications_again(ARRAY[NEW.id]);
    WHEN 'action' THEN
        PERFORM find_communications_again(ARRAY(
            SELECT communication_id FROM communication_search WHERE action_id = NEW.id
             ORDER BY communication_id FOR NO KEY UPDATE));
    WHEN 'client' THEN
        PERFORM find_communications_again(ARRAY(
            SELECT communication_id FROM communication_search
             WHERE action_id IN (SELECT id FROM action WHERE client_id = NEW.id)
             ORDER BY communication_id FOR NO KEY UPDATE));
    WHEN 'contact' THEN
        PERFORM find_communications_again(ARRAY(
            SELECT communication_id FROM communication_search
             WHERE action_id IN (SELECT id FROM action WHERE client_id = NEW.client_id)
               AND contact_id = NEW.id
             ORDER BY communication_id FOR NO KEY UPDATE));
    WHEN 'person' THEN
        PERFORM find_communications_again(ARRAY(
            SELECT communication_id FROM communication_search WHERE author_id = NEW.id
             ORDER BY communication_id FOR NO KEY UPDATE));
    END CASE;
    RETURN NULL;
END
$$;
CREATE TRIGGER communication_is_found AFTER INSERT ON communication
    FOR EACH ROW EXECUTE FUNCTION communication_is_found();
CREATE TRIGGER communication_is_found AFTER UPDATE OF client_id ON action
    FOR EACH ROW WHEN (OLD.client_id <> NEW.client_id) EXECUTE FUNCTION communication_is_found();
CREATE TRIGGER communication_is_found AFTER UPDATE OF name ON client
    FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION communication_is_found();
CREATE TRIGGER communication_is_found AFTER UPDATE OF name ON contact
    FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION communication_is_found();
CREATE TRIGGER communication_is_found AFTER UPDATE OF name ON person
    FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION communication_is_found();

ALTER TABLE communication_search ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON communication_search FOR SELECT
    TO trato_backoffice, trato_supervisor, trato_manager USING (true);
CREATE POLICY read_own ON communication_search FOR SELECT TO trato_rep
    USING (action_id IN (SELECT my_action_ids()));
GRANT SELECT ON communication_search TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;

-- A page of the communications that the asker may see and that fit, the newest first; backwards
-- from the edge, or the end, where p_forward is false. What is NULL restricts nothing. Policies let
-- no word search reach an index, so this runs as the owner and asks who asks itself. Frequent words
-- are found by walking from the edge on. Rare ones are found by the index where all is seen; a rep's
-- own rows are looked at one by one, since the index knows everybody's words, and how long it takes
-- would tell of others'.
CREATE FUNCTION search_communications(p_typed text, p_client bigint, p_contact bigint,
    p_author bigint, p_channel text, p_from date, p_to date, p_forward boolean,
    p_edge_at timestamptz, p_edge bigint, p_limit integer)
RETURNS TABLE (communication_id bigint, happened_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_zone    CONSTANT text := setting_value('timezone');
    v_from    CONSTANT timestamptz := p_from::timestamp AT TIME ZONE v_zone;
    v_until   CONSTANT timestamptz := (p_to + 1)::timestamp AT TIME ZONE v_zone;
    v_query   CONSTANT tsquery := word_query(p_typed);
    v_all     CONSTANT boolean := has_role('backoffice') OR has_role('supervisor') OR has_role('manager');
    v_client  CONSTANT bigint := coalesce(p_client, (SELECT client_id FROM contact WHERE id = p_contact));
    v_order   CONSTANT text := CASE WHEN p_forward THEN 'DESC' ELSE 'ASC' END;
    v_where   text := concat_ws(' AND ', 'true',
        CASE WHEN p_from IS NOT NULL THEN 'happened_at >= $1' END,
        CASE WHEN p_to IS NOT NULL THEN 'happened_at < $2' END,
        CASE WHEN p_edge IS NOT NULL THEN '(happened_at, communication_id) '
             || CASE WHEN p_forward THEN '<' ELSE '>' END || ' ($3, $4)' END);
    v_fits    text := concat_ws(' AND ', 'true',
        CASE WHEN p_channel IS NOT NULL THEN 'channel = $6' END,
        CASE WHEN p_contact IS NOT NULL THEN 'contact_id = $7' END);
    v_walk    text;
    v_actions bigint[];
    v_ids     bigint[];
    v_times   timestamptz[];
BEGIN
    IF NOT v_all OR v_client IS NOT NULL THEN
        v_actions := ARRAY(SELECT id FROM action
                            WHERE (v_client IS NULL OR client_id = v_client)
                              AND (v_all OR id IN (SELECT action_id FROM action_member
                                                    WHERE person_id = my_id() AND left_at IS NULL)));
        v_where := v_where || ' AND action_id = ANY ($8)';
        v_fits := concat_ws(' AND ', v_fits, CASE WHEN p_author IS NOT NULL THEN 'author_id = $5' END,
            -- The operator's function instead of the operator: no index knows it.
            CASE WHEN v_query IS NOT NULL THEN 'ts_match_vq(words, $9)' END);
        v_walk := 'SELECT walked.* FROM (SELECT communication_id, happened_at FROM communication_search'
            ' WHERE %s ORDER BY happened_at %s, communication_id %2$s LIMIT 2000) AS walked,'
            ' LATERAL (SELECT FROM communication_search AS s'
            '           WHERE s.communication_id = walked.communication_id AND %3$s OFFSET 0) AS fitting';
    ELSE
        v_where := concat_ws(' AND ', v_where, CASE WHEN p_author IS NOT NULL THEN 'author_id = $5' END);
        v_fits := concat_ws(' AND ', v_fits, CASE WHEN v_query IS NOT NULL THEN 'words @@ $9' END);
        v_walk := 'SELECT communication_id, happened_at FROM (SELECT * FROM communication_search'
            ' WHERE %s ORDER BY happened_at %s, communication_id %2$s LIMIT 20000) AS walked WHERE %3$s';
    END IF;
    EXECUTE format('SELECT array_agg(communication_id), array_agg(happened_at) FROM ('
                   || v_walk || ' LIMIT $10) AS page', v_where, v_order, v_fits)
       INTO v_ids, v_times
      USING v_from, v_until, p_edge_at, p_edge, p_author, p_channel, p_contact, v_actions, v_query,
            coalesce(p_limit, 0);
    IF cardinality(v_ids) = p_limit THEN
        RETURN QUERY SELECT * FROM unnest(v_ids, v_times);
        RETURN;
    END IF;
    -- Apart from the order, since the planner thinks too well of walking in order to the first few.
    RETURN QUERY EXECUTE format('WITH found AS %s (SELECT communication_id, happened_at'
        '  FROM communication_search WHERE %s AND %s)'
        ' SELECT communication_id, happened_at FROM found'
        ' ORDER BY happened_at %s, communication_id %4$s LIMIT $10',
        CASE WHEN v_query IS NULL AND v_actions IS NULL THEN 'NOT MATERIALIZED' ELSE 'MATERIALIZED' END,
        v_where, v_fits, v_order)
        USING v_from, v_until, p_edge_at, p_edge, p_author, p_channel, p_contact, v_actions, v_query, p_limit;
END
$$;

-- What a text says around the first of the words typed; else how it begins. On one line.
CREATE FUNCTION text_excerpt(value text, typed text)
RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = trato, pg_temp AS $$
DECLARE
    v_line   CONSTANT text := regexp_replace(value, '\s', ' ', 'g');
    -- As long as the text, but for the few characters that fold to several.
    v_folded CONSTANT text := ' ' || regexp_replace(fold(v_line),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u20cf\u3000-\u303f]', ' ', 'g');
    v_at     integer;
BEGIN
    SELECT min(position(' ' || word IN v_folded)) INTO v_at
      FROM unnest(text_words(left(typed, 200))) AS word WHERE position(' ' || word IN v_folded) > 0;
    IF coalesce(v_at, 0) <= 60 THEN
        RETURN left(v_line, 400);
    END IF;
    RETURN '… ' || regexp_replace(substr(v_line, v_at - 50, 400), '^\S* ', '');
END
$$;

GRANT EXECUTE ON FUNCTION text_words(text), word_query(text), text_excerpt(text, text),
    search_communications(text, bigint, bigint, bigint, text, date, date, boolean, timestamptz, bigint,
                          integer)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;

-- ---- the answer to a request

ALTER TABLE request ADD COLUMN heard_at timestamptz;
UPDATE request SET heard_at = answered_at WHERE state <> 'open';
CREATE INDEX request_unheard ON request (person_id) WHERE heard_at IS NULL AND state IN ('accepted', 'declined');

-- Reading the answer is no change that another's save must know of.
DROP TRIGGER next_version ON request;
CREATE TRIGGER next_version BEFORE UPDATE ON request
    FOR EACH ROW WHEN (OLD.heard_at IS NOT DISTINCT FROM NEW.heard_at)
    EXECUTE FUNCTION next_version();

-- The asker has read the answer: it is not announced to him any more.
CREATE FUNCTION hear_answer(p_request uuid, p_collaboration bigint)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'hear_answer');
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF NOT EXISTS (SELECT FROM request WHERE id = p_collaboration AND person_id = my_id()) THEN
        PERFORM refuse_unknown('request');
    END IF;
    UPDATE request SET heard_at = now()
     WHERE id = p_collaboration AND state IN ('accepted', 'declined') AND heard_at IS NULL;
    RETURN done(p_request, 'hear_answer', jsonb_build_object('id', p_collaboration));
END
$$;
GRANT EXECUTE ON FUNCTION hear_answer(uuid, bigint) TO trato_rep;
