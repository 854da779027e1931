-- Every column: whose data it may have, what for, and how long it is kept.
SELECT table_name::text, column_name::text, about, purpose, kept FROM trato.register
 ORDER BY table_name::text COLLATE "C", column_name::text COLLATE "C";
