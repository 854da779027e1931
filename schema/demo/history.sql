-- The trail of the last weeks as the triggers would have left it, so that there is a history to look
-- at: what was logged, and the last change of state of each record. Part of demo.sql, for scale 1.

CREATE TABLE demo.came_with (state text PRIMARY KEY, fields text[] NOT NULL);
INSERT INTO came_with VALUES
    ('presented', '{presented_at,presented_by,year,serial}'),
    ('approved', '{approved_on,approved_at,approved_by,accepted_on,accepted_by,document_reference,notice_id}'),
    ('rejected', '{rejected_at,state_reason_id,state_note}'),
    ('withdrawn', '{state_reason_id,state_note}'),
    ('won', '{closed_at}'),
    ('lost', '{closed_at,state_reason_id,state_note}'),
    ('cancelled', '{closed_at,state_note}'),
    ('taken', '{taken_at,taken_by}'),
    ('returned', '{state_reason_id,state_note}'),
    ('accepted', '{answered_at,answered_by}'),
    ('declined', '{answered_at,answered_by,answer}');

-- The team was set up before all that.
UPDATE audit SET at = now() - interval '13 months' WHERE person_id IS NULL;

INSERT INTO audit (at, person_id, login, table_name, row_id, action_id, operation, old, new)
WITH last AS (
    SELECT DISTINCT ON (entity, row_id) entity, row_id, action_id, from_state, to_state, person_id, at
      FROM state_change
     WHERE at > now() - interval '30 days'
     ORDER BY entity, row_id, at DESC
), trail AS (
    SELECT at, person_id, entity, row_id, action_id, 'update',
           now.fields || coalesce((SELECT jsonb_object_agg(field, NULL) FROM came_with, unnest(fields) AS field
                                    WHERE state = to_state AND now.fields ? field), '{}')
                      || jsonb_build_object('state', from_state) AS before,
           now.fields
      FROM last
     CROSS JOIN LATERAL (SELECT CASE entity
         WHEN 'action' THEN (SELECT to_jsonb(action) FROM action WHERE id = row_id)
         WHEN 'offer' THEN (SELECT to_jsonb(offer) FROM offer WHERE id = row_id)
         WHEN 'notice' THEN (SELECT to_jsonb(notice) FROM notice WHERE id = row_id)
         WHEN 'request' THEN (SELECT to_jsonb(request) FROM request WHERE id = row_id) END) AS now (fields)
    UNION ALL
    SELECT happened_at, author_id, 'communication', id, action_id, 'insert', NULL, to_jsonb(communication)
      FROM communication
     WHERE happened_at > now() - interval '14 days'
)
SELECT at, person_id, person.email, entity, row_id, action_id, operation, before, fields
  FROM trail AS trail (at, person_id, entity, row_id, action_id, operation, before, fields)
  JOIN person ON person.id = person_id
 ORDER BY at;
