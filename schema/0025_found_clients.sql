-- Clients are found by an index of their words that stands in the order in which they are shown: a
-- page of a word that every second client has costs what a page of a rare one does, wherever in the
-- alphabet its names begin.
-- clients: 1..1

-- No question of a screen takes so long that compiling it first would pay: it takes 20 ms to 1 s.
DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
END
$$;

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- The words of a text: case, accents and punctuation aside. Not STRICT, so that they are inlined.
-- (translate() with so many characters takes ten times as long.)
CREATE FUNCTION word_list(value text)
RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_remove(string_to_array(
               regexp_replace(trato.fold(value), '[-_/\\,;:()\[\]{}<>"''«»·|*!?¿¡+%#=\t\r\n]', ' ', 'g'),
               ' '), '')
$$;

CREATE OR REPLACE FUNCTION search_words(value text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_string(trato.word_list(value), ' ')
$$;

CREATE OR REPLACE FUNCTION phone_digits(value text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT nullif(regexp_replace(regexp_replace(value, '^\s*(\+|00)\s*34', ''), '[^0-9]', '', 'g'), '')
$$;

-- What was typed, as the beginnings of words that all have to be there, in the order typed, but
-- small words last; empty where nothing to look for was typed. A number may be written with blanks.
CREATE FUNCTION typed_words(typed text)
RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = trato, pg_temp AS $$
DECLARE
    v_close text := regexp_replace(fold(typed), '[ ./-]', '', 'g');
    v_words text[];
BEGIN
    IF typed ~ '^[0-9 +()./-]*$' THEN
        v_words := ARRAY[phone_digits(typed)];
    ELSIF v_close ~ '^([a-z][0-9]{6,8}[0-9a-z]?|[0-9]{7,8}[a-z])$' THEN
        v_words := ARRAY[v_close]; -- a Spanish tax id
    ELSE
        -- An address is looked for by its domain, whose punctuation may take it apart.
        v_words := word_list(array_to_string(ARRAY(
            SELECT coalesce(CASE WHEN word ~* '^(@|www\.|[a-z]+://)' THEN web_domain(word) END,
                            ltrim(word, '@'))
              FROM regexp_split_to_table(typed, '\s+') WITH ORDINALITY AS split (word, place)
             ORDER BY place), ' '));
    END IF;
    RETURN ARRAY(SELECT left(word, 100)
                   FROM unnest(v_words) WITH ORDINALITY AS split (word, place)
                  WHERE word <> '' GROUP BY word ORDER BY length(word) < 3, min(place) LIMIT 8);
END
$$;

-- A row for each word of a client and its contacts. `rank` is where it stands, the lowest first:
-- 0 the first word of the client's name, 1 in the name, 2 elsewhere in the client's data, 3 with a
-- contact. No foreign key: client_search has it, and both are written by triggers alone.
CREATE TABLE client_word (
    client_id   bigint NOT NULL,
    rank        smallint NOT NULL,
    word        text COLLATE "C" NOT NULL,
    name_folded text COLLATE "C" NOT NULL,
    PRIMARY KEY (client_id, word)
);

CREATE FUNCTION words_of_client(p_client client)
RETURNS TABLE (word text, rank smallint) LANGUAGE sql STABLE AS $$
    SELECT named.word, (CASE place WHEN 1 THEN 0 ELSE 1 END)::smallint
      FROM unnest(word_list(p_client.name)) WITH ORDINALITY AS named (word, place)
    UNION ALL
    SELECT known.word, 2::smallint
      FROM unnest(word_list(concat_ws(' ', p_client.legal_name, p_client.tax_id, p_client.city,
                                      web_domain(p_client.website)))
                  || phone_digits(p_client.phone)) AS known (word)
     WHERE known.word IS NOT NULL
$$;

CREATE FUNCTION words_of_contact(p_contact contact)
RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT array_remove(word_list(concat_ws(' ', p_contact.name, p_contact.email,
                                            web_domain(p_contact.email)))
                        || phone_digits(p_contact.phone) || phone_digits(p_contact.mobile), NULL)
$$;

-- All words of a client, each once.
CREATE FUNCTION words_to_find(p_client client)
RETURNS TABLE (word text, rank smallint) LANGUAGE sql STABLE AS $$
    SELECT left(found.word, 100), min(found.rank)
      FROM (SELECT own.word, own.rank FROM words_of_client(p_client) AS own
            UNION ALL
            SELECT theirs.word, 3::smallint
              FROM contact AS k
             CROSS JOIN unnest(words_of_contact(k)) AS theirs (word)
             WHERE k.client_id = p_client.id) AS found
     GROUP BY 1
$$;

-- The row is locked before anything is read: of two contacts written at once the second one to come
-- sees the first.
CREATE OR REPLACE FUNCTION find_again(p_client bigint)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_client client;
    v_words  text[];
    v_ranks  smallint[];
BEGIN
    PERFORM FROM client_search WHERE client_id = p_client FOR NO KEY UPDATE;
    SELECT * INTO v_client FROM client WHERE id = p_client;
    INSERT INTO client_search (client_id, name_folded, name_key)
    VALUES (p_client, v_client.name_folded, client_name_key(v_client.name))
    ON CONFLICT (client_id) DO UPDATE SET name_folded = excluded.name_folded,
        name_key = excluded.name_key
     WHERE client_search.name_folded <> excluded.name_folded;
    SELECT coalesce(array_agg(word), '{}'), coalesce(array_agg(rank), '{}') INTO v_words, v_ranks
      FROM words_to_find(v_client);
    DELETE FROM client_word WHERE client_id = p_client AND word <> ALL (v_words);
    INSERT INTO client_word (client_id, rank, word, name_folded)
    SELECT p_client, found.rank, found.word, v_client.name_folded
      FROM unnest(v_words, v_ranks) AS found (word, rank)
    ON CONFLICT (client_id, word) DO UPDATE SET rank = excluded.rank,
        name_folded = excluded.name_folded
     WHERE (client_word.rank, client_word.name_folded) <> (excluded.rank, excluded.name_folded);
END
$$;

CREATE OR REPLACE FUNCTION find_all_again()
RETURNS void LANGUAGE sql SET search_path = trato, pg_temp AS $$
    INSERT INTO client_search (client_id, name_folded, name_key)
    SELECT id, name_folded, client_name_key(name) FROM client
    ON CONFLICT (client_id) DO UPDATE SET name_folded = excluded.name_folded,
        name_key = excluded.name_key
     WHERE client_search.name_folded <> excluded.name_folded;
    DELETE FROM client_word;
    INSERT INTO client_word (client_id, rank, word, name_folded)
    SELECT c.id, found.rank, found.word, c.name_folded
      FROM client AS c CROSS JOIN LATERAL words_to_find(c) AS found
     ORDER BY c.id
$$;

-- New contacts only add words; another word, or another client, may take some away. Once for a
-- statement, so that a thousand contacts that move to another client are not read a thousand times.
DROP TRIGGER is_found ON contact;
CREATE FUNCTION contacts_are_found()
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
    RETURN NULL;
END
$$;
CREATE FUNCTION contacts_are_found_again()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM find_again(client_id)
           FROM (SELECT DISTINCT client_id FROM old_rows ORDER BY client_id) AS changed;
    ELSE
        PERFORM find_again(client_id)
           FROM (SELECT client_id
                   FROM (SELECT id, client_id, name, email, phone, mobile, 'old' FROM old_rows
                         UNION ALL
                         SELECT id, client_id, name, email, phone, mobile, 'new' FROM new_rows)
                        AS rows (id, client_id, name, email, phone, mobile, side)
                  GROUP BY id, client_id, name, email, phone, mobile
                 HAVING count(*) = 1) AS changed
          GROUP BY client_id ORDER BY client_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER is_found AFTER INSERT ON contact REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION contacts_are_found();
CREATE TRIGGER is_found_again AFTER UPDATE ON contact
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION contacts_are_found_again();
CREATE TRIGGER is_found_no_more AFTER DELETE ON contact REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION contacts_are_found_again();

-- The old helpers and the text that the words replace.
CREATE OR REPLACE FUNCTION client_is_found()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM find_again(NEW.id);
    RETURN NULL;
END
$$;
DROP FUNCTION client_words(client, text);
DROP FUNCTION contact_words(contact);
DROP FUNCTION search_patterns(text);
ALTER TABLE client_search DROP COLUMN words;
SELECT find_all_again();
CREATE INDEX client_word_order ON client_word (rank, word, name_folded, client_id);
CREATE TRIGGER keep_all_as_written BEFORE TRUNCATE ON client_word
    FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
CREATE TRIGGER sees_the_present BEFORE INSERT OR UPDATE OR DELETE ON client_word
    FOR EACH STATEMENT WHEN (current_setting('transaction_isolation') IN
                             ('repeatable read', 'serializable'))
    EXECUTE FUNCTION refuse_old_snapshot();

-- A page of those of the words' rows that a list shows, behind (before) the row p_from: a client
-- stands where the first of its words that begins with the first word typed does. p_steps: looks
-- at so many rows of each rank and no more. The sub-selects stay sub-selects: joins would be
-- planned for all rows, and these are asked of a page's. Each end of a range is said once: of two
-- conditions on the same end an index takes one, and not always the narrow one.
CREATE FUNCTION walk_words(p_words text[], p_forward boolean, p_limit integer, p_from client_word,
    p_archived boolean, p_steps integer DEFAULT NULL)
RETURNS SETOF client_word LANGUAGE plpgsql STABLE ROWS 60 SET search_path = trato, pg_temp
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
    v_edge  client_word := CASE WHEN p_forward THEN ROW (0, 0, p_words[1], '') ELSE
        ROW (9223372036854775807, 3, p_words[1] || chr(1114111), '') END;
    v_at    client_word := coalesce(p_from, v_edge);
    v_left  integer := p_limit;
    v_found integer;
    v_query text := format($q$
        SELECT w.* FROM (
            SELECT * FROM client_word
             WHERE rank = $1 AND (word, name_folded, client_id) %1$s ($3, $4, $5) AND word %3$s
             ORDER BY word %2$s, name_folded %2$s, client_id %2$s LIMIT $6) AS w
         WHERE (SELECT true FROM client_word AS before
                 WHERE before.client_id = w.client_id AND before.word >= $2
                   AND before.word < $2 || chr(1114111)
                   AND (before.rank, before.word) < (w.rank, w.word) LIMIT 1) IS NULL
           AND (SELECT true FROM unnest($7) AS other
                 WHERE (SELECT true FROM client_word AS its
                         WHERE its.client_id = w.client_id AND its.word >= other
                           AND its.word < other || chr(1114111) LIMIT 1) IS NULL LIMIT 1) IS NULL
           AND ($8 OR NOT (SELECT archived FROM client WHERE id = w.client_id))
         ORDER BY w.word %2$s, w.name_folded %2$s, w.client_id %2$s LIMIT $9 $q$,
        CASE WHEN p_forward THEN '>' ELSE '<' END, CASE WHEN p_forward THEN 'ASC' ELSE 'DESC' END,
        CASE WHEN p_forward THEN '< $2 || chr(1114111)' ELSE '>= $2' END);
BEGIN
    WHILE v_at.rank BETWEEN 0 AND 3 AND v_left > 0 LOOP
        RETURN QUERY EXECUTE v_query USING v_at.rank, p_words[1], v_at.word, v_at.name_folded,
            v_at.client_id, p_steps, p_words[2:], p_archived, v_left;
        GET DIAGNOSTICS v_found = ROW_COUNT;
        v_left := v_left - v_found;
        v_edge.rank := v_at.rank + CASE WHEN p_forward THEN 1 ELSE -1 END;
        v_at := v_edge;
    END LOOP;
END
$$;

-- A page of the clients that are given, as walk_words has it.
CREATE FUNCTION words_in_order(p_clients bigint[], p_typed text, p_forward boolean, p_limit integer,
    p_from client_word, p_archived boolean)
RETURNS SETOF client_word LANGUAGE plpgsql STABLE ROWS 60 SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        SELECT w.client_id, w.rank, w.word, w.name_folded
          FROM unnest($1) AS given (id)
         CROSS JOIN LATERAL (
               SELECT * FROM client_word
                WHERE client_id = given.id AND word >= $2 AND word < $2 || chr(1114111)
                ORDER BY rank, word LIMIT 1) AS w
         WHERE ($3 IS NULL OR (w.rank, w.word, w.name_folded, w.client_id) %1$s ($3, $4, $5, $6))
           AND ($7 OR NOT (SELECT archived FROM client WHERE id = given.id))
         ORDER BY w.rank %2$s, w.word %2$s, w.name_folded %2$s, w.client_id %2$s LIMIT $8 $q$,
        CASE WHEN p_forward THEN '>' ELSE '<' END, CASE WHEN p_forward THEN 'ASC' ELSE 'DESC' END)
      USING p_clients, p_typed, p_from.rank, p_from.word, p_from.name_folded, p_from.client_id,
            p_archived, p_limit;
END
$$;

-- Of these clients those that have all these words.
CREATE FUNCTION clients_with_words(p_clients bigint[], p_words text[])
RETURNS bigint[] LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp
SET enable_seqscan = off AS $$
BEGIN
    RETURN ARRAY(SELECT id FROM unnest(p_clients) AS given (id)
                  WHERE (SELECT true FROM unnest(p_words) AS other
                          WHERE (SELECT true FROM client_word AS its
                                  WHERE its.client_id = given.id AND its.word >= other
                                    AND its.word < other || chr(1114111) LIMIT 1) IS NULL
                          LIMIT 1) IS NULL);
END
$$;

-- A page of clients that have all of several words. One that few have is looked up, and each of its
-- clients is asked for the others. Where all are frequent, a page is full after some steps, or after
-- more of them where the first ones promise it; hardly any client is without a word that begins with
-- these one or two letters. Else the clients of two words are laid upon each other: of the longest,
-- which tend to be the rarest.
CREATE FUNCTION walk_several_words(p_words text[], p_forward boolean, p_limit integer,
    p_from client_word, p_archived boolean)
RETURNS SETOF client_word LANGUAGE plpgsql STABLE ROWS 60 SET search_path = trato, pg_temp
SET work_mem = '32MB' AS $$
DECLARE
    c_few     CONSTANT integer := 1000;
    c_steps   CONSTANT integer := 150;
    c_far     CONSTANT integer := 5000;
    c_range   CONSTANT text := 'SELECT client_id FROM client_word WHERE rank = ANY (''{0,1,2,3}'')'
        ' AND word >= %1$L AND word < %1$L || chr(1114111)';
    v_longest text[] := ARRAY(SELECT word FROM unnest(p_words) AS word ORDER BY length(word) DESC, word);
    v_word    text;
    v_page    client_word[];
    v_clients bigint[];
    v_fewest  bigint[];
    v_steps   integer;
BEGIN
    FOREACH v_word IN ARRAY v_longest LOOP
        EXECUTE format('SELECT array_agg(client_id) FROM (' || c_range || ' LIMIT %2$s) AS first',
                       v_word, coalesce(cardinality(v_fewest), c_few)) INTO v_clients;
        IF v_clients IS NULL THEN
            RETURN;
        ELSIF cardinality(v_clients) < coalesce(cardinality(v_fewest), c_few) THEN
            v_fewest := v_clients;
        END IF;
    END LOOP;
    IF v_fewest IS NULL THEN
        v_steps := c_steps;
        LOOP
            v_page := ARRAY(SELECT w FROM walk_words(p_words, p_forward, p_limit, p_from, p_archived,
                                                     v_steps) AS w);
            IF cardinality(v_page) = p_limit OR v_steps IS NULL THEN
                RETURN QUERY SELECT * FROM unnest(v_page);
                RETURN;
            END IF;
            EXIT WHEN v_steps > c_steps;
            v_steps := CASE WHEN length(v_longest[2]) > 2
                            THEN 2 * c_steps * p_limit / (cardinality(v_page) + 1) END;
            EXIT WHEN v_steps > c_far;
        END LOOP;
        EXECUTE format('SELECT array_agg(client_id) FROM (' || c_range || ' INTERSECT '
                       || replace(c_range, '%1$L', '%2$L') || ') AS w', v_longest[1], v_longest[2])
          INTO v_fewest;
        v_longest := v_longest[3:];
    END IF;
    v_clients := clients_with_words(ARRAY(SELECT DISTINCT unnest(v_fewest)), v_longest);
    RETURN QUERY SELECT * FROM words_in_order(v_clients, p_words[1], p_forward, p_limit, p_from,
                                              p_archived);
END
$$;

-- A page of clients behind (before, in reverse order) the one whose row is given by p_client and
-- the next three; all of them, or those that were looked for: below three letters by the beginning
-- of the name, in the order of names, else by words, those first that have it in their name.
CREATE FUNCTION found_clients(p_typed text, p_forward boolean, p_limit integer,
    p_client bigint DEFAULT NULL, p_rank smallint DEFAULT NULL, p_word text DEFAULT NULL,
    p_name_folded text DEFAULT NULL, p_archived boolean DEFAULT true)
RETURNS SETOF client_word LANGUAGE plpgsql STABLE ROWS 60 SET search_path = trato, pg_temp SET jit = off AS $$
DECLARE
    v_words CONSTANT text[] := typed_words(p_typed);
    v_name  CONSTANT text := coalesce(fold(btrim(p_typed)), '');
    v_from  client_word;
BEGIN
    IF p_typed IS NULL OR length(btrim(p_typed)) IN (1, 2) THEN
        RETURN QUERY EXECUTE format($q$
            SELECT client_id, NULL::smallint, NULL::text, name_folded FROM client_search
             WHERE (name_folded, client_id) %1$s ($2, $3) AND name_folded %3$s
               AND ($4 OR NOT (SELECT archived FROM client WHERE id = client_id))
             ORDER BY name_folded %2$s, client_id %2$s LIMIT $5 $q$,
            CASE WHEN p_forward THEN '>' ELSE '<' END,
            CASE WHEN p_forward THEN 'ASC' ELSE 'DESC' END,
            CASE WHEN p_forward THEN '< $1 || chr(1114111)' ELSE '>= $1' END)
          USING v_name, coalesce(p_name_folded, v_name || CASE WHEN p_forward THEN '' ELSE chr(1114111) END),
                coalesce(p_client, 0), p_archived, p_limit;
        RETURN;
    END IF;
    IF p_client IS NOT NULL THEN
        v_from := ROW (p_client, p_rank, p_word, p_name_folded);
    END IF;
    IF cardinality(v_words) = 1 THEN
        RETURN QUERY SELECT * FROM walk_words(v_words, p_forward, p_limit, v_from, p_archived);
    ELSIF cardinality(v_words) > 1 THEN
        RETURN QUERY SELECT * FROM walk_several_words(v_words, p_forward, p_limit, v_from, p_archived);
    END IF;
END
$$;

-- Whose words were meant, where they are not the client's own: the name of a contact.
CREATE FUNCTION contact_meant(p_client bigint, p_typed text)
RETURNS text LANGUAGE plpgsql STABLE STRICT SET search_path = trato, pg_temp AS $$
DECLARE
    v_word text;
BEGIN
    IF length(btrim(p_typed)) < 3 THEN
        RETURN NULL;
    END IF;
    FOREACH v_word IN ARRAY typed_words(p_typed) LOOP
        IF (SELECT min(rank) FROM client_word WHERE client_id = p_client AND word >= v_word
               AND word < v_word || chr(1114111)) = 3 THEN
            RETURN (SELECT name FROM contact AS k
                     WHERE client_id = p_client
                       AND EXISTS (SELECT FROM unnest(words_of_contact(k)) AS its (word)
                                    WHERE starts_with(its.word, v_word))
                     ORDER BY NOT active, id LIMIT 1);
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

-- Some of the clients that have words that begin so, those first that have them in their name.
CREATE FUNCTION clients_alike(p_words text[], p_limit integer)
RETURNS bigint[] LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN CASE WHEN cardinality(p_words) = 1
                THEN ARRAY(SELECT client_id FROM walk_words(p_words, true, p_limit, NULL, true))
                ELSE ARRAY(SELECT client_id FROM walk_several_words(p_words, true, p_limit, NULL, true))
           END;
END
$$;

-- Clients that may be the one that is being entered, the surest first. `why`: tax_id (which the
-- unique index refuses), domain, phone, name. A similar name is looked for among those that have
-- words that begin alike, all of them or all but one of three and more.
CREATE OR REPLACE FUNCTION similar_clients(p_client bigint, p_country text, p_tax_id text, p_name text,
    p_website text, p_phone text)
RETURNS TABLE (id bigint, name text, city text, archived boolean, why text)
LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp SET jit = off AS $$
DECLARE
    c_most    CONSTANT integer := 60;
    v_country CONSTANT text := upper(coalesce(filled(p_country), 'ES'));
    v_tax_id  CONSTANT text := filled(upper(translate(p_tax_id, ' .-/', '')));
    v_domain  CONSTANT text := web_domain(p_website);
    v_site    CONSTANT text[] := word_list(v_domain);
    v_phone   CONSTANT text := phone_digits(p_phone);
    v_name    CONSTANT text := client_name_key(p_name);
    v_stems   text[];
    v_likely  bigint[];
BEGIN
    IF length(v_name) >= 3 THEN
        v_stems := ARRAY(SELECT left(word, greatest(4, length(word) - 2))
                           FROM unnest(string_to_array(v_name, ' ')) AS word
                          ORDER BY length(word) DESC LIMIT 5);
        v_likely := ARRAY(SELECT s.client_id FROM client_search AS s
                           WHERE s.name_key = v_name LIMIT c_most)
            || clients_alike(v_stems, c_most);
        FOR i IN 1..CASE WHEN cardinality(v_stems) > 2 THEN cardinality(v_stems) ELSE 0 END LOOP
            EXIT WHEN cardinality(v_likely) >= c_most;
            v_likely := v_likely || clients_alike(v_stems[:i - 1] || v_stems[i + 1:], c_most);
        END LOOP;
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
DROP INDEX client_search_name_key;
CREATE INDEX client_search_name_key ON client_search (name_key);

GRANT SELECT ON client_word TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
GRANT EXECUTE ON FUNCTION word_list(text), typed_words(text),
    walk_words(text[], boolean, integer, client_word, boolean, integer),
    words_in_order(bigint[], text, boolean, integer, client_word, boolean),
    clients_with_words(bigint[], text[]),
    walk_several_words(text[], boolean, integer, client_word, boolean),
    found_clients(text, boolean, integer, bigint, smallint, text, text, boolean),
    clients_alike(text[], integer), words_of_contact(contact), contact_meant(bigint, text)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
