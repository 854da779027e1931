-- The offer of that number ($1), as it is or will be presented: 2026-00042, 2026-00042/2.
SELECT o.id
  FROM regexp_match($1::text, '^([0-9]{4})-([0-9]{5,9})(/([1-9][0-9]{0,3}))?$') AS part
  JOIN trato.offer AS root ON root.year = part[1]::integer AND root.serial = part[2]::integer
                          AND root.revision = 1
  JOIN trato.offer AS o ON o.root_id = root.id AND o.revision = coalesce(part[4]::integer, 1);
