/*
 * Many connections claim few divisions at once, in any order, close what they
 * won and repeat requests. Afterwards no division was ever held twice, no claim
 * that was answered is lost, every loser was told who holds the division, and
 * nobody met any other error. TRATO_RACE_CLAIMS says how many claims.
 */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libpq-fe.h>

#include <base/mem.h>

enum { CONNECTIONS = 32, CLIENTS = 6, DIVISIONS = 6, WANTED_MAX = 3, OPEN_MAX = 4, CLAIMS = 64000 };

/* What a connection is waiting for. */
enum asked { ASKED_NOTHING, ASKED_CLAIM, ASKED_REPEAT, ASKED_CLOSE };

struct racer {
	PGconn *connection;
	enum asked asked;
	char request[40];
	char client[8];
	char divisions[64];
	char won[40], won_client[8], won_divisions[64], won_answer[128];
	long long open[OPEN_MAX];
	int open_count;
};

static struct racer racers[CONNECTIONS];
static PGconn *umpire;
static char *claims_won; /* COPY text: action, racer, divisions */
static size_t claims_length, claims_room;
static long claims_left, wins, losses, repeats, closes, untold, wrong_repeats, errors;
static char first_error[512];

/* Fixed, so that a failure can be looked for again. */
static uint64_t dice_state = UINT64_C(0x9e3779b97f4a7c15);

static unsigned dice(unsigned sides)
{
	dice_state ^= dice_state << 13;
	dice_state ^= dice_state >> 7;
	dice_state ^= dice_state << 17;
	return (unsigned)((dice_state >> 33) % sides);
}

static void request_id(char id[40])
{
	snprintf(id, 40, "%08x-%04x-4%03x-8%03x-%06x%06x", dice(UINT32_MAX), dice(0x10000),
	         dice(0x1000), dice(0x1000), dice(0x1000000), dice(0x1000000));
}

/* ---- Asking */

static void send_statement(struct racer *racer, enum asked asked, const char *name, int count,
                           const char *const values[])
{
	racer->asked = asked;
	if (!PQsendQueryPrepared(racer->connection, name, count, values, NULL, NULL, 0))
		fail_msg("send: %s", PQerrorMessage(racer->connection));
}

static void send_claim(struct racer *racer)
{
	unsigned first = dice(CLIENTS) * DIVISIONS + 1;
	unsigned wanted = 1 + dice(WANTED_MAX);
	size_t length = 0;

	request_id(racer->request);
	snprintf(racer->client, sizeof(racer->client), "%u", (first - 1) / DIVISIONS + 1);
	/* In any order, and the same one twice now and then. */
	for (unsigned i = 0; i < wanted; i++)
		length += (size_t)snprintf(racer->divisions + length, sizeof(racer->divisions) - length,
		                           "%c%u", i ? ',' : '{', first + dice(DIVISIONS));
	snprintf(racer->divisions + length, sizeof(racer->divisions) - length, "}");
	send_statement(racer, ASKED_CLAIM, "claim", 3,
	               (const char *[]){ racer->request, racer->client, racer->divisions });
	claims_left--;
}

static void send_close(struct racer *racer)
{
	char request[40], action[24];

	request_id(request);
	snprintf(action, sizeof(action), "%lld", racer->open[racer->open_count - 1]);
	send_statement(racer, ASKED_CLOSE, "close", 2, (const char *[]){ request, action });
}

static void send_next(struct racer *racer)
{
	racer->asked = ASKED_NOTHING;
	if (claims_left <= 0)
		return;
	if (racer->open_count == OPEN_MAX || (racer->open_count && !dice(3)))
		send_close(racer);
	else if (*racer->won && !dice(20))
		send_statement(racer, ASKED_REPEAT, "claim", 3,
		               (const char *[]){ racer->won, racer->won_client, racer->won_divisions });
	else
		send_claim(racer);
}

/* ---- Answers */

static void note_error(const PGresult *result)
{
	if (!errors++)
		snprintf(first_error, sizeof(first_error), "%s", PQresultErrorMessage(result));
}

static void note_win(struct racer *racer, const char *answer, const char *action)
{
	wins++;
	snprintf(racer->won, sizeof(racer->won), "%s", racer->request);
	snprintf(racer->won_client, sizeof(racer->won_client), "%s", racer->client);
	snprintf(racer->won_divisions, sizeof(racer->won_divisions), "%s", racer->divisions);
	snprintf(racer->won_answer, sizeof(racer->won_answer), "%s", answer);
	racer->open[racer->open_count++] = atoll(action);
	if (claims_room - claims_length < 128) {
		claims_room = claims_room * 2 + 4096;
		claims_won = mem_resize(claims_won, claims_room, 1);
	}
	claims_length += (size_t)snprintf(claims_won + claims_length, 128, "%s\tracer%d\t%s\n", action,
	                                  (int)(racer - racers), racer->divisions);
}

