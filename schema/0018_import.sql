-- Import of clients, contacts and divisions, many rows in one call. Nobody may write a table or
-- make a temporary one, so COPY cannot be the way in: the rows come as a JSON array.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- A file names a client by its tax id, and seldom its country.
CREATE INDEX client_tax_id ON client (tax_id) WHERE tax_id IS NOT NULL;

-- Files name a country more often than its code. What is not known is left to client_country_form.
CREATE FUNCTION import_country(p_typed text)
RETURNS text LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_typed text := coalesce(fold(filled(p_typed)), 'es');
BEGIN
    RETURN CASE
        WHEN length(v_typed) = 2 THEN upper(v_typed)
        WHEN v_typed IN ('espana', 'spain', 'esp') THEN 'ES'
        WHEN v_typed IN ('portugal', 'prt') THEN 'PT'
        WHEN v_typed IN ('francia', 'france', 'fra') THEN 'FR'
        WHEN v_typed IN ('andorra', 'and') THEN 'AD'
        WHEN v_typed IN ('italia', 'italy', 'ita') THEN 'IT'
        WHEN v_typed IN ('alemania', 'germany', 'deutschland', 'deu') THEN 'DE'
        WHEN v_typed IN ('reino unido', 'united kingdom', 'gbr') THEN 'GB'
        ELSE upper(v_typed) END;
END
$$;

-- Without somebody to ask, a client that looks like one that is there is refused: the same name,
-- and neither another tax id nor another city tells them apart.
CREATE FUNCTION import_client(p_row jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_legal_name text := filled(p_row ->> 'legal_name');
    v_name       text := coalesce(filled(p_row ->> 'name'), v_legal_name);
    v_country    text := import_country(p_row ->> 'country');
    v_tax_id     text := filled(upper(translate(p_row ->> 'tax_id', ' .-/', '')));
    v_city       text := filled(p_row ->> 'city');
BEGIN
    IF EXISTS (SELECT FROM client
                WHERE name_folded = fold(v_name)
                  AND (tax_id IS NULL OR v_tax_id IS NULL)
                  AND (city IS NULL OR v_city IS NULL OR fold(city) = fold(v_city))) THEN
        PERFORM refuse('client_name_once', 'a client of this name is there already');
    END IF;
    INSERT INTO client (name, legal_name, tax_id, address, city, postcode, province, country,
                        phone, website, notes)
    VALUES (v_name, v_legal_name, v_tax_id, filled(p_row ->> 'address'), v_city,
            filled(p_row ->> 'postcode'), filled(p_row ->> 'province'), v_country,
            filled(p_row ->> 'phone'), filled(p_row ->> 'website'), filled(p_row ->> 'notes'));
END
$$;

-- The client that a contact or a division names: by tax id, else by name, and only one.
CREATE FUNCTION import_client_id(p_row jsonb)
RETURNS bigint LANGUAGE plpgsql STABLE SET search_path = trato, pg_temp AS $$
DECLARE
    v_tax_id text := filled(upper(translate(p_row ->> 'client_tax_id', ' .-/', '')));
    v_name   text := filled(p_row ->> 'client');
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
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_client bigint := import_client_id(p_row);
    v_name   text := filled(concat_ws(' ', filled(p_row ->> 'name'), filled(p_row ->> 'surname')));
    v_email  text := filled(p_row ->> 'email');
BEGIN
    IF EXISTS (SELECT FROM contact
                WHERE client_id = v_client AND fold(name) = fold(v_name)
                  AND (email IS NULL OR v_email IS NULL OR lower(email) = lower(v_email))) THEN
        PERFORM refuse('contact_name_once', 'this client has a contact of this name already');
    END IF;
    INSERT INTO contact (client_id, name, job_title, email, phone, mobile, notes)
    VALUES (v_client, v_name, filled(p_row ->> 'job_title'), v_email, filled(p_row ->> 'phone'),
            filled(p_row ->> 'mobile'), filled(p_row ->> 'notes'));
END
$$;

CREATE FUNCTION import_division(p_row jsonb)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp AS $$
DECLARE
    v_client bigint := import_client_id(p_row);
    v_name   text := filled(p_row ->> 'area');
    v_area   bigint;
BEGIN
    IF v_name IS NOT NULL THEN
        SELECT id INTO v_area FROM area WHERE fold(name) = fold(v_name) AND active;
        IF NOT FOUND THEN
            PERFORM refuse('area_not_found', 'there is no such area', 'area=' || v_name);
        END IF;
    END IF;
    INSERT INTO division (client_id, name, area_id, notes)
    VALUES (v_client, filled(p_row ->> 'name'), v_area, filled(p_row ->> 'notes'));
END
$$;

-- Each row by itself: what is wrong with one keeps no other out. The refused ones are answered
-- with what a refusal tells; whoever wants all or nothing rolls the transaction back.
CREATE FUNCTION import_rows(p_request uuid, p_entity text, p_rows jsonb)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result   jsonb := earlier_result(p_request, 'import_rows');
    v_row      jsonb;
    v_imported integer := 0;
    v_refused  jsonb[] := '{}';
    v_state    text;
    v_rule     text;
    v_column   text;
    v_message  text;
    v_detail   text;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF coalesce(p_entity NOT IN ('client', 'contact', 'division'), true) THEN
        PERFORM refuse('import_entity_known', 'clients, contacts and divisions can be imported');
    ELSIF jsonb_typeof(p_rows) IS DISTINCT FROM 'array' OR jsonb_array_length(p_rows) > 5000 THEN
        PERFORM refuse('import_rows_range', 'an array of at most 5000 rows is needed');
    END IF;
    FOR v_row IN SELECT value FROM jsonb_array_elements(p_rows) LOOP
        BEGIN
            CASE p_entity
                WHEN 'client' THEN PERFORM import_client(v_row);
                WHEN 'contact' THEN PERFORM import_contact(v_row);
                WHEN 'division' THEN PERFORM import_division(v_row);
            END CASE;
            v_imported := v_imported + 1;
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
        'imported', v_imported, 'refused', to_jsonb(v_refused)));
END
$$;
GRANT EXECUTE ON FUNCTION import_rows(uuid, text, jsonb)
    TO trato_rep, trato_backoffice, trato_manager;
