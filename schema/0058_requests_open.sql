-- Who looks at his requests is shown those that wait for him: of all that are open, those to an action of his. That was
-- read from the rows themselves, which lie as far apart as they were made: after a start of the server 40 pages from
-- the disk for 600 of them. The index alone says it.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

CREATE INDEX request_open ON request (action_id) INCLUDE (person_id, id, state) WHERE state = 'open';
