-- Whether anything has been written since $1, a mark of an earlier answer (NULL: there is none).
SELECT trato.dashboard_mark() AS mark,
       trato.dashboard_mark() IS DISTINCT FROM $1::text AS changed;
