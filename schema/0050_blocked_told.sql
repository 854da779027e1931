-- Whose clients have somebody blocked is told to those who know the row, not to whoever guesses its id.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

-- As before; of what belongs to an action only to those who see it or were members once, whose texts
-- may still lie on a computer, and of a request also to who asked. Clients and divisions are everybody's.
CREATE OR REPLACE FUNCTION blocked_since(p_tables text[], p_rows bigint[])
RETURNS TABLE (table_name text, row_id bigint, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = trato, pg_temp AS $$
    SELECT refuse_newcomer();
    SELECT named.table_name, named.row_id, max(b.blocked_at)
      FROM unnest(p_tables, p_rows) AS named (table_name, row_id)
      LEFT JOIN request ON named.table_name = 'request' AND request.id = named.row_id
      LEFT JOIN action ON action.id = CASE named.table_name
            WHEN 'action' THEN named.row_id
            WHEN 'communication' THEN (SELECT action_id FROM communication WHERE id = named.row_id)
            WHEN 'offer' THEN (SELECT action_id FROM offer WHERE id = named.row_id)
            WHEN 'notice' THEN (SELECT action_id FROM notice WHERE id = named.row_id)
            WHEN 'request' THEN request.action_id END
      JOIN client ON client.id = CASE named.table_name
            WHEN 'client' THEN named.row_id
            WHEN 'division' THEN (SELECT client_id FROM division WHERE id = named.row_id)
            ELSE action.client_id END
      JOIN blocking AS b ON b.state <> 'unblocked'
                        AND ((b.kind = 'client' AND b.subject_id = client.id)
                             OR (b.kind = 'contact' AND b.subject_id IN (SELECT id FROM contact
                                                                          WHERE client_id = client.id)))
     WHERE named.table_name IN ('client', 'division')
        OR (SELECT may_see_all())
        OR request.person_id = (SELECT my_id())
        OR action.id IN (SELECT action_id FROM action_member WHERE person_id = (SELECT my_id()))
     GROUP BY named.table_name, named.row_id
$$;
