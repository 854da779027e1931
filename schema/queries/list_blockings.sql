-- What is blocked, and what the law keeps of what was erased; what can be erased now first.
SELECT b.id, b.kind, b.subject_id, b.state, b.reason, b.blocked_at, person.name AS blocked_by, b.erase_on,
       b.erase_on <= trato.today() AS is_due
  FROM trato.blocking AS b
  LEFT JOIN trato.person ON person.id = b.blocked_by
 WHERE b.state = 'blocked' OR (b.state = 'erased' AND b.kept_until IS NOT NULL)
 ORDER BY b.erase_on, b.id;