/* A refused claim says which division it is, and who holds it since when. */
static void note_loss(const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *rule = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
	const char *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);

	if (!state || strcmp(state, "TR001") != 0 || !rule || strcmp(rule, "hold_division_is_free") != 0) {
		note_error(result);
		return;
	}
	losses++;
	if (!detail || !strstr(detail, "division=division ") || !strstr(detail, "\nholder=Racer ") ||
	    !strstr(detail, "\nsince=2") || !strstr(detail, "\naction="))
		untold++;
}

static void take_answer(struct racer *racer, const PGresult *result)
{
	bool done = PQresultStatus(result) == PGRES_TUPLES_OK;

	switch (racer->asked) {
	case ASKED_CLAIM:
		if (done)
			note_win(racer, PQgetvalue(result, 0, 0), PQgetvalue(result, 0, 1));
		else
			note_loss(result);
		break;
	case ASKED_REPEAT:
		repeats++;
		if (!done)
			note_error(result);
		else if (strcmp(PQgetvalue(result, 0, 0), racer->won_answer) != 0)
			wrong_repeats++;
		break;
	case ASKED_CLOSE:
		closes++;
		racer->open_count--;
		if (!done)
			note_error(result);
		break;
	case ASKED_NOTHING:
		break;
	}
}

/* Drains one connection; true when it is free for the next request. */
static bool racer_is_free(struct racer *racer)
{
	PGresult *result;

	if (!PQconsumeInput(racer->connection))
		fail_msg("lost connection: %s", PQerrorMessage(racer->connection));
	while (!PQisBusy(racer->connection)) {
		result = PQgetResult(racer->connection);
		if (!result)
			return true;
		take_answer(racer, result);
		PQclear(result);
	}
	return false;
}

/* ---- The race */

static void race(void)
{
	struct pollfd fds[CONNECTIONS];
	bool running = true;

	for (int i = 0; i < CONNECTIONS; i++)
		send_next(&racers[i]);
	while (running) {
		running = false;
		for (int i = 0; i < CONNECTIONS; i++) {
			bool asked = racers[i].asked != ASKED_NOTHING;

			fds[i] = (struct pollfd){ .fd = asked ? PQsocket(racers[i].connection) : -1,
			                          .events = POLLIN };
			running |= asked;
		}
		if (!running)
			break;
		if (poll(fds, CONNECTIONS, 60000) == 0)
			fail_msg("nothing happened for a minute");
		for (int i = 0; i < CONNECTIONS; i++)
			if (fds[i].revents && racer_is_free(&racers[i]))
				send_next(&racers[i]);
	}
}

/* ---- Before and after */

static void run(PGconn *connection, const char *sql)
{
	PGresult *result = PQexec(connection, sql);

	if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(connection));
	PQclear(result);
}

static PGconn *connect_one(void)
{
	PGconn *connection = PQconnectdb("dbname=trato options='-c search_path=trato,pg_temp "
	                                 "-c client_min_messages=warning'");

	if (PQstatus(connection) != CONNECTION_OK)
		fail_msg("%s", PQerrorMessage(connection));
	return connection;
}

static void racer_start(int number)
{
	char sql[128];

	racers[number].connection = connect_one();
	snprintf(sql, sizeof(sql), "SET SESSION AUTHORIZATION 'racer%d@race.example'", number);
	run(racers[number].connection, sql);
	run(racers[number].connection,
	    "PREPARE claim (uuid, bigint, bigint[]) AS SELECT answer, answer ->> 'id' "
	    "FROM open_action($1, $2, 'race', $3) AS answer");
	run(racers[number].connection,
	    "PREPARE close (uuid, bigint) AS SELECT close_action($1, $2, 1, 'cancelled')");
}

static void prepare(void)
{
	char sql[1024];

	umpire = connect_one();
	snprintf(sql, sizeof(sql),
	         "SELECT create_person(gen_random_uuid(), 'racer' || i || '@race.example', 'Racer ' || i,"
	         " '{rep}', 'SCRAM-SHA-256$4096:' || repeat('A', 22) || '==$' || repeat('A', 43) || '=:'"
	         " || repeat('A', 43) || '=') FROM generate_series(0, %d) AS i",
	         CONNECTIONS - 1);
	run(umpire, sql);
	run(umpire, "UPDATE person SET must_change_password = false");
	snprintf(sql, sizeof(sql),
	         "INSERT INTO client (id, name) OVERRIDING SYSTEM VALUE"
	         " SELECT i, 'client ' || i FROM generate_series(1, %d) AS i;"
	         "INSERT INTO division (id, client_id, name) OVERRIDING SYSTEM VALUE"
	         " SELECT i, (i - 1) / %d + 1, 'division ' || i FROM generate_series(1, %d) AS i",
	         CLIENTS, DIVISIONS, CLIENTS * DIVISIONS);
	run(umpire, sql);
	for (int i = 0; i < CONNECTIONS; i++)
		racer_start(i);
}

