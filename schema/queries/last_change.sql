-- Who has changed a row ($2) of a table ($1) last, and when, as far as the asker may see it. A
-- communication is changed by one that corrects it.
SELECT coalesce(person.name, audit.login::text) AS name,
       to_char(audit.at AT TIME ZONE trato.setting_value('timezone'), 'YYYY-MM-DD HH24:MI') AS moment,
       coalesce(audit.person_id = (SELECT trato.my_id()), false) AS mine
  FROM trato.audit
  LEFT JOIN trato.person ON person.id = audit.person_id
 WHERE audit.table_name = $1::name
   AND audit.row_id = (SELECT coalesce((SELECT later.id FROM trato.communication AS later
                                         WHERE $1::name = 'communication' AND later.corrects_id = $2::bigint),
                                       $2::bigint))
 ORDER BY audit.id DESC
 LIMIT 1;
