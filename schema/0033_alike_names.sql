-- Names that are alike are found by whole entries of their index, four letters of each word: beginnings
-- of words of any length have to be gathered from many entries, several times as slowly.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

CREATE FUNCTION name_stems(p_name_key text)
RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT left(word, 4) FROM unnest(string_to_array(p_name_key, ' ')) AS word)
$$;
GRANT EXECUTE ON FUNCTION name_stems(text) TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
DROP INDEX client_search_name_words;
CREATE INDEX client_search_name_stems ON client_search
    USING gin (array_to_tsvector(trato.name_stems(name_key))) WITH (fastupdate = off);

-- Clients that may be the one that is being entered, the surest first. `why`: tax_id (which the
-- unique index refuses), domain, phone, name. A similar name is looked for among those of which the
-- words begin alike: all of them, then all but one of three and more.
CREATE OR REPLACE FUNCTION similar_clients(p_client bigint, p_country text, p_tax_id text, p_name text,
    p_website text, p_phone text)
RETURNS TABLE (id bigint, name text, city text, archived boolean, why text)
LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp SET jit = off AS $$
DECLARE
    c_same    CONSTANT integer := 60;
    c_alike   CONSTANT integer := 1000;
    v_country CONSTANT text := upper(coalesce(filled(p_country), 'ES'));
    v_tax_id  CONSTANT text := filled(upper(translate(p_tax_id, ' .-/', '')));
    v_domain  CONSTANT text := web_domain(p_website);
    v_site    CONSTANT text[] := word_list(v_domain);
    v_phone   CONSTANT text := phone_digits(p_phone);
    v_name    CONSTANT text := client_name_key(p_name);
    v_stems   text[];
    v_alike   tsquery;
    v_more    boolean := false;
    v_likely  bigint[];
BEGIN
    IF length(v_name) >= 3 THEN
        v_stems := ARRAY(SELECT left(word, 4) FROM unnest(string_to_array(v_name, ' ')) AS word
                          GROUP BY 1 ORDER BY max(length(word)) DESC, 1 LIMIT 5);
        v_likely := ARRAY(SELECT s.client_id FROM client_search AS s WHERE s.name_key = v_name LIMIT c_same);
        IF cardinality(v_stems) = 1 THEN
            v_likely := v_likely
                || ARRAY(SELECT client_id FROM walk_words(string_to_array(v_name, ' '), true, c_same, NULL, true));
        ELSE
            v_alike := '''' || array_to_string(v_stems, ''' & ''') || '''';
            LOOP
                v_likely := v_likely
                    || ARRAY(SELECT client_id
                               FROM (SELECT s.client_id, similarity(s.name_key, v_name) AS score
                                       FROM client_search AS s
                                      WHERE array_to_tsvector(name_stems(s.name_key)) @@ v_alike
                                      LIMIT c_alike) AS alike
                              WHERE score >= 0.6 ORDER BY score DESC LIMIT c_same);
                EXIT WHEN cardinality(v_likely) >= c_same OR v_more OR cardinality(v_stems) < 3;
                v_more := true;
                v_alike := (SELECT string_agg('''' || array_to_string(v_stems[:i - 1] || v_stems[i + 1:], ''' & ''') || '''', ' | ')
                              FROM generate_series(1, cardinality(v_stems)) AS i)::tsquery;
            END LOOP;
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
