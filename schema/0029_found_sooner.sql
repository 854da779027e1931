-- Several frequent words are found by an index that lays their clients upon each other itself; and
-- the lists of everybody's actions and notices no longer read one by one what does not fit.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- ---- clients

-- The words of a client's rows in client_word; NULL where they are so many that changing one would
-- be slow: such clients, which are few, are looked at one by one.
ALTER TABLE client_search ADD COLUMN words tsvector;

CREATE FUNCTION words_together(p_client bigint)
RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN count(*) <= 1000 THEN array_to_tsvector(coalesce(array_agg(word), '{}')) END
      FROM client_word WHERE client_id = p_client
$$;

-- All of these words, each the beginning of one that is there; NULL without any. What is special in
-- a query is in no word.
CREATE FUNCTION all_words(p_words text[])
RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg('''' || word || ''':*', ' & ')::tsquery FROM unnest(p_words) AS word
$$;

CREATE OR REPLACE FUNCTION find_again(p_client bigint)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_client client;
    v_words  text[];
    v_ranks  smallint[];
BEGIN
    PERFORM FROM client_search WHERE client_id = p_client FOR NO KEY UPDATE;
    SELECT * INTO v_client FROM client WHERE id = p_client;
    SELECT coalesce(array_agg(word), '{}'), coalesce(array_agg(rank), '{}') INTO v_words, v_ranks
      FROM words_to_find(v_client);
    DELETE FROM client_word WHERE client_id = p_client AND word <> ALL (v_words);
    INSERT INTO client_word (client_id, rank, word, name_folded)
    SELECT p_client, found.rank, found.word, v_client.name_folded
      FROM unnest(v_words, v_ranks) AS found (word, rank)
    ON CONFLICT (client_id, word) DO UPDATE SET rank = excluded.rank,
        name_folded = excluded.name_folded
     WHERE (client_word.rank, client_word.name_folded) <> (excluded.rank, excluded.name_folded);
    INSERT INTO client_search (client_id, name_folded, name_key, words)
    VALUES (p_client, v_client.name_folded, client_name_key(v_client.name), words_together(p_client))
    ON CONFLICT (client_id) DO UPDATE SET name_folded = excluded.name_folded,
        name_key = excluded.name_key, words = excluded.words
     WHERE (client_search.name_folded, client_search.words)
           IS DISTINCT FROM (excluded.name_folded, excluded.words);
END
$$;

CREATE OR REPLACE FUNCTION find_all_again()
RETURNS void LANGUAGE sql SET search_path = trato, pg_temp AS $$
    DELETE FROM client_word;
    INSERT INTO client_word (client_id, rank, word, name_folded)
    SELECT c.id, found.rank, found.word, c.name_folded
      FROM client AS c CROSS JOIN LATERAL words_to_find(c) AS found
     ORDER BY c.id;
    INSERT INTO client_search (client_id, name_folded, name_key, words)
    SELECT id, name_folded, client_name_key(name), words_together(id) FROM client
    ON CONFLICT (client_id) DO UPDATE SET name_folded = excluded.name_folded,
        name_key = excluded.name_key, words = excluded.words
     WHERE (client_search.name_folded, client_search.words)
           IS DISTINCT FROM (excluded.name_folded, excluded.words)
$$;

CREATE OR REPLACE FUNCTION contacts_are_found()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM FROM client_search WHERE client_id IN (SELECT client_id FROM new_rows)
      ORDER BY client_id FOR NO KEY UPDATE;
    INSERT INTO client_word (client_id, rank, word, name_folded)
    SELECT DISTINCT k.client_id, 3, left(theirs.word, 100), c.name_folded
      FROM new_rows AS k
      JOIN client AS c ON c.id = k.client_id
     CROSS JOIN unnest(words_of_contact(ROW(k.*)::contact)) AS theirs (word)
    ON CONFLICT (client_id, word) DO NOTHING;
    UPDATE client_search SET words = words_together(client_id)
     WHERE client_id IN (SELECT client_id FROM new_rows);
    RETURN NULL;
END
$$;

UPDATE client_search SET words = words_together(client_id);
-- Changes go into these indexes at once: what waited in their list would be read by every search.
CREATE INDEX client_search_words ON client_search USING gin (words) WITH (fastupdate = off);
CREATE INDEX client_search_many_words ON client_search (client_id) WHERE words IS NULL;
CREATE INDEX client_search_name_words ON client_search
    USING gin (array_to_tsvector(string_to_array(name_key, ' '))) WITH (fastupdate = off);

-- The clients that have all these words.
CREATE FUNCTION clients_of_words(p_words text[])
RETURNS bigint[] LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp
SET enable_seqscan = off SET work_mem = '32MB' AS $$
BEGIN
    RETURN ARRAY(SELECT client_id FROM client_search WHERE words @@ all_words(p_words))
        || clients_with_words(ARRAY(SELECT client_id FROM client_search WHERE words IS NULL), p_words);
END
$$;

-- A page of clients that have all of several words. One that few have is looked up, and each of its
-- clients is asked for the others. Where all are frequent, a page is full after some steps, or after
-- more of them where the first ones promise it. Else the index of all words together is asked for
-- those of three letters and more; hardly any client is without a word that begins with one or two.
CREATE OR REPLACE FUNCTION walk_several_words(p_words text[], p_forward boolean, p_limit integer,
    p_from client_word, p_archived boolean)
RETURNS SETOF client_word LANGUAGE plpgsql STABLE ROWS 60 SET search_path = trato, pg_temp AS $$
DECLARE
    c_few     CONSTANT integer := 1000;
    c_steps   CONSTANT integer := 150;
    c_far     CONSTANT integer := 2000;
    v_long    CONSTANT text[] := ARRAY(SELECT word FROM unnest(p_words) AS word WHERE length(word) > 2);
    v_word    text;
    v_page    client_word[];
    v_clients bigint[];
    v_fewest  bigint[];
    v_steps   integer := c_steps;
BEGIN
    FOREACH v_word IN ARRAY ARRAY(SELECT word FROM unnest(p_words) AS word ORDER BY length(word) DESC) LOOP
        EXECUTE format('SELECT array_agg(client_id) FROM (SELECT client_id FROM client_word'
                       ' WHERE rank = ANY (''{0,1,2,3}'') AND word >= %1$L AND word < %1$L || chr(1114111)'
                       ' LIMIT %2$s) AS first',
                       v_word, coalesce(cardinality(v_fewest), c_few)) INTO v_clients;
        IF v_clients IS NULL THEN
            RETURN;
        ELSIF cardinality(v_clients) < coalesce(cardinality(v_fewest), c_few) THEN
            v_fewest := v_clients;
        END IF;
    END LOOP;
    IF v_fewest IS NOT NULL THEN
        v_clients := clients_with_words(ARRAY(SELECT DISTINCT unnest(v_fewest)), p_words);
    ELSE
        LOOP
            v_page := ARRAY(SELECT w FROM walk_words(p_words, p_forward, p_limit, p_from, p_archived,
                                                     v_steps) AS w);
            IF cardinality(v_page) = p_limit OR v_steps IS NULL THEN
                RETURN QUERY SELECT * FROM unnest(v_page);
                RETURN;
            END IF;
            EXIT WHEN v_steps > c_steps;
            v_steps := CASE WHEN cardinality(v_long) > 1
                            THEN 2 * c_steps * p_limit / (cardinality(v_page) + 1) END;
            EXIT WHEN v_steps > c_far;
        END LOOP;
        v_clients := clients_with_words(clients_of_words(v_long),
                                        ARRAY(SELECT word FROM unnest(p_words) AS word WHERE length(word) < 3));
    END IF;
    RETURN QUERY SELECT * FROM words_in_order(v_clients, p_words[1], p_forward, p_limit, p_from,
                                              p_archived);
END
$$;

-- Clients that may be the one that is being entered, the surest first. `why`: tax_id (which the
-- unique index refuses), domain, phone, name. A similar name is looked for among those of which the
-- words begin alike, all of them or all but one of three and more.
CREATE OR REPLACE FUNCTION similar_clients(p_client bigint, p_country text, p_tax_id text, p_name text,
    p_website text, p_phone text)
RETURNS TABLE (id bigint, name text, city text, archived boolean, why text)
LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp SET jit = off AS $$
DECLARE
    c_same    CONSTANT integer := 60;
    c_alike   CONSTANT integer := 2000;
    v_country CONSTANT text := upper(coalesce(filled(p_country), 'ES'));
    v_tax_id  CONSTANT text := filled(upper(translate(p_tax_id, ' .-/', '')));
    v_domain  CONSTANT text := web_domain(p_website);
    v_site    CONSTANT text[] := word_list(v_domain);
    v_phone   CONSTANT text := phone_digits(p_phone);
    v_name    CONSTANT text := client_name_key(p_name);
    v_stems   text[];
    v_alike   tsquery;
    v_likely  bigint[];
BEGIN
    IF length(v_name) >= 3 THEN
        v_stems := ARRAY(SELECT left(word, greatest(4, length(word) - 2))
                           FROM unnest(string_to_array(v_name, ' ')) AS word
                          ORDER BY length(word) DESC LIMIT 5);
        v_likely := ARRAY(SELECT s.client_id FROM client_search AS s WHERE s.name_key = v_name LIMIT c_same);
        IF cardinality(v_stems) = 1 THEN
            v_likely := v_likely
                || ARRAY(SELECT client_id FROM walk_words(v_stems, true, c_same, NULL, true));
        ELSE
            v_alike := all_words(v_stems);
            FOR i IN 1..CASE WHEN cardinality(v_stems) > 2 THEN cardinality(v_stems) ELSE 0 END LOOP
                v_alike := v_alike || all_words(v_stems[:i - 1] || v_stems[i + 1:]);
            END LOOP;
            v_likely := v_likely
                || ARRAY(SELECT client_id
                           FROM (SELECT s.client_id, similarity(s.name_key, v_name) AS score FROM client_search AS s
                                  WHERE array_to_tsvector(string_to_array(s.name_key, ' ')) @@ v_alike
                                  LIMIT c_alike) AS alike
                          WHERE score >= 0.6 ORDER BY score DESC LIMIT c_same);
        END IF;
    END IF;
    RETURN QUERY
    SELECT c.id, c.name, c.city, c.archived, found.why
      FROM (SELECT DISTINCT ON (hit.client_id) hit.client_id, hit.why, hit.rank, hit.score
              FROM (SELECT own.id AS client_id, 'tax_id' AS why, 1 AS rank, 1::real AS score
                      FROM client AS own
                     WHERE own.country = v_country AND own.tax_id = v_tax_id
                    UNION ALL
                    (SELECT w.client_id, 'domain', 2, 1 FROM client_word AS w
                      WHERE w.rank = ANY ('{0,1,2,3}') AND w.word = v_site[cardinality(v_site)]
                        AND v_domain !~ '^(gmail|hotmail|outlook|yahoo|icloud|live|telefonica|movistar)\.'
                        AND (EXISTS (SELECT FROM client AS own
                                      WHERE own.id = w.client_id AND web_domain(own.website) = v_domain)
                             OR EXISTS (SELECT FROM contact AS k
                                         WHERE k.client_id = w.client_id AND web_domain(k.email) = v_domain))
                      LIMIT 8)
                    UNION ALL
                    (SELECT w.client_id, 'phone', 3, 1 FROM client_word AS w
                      WHERE length(v_phone) >= 6 AND w.rank = ANY ('{0,1,2,3}') AND w.word = v_phone
                      LIMIT 8)
                    UNION ALL
                    (SELECT s.client_id, 'name', 4, similarity(s.name_key, v_name)
                       FROM client_search AS s
                      WHERE s.client_id = ANY (v_likely) AND similarity(s.name_key, v_name) >= 0.6
                      ORDER BY 4 DESC LIMIT 8)) AS hit
             WHERE hit.client_id IS DISTINCT FROM p_client
             ORDER BY hit.client_id, hit.rank) AS found
      JOIN client AS c ON c.id = found.client_id
     ORDER BY found.rank, found.score DESC, c.name_folded, c.id
     LIMIT 5;
END
$$;
DROP FUNCTION clients_alike(text[], integer);

-- ---- actions and notices of everybody

-- What an action, and its notices, are searched by. No foreign key: no action ever goes.
CREATE TABLE action_search (
    action_id bigint PRIMARY KEY,
    title     text COLLATE "C" NOT NULL,
    client    text COLLATE "C" NOT NULL,
    words     tsvector NOT NULL
);
ALTER TABLE action_search ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON action_search FOR SELECT
    TO trato_backoffice, trato_supervisor, trato_manager USING (true);
CREATE POLICY read_own ON action_search FOR SELECT TO trato_rep
    USING (action_id IN (SELECT my_action_ids()));
GRANT SELECT ON action_search TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;

CREATE FUNCTION find_actions_again(p_actions bigint[] DEFAULT NULL)
RETURNS void LANGUAGE sql SET search_path = trato, pg_temp AS $$
    INSERT INTO action_search (action_id, title, client, words)
    SELECT action.id, ' ' || fold(title), search_text,
           array_to_tsvector(word_list(title || search_text))
      FROM action JOIN client ON client.id = client_id
     WHERE p_actions IS NULL OR action.id = ANY (p_actions)
    ON CONFLICT (action_id) DO UPDATE SET title = excluded.title, client = excluded.client,
        words = excluded.words
$$;
SELECT find_actions_again();
CREATE INDEX action_search_words ON action_search USING gin (words) WITH (fastupdate = off);
CREATE INDEX action_order ON action (is_open, number);
CREATE INDEX offer_number_order ON offer ((offer_number(year, serial, revision) COLLATE "C"))
    WHERE serial IS NOT NULL;
CREATE TRIGGER keep_all_as_written BEFORE TRUNCATE ON action_search
    FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
CREATE TRIGGER sees_the_present BEFORE INSERT OR UPDATE OR DELETE ON action_search
    FOR EACH STATEMENT WHEN (current_setting('transaction_isolation') IN
                             ('repeatable read', 'serializable'))
    EXECUTE FUNCTION refuse_old_snapshot();

-- Of a client that changes at the same instant it may have the old data until the next change.
CREATE FUNCTION action_is_found()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'action' THEN
        PERFORM find_actions_again(ARRAY[NEW.id]);
    ELSE
        PERFORM find_actions_again(ARRAY(
            SELECT action_id FROM action_search
             WHERE action_id IN (SELECT id FROM action WHERE client_id = NEW.id)
             ORDER BY action_id FOR NO KEY UPDATE));
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER is_found AFTER INSERT OR UPDATE OF title, client_id ON action
    FOR EACH ROW EXECUTE FUNCTION action_is_found();
CREATE TRIGGER action_is_found AFTER UPDATE OF name, legal_name, tax_id, city ON client
    FOR EACH ROW WHEN (OLD.search_text <> NEW.search_text) EXECUTE FUNCTION action_is_found();

-- What was typed, as a pattern for folded text: the beginning of a word.
CREATE FUNCTION typed_pattern(typed text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '% ' || replace(replace(replace(fold(typed), '\', '\\'), '%', '\%'), '_', '\_') || '%'
$$;

-- Where in the inbox a notice stands: those first that nobody has taken; NULL where none waits.
CREATE FUNCTION notice_turn(state text)
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_position('{pending,taken,returned,partial}'::text[], state)
$$;
CREATE INDEX notice_in_turn ON notice (notice_turn(state), made_at, id)
    WHERE state IN ('pending', 'taken', 'returned', 'partial');

CREATE FUNCTION may_see_all()
RETURNS boolean LANGUAGE sql STABLE SET search_path = trato, pg_temp AS $$
    SELECT has_role('backoffice') OR has_role('supervisor') OR has_role('manager')
$$;

-- A page of everybody's actions, open or closed, the newest first; behind (before, where p_forward
-- is false) the number p_number. A policy would let no pattern reach an index, so this runs as the
-- owner and answers only those who may see all. What is frequent fills the page within some steps
-- from the edge; what is not is looked up, apart from the order, since the planner thinks too well
-- of walking in order to the first few.
CREATE FUNCTION found_actions(p_typed text, p_open boolean, p_forward boolean, p_limit integer,
    p_number bigint)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    c_steps CONSTANT integer := 2000;
    v_order CONSTANT text := 'ORDER BY number ' || CASE WHEN p_forward THEN 'DESC' ELSE 'ASC' END;
    v_where CONSTANT text := 'is_open = $1' || CASE WHEN p_number IS NULL THEN '' ELSE ' AND number '
        || CASE WHEN p_forward THEN '<' ELSE '>' END || ' $2' END;
    v_words CONSTANT tsquery := all_words(word_list(left(p_typed, 200)));
    v_page  bigint[];
BEGIN
    IF NOT may_see_all() THEN
        RETURN;
    ELSIF p_typed IS NULL THEN
        RETURN QUERY EXECUTE format('SELECT id FROM action WHERE %s %s LIMIT $3', v_where, v_order)
            USING p_open, p_number, p_limit;
        RETURN;
    END IF;
    EXECUTE format('SELECT array_agg(id) FROM (SELECT id'
                   '  FROM (SELECT id, number FROM action WHERE %s %s LIMIT %s) AS near'
                   '  JOIN action_search ON action_id = id'
                   ' WHERE number::text = $4 OR title LIKE $5 OR client LIKE $5 %2$s LIMIT $3) AS page',
                   v_where, v_order, c_steps)
       INTO v_page USING p_open, p_number, p_limit, p_typed, typed_pattern(p_typed);
    IF cardinality(v_page) = p_limit THEN
        RETURN QUERY SELECT * FROM unnest(v_page);
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format('WITH fitting AS MATERIALIZED ('
        'SELECT action_id FROM action_search WHERE (title LIKE $5 OR client LIKE $5) %s'
        ' UNION SELECT id FROM action WHERE number = $7)'
        ' SELECT id FROM fitting JOIN action ON id = action_id WHERE %s %s LIMIT $3',
        CASE WHEN v_words IS NOT NULL THEN 'AND words @@ $6' END,
        v_where, v_order)
        USING p_open, p_number, p_limit, p_typed, typed_pattern(p_typed), v_words,
              CASE WHEN p_typed ~ '^[1-9][0-9]{0,17}$' THEN p_typed::bigint END;
END
$$;

-- A page of everybody's notices in the same way. p_which: all or invoiced, the newest first, behind
-- the one with the id p_id; waiting, or mine of these, in their turn, behind the one that p_turn,
-- p_made_at and p_id say.
CREATE FUNCTION found_notices(p_typed text, p_which text, p_forward boolean, p_limit integer,
    p_id bigint, p_made_at timestamptz DEFAULT NULL, p_turn integer DEFAULT NULL)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    c_steps   CONSTANT integer := 2000;
    v_in_turn CONSTANT boolean := p_which IN ('waiting', 'mine');
    v_key     CONSTANT text := CASE WHEN v_in_turn THEN 'notice_turn(n.state), n.made_at, n.id' ELSE 'n.id' END;
    v_up      CONSTANT boolean := p_forward = v_in_turn;
    v_order   CONSTANT text := 'ORDER BY ' || CASE WHEN v_up THEN v_key ELSE replace(v_key, ',', ' DESC,') || ' DESC' END;
    v_where   CONSTANT text := concat_ws(' AND ', 'true',
        CASE WHEN p_which = 'invoiced' THEN 'n.state = ''invoiced''' END,
        CASE WHEN v_in_turn THEN 'n.state IN (''pending'', ''taken'', ''returned'', ''partial'')' END,
        CASE WHEN p_which = 'mine' THEN 'n.taken_by = $1' END,
        CASE WHEN p_id IS NOT NULL THEN format('(%s) %s (%s)', v_key, CASE WHEN v_up THEN '>' ELSE '<' END,
                                               CASE WHEN v_in_turn THEN '$2, $3, $4' ELSE '$4' END) END);
    v_fits    CONSTANT text := '(s.client LIKE $6' || CASE WHEN p_typed ~ '^\d' THEN
        ' OR (SELECT offer_number(year, serial, revision) FROM offer WHERE id = n.offer_id) LIKE $7' ELSE '' END || ')';
    v_words   CONSTANT tsquery := all_words(word_list(left(p_typed, 200)));
    v_page    bigint[];
BEGIN
    IF NOT may_see_all() THEN
        RETURN;
    ELSIF p_typed IS NULL THEN
        RETURN QUERY EXECUTE format('SELECT n.id FROM notice AS n WHERE %s %s LIMIT $5', v_where, v_order)
            USING my_id(), p_turn, p_made_at, p_id, p_limit;
        RETURN;
    END IF;
    EXECUTE format('SELECT array_agg(id) FROM (SELECT n.id'
                   '  FROM (SELECT * FROM notice AS n WHERE %s %s LIMIT %s) AS n'
                   '  JOIN action_search AS s ON s.action_id = n.action_id WHERE %s %2$s LIMIT $5) AS page',
                   v_where, v_order, c_steps, v_fits)
       INTO v_page
      USING my_id(), p_turn, p_made_at, p_id, p_limit, typed_pattern(p_typed),
            substr(typed_pattern(p_typed), 3);
    IF cardinality(v_page) = p_limit THEN
        RETURN QUERY SELECT * FROM unnest(v_page);
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format('WITH fitting AS MATERIALIZED ('
        'SELECT notice.id FROM action_search AS s JOIN notice USING (action_id) WHERE s.client LIKE $6 %s'
        ' UNION SELECT notice.id FROM offer AS o JOIN notice ON offer_id = o.id'
        '  WHERE o.serial IS NOT NULL AND offer_number(o.year, o.serial, o.revision) COLLATE "C" >= $8'
        '    AND offer_number(o.year, o.serial, o.revision) COLLATE "C" < $8 || chr(1114111))'
        ' SELECT n.id FROM fitting JOIN notice AS n ON n.id = fitting.id WHERE %s %s LIMIT $5',
        CASE WHEN v_words IS NOT NULL THEN 'AND s.words @@ $9' END,
        v_where, v_order)
        USING my_id(), p_turn, p_made_at, p_id, p_limit, typed_pattern(p_typed),
              substr(typed_pattern(p_typed), 3), fold(p_typed), v_words;
END
$$;

GRANT EXECUTE ON FUNCTION all_words(text[]), clients_of_words(text[]), notice_turn(text),
    found_actions(text, boolean, boolean, integer, bigint),
    found_notices(text, text, boolean, integer, bigint, timestamptz, integer)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
