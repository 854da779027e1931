-- The figures of what became of offers, and of those that were withdrawn, come from indexes alone; and
-- the server may divide the work on figures among its processors.
-- clients: 1..1

SET LOCAL ROLE trato_owner;
SET LOCAL search_path = trato, pg_temp;

CREATE INDEX offer_family ON offer (root_id, revision)
    INCLUDE (id, action_id, state, currency, total_cents, presented_at, valid_until)
    WHERE presented_at IS NOT NULL;
CREATE INDEX offer_withdrawn ON offer (id) INCLUDE (action_id, currency, total_cents)
    WHERE state = 'withdrawn';
-- What it was for, offer_family tells.
DROP INDEX offer_first_presented;

ALTER FUNCTION today() PARALLEL SAFE;
ALTER FUNCTION setting_value(text) PARALLEL SAFE;
ALTER FUNCTION my_id() PARALLEL SAFE;
ALTER FUNCTION my_action_ids() PARALLEL SAFE;
ALTER FUNCTION figure_currency() PARALLEL SAFE;
