-- Which of these rows ($1 tables, $2 ids) are of clients of whom something is blocked or erased, and since
-- which second.
SELECT table_name, row_id, extract(epoch FROM since)::bigint AS since
  FROM trato.blocked_since($1::text[], $2::bigint[]);
