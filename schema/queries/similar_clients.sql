-- Clients that may be the one that a form describes: of another id than $1; country, tax id, name,
-- website and telephone as typed.
SELECT id, name, city, archived, why
  FROM trato.similar_clients($1::bigint, $2::text, $3::text, $4::text, $5::text, $6::text);
