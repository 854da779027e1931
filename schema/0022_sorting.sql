-- Clients in the order of their cities: an index of its own, since a million of them cannot be
-- sorted while somebody waits.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

CREATE INDEX client_city_order ON client ((coalesce(fold(city), '') COLLATE "C"), id);
