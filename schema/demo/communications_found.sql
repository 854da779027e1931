-- What communications are found by, and their indexes. Part of demo.sql. The
-- function is the schema's but for its setting, with which the words of each row would be planned anew.
SELECT replace(replace(pg_get_functiondef('trato.find_communications_again'::regproc), ' FUNCTION trato.', ' FUNCTION demo.'),
               'SET plan_cache_mode TO ''force_custom_plan''', '')
\gexec
SELECT demo.find_communications_again() \g /dev/null
SELECT definition FROM later_index WHERE part = 'communications' ORDER BY name \gexec
