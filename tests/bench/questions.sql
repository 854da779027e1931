-- What people type to find a client: what kind it is, and the text. From the clients that are there,
-- spread over all of them; the same data give the same texts.
CREATE TEMP TABLE known AS
SELECT c.id, c.name, c.tax_id, c.city, c.phone, c.website, k.name AS contact, k.email, k.mobile
  FROM generate_series(1, 200) AS n
  JOIN trato.client AS c ON c.id = 1 + (n::bigint * 829339691) % (SELECT max(id) FROM trato.client)
  LEFT JOIN LATERAL (SELECT * FROM trato.contact WHERE client_id = c.id ORDER BY id LIMIT 1) AS k ON true;
CREATE TEMP TABLE known_word AS
SELECT DISTINCT word, md5(word) AS chance
  FROM known CROSS JOIN regexp_split_to_table(trato.fold(concat_ws(' ', name, city, contact)), '[^a-z0-9]+') AS word
 WHERE length(word) > 2;
\pset format unaligned
\pset tuples_only on
\pset fieldsep '\t'
SELECT '1', word FROM regexp_split_to_table('abcdefghijklmnopqrstuvwxyz0123456789', '') AS word;
SELECT DISTINCT '2', left(word, 2) FROM known_word;
SELECT DISTINCT '3', left(word, 3) FROM known_word;
SELECT DISTINCT '8', left(word, 8) FROM known_word WHERE length(word) >= 5;
SELECT 'number', left(regexp_replace(mobile, '^\+34 ', ''), 3 + (id % 9)::integer) FROM known WHERE mobile IS NOT NULL;
SELECT 'number', left(tax_id, 3 + (id % 7)::integer) FROM known WHERE tax_id IS NOT NULL;
SELECT 'address', email FROM known WHERE email IS NOT NULL;
SELECT 'address', website FROM known WHERE website IS NOT NULL;
SELECT 'rare', 'qq' || left(md5(id::text), 6) FROM known;
SELECT 'two', split_part(trato.fold(name), ' ', 2) || ' ' || left(trato.fold(city), 4) FROM known WHERE length(split_part(name, ' ', 2)) > 2;
SELECT 'unlike', a.word || ' ' || b.word
  FROM (SELECT word, row_number() OVER (ORDER BY chance) AS n FROM known_word) AS a
  JOIN (SELECT word, row_number() OVER (ORDER BY reverse(chance)) AS n FROM known_word) AS b USING (n) LIMIT 200;
SELECT 'person', contact FROM known WHERE contact IS NOT NULL;
