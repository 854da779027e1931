-- A file may be imported twice, also after an interruption: a row that is there already, with all
-- that it says, is no mistake. And what spreadsheets have done to numbers is undone, or told.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- A cell of one line, whatever blanks and line breaks came with it.
CREATE FUNCTION import_line(p_cell text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT trato.filled(regexp_replace(translate(p_cell, U&'\00A0\202F', '  '),
                                       '\s*[\r\n\t]+\s*', ' ', 'g'))
$$;

-- Digits that went through a spreadsheet, with either decimal sign: 600123456,0 is a whole number
-- still, of 6,00E+08 some are lost.
CREATE FUNCTION import_digits(p_cell text)
RETURNS text LANGUAGE plpgsql IMMUTABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_cell text := import_line(p_cell);
BEGIN
    IF v_cell ~ '^\d([.,]\d+)?[Ee]\+\d+$' THEN
        PERFORM refuse('import_number_rounded', 'a spreadsheet has rounded this number',
                       'number=' || v_cell);
    END IF;
    RETURN regexp_replace(v_cell, '^(\d+)[.,]0+$', '\1');
END
$$;

-- As client has them; ES before a Spanish one is its form in the European Union.
CREATE FUNCTION import_tax_id(p_cell text)
RETURNS text LANGUAGE sql IMMUTABLE SET search_path = trato, pg_temp AS $$
    SELECT filled(regexp_replace(upper(translate(import_digits(p_cell), ' .-/', '')),
                                 '^ES([0-9A-Z]\d{7}[0-9A-Z])$', '\1'))
$$;

-- The first zero of a Spanish one is what a number loses.
CREATE FUNCTION import_postcode(p_cell text, p_country text)
RETURNS text LANGUAGE sql IMMUTABLE SET search_path = trato, pg_temp AS $$
    SELECT CASE WHEN p_country = 'ES' THEN regexp_replace(import_digits(p_cell), '^\d{4}$', '0\&')
           ELSE import_digits(p_cell) END
$$;

DROP FUNCTION import_client(jsonb), import_contact(jsonb), import_division(jsonb);

-- Each says whether it has made something. Without somebody to ask, a client that looks like one
-- that is there is refused: the same name, and neither another tax id nor another city tells them
-- apart.
CREATE FUNCTION import_client(p_row jsonb)
RETURNS boolean LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_row    client;
    v_folded text;
BEGIN
    v_row.legal_name := import_line(p_row ->> 'legal_name');
    v_row.name := coalesce(import_line(p_row ->> 'name'), v_row.legal_name);
    v_row.country := import_country(import_line(p_row ->> 'country'));
    v_row.tax_id := import_tax_id(p_row ->> 'tax_id');
    v_row.address := import_line(p_row ->> 'address');
    v_row.city := import_line(p_row ->> 'city');
    v_row.postcode := import_postcode(p_row ->> 'postcode', v_row.country);
    v_row.province := import_line(p_row ->> 'province');
    v_row.phone := import_digits(p_row ->> 'phone');
    v_row.website := import_line(p_row ->> 'website');
    v_row.notes := filled(p_row ->> 'notes');
    v_folded := fold(v_row.name);
    IF EXISTS (SELECT FROM client WHERE name_folded = v_folded) THEN
        -- Found by the name alone: as long as nothing is known of a new table, the planner takes
        -- the index on the country, which nearly all of them share.
        IF EXISTS (SELECT FROM (SELECT * FROM client WHERE name_folded = v_folded OFFSET 0) AS old
                    WHERE name = v_row.name AND NOT archived AND country = v_row.country
                      AND coalesce(old.tax_id = v_row.tax_id, v_row.tax_id IS NULL)
                      AND coalesce(old.legal_name = v_row.legal_name, v_row.legal_name IS NULL)
                      AND coalesce(old.address = v_row.address, v_row.address IS NULL)
                      AND coalesce(old.city = v_row.city, v_row.city IS NULL)
                      AND coalesce(old.postcode = v_row.postcode, v_row.postcode IS NULL)
                      AND coalesce(old.province = v_row.province, v_row.province IS NULL)
                      AND coalesce(old.phone = v_row.phone, v_row.phone IS NULL)
                      AND coalesce(old.website = v_row.website, v_row.website IS NULL)
                      AND coalesce(old.notes = v_row.notes, v_row.notes IS NULL)) THEN
            RETURN false;
        ELSIF EXISTS (SELECT FROM client
                       WHERE name_folded = v_folded AND (tax_id IS NULL OR v_row.tax_id IS NULL)
                         AND (city IS NULL OR v_row.city IS NULL
                              OR fold(city) = fold(v_row.city))) THEN
            PERFORM refuse('client_name_once', 'a client of this name is there already');
        END IF;
    END IF;
    INSERT INTO client (name, legal_name, tax_id, address, city, postcode, province, country,
                        phone, website, notes)
    VALUES (v_row.name, v_row.legal_name, v_row.tax_id, v_row.address, v_row.city, v_row.postcode,
            v_row.province, v_row.country, v_row.phone, v_row.website, v_row.notes);
    RETURN true;
END
$$;

-- The client that a contact or a division names: by tax id, else by name, and only one.
CREATE OR REPLACE FUNCTION import_client_id(p_row jsonb)
RETURNS bigint LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_tax_id text := import_tax_id(p_row ->> 'client_tax_id');
    v_name   text := import_line(p_row ->> 'client');
    v_ids    bigint[];
    v_all    bigint;
BEGIN
    IF v_tax_id IS NULL AND v_name IS NULL THEN
        PERFORM refuse('client_required', 'the row names no client');
    ELSIF v_tax_id IS NULL THEN
        SELECT array_agg(id) FILTER (WHERE NOT archived), count(*) INTO v_ids, v_all
          FROM (SELECT id, archived FROM client WHERE name_folded = fold(v_name)
                 ORDER BY archived LIMIT 2) AS found;
    ELSE
        SELECT array_agg(id) FILTER (WHERE NOT archived), count(*) INTO v_ids, v_all
          FROM client WHERE tax_id = v_tax_id;
    END IF;
    IF v_all = 0 THEN
        PERFORM refuse('client_not_found', 'there is no such client',
                       'client=' || coalesce(v_tax_id, v_name));
    ELSIF v_ids IS NULL THEN
        PERFORM refuse('client_is_archived', 'this client is archived');
    ELSIF cardinality(v_ids) > 1 THEN
        PERFORM refuse('client_not_clear', 'several clients are called so',
                       'client=' || coalesce(v_tax_id, v_name));
    END IF;
    RETURN v_ids[1];
END
$$;

CREATE FUNCTION import_contact(p_row jsonb)
RETURNS boolean LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_row contact;
BEGIN
    v_row.client_id := import_client_id(p_row);
    v_row.name := filled(concat_ws(' ', import_line(p_row ->> 'name'),
                                   import_line(p_row ->> 'surname')));
    v_row.job_title := import_line(p_row ->> 'job_title');
    v_row.email := import_line(p_row ->> 'email');
    v_row.phone := import_digits(p_row ->> 'phone');
    v_row.mobile := import_digits(p_row ->> 'mobile');
    v_row.notes := filled(p_row ->> 'notes');
    IF EXISTS (SELECT FROM contact AS old
                WHERE client_id = v_row.client_id AND name = v_row.name AND active
                  AND coalesce(old.job_title = v_row.job_title, v_row.job_title IS NULL)
                  AND coalesce(old.email = v_row.email, v_row.email IS NULL)
                  AND coalesce(old.phone = v_row.phone, v_row.phone IS NULL)
                  AND coalesce(old.mobile = v_row.mobile, v_row.mobile IS NULL)
                  AND coalesce(old.notes = v_row.notes, v_row.notes IS NULL)) THEN
        RETURN false;
    ELSIF EXISTS (SELECT FROM contact
                   WHERE client_id = v_row.client_id AND fold(name) = fold(v_row.name)
                     AND (email IS NULL OR v_row.email IS NULL
                          OR lower(email) = lower(v_row.email))) THEN
        PERFORM refuse('contact_name_once', 'this client has a contact of this name already');
    END IF;
    INSERT INTO contact (client_id, name, job_title, email, phone, mobile, notes)
    VALUES (v_row.client_id, v_row.name, v_row.job_title, v_row.email, v_row.phone, v_row.mobile,
            v_row.notes);
    RETURN true;
END
$$;

CREATE FUNCTION import_division(p_row jsonb)
RETURNS boolean LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_row  division;
    v_area text := import_line(p_row ->> 'area');
BEGIN
    v_row.client_id := import_client_id(p_row);
    v_row.name := import_line(p_row ->> 'name');
    v_row.notes := filled(p_row ->> 'notes');
    IF v_area IS NOT NULL THEN
        SELECT id INTO v_row.area_id FROM area WHERE fold(name) = fold(v_area) AND active;
        IF NOT FOUND THEN
            PERFORM refuse('area_not_found', 'there is no such area', 'area=' || v_area);
        END IF;
    END IF;
    IF EXISTS (SELECT FROM division AS old
                WHERE client_id = v_row.client_id AND name = v_row.name AND active
                  AND coalesce(old.area_id = v_row.area_id, v_row.area_id IS NULL)
                  AND coalesce(old.notes = v_row.notes, v_row.notes IS NULL)) THEN
        RETURN false;
    END IF;
    INSERT INTO division (client_id, name, area_id, notes)
    VALUES (v_row.client_id, v_row.name, v_row.area_id, v_row.notes);
    RETURN true;
END
$$;

-- Each row by itself: what is wrong with one keeps no other out. The refused ones are answered
-- with what a refusal tells; whoever wants all or nothing rolls the transaction back. A plan that was
-- made for a small table reads all of it, also when 100,000 rows have come: hence the setting.
CREATE OR REPLACE FUNCTION import_rows(p_request uuid, p_entity text, p_rows jsonb)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp
SET enable_seqscan = off AS $$
DECLARE
    v_result    jsonb := earlier_result(p_request, 'import_rows');
    v_row       jsonb;
    v_made      boolean;
    v_imported  integer := 0;
    v_unchanged integer := 0;
    v_refused   jsonb[] := '{}';
    v_state     text;
    v_rule      text;
    v_column    text;
    v_message   text;
    v_detail    text;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF coalesce(p_entity NOT IN ('client', 'contact', 'division'), true) THEN
        PERFORM refuse('import_entity_known', 'clients, contacts and divisions can be imported');
    ELSIF jsonb_typeof(p_rows) IS DISTINCT FROM 'array' OR jsonb_array_length(p_rows) > 5000 THEN
        PERFORM refuse('import_rows_range', 'an array of at most 5000 rows is needed');
    END IF;
    -- One import after the other, so that the second finds what the first has made: also after an
    -- interruption, when the server is still at work. Nothing else waits for this lock: that of a table
    -- that grows would keep autovacuum away from it as long as somebody imports.
    LOCK TABLE schema_version IN SHARE UPDATE EXCLUSIVE MODE;
    FOR v_row IN SELECT value FROM jsonb_array_elements(p_rows) LOOP
        BEGIN
            v_made := CASE p_entity
                WHEN 'client' THEN import_client(v_row)
                WHEN 'contact' THEN import_contact(v_row)
                ELSE import_division(v_row) END;
            v_imported := v_imported + v_made::integer;
            v_unchanged := v_unchanged + (NOT v_made)::integer;
        EXCEPTION WHEN integrity_constraint_violation OR data_exception OR SQLSTATE 'TR001' THEN
            GET STACKED DIAGNOSTICS v_state = RETURNED_SQLSTATE, v_rule = CONSTRAINT_NAME,
                v_column = COLUMN_NAME, v_message = MESSAGE_TEXT, v_detail = PG_EXCEPTION_DETAIL;
            v_refused := v_refused || jsonb_build_object(
                'line', v_row -> 'line', 'sqlstate', v_state, 'constraint', v_rule,
                'column', v_column, 'message', v_message,
                -- A failing row's own values stand in the detail of PostgreSQL's refusals.
                'detail', CASE WHEN v_state = 'TR001' THEN v_detail END);
        END;
    END LOOP;
    RETURN done(p_request, 'import_rows', jsonb_build_object(
        'imported', v_imported, 'unchanged', v_unchanged, 'refused', to_jsonb(v_refused)));
END
$$;
