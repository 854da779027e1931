-- Writing functions for clients, contacts, divisions and the catalogues. Every one takes the
-- request id first and answers a JSON object; who may call it is granted in 0015.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- p_client NULL makes a new client.
CREATE FUNCTION save_client(p_request uuid, p_client bigint, p_based_on integer, p_name text,
    p_legal_name text, p_tax_id text, p_address text, p_city text, p_postcode text,
    p_province text, p_country text, p_phone text, p_website text, p_notes text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result  jsonb := earlier_result(p_request, 'save_client');
    v_country text := upper(coalesce(filled(p_country), 'ES'));
    v_tax_id  text := filled(upper(translate(p_tax_id, ' .-/', '')));
    v_client  client;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF p_client IS NULL THEN
        INSERT INTO client (name, legal_name, tax_id, address, city, postcode, province, country,
                            phone, website, notes)
        VALUES (filled(p_name), filled(p_legal_name), v_tax_id, filled(p_address), filled(p_city),
                filled(p_postcode), filled(p_province), v_country, filled(p_phone),
                filled(p_website), filled(p_notes))
        RETURNING * INTO v_client;
    ELSE
        SELECT * INTO v_client FROM client WHERE id = p_client FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            PERFORM refuse_unknown('client');
        ELSIF v_client.version IS DISTINCT FROM p_based_on THEN
            PERFORM refuse_stale('client', v_client.version);
        END IF;
        UPDATE client
           SET name = filled(p_name), legal_name = filled(p_legal_name), tax_id = v_tax_id,
               address = filled(p_address), city = filled(p_city), postcode = filled(p_postcode),
               province = filled(p_province), country = v_country, phone = filled(p_phone),
               website = filled(p_website), notes = filled(p_notes)
         WHERE id = p_client RETURNING * INTO v_client;
    END IF;
    RETURN done(p_request, 'save_client', jsonb_build_object(
        'id', v_client.id, 'name', v_client.name, 'version', v_client.version));
END
$$;

CREATE FUNCTION archive_client(p_request uuid, p_client bigint, p_based_on integer,
    p_archived boolean)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'archive_client');
    v_client client;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    SELECT * INTO v_client FROM client WHERE id = p_client FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('client');
    ELSIF v_client.version IS DISTINCT FROM p_based_on THEN
        PERFORM refuse_stale('client', v_client.version);
    END IF;
    IF p_archived AND EXISTS (SELECT FROM action WHERE client_id = p_client AND state = 'open') THEN
        PERFORM refuse('client_has_open_actions', 'this client has open actions');
    END IF;
    UPDATE client SET archived = p_archived WHERE id = p_client RETURNING * INTO v_client;
    RETURN done(p_request, 'archive_client', jsonb_build_object(
        'id', v_client.id, 'version', v_client.version));
END
$$;

CREATE FUNCTION save_contact(p_request uuid, p_contact bigint, p_based_on integer,
    p_client bigint, p_name text, p_job_title text, p_email text, p_phone text, p_mobile text,
    p_notes text, p_active boolean)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result  jsonb := earlier_result(p_request, 'save_contact');
    v_contact contact;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF p_contact IS NULL THEN
        INSERT INTO contact (client_id, name, job_title, email, phone, mobile, notes, active)
        VALUES (p_client, filled(p_name), filled(p_job_title), filled(p_email), filled(p_phone),
                filled(p_mobile), filled(p_notes), coalesce(p_active, true))
        RETURNING * INTO v_contact;
    ELSE
        SELECT * INTO v_contact FROM contact WHERE id = p_contact FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            PERFORM refuse_unknown('contact');
        ELSIF v_contact.version IS DISTINCT FROM p_based_on THEN
            PERFORM refuse_stale('contact', v_contact.version);
        END IF;
        UPDATE contact
           SET name = filled(p_name), job_title = filled(p_job_title), email = filled(p_email),
               phone = filled(p_phone), mobile = filled(p_mobile), notes = filled(p_notes),
               active = coalesce(p_active, active)
         WHERE id = p_contact RETURNING * INTO v_contact;
    END IF;
    RETURN done(p_request, 'save_contact', jsonb_build_object(
        'id', v_contact.id, 'name', v_contact.name, 'version', v_contact.version));
END
$$;

