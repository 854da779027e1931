-- Finding clients by anything that is known of them, and those that may be the same one. What is
-- searched stands in a table of its own, kept by triggers: one index answers for a client and all
-- its contacts, and an edit of neither pays for the other's history.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- Words between single blanks: case, accents and punctuation aside.
CREATE FUNCTION search_words(value text)
RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = trato, pg_temp AS $$
BEGIN
    RETURN btrim(regexp_replace(translate(fold(value), '-_/\,;:()[]{}<>"''«»·|*!?¿¡+%#=' || E'\t\r\n',
                                          repeat(' ', 35)), ' {2,}', ' ', 'g'));
END
$$;

-- The digits of a telephone; the Spanish prefix is left out, since some write it and some do not.
CREATE FUNCTION phone_digits(value text)
RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT nullif(regexp_replace(regexp_replace(value, '^\s*(\+|00)\s*34', ''), '[^0-9]', '', 'g'), '')
$$;

-- acme.es, of https://www.acme.es/contact as of eva@acme.es.
CREATE FUNCTION web_domain(value text)
RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT (regexp_match(lower(btrim(value)),
                         '^(?:[a-z]+://)?(?:[^/@]*@)?(?:www\.)?([^/:@\s]+\.[^/:@\s]+)(?:[/:]|$)'))[1]
$$;

-- A client's name for comparing: without its legal form and the small words between.
CREATE FUNCTION client_name_key(value text)
RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = trato, pg_temp AS $$
DECLARE
    v_words text := ' ' || replace(replace(search_words(value), '.', ''), ' ', '  ') || ' ';
BEGIN
    v_words := regexp_replace(v_words, ' (sl|slu|sll|slne|slp|sa|sau|sal|sad|scp|cb|scoop|coop|aie|ute'
        '|ltd|limited|gmbh|ag|sarl|sas|lda|inc|bv|srl|spa|sociedad|limitada|anonima|unipersonal'
        '|de|del|la|las|los|el|y|e|i|and) ', ' ', 'g');
    RETURN coalesce(nullif(btrim(regexp_replace(v_words, ' {2,}', ' ', 'g')), ''), search_words(value));
END
$$;

-- Patterns that all have to fit, the longest first; empty where nothing to look for was typed. A
-- word typed is the beginning of a word that is known; a number may be written with blanks.
CREATE FUNCTION search_patterns(typed text)
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
        v_words := ARRAY(SELECT search_words(coalesce(CASE WHEN word ~* '^(@|www\.|[a-z]+://)'
                                                           THEN web_domain(word) END, ltrim(word, '@')))
                           FROM regexp_split_to_table(typed, '\s+') AS word);
        -- What its own punctuation has taken apart.
        v_words := string_to_array(array_to_string(v_words, ' '), ' ');
    END IF;
    RETURN ARRAY(SELECT '% ' || word || '%' FROM unnest(v_words) AS word
                  WHERE word <> '' ORDER BY length(word) DESC, word LIMIT 8);
END
$$;

-- The index of what was searched before; the lists of actions and notices still read the column.
DROP INDEX client_search;

CREATE TABLE client_search (
    client_id   bigint PRIMARY KEY REFERENCES client,
    name_folded text COLLATE "C" NOT NULL,
    name_key    text COLLATE "C" NOT NULL,
    words       text COLLATE "C" NOT NULL
);

CREATE FUNCTION contact_words(p_contact contact)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT concat_ws(' ', search_words(concat_ws(' ', p_contact.name, p_contact.email)),
                     search_words(web_domain(p_contact.email)), phone_digits(p_contact.phone),
                     phone_digits(p_contact.mobile))
$$;

CREATE FUNCTION client_words(p_client client, p_contacts text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT concat(' ', concat_ws(' ', search_words(concat_ws(' ', p_client.name, p_client.legal_name,
                                                             p_client.tax_id, p_client.city)),
                                 search_words(web_domain(p_client.website)),
                                 phone_digits(p_client.phone), p_contacts), ' ')
$$;

-- The row is locked before anything is read: of two contacts written at once the second one to come
-- sees the first.
CREATE FUNCTION find_again(p_client bigint)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
BEGIN
    PERFORM FROM client_search WHERE client_id = p_client FOR NO KEY UPDATE;
    INSERT INTO client_search (client_id, name_folded, name_key, words)
    SELECT c.id, c.name_folded, client_name_key(c.name),
           client_words(c, (SELECT string_agg(contact_words(k), ' ' ORDER BY k.id)
                              FROM contact AS k WHERE k.client_id = c.id))
      FROM client AS c WHERE c.id = p_client
    ON CONFLICT (client_id) DO UPDATE SET name_folded = excluded.name_folded,
        name_key = excluded.name_key, words = excluded.words;
END
$$;

CREATE FUNCTION client_is_found()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'client' THEN
        PERFORM find_again(NEW.id);
    ELSE
        IF TG_OP <> 'INSERT' THEN
            PERFORM find_again(OLD.client_id);
        END IF;
        IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.client_id <> OLD.client_id) THEN
            PERFORM find_again(NEW.client_id);
        END IF;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER is_found AFTER INSERT OR UPDATE OF name, legal_name, tax_id, city, website, phone
    ON client FOR EACH ROW EXECUTE FUNCTION client_is_found();
