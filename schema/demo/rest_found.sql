-- What all others are found and counted by, their indexes, and the sequences. Part of demo.sql.
SELECT find_actions_again() \g /dev/null
SELECT definition FROM later_index WHERE part = 'rest' ORDER BY name \gexec
SELECT make_figures() \g /dev/null

-- The next row of each table gets the next id.
SELECT format('SELECT setval(%L, greatest(max(%I), %s)) FROM %I', serial, attname, seqstart,
              relname)
  FROM (SELECT relname, attname,
               pg_get_serial_sequence(format('trato.%I', relname), attname) AS serial
          FROM pg_attribute
          JOIN pg_class ON pg_class.oid = attrelid
         WHERE relnamespace = 'trato'::regnamespace AND relkind = 'r' AND attidentity <> '') AS owned
  JOIN pg_sequence ON seqrelid = serial::regclass
 WHERE relname IN ('area', 'client', 'contact', 'division', 'action', 'communication', 'offer', 'notice')
\o /dev/null
\gexec
\o
