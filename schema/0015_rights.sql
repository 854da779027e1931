-- Who may read which rows and call which function. Nobody may write a table.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

GRANT SELECT ON client, contact, division, area, person, reason, setting, schema_version,
    action, action_member, hold, request, communication, state_change, state_arrow, offer,
    offer_division, offer_line, notice, invoice, audit,
    division_status, hold_overview, offer_overview, action_overview, notice_overview,
    timeline_overview, pipeline_overview
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;

-- The membership's policy may not read the membership: it would recurse.
CREATE FUNCTION my_action_ids()
RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp
ROWS 50 AS $$
    SELECT action_id FROM action_member
     WHERE person_id = (SELECT my_id()) AND left_at IS NULL
$$;

GRANT EXECUTE ON FUNCTION my_id(), today(), fold(text), filled(text), setting_value(text),
    offer_number(integer, integer, integer), has_role(text), my_action_ids()
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;

-- A rep sees the actions of which he is a member and all that belongs to them; the others see
-- all. Clients, contacts, divisions and catalogues are everybody's and carry no policy.
DO $$
DECLARE
    v_table  name;
    v_column text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY['action', 'action_member', 'hold', 'request', 'communication',
        'state_change', 'offer', 'offer_division', 'offer_line', 'notice', 'invoice', 'audit']
    LOOP
        v_column := CASE v_table WHEN 'action' THEN 'id' ELSE 'action_id' END;
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', v_table);
        EXECUTE format('CREATE POLICY read_all ON %I FOR SELECT '
                       'TO trato_backoffice, trato_supervisor, trato_manager USING (true)', v_table);
        EXECUTE format('CREATE POLICY read_own ON %I FOR SELECT TO trato_rep USING '
                       '(%I IN (SELECT my_action_ids()))', v_table, v_column);
    END LOOP;
END
$$;
-- Who asks to join sees his own request, though not the action; and what everybody may read has
-- a history that everybody may read.
CREATE POLICY read_asked ON request FOR SELECT TO trato_rep
    USING (person_id = (SELECT my_id()));
CREATE POLICY read_shared ON audit FOR SELECT TO trato_rep
    USING (action_id IS NULL AND table_name IN ('client', 'contact', 'division', 'area', 'reason',
                                                'setting'));

GRANT EXECUTE ON FUNCTION
    save_client(uuid, bigint, integer, text, text, text, text, text, text, text, text, text, text, text),
    save_contact(uuid, bigint, integer, bigint, text, text, text, text, text, text, boolean),
    save_division(uuid, bigint, integer, bigint, text, bigint, text, boolean)
    TO trato_rep, trato_backoffice, trato_manager;

GRANT EXECUTE ON FUNCTION
    open_action(uuid, bigint, text, bigint[], date, text, bigint),
    close_action(uuid, bigint, integer, text, bigint, text),
    reopen_action(uuid, bigint, integer, text),
    add_collaborator(uuid, bigint, bigint),
    remove_collaborator(uuid, bigint, bigint),
    transfer_action(uuid, bigint, bigint),
    answer_request(uuid, bigint, integer, boolean, text)
    TO trato_rep, trato_manager;

GRANT EXECUTE ON FUNCTION
    save_action(uuid, bigint, integer, text, date, text),
    set_next_step(uuid, bigint, integer, text, date),
    hold_divisions(uuid, bigint, bigint[]),
    release_division(uuid, bigint, bigint),
    request_collaboration(uuid, bigint, text),
    withdraw_request(uuid, bigint),
    log_communication(uuid, bigint, bigint, text, text, timestamptz, text, text, integer, text,
                      text, boolean, integer, text, date),
    correct_communication(uuid, bigint, bigint, text, text, timestamptz, text, text, integer, text),
    save_offer(uuid, bigint, integer, bigint, text, bigint[], jsonb, text, integer, date, date,
               text, text),
    present_offer(uuid, bigint, integer),
    revise_offer(uuid, bigint, integer),
    approve_offer(uuid, bigint, integer, date, text, text),
    reject_offer(uuid, bigint, integer, bigint, text),
    withdraw_offer(uuid, bigint, integer, bigint, text),
    extend_offer(uuid, bigint, integer, date),
    answer_notice(uuid, bigint, integer, text)
    TO trato_rep;

GRANT EXECUTE ON FUNCTION
    see_notice(uuid, bigint),
    take_notice(uuid, bigint),
    return_notice(uuid, bigint, integer, bigint, text),
    record_invoice(uuid, bigint, integer, text, text, date, bigint, bigint, bigint)
    TO trato_backoffice;
GRANT EXECUTE ON FUNCTION put_back_notice(uuid, bigint, integer)
    TO trato_backoffice, trato_manager;

GRANT EXECUTE ON FUNCTION
    archive_client(uuid, bigint, integer, boolean),
    save_area(uuid, bigint, integer, text, boolean),
    save_reason(uuid, bigint, integer, text, text, text, boolean, boolean),
    save_setting(uuid, text, integer, text),
    revoke_approval(uuid, bigint, integer, text),
    create_person(uuid, text, text, text[], text),
    set_person_roles(uuid, text, text[]),
    disable_person(uuid, text),
    enable_person(uuid, text),
    end_sessions(text),
    reset_password(uuid, text, text)
    TO trato_manager;

GRANT EXECUTE ON FUNCTION change_password(uuid, text)
    TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;
