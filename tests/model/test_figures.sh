#!/bin/sh
# The figures of the dashboard agree with each other in every snapshot, and with what the tables say,
# also while 16 people write all that they count: offers presented, approved, revoked, replaced,
# rejected, and actions that change hands.
set -u
cd "$(dirname "$0")/../.." || exit 1
export PGDATABASE=trato
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
psql() { command psql -XAtq -v ON_ERROR_STOP=1 "$@"; }
psql -v scale=1 -f schema/demo/demo.sql > "$work/demo" 2>&1 || { sed 's/^/# /' "$work/demo"; exit 1; }

# One of the dashboard's statements without a filter, as a table in FROM.
figures() { printf '(%s)' "$(sed 's/^--.*//; s/\$[0-9]/NULL/g; s/;$//' "schema/queries/dashboard_$1.sql")"; }

# What differs in one snapshot; nothing when all is well. Counted anew from states and notices.
cat > "$work/check.sql" <<END
BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;
SET LOCAL search_path = trato, pg_temp;
WITH states AS $(figures pipeline), conversion AS $(figures conversion), reps AS $(figures reps),
     areas AS $(figures areas), months AS $(figures months), clock AS $(figures clock),
     told (name, one, other) AS (
    SELECT 'approved by state and by rep', (SELECT (offers, cents)::text FROM states WHERE state = 'approved'),
           (SELECT (sum(offers), sum(cents))::text FROM reps)
    UNION ALL SELECT 'amounts by rep and by area', (SELECT (sum(cents), sum(presented_cents))::text FROM reps),
           (SELECT (sum(cents), sum(presented_cents))::text FROM areas)
    UNION ALL SELECT 'approved by state and by month', (SELECT (offers, cents)::text FROM states WHERE state = 'approved'),
           (SELECT (sum(offers), sum(cents))::text FROM months)
    UNION ALL SELECT 'this month', (SELECT (month_offers, month_cents)::text FROM clock),
           (SELECT (offers, cents)::text FROM months ORDER BY month DESC LIMIT 1)
    UNION ALL SELECT 'presented by state and by rep', (SELECT (offers, cents)::text FROM states WHERE state = 'presented'),
           (SELECT (sum(presented), sum(presented_cents))::text FROM reps)
    UNION ALL SELECT 'what became of them', (SELECT presented::text FROM conversion),
           (SELECT (approved + rejected + withdrawn + expired + live)::text FROM conversion)
    UNION ALL SELECT 'approvals and notices', (SELECT (sum(offers), sum(cents))::text FROM months),
           (SELECT (count(*), sum(total_cents))::text FROM notice WHERE state <> 'void')
    UNION ALL SELECT 'decided and changed', (SELECT sum(offers)::text FROM states WHERE state <> 'draft'),
           (SELECT count(*)::text FROM (
                SELECT DISTINCT ON (row_id) to_state FROM state_change WHERE entity = 'offer'
                 ORDER BY row_id, at DESC, id DESC) AS last WHERE to_state <> 'superseded'))
SELECT name || ': ' || coalesce(one, 'nothing') || ', ' || coalesce(other, 'nothing') FROM told WHERE one IS DISTINCT FROM other;
COMMIT;
END

# What one person does, over and over: \`who\` sells, Marta takes it back and hands it on.
cat > "$work/write.sql" <<'END'
SET search_path = trato, pg_temp;
SET SESSION AUTHORIZATION :"who";
SELECT save_client(gen_random_uuid(), NULL, NULL, 'Client ' || :n, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) ->> 'id' AS client \gset
SELECT save_division(gen_random_uuid(), NULL, NULL, :client, name, area, NULL, true) ->> 'id' AS division
  FROM (VALUES ('One', 1), ('Two', 2), ('Three', NULL)) AS given (name, area) \g /dev/null