static void tell_umpire(void)
{
	PGresult *result;

	run(umpire, "CREATE TEMP TABLE won (action_id bigint, racer text, divisions bigint[])");
	result = PQexec(umpire, "COPY won FROM STDIN");
	assert_int_equal(PQresultStatus(result), PGRES_COPY_IN);
	PQclear(result);
	assert_int_equal(PQputCopyData(umpire, claims_won, (int)claims_length), 1);
	assert_int_equal(PQputCopyEnd(umpire, NULL), 1);
	while ((result = PQgetResult(umpire))) {
		assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
		PQclear(result);
	}
}

static long count(const char *sql)
{
	PGresult *result = PQexec(umpire, sql);
	long number;

	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(umpire));
	number = atol(PQgetvalue(result, 0, 0));
	PQclear(result);
	return number;
}

static int setup(void **state)
{
	const char *wanted = getenv("TRATO_RACE_CLAIMS");

	(void)state;
	claims_left = wanted ? atol(wanted) : CLAIMS;
	prepare();
	race();
	printf("# %ld won, %ld lost, %ld closed, %ld repeated\n", wins, losses, closes, repeats);
	tell_umpire();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	for (int i = 0; i < CONNECTIONS; i++)
		PQfinish(racers[i].connection);
	PQfinish(umpire);
	free(claims_won);
	return 0;
}

/* ---- What must be true */

static void test_race__nobody_met_an_error(void **state)
{
	(void)state;
	if (errors)
		fail_msg("%ld errors, the first: %s", errors, first_error);
	assert_true(wins > 0 && losses > 0 && closes > 0 && repeats > 0);
}

static void test_race__every_loser_was_told_the_holder(void **state)
{
	(void)state;
	assert_int_equal(untold, 0);
}

static void test_race__a_repeated_request_has_the_same_answer(void **state)
{
	(void)state;
	assert_int_equal(wrong_repeats, 0);
}

static void test_race__no_answered_claim_is_lost(void **state)
{
	(void)state;
	assert_int_equal(count("SELECT count(*) FROM won"), wins);
	/* Each with its owner and exactly its divisions; and no action that nobody was told of. */
	assert_int_equal(count("WITH kept AS ("
	                       " SELECT hold.action_id, email, array_agg(division_id ORDER BY division_id)"
	                       " AS divisions FROM hold"
	                       " JOIN action_member AS owner ON owner.action_id = hold.action_id AND is_owner"
	                       " JOIN person ON person.id = owner.person_id GROUP BY 1, 2),"
	                       " told AS (SELECT action_id, racer || '@race.example' AS email,"
	                       " ARRAY(SELECT DISTINCT id FROM unnest(divisions) AS id ORDER BY id)"
	                       " AS divisions FROM won)"
	                       " SELECT count(*) FROM kept FULL JOIN told USING (action_id, email, divisions)"
	                       " WHERE kept IS NULL OR told IS NULL"),
	                 0);
	assert_int_equal(count("SELECT count(*) FROM action"), wins);
}

static void test_race__no_division_was_ever_held_twice(void **state)
{
	(void)state;
	/* A claim can only come after the commit of the release before it, so the trail's numbers
	 * have to alternate: held, released, held ... for each division. */
	assert_int_equal(count("SELECT count(*) FROM ("
	                       " SELECT operation, lag(operation, 1, 'update') OVER (PARTITION BY"
	                       " (new ->> 'division_id')::bigint ORDER BY id) AS before"
	                       " FROM audit WHERE table_name = 'hold') AS event WHERE operation = before"),
	                 0);
	assert_int_equal(count("SELECT count(*) FROM audit WHERE table_name = 'hold'"),
	                 count("SELECT count(*) + count(released_at) FROM hold"));
	assert_int_equal(count("SELECT count(*) FROM (SELECT FROM hold WHERE released_at IS NULL"
	                       " GROUP BY division_id HAVING count(*) > 1) AS twice"),
	                 0);
	assert_int_equal(count("SELECT count(*) FROM hold JOIN action ON action.id = action_id"
	                       " WHERE (state = 'open') <> (released_at IS NULL)"),
	                 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_race__nobody_met_an_error),
		cmocka_unit_test(test_race__every_loser_was_told_the_holder),
		cmocka_unit_test(test_race__a_repeated_request_has_the_same_answer),
		cmocka_unit_test(test_race__no_answered_claim_is_lost),
		cmocka_unit_test(test_race__no_division_was_ever_held_twice),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
