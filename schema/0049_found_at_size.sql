-- What is looked for in large databases without reading more than is shown: the quiet actions by the
-- contact that is kept of each (0041), not from all their communications.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

CREATE OR REPLACE FUNCTION found_waiting(p_typed text, p_which text, p_area bigint, p_rep bigint,
    p_forward boolean, p_limit integer, p_at text, p_id bigint)
RETURNS TABLE (id bigint, at text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = trato, pg_temp AS $$
DECLARE
    v_quiet CONSTANT boolean := p_which = 'quiet';
    v_at    CONSTANT text := CASE WHEN v_quiet THEN 'k.since' ELSE 'a.next_step_on' END;
    v_id    CONSTANT text := CASE WHEN v_quiet THEN 'k.action_id' ELSE 'a.id' END;
    v_where CONSTANT text := concat_ws(' AND ',
        CASE WHEN v_quiet THEN 'k.is_open AND k.since < $8'
             ELSE 'a.state = ''open'' AND a.next_step_on < today()' END,
        CASE WHEN p_id IS NOT NULL THEN format('(%s, %s) %s ($3::%s, $4)', v_at, v_id,
            CASE WHEN p_forward THEN '>' ELSE '<' END,
            CASE WHEN v_quiet THEN 'timestamptz' ELSE 'date' END) END,
        CASE WHEN NOT may_see_all() THEN v_id || ' IN (SELECT my_action_ids())' END,
        CASE WHEN p_rep IS NOT NULL THEN v_id || ' IN (SELECT action_id FROM action_member'
            ' WHERE person_id = $2 AND is_owner AND left_at IS NULL)' END,
        CASE WHEN p_area IS NOT NULL THEN v_id || ' IN (SELECT h.action_id FROM hold AS h'
            ' JOIN division AS d ON d.id = h.division_id WHERE d.area_id = $1)' END,
        CASE WHEN p_typed IS NOT NULL THEN v_id || ' IN (SELECT action_id FROM action_search'
            ' WHERE (client LIKE $6 OR title LIKE $6) UNION ALL SELECT id FROM action'
            ' WHERE number = $7)' END);
BEGIN
    PERFORM refuse_newcomer();
    RETURN QUERY EXECUTE format(
        'SELECT %1$s, %2$s::text FROM %3$s WHERE %4$s ORDER BY %2$s %5$s, %1$s %5$s LIMIT $5',
        v_id, v_at, CASE WHEN v_quiet THEN 'action_contact AS k' ELSE 'action AS a' END, v_where,
        CASE WHEN p_forward THEN 'ASC' ELSE 'DESC' END)
        USING p_area, p_rep, p_at, p_id, p_limit, typed_pattern(p_typed),
              CASE WHEN p_typed ~ '^[1-9][0-9]{0,17}$' THEN p_typed::bigint END,
              now() - make_interval(days => setting_value('quiet_days')::integer);
END
$$;

-- What a rep may see: rows of the actions that he works in. As a view that is asked for, not a function
-- that lists all his actions first: so the planner looks one up where a row is read, which took
-- thirty times as long, and lists them where many are.
CREATE VIEW my_membership WITH (security_barrier) AS
SELECT m.action_id
  FROM action_member AS m
 WHERE m.person_id = (SELECT my_id()) AND m.left_at IS NULL AND NOT (SELECT am_newcomer());

DO $$
DECLARE
    v_table  text;
    v_column text;
BEGIN
    FOR v_table, v_column IN
        SELECT c.relname, CASE c.relname WHEN 'action' THEN 'id' ELSE 'action_id' END
          FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid
         WHERE p.polname = 'read_own' AND c.relnamespace = 'trato'::regnamespace
           AND pg_get_expr(p.polqual, c.oid) LIKE '%my\_action\_ids%'
    LOOP
        EXECUTE format('ALTER POLICY read_own ON %1$I USING (EXISTS (SELECT FROM my_membership AS own'
                       ' WHERE own.action_id = %1$I.%2$I))', v_table, v_column);
    END LOOP;
END
$$;

GRANT SELECT ON my_membership TO trato_rep, trato_backoffice, trato_supervisor, trato_manager;

-- As before, but planned anew each time: a plan for whatever may be asked reads all that there is, for
-- the one row that was saved.
CREATE OR REPLACE FUNCTION find_actions_again(p_actions bigint[] DEFAULT NULL)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    INSERT INTO action_search (action_id, title, client, words)
    SELECT action.id, ' ' || fold(title), search_text,
           array_to_tsvector(word_list(title || search_text))
      FROM action JOIN client ON client.id = client_id
     WHERE p_actions IS NULL OR action.id = ANY (p_actions)
    ON CONFLICT (action_id) DO UPDATE SET title = excluded.title, client = excluded.client,
        words = excluded.words;
END
$$;

CREATE OR REPLACE FUNCTION find_communications_again(p_communications bigint[] DEFAULT NULL)
RETURNS void LANGUAGE plpgsql SET search_path = trato, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
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
    ON CONFLICT (communication_id) DO UPDATE SET words = excluded.words;
END
$$;