SELECT open_action(gen_random_uuid(), :client, 'Deal ' || :n, ARRAY(SELECT id FROM division WHERE client_id = :client)) ->> 'id' AS action \gset
SELECT count(present_offer(gen_random_uuid(), (made ->> 'id')::bigint, (made ->> 'version')::integer))
  FROM (SELECT save_offer(gen_random_uuid(), NULL, NULL, :action, 'Offer ' || number, ARRAY(SELECT id FROM division WHERE client_id = :client),
                          jsonb_build_array(jsonb_build_object('description', 'x', 'unit_price', 100.01 * number)), p_valid_until => today() + 9) AS made
          FROM generate_series(1, 3) AS number OFFSET 0) AS offers \g /dev/null
SELECT id AS one, version AS one_version FROM offer WHERE action_id = :action ORDER BY id LIMIT 1 \gset
SELECT id AS two, version AS two_version FROM offer WHERE action_id = :action ORDER BY id OFFSET 1 LIMIT 1 \gset
SELECT id AS three, version AS three_version FROM offer WHERE action_id = :action ORDER BY id OFFSET 2 LIMIT 1 \gset
SELECT approve_offer(gen_random_uuid(), :one, :one_version, today(), 'Eva') \g /dev/null
SELECT revise_offer(gen_random_uuid(), :two, :two_version) ->> 'id' AS revised \gset
SELECT present_offer(gen_random_uuid(), :revised, (SELECT version FROM offer WHERE id = :revised)) \g /dev/null
SELECT reject_offer(gen_random_uuid(), :three, :three_version, (SELECT min(id) FROM reason WHERE kind = 'offer_rejected' AND NOT needs_note)) \g /dev/null
RESET SESSION AUTHORIZATION;
SET SESSION AUTHORIZATION 'marta@trato.example';
SELECT revoke_approval(gen_random_uuid(), :one, (SELECT version FROM offer WHERE id = :one), 'by mistake') \g /dev/null
SELECT transfer_action(gen_random_uuid(), :action, (SELECT id FROM person WHERE email = :'other')) \g /dev/null
RESET SESSION AUTHORIZATION;
SET SESSION AUTHORIZATION :"other";
SELECT approve_offer(gen_random_uuid(), :one, (SELECT version FROM offer WHERE id = :one), today(), 'Eva') \g /dev/null
SELECT approve_offer(gen_random_uuid(), :revised, (SELECT version FROM offer WHERE id = :revised), today(), 'Eva') \g /dev/null
END

writer() {
	for round in 1 2 3 4; do
		psql -v n="$1$round" -v who=ana@trato.example -v other=luis@trato.example -f "$work/write.sql" || return 1
	done
}
writers=
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
	writer $n > "$work/written.$n" 2>&1 &
	writers="$writers $!"
done
looks=0
while :; do
	working=
	for writer in $writers; do kill -0 "$writer" 2> /dev/null && working=yes; done
	psql -f "$work/check.sql" >> "$work/found" 2>&1 || echo "the figures cannot be read" >> "$work/found"
	looks=$((looks + 1))
	[ -n "$working" ] || break
done
failed=0
for writer in $writers; do wait "$writer" || failed=$((failed + 1)); done

# check NAME CONDITION...
number=0
bad=0
check() {
	number=$((number + 1))
	name=$1
	shift
	if "$@"; then echo "ok $number - $name"; else echo "not ok $number - $name"; bad=$((bad + 1)); fi
}
check "sixteen people could write" [ "$failed" = 0 ]
[ "$failed" = 0 ] || cat "$work"/written.* | sed 's/^/# /'
check "somebody looked while they did" [ "$looks" -gt 2 ]
check "and the figures agreed each time" [ ! -s "$work/found" ]
sed 's/^/# /' "$work/found"
check "all that was written is counted" [ "$(psql -c "SELECT count(*) FROM trato.notice WHERE state <> 'void'")" = \
	"$((32 + 16 * 4 * 2))" ]
echo "1..$number"
[ "$bad" = 0 ]