CREATE FUNCTION save_division(p_request uuid, p_division bigint, p_based_on integer,
    p_client bigint, p_name text, p_area bigint, p_notes text, p_active boolean)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result   jsonb := earlier_result(p_request, 'save_division');
    v_division division;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF p_division IS NULL THEN
        INSERT INTO division (client_id, name, area_id, notes, active)
        VALUES (p_client, filled(p_name), p_area, filled(p_notes), coalesce(p_active, true))
        RETURNING * INTO v_division;
    ELSE
        SELECT * INTO v_division FROM division WHERE id = p_division FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            PERFORM refuse_unknown('division');
        ELSIF v_division.version IS DISTINCT FROM p_based_on THEN
            PERFORM refuse_stale('division', v_division.version);
        END IF;
        UPDATE division
           SET name = filled(p_name), area_id = p_area, notes = filled(p_notes),
               active = coalesce(p_active, active)
         WHERE id = p_division RETURNING * INTO v_division;
    END IF;
    RETURN done(p_request, 'save_division', jsonb_build_object(
        'id', v_division.id, 'name', v_division.name, 'version', v_division.version));
END
$$;

CREATE FUNCTION save_area(p_request uuid, p_area bigint, p_based_on integer, p_name text,
    p_active boolean)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'save_area');
    v_area   area;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF p_area IS NULL THEN
        INSERT INTO area (name, active) VALUES (filled(p_name), coalesce(p_active, true))
        RETURNING * INTO v_area;
    ELSE
        SELECT * INTO v_area FROM area WHERE id = p_area FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            PERFORM refuse_unknown('area');
        ELSIF v_area.version IS DISTINCT FROM p_based_on THEN
            PERFORM refuse_stale('area', v_area.version);
        END IF;
        UPDATE area SET name = filled(p_name), active = coalesce(p_active, active)
         WHERE id = p_area RETURNING * INTO v_area;
    END IF;
    RETURN done(p_request, 'save_area', jsonb_build_object(
        'id', v_area.id, 'version', v_area.version));
END
$$;

CREATE FUNCTION save_reason(p_request uuid, p_reason bigint, p_based_on integer, p_kind text,
    p_name_en text, p_name_es text, p_needs_note boolean, p_active boolean)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result jsonb := earlier_result(p_request, 'save_reason');
    v_reason reason;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    IF p_reason IS NULL THEN
        INSERT INTO reason (kind, name_en, name_es, needs_note, active)
        VALUES (p_kind, filled(p_name_en), filled(p_name_es), coalesce(p_needs_note, false),
                coalesce(p_active, true))
        RETURNING * INTO v_reason;
    ELSE
        SELECT * INTO v_reason FROM reason WHERE id = p_reason FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            PERFORM refuse_unknown('reason');
        ELSIF v_reason.version IS DISTINCT FROM p_based_on THEN
            PERFORM refuse_stale('reason', v_reason.version);
        END IF;
        UPDATE reason
           SET name_en = filled(p_name_en), name_es = filled(p_name_es),
               needs_note = coalesce(p_needs_note, needs_note), active = coalesce(p_active, active)
         WHERE id = p_reason RETURNING * INTO v_reason;
    END IF;
    RETURN done(p_request, 'save_reason', jsonb_build_object(
        'id', v_reason.id, 'version', v_reason.version));
END
$$;

CREATE FUNCTION save_setting(p_request uuid, p_name text, p_based_on integer, p_value text)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = trato, pg_temp AS $$
DECLARE
    v_result  jsonb := earlier_result(p_request, 'save_setting');
    v_setting setting;
BEGIN
    IF v_result IS NOT NULL THEN
        RETURN v_result;
    END IF;
    SELECT * INTO v_setting FROM setting WHERE name = p_name FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM refuse_unknown('setting');
    ELSIF v_setting.version IS DISTINCT FROM p_based_on THEN
        PERFORM refuse_stale('setting', v_setting.version);
    END IF;
    IF p_name = 'timezone' AND NOT EXISTS (SELECT FROM pg_timezone_names WHERE name = p_value) THEN
        PERFORM refuse('setting_value_form', 'there is no such time zone');
    END IF;
    UPDATE setting SET value = p_value WHERE id = v_setting.id RETURNING * INTO v_setting;
    RETURN done(p_request, 'save_setting', jsonb_build_object(
        'id', v_setting.id, 'version', v_setting.version));
END
$$;
