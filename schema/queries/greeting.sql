-- Asked after every connect: which schema this is, which clients it serves, and who I am in it; from
-- then on days and times are those of the team. A database is known by its name and by the moment at
-- which its schema was made, which a dump keeps.
SELECT v.version, v.client_min, v.client_max,
       current_database() || ' '
           || (SELECT extract(epoch FROM min(applied_at)) FROM trato.schema_version) AS database,
       pg_catalog.set_config('TimeZone', trato.setting_value('timezone'), false) AS timezone,
       p.id, p.email, p.name, p.must_change_password,
       pg_has_role(session_user, 'trato_rep', 'MEMBER') AS is_rep,
       pg_has_role(session_user, 'trato_backoffice', 'MEMBER') AS is_backoffice,
       pg_has_role(session_user, 'trato_supervisor', 'MEMBER') AS is_supervisor,
       pg_has_role(session_user, 'trato_manager', 'MEMBER') AS is_manager
  FROM (SELECT version, client_min, client_max
          FROM trato.schema_version ORDER BY version DESC LIMIT 1) AS v
  LEFT JOIN trato.person AS p ON p.email = session_user;
