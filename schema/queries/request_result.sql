-- Whether that write of one's own has happened; where not, it never will.
SELECT $1::uuid AS id, (answer ->> 'done')::boolean AS done, answer ->> 'verb' AS verb,
       answer ->> 'at' AS at, answer -> 'result' ->> 'number' AS number
  FROM trato.request_result($1::uuid) AS answer;