CREATE TRIGGER is_found AFTER INSERT OR DELETE OR UPDATE OF client_id, name, email, phone, mobile
    ON contact FOR EACH ROW EXECUTE FUNCTION client_is_found();

-- Everything as it should be, for who has written rows past the triggers.
CREATE FUNCTION find_all_again()
RETURNS void LANGUAGE sql SET search_path = trato, pg_temp AS $$
    INSERT INTO client_search (client_id, name_folded, name_key, words)
    SELECT c.id, c.name_folded, client_name_key(c.name), client_words(c, k.words)
      FROM client AS c
      LEFT JOIN (SELECT client_id, string_agg(contact_words(contact), ' ' ORDER BY id) AS words
                   FROM contact GROUP BY client_id) AS k ON k.client_id = c.id
    ON CONFLICT (client_id) DO UPDATE SET name_folded = excluded.name_folded,
        name_key = excluded.name_key, words = excluded.words
$$;
SELECT find_all_again();

CREATE INDEX client_search_order ON client_search (name_folded, client_id);
CREATE INDEX client_search_words ON client_search USING gin (words gin_trgm_ops);
CREATE INDEX client_search_name_key ON client_search USING gin (name_key gin_trgm_ops);
-- Rare words are found by the index, frequent ones by walking the names: this tells them apart.
ALTER TABLE client_search ALTER COLUMN words SET STATISTICS 1000;
CREATE TRIGGER keep_all_as_written BEFORE TRUNCATE ON client_search
    FOR EACH STATEMENT EXECUTE FUNCTION keep_as_written();
CREATE TRIGGER sees_the_present BEFORE INSERT OR UPDATE OR DELETE ON client_search
    FOR EACH STATEMENT WHEN (current_setting('transaction_isolation') IN
                             ('repeatable read', 'serializable'))
    EXECUTE FUNCTION refuse_old_snapshot();

-- Clients that may be the one that is being entered, the surest first. `why`: tax_id (which the
-- unique index refuses), domain, phone, name.
CREATE FUNCTION similar_clients(p_client bigint, p_country text, p_tax_id text, p_name text,
    p_website text, p_phone text)
RETURNS TABLE (id bigint, name text, city text, archived boolean, why text)
LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp
SET pg_trgm.similarity_threshold = 0.6 AS $$
DECLARE
    v_country CONSTANT text := upper(coalesce(filled(p_country), 'ES'));
    v_tax_id  CONSTANT text := filled(upper(translate(p_tax_id, ' .-/', '')));
    v_domain  CONSTANT text := search_words(web_domain(p_website));
    v_phone   CONSTANT text := phone_digits(p_phone);
    v_name    CONSTANT text := client_name_key(p_name);
BEGIN
    RETURN QUERY
    SELECT c.id, c.name, c.city, c.archived, found.why
      FROM (SELECT DISTINCT ON (hit.client_id) hit.client_id, hit.why, hit.rank, hit.score
              FROM (SELECT own.id AS client_id, 'tax_id' AS why, 1 AS rank, 1::real AS score
                      FROM client AS own
                     WHERE own.country = v_country AND own.tax_id = v_tax_id
                    UNION ALL
                    (SELECT s.client_id, 'domain', 2, 1 FROM client_search AS s
                      WHERE v_domain !~ '^(gmail|hotmail|outlook|yahoo|icloud|live|telefonica|movistar)\.'
                        AND s.words LIKE '% ' || v_domain || ' %' LIMIT 8)
                    UNION ALL
                    (SELECT s.client_id, 'phone', 3, 1 FROM client_search AS s
                      WHERE length(v_phone) >= 6 AND s.words LIKE '% ' || v_phone || ' %' LIMIT 8)
                    UNION ALL
                    (SELECT s.client_id, 'name', 4, similarity(s.name_key, v_name)
                       FROM client_search AS s
                      WHERE length(v_name) >= 3 AND s.name_key % v_name
                      ORDER BY 4 DESC LIMIT 8)) AS hit
             WHERE hit.client_id IS DISTINCT FROM p_client
             ORDER BY hit.client_id, hit.rank) AS found
      JOIN client AS c ON c.id = found.client_id
     ORDER BY found.rank, found.score DESC, c.name_folded, c.id
     LIMIT 5;
END
$$;

-- Says who has the tax id; that nobody else gets it, client_tax_id_unique sees to.
CREATE FUNCTION client_tax_id_is_free()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_other client;
BEGIN
    SELECT * INTO v_other FROM client
     WHERE country = NEW.country AND tax_id = NEW.tax_id AND id <> NEW.id;
    IF FOUND THEN
        RAISE EXCEPTION USING ERRCODE = '23505', CONSTRAINT = 'client_tax_id_unique', TABLE = 'client',
            MESSAGE = 'another client has this tax id',
            DETAIL = 'client=' || translate(v_other.name, E'\n\r', '  ') || E'\nclient_id=' || v_other.id;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER tax_id_is_free BEFORE INSERT OR UPDATE OF tax_id, country ON client
    FOR EACH ROW WHEN (NEW.tax_id IS NOT NULL) EXECUTE FUNCTION client_tax_id_is_free();

GRANT SELECT ON client_search TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
GRANT EXECUTE ON FUNCTION search_words(text), phone_digits(text), web_domain(text),
    client_name_key(text), search_patterns(text),
    similar_clients(bigint, text, text, text, text, text)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
