/*
 * Requests on a healthy server: round trips, snapshots, refusals, cancelling,
 * forgetting, notifications.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>

static struct client *logged_in(void)
{
	struct client *c = client_new(NULL, NULL, (struct db_config){ 0 });

	client_log_in(c);
	return c;
}

static void test_send__five_statements_cost_one_round_trip(void **state)
{
	struct client *c = logged_in();
	unsigned long before = db_round_trips(c->db);

	(void)state;
	for (int i = 0; i < 5; i++)
		client_send(c, i == 2 ? BATCH_WRITE : BATCH_READ, 'a' + i, "SELECT $1::text", "x");
	assert_int_equal(db_state(c->db), DB_BUSY);
	client_wait(c, c->answers == 5);
	assert_string_equal(c->order, "abcde");
	assert_int_equal(db_round_trips(c->db) - before, 1);
	client_wait(c, db_state(c->db) == DB_READY);
	assert_int_equal(db_waiting(c->db), 0);
	client_free(&c);
}

static void keep_answer(void *ctx, struct answer *answer)
{
	struct arena **kept = ctx;

	assert_int_equal(answer->status, ANSWER_DONE);
	assert_int_equal(answer->count, 3);
	/* One transaction: now() is the same, and it is read-only. */
	assert_string_equal(rows_text(answer->results[0], 0, "n"),
	                    rows_text(answer->results[1], 0, "n"));
	assert_string_equal(rows_text(answer->results[0], 0, "mode"), "on");
	assert_string_equal(rows_text(answer->results[0], 0, "level"), "repeatable read");
	assert_null(rows_get(answer->results[2], 0, "nothing"));
	assert_string_equal(rows_get(answer->results[2], 0, "text"), "ñandú");
	*kept = answer_keep(answer);
}

static void keep_count(void *ctx, struct answer *answer)
{
	struct arena **kept = ctx;

	assert_int_equal(answer->status, ANSWER_DONE);
	assert_string_equal(rows_text(answer->results[0], 0, "n"), "1");
	*kept = answer_keep(answer);
}

static void test_send__read_is_one_snapshot_in_an_arena(void **state)
{
	static const struct statement first = {
		"first",
		"SELECT now() AS n, current_setting('transaction_read_only') AS mode,"
		" current_setting('transaction_isolation') AS level",
		0
	};
	static const struct statement second = { "second", "SELECT now() AS n", 0 };
	static const struct statement third = { "third",
		                                "SELECT $1::text AS text, $2::int AS nothing", 2 };
	struct client *c = logged_in();
	struct batch *batch = batch_new(BATCH_READ);
	struct arena *kept = NULL;

	(void)state;
	batch_plain(batch, &first);
	batch_plain(batch, &second);
	batch_with(batch, &third, "ñandú", NULL);
	assert_int_equal(batch_count(batch), 3);
	assert_string_equal(batch_parameter(batch, 2, 0), "ñandú");
	assert_null(batch_parameter(batch, 2, 1));
	db_send(c->db, batch, 1, keep_answer, &kept);
	client_wait(c, kept);
	client_free(&c);
	arena_free(&kept);
}

static void test_send__refusal_has_its_fields(void **state)
{
	struct client *c = logged_in();

	(void)state;
	client_send(c, BATCH_WRITE, 'a', "INSERT INTO once (key) VALUES ($1)", "twice");
	client_send(c, BATCH_WRITE, 'b', "INSERT INTO once (key) VALUES ($1)", "twice");
	client_send(c, BATCH_READ, 'c', "SELECT 1", NULL);
	client_wait(c, c->answers == 3);
	assert_int_equal(c->status, ANSWER_DONE);
	assert_string_equal(c->sqlstate, "23505");
	assert_string_equal(c->constraint, "once_key_unique");
	assert_string_equal(c->table, "once");
	assert_non_null(strstr(c->detail, "(twice)"));
	client_free(&c);
}

static void test_send__failed_read_does_not_harm_the_next(void **state)
{
	struct client *c = logged_in();

	(void)state;
	client_send(c, BATCH_READ, 'a', "INSERT INTO plain VALUES ('no')", NULL);
	client_send(c, BATCH_WRITE, 'b', "INSERT INTO plain VALUES ('yes') RETURNING word", NULL);
	client_send(c, BATCH_READ, 'c', "SELECT word FROM plain", NULL);
	client_wait(c, c->answers == 3);
	assert_string_equal(c->sqlstate, "25006");
	assert_int_equal(c->status, ANSWER_DONE);
	assert_int_equal(c->rows, 1);
	assert_string_equal(c->cell, "yes");
	client_free(&c);
}

/* What leaves a trace of a read may write, comes before it, and where it fails the read is done. */
static void test_send__trace_stands_before_the_read(void **state)
{
	static const struct statement writes = { "writes", "INSERT INTO plain VALUES ($1)", 1 };
	static const struct statement fails = { "fails", "SELECT 1 / 0", 0 };
	static const struct statement reads = { "reads", "SELECT count(*) AS n FROM plain"
		                                         " WHERE word = 'trace'", 0 };
	struct client *c = logged_in();
	unsigned long before = db_round_trips(c->db);

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct batch *batch = batch_new(BATCH_READ), *trace = batch_new(BATCH_WRITE);
		struct arena *kept = NULL;

		if (i == 0)
			batch_with(trace, &writes, "trace");
		else
			batch_plain(trace, &fails);
		batch_plain(batch, &reads);
		batch_before(batch, trace);
		db_send(c->db, batch, 1, keep_count, &kept);
		client_wait(c, kept);
		arena_free(&kept);
	}
	assert_int_equal(db_round_trips(c->db) - before, 2);
	support_run("DELETE FROM plain");
	client_free(&c);
}

static void on_refused(void *ctx, struct answer *answer)
{
	assert_int_equal(answer->status, ANSWER_REFUSED);
	assert_string_equal(answer->refusal->sqlstate, "22012");
	*(bool *)ctx = true;
}

/* ---- A statement that is asked again and again */

static void send_repeated(struct client *c, const struct statement *statement)
{
	c->answers = 0;
	client_repeat(c, 'r', statement);
	client_wait(c, c->answers == 1);
}

/* How many plans the server keeps, and how often they were used. */
static const char *plans(struct client *c)
{
	static char cell[sizeof(c->cell)];

	c->answers = 0;
	client_send(c, BATCH_READ, 'p',
	            "SELECT format('%s plans, used %s', count(*),"
	            " coalesce(sum(generic_plans + custom_plans), 0)) FROM pg_prepared_statements",
	            NULL);
	client_wait(c, c->answers == 1);
	snprintf(cell, sizeof(cell), "%s", c->cell);
	return cell;
}

static void test_send__repeated_is_planned_once(void **state)
{
	static const struct statement first = { "first", "SELECT word FROM repeated", 0 };
	static const struct statement other = { "other", "SELECT 'other'", 0 };
	static const struct statement third = { "third", "SELECT 'third'", 0 };
	struct client *c = logged_in();

	(void)state;
	support_run("CREATE TABLE repeated (word text); GRANT SELECT ON repeated TO PUBLIC;"
	            "INSERT INTO repeated VALUES ('one')");
	send_repeated(c, &first);
	assert_string_equal(c->cell, "one");
	support_run("UPDATE repeated SET word = 'two'");
	for (int i = 0; i < 3; i++)
		send_repeated(c, &first);
	assert_string_equal(c->cell, "two");
	assert_string_equal(plans(c), "1 plans, used 4");
	/* Two are asked in turns. */
	for (int i = 0; i < 2; i++) {
		send_repeated(c, &other);
		assert_string_equal(c->cell, "other");
		send_repeated(c, &first);
		assert_string_equal(c->cell, "two");
	}
	assert_string_equal(plans(c), "2 plans, used 8");
	/* There are no more of them. */
	send_repeated(c, &third);
	assert_string_equal(c->cell, "third");
	assert_string_equal(plans(c), "1 plans, used 1");
	client_free(&c);
	support_run("DROP TABLE repeated");
}

/* No transaction around it, which would be two statements more; the next read has one again. */
static void test_send__repeated_goes_alone(void **state)
{
	static const struct statement level = {
		"level", "SELECT current_setting('transaction_isolation')", 0
	};
	struct client *c = logged_in();

	(void)state;
	for (int i = 0; i < 2; i++) {
		send_repeated(c, &level);
		assert_string_equal(c->cell, "read committed");
	}
	client_send(c, BATCH_READ, 'b', level.sql, NULL);
	client_wait(c, c->answers == 2);
	assert_string_equal(c->cell, "repeatable read");
	client_free(&c);
}

static void test_send__repeated_after_a_refusal(void **state)
{
	static const struct statement asked = { "asked", "SELECT word FROM repeated", 0 };
	struct client *c = logged_in();

	(void)state;
	/* Not to be planned, then planned and not to be run, then changed under its plan. */
	send_repeated(c, &asked);
	assert_string_equal(c->sqlstate, "42P01");
	support_run("CREATE TABLE repeated (word text); INSERT INTO repeated VALUES ('one')");
	send_repeated(c, &asked);
	assert_string_equal(c->sqlstate, "42501");
	support_run("GRANT SELECT ON repeated TO PUBLIC");
	send_repeated(c, &asked);
	assert_string_equal(c->cell, "one");
	support_run("ALTER TABLE repeated ALTER word TYPE int USING 1");
	send_repeated(c, &asked);
	assert_string_equal(c->sqlstate, "0A000");
	send_repeated(c, &asked);
	assert_int_equal(c->status, ANSWER_DONE);
	assert_string_equal(c->cell, "1");
	assert_string_equal(plans(c), "1 plans, used 1");
	client_free(&c);
	support_run("DROP TABLE repeated");
}

static void test_send__repeated_twice_in_flight(void **state)
{
	static const struct statement good = { "good", "SELECT 'good'", 0 };
	static const struct statement bad = { "bad", "SELECT 1 / 0", 0 };
	struct client *c = logged_in();

	(void)state;
	client_repeat(c, 'a', &good);
	client_repeat(c, 'b', &good);
	client_repeat(c, 'c', &bad);
	client_repeat(c, 'd', &good);
	client_wait(c, c->answers == 4);
	assert_string_equal(c->ends, "DDRD");
	assert_string_equal(c->cell, "good");
	send_repeated(c, &good);
	assert_string_equal(c->cell, "good");
	/* What was refused goes when another plan comes. */
	assert_string_equal(plans(c), "2 plans, used 2");
	send_repeated(c, &bad);
	assert_string_equal(plans(c), "1 plans, used 0");
	client_free(&c);
}

static void test_send__write_is_all_or_nothing(void **state)
{
	static const struct statement insert = { "insert", "INSERT INTO once VALUES ('half')", 0 };
	static const struct statement fail = { "fail", "SELECT 1 / $1::int", 1 };
	struct client *c = logged_in();
	struct batch *batch = batch_new(BATCH_WRITE);
	bool refused = false;

	(void)state;
	batch_plain(batch, &insert);
	batch_with(batch, &fail, "0");
	batch_plain(batch, &insert);
	db_send(c->db, batch, 1, on_refused, &refused);
	client_wait(c, refused);
	char *rows = support_ask("SELECT count(*) FROM trato.once WHERE key = 'half'");
	assert_string_equal(rows, "0");
	free(rows);
	client_free(&c);
}

static void test_send__conflicts_are_tried_again(void **state)
{
	struct client *c = logged_in();

	(void)state;
	support_run("ALTER SEQUENCE trato.attempts RESTART");
	client_send(c, BATCH_WRITE, 'a', "SELECT lose_until(5)", NULL);
	client_wait(c, c->answers == 1);
	assert_int_equal(c->status, ANSWER_DONE);
	assert_string_equal(c->cell, "won");
	client_send(c, BATCH_WRITE, 'b', "SELECT lose_until(1000)", NULL);
	client_wait(c, c->answers == 2);
	assert_int_equal(c->status, ANSWER_REFUSED);
	assert_string_equal(c->sqlstate, "40001");
	char *tries = support_ask("SELECT last_value FROM trato.attempts");
	assert_string_equal(tries, "11"); /* 5, then one and five more */
	free(tries);
	client_free(&c);
}

static void test_send__large_both_ways(void **state)
{
	struct client *c = logged_in();
	size_t size = 8u << 20;
	char *large = mem_alloc(size + 1);

	(void)state;
	memset(large, 'x', size);
	client_send(c, BATCH_READ, 'a', "SELECT length($1)", large);
	client_wait(c, c->answers == 1);
	assert_string_equal(c->cell, "8388608");
	client_send(c, BATCH_READ, 'b',
	            "SELECT i, repeat('ñ', 50) FROM generate_series(1, 100000) i", NULL);
	client_wait(c, c->answers == 2);
	assert_int_equal(c->rows, 100000);
	free(large);
	client_free(&c);
}

static void test_send__server_gives_up_before_the_client(void **state)
{
	struct client *c =
	    client_new(NULL, NULL, (struct db_config){ .statement_timeout_ms = 100 });

	(void)state;
	client_log_in(c);
	client_send(c, BATCH_READ, 'a', "SELECT pg_sleep(60)", NULL);
	client_wait(c, c->answers == 1);
	assert_int_equal(c->status, ANSWER_REFUSED);
	assert_string_equal(c->sqlstate, "57014");
	assert_int_equal(c->fault, DB_FAULT_NONE);
	client_free(&c);
}

static void test_cancel__stops_only_its_request(void **state)
{
	struct client *c = logged_in();
	uint64_t slow;

	(void)state;
	slow = client_send(c, BATCH_READ, 's', "SELECT pg_sleep(60)", NULL);
	client_send(c, BATCH_READ, 'n', "SELECT 'next'", NULL);
	loop_turn(c->loop, 10);
	db_cancel(c->db, slow);
	client_wait(c, strstr(c->states, "cancelling"));
	/* What is sent meanwhile is not hit. */
	client_send(c, BATCH_WRITE, 'w', "SELECT 'write'", NULL);
	client_wait(c, c->answers == 3);
	assert_string_equal(c->order, "snw");
	assert_string_equal(c->ends, "CDD");
	client_wait(c, db_state(c->db) == DB_READY);
	assert_string_equal(c->sqlstate, "");
	client_free(&c);
}

static void test_cancel__many_times(void **state)
{
	struct client *c = logged_in();

	(void)state;
	for (int i = 0; i < 20; i++) {
		uint64_t ticket = client_send(c, BATCH_READ, 's', "SELECT pg_sleep(30)", NULL);
		client_send(c, BATCH_READ, 'n', "SELECT pg_sleep(0.005)", NULL);
		loop_turn(c->loop, 5);
		db_cancel(c->db, ticket);
		client_wait(c, c->answers == 2 * i + 2);
		assert_string_equal(c->ends + 2 * i, "CD");
	}
	client_free(&c);
}

static void test_cancel__queued_one_is_never_sent(void **state)
{
	struct client *c = client_new(NULL, NULL, (struct db_config){ 0 });
	uint64_t ticket = client_send(c, BATCH_WRITE, 'a', "SELECT note('dropped')", NULL);

	(void)state;
	assert_int_equal(db_unanswered_writes(c->db), 1);
	db_cancel(c->db, ticket);
	assert_int_equal(c->answers, 0);
	client_wait(c, c->answers == 1);
	assert_int_equal(c->status, ANSWER_CANCELLED);
	assert_int_equal(db_unanswered_writes(c->db), 0);
	client_free(&c);
}

static void test_forget__read_is_silent_and_write_is_done(void **state)
{
	struct client *c = logged_in();
	uint64_t read, write;

	(void)state;
	read = client_send(c, BATCH_READ, 'r', "SELECT 1", NULL);
	write = client_send(c, BATCH_WRITE, 'w', "SELECT note('forgotten')", NULL);
	db_forget(c->db, read);
	db_forget(c->db, write);
	client_send(c, BATCH_READ, 'c', "SELECT answers FROM once WHERE key = 'forgotten'", NULL);
	client_wait(c, c->answers == 1);
	assert_string_equal(c->order, "c");
	assert_string_equal(c->cell, "1");
	client_free(&c);
}

static void test_notified__from_others_and_while_busy(void **state)
{
	struct client *c = logged_in();

	(void)state;
	support_run("NOTIFY bell, '7'");
	client_wait(c, c->notifications == 1);
	assert_string_equal(c->payload, "7");
	client_send(c, BATCH_WRITE, 'a', "SELECT pg_notify('bell', '8')", NULL);
	client_wait(c, c->notifications == 2 && c->answers == 1);
	assert_string_equal(c->payload, "8");
	client_free(&c);
}

static void test_disconnect__loses_reads(void **state)
{
	struct client *c = logged_in();

	(void)state;
	client_send(c, BATCH_READ, 'a', "SELECT pg_sleep(60)", NULL);
	loop_turn(c->loop, 10);
	client_send(c, BATCH_READ, 'b', "SELECT 1", NULL);
	db_disconnect(c->db);
	assert_int_equal(db_state(c->db), DB_DOWN);
	assert_int_equal(c->answers, 0);
	client_wait(c, c->answers == 2);
	assert_int_equal(c->status, ANSWER_LOST);
	assert_int_equal(c->fault, DB_FAULT_NONE);
	client_free(&c);
}

static bool collect(void *ctx, const char *bytes, int length)
{
	strncat(ctx, bytes, (size_t)length);
	return true;
}

static void test_script__runs_queries_and_copies(void **state)
{
	const char *const parameters[] = { "script" };
	char text[100] = "";
	struct err err = { 0 };
	struct refusal refusal;
	const struct rows *rows;
	struct arena *arena = arena_new();
	struct script *script = script_open("dbname=dbtest", "tester@x", "secret", &err);

	(void)state;
	assert_non_null(script);
	assert_true(script_run(script, "SELECT 1; INSERT INTO plain VALUES ('a;b'); SELECT 2",
	                       &err));
	assert_true(script_query(script, arena, "SELECT note($1) AS n", 1, parameters, &rows, NULL,
	                         &err));
	assert_int_equal(rows_int(rows, 0, "n"), 1);
	assert_false(script_query(script, arena, "INSERT INTO once VALUES ($1)", 1, parameters,
	                          &rows, &refusal, &err));
	assert_string_equal(refusal.constraint, "once_key_unique");
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_false(script_run(script, "CREATE TABLE trato.mine ()", &err));
	assert_int_equal(err.kind, ERR_DENIED);
	assert_true(script_copy_out(script, "COPY (VALUES (1, 'a,b'), (2, 'c')) TO STDOUT CSV",
	                            collect, text, &err));
	assert_string_equal(text, "1,\"a,b\"\n2,c\n");
	assert_false(script_copy_out(script, "COPY (SELECT 1 / 0) TO STDOUT", collect, text, &err));
	assert_true(script_run(script, "SELECT 1", &err));
	script_close(&script);
	assert_null(script_open("dbname=dbtest", "tester@x", "wrong", &err));
	assert_int_equal(err.kind, ERR_CONNECT);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_send__five_statements_cost_one_round_trip),
		cmocka_unit_test(test_send__read_is_one_snapshot_in_an_arena),
		cmocka_unit_test(test_send__trace_stands_before_the_read),
		cmocka_unit_test(test_send__refusal_has_its_fields),
		cmocka_unit_test(test_send__failed_read_does_not_harm_the_next),
		cmocka_unit_test(test_send__repeated_is_planned_once),
		cmocka_unit_test(test_send__repeated_goes_alone),
		cmocka_unit_test(test_send__repeated_after_a_refusal),
		cmocka_unit_test(test_send__repeated_twice_in_flight),
		cmocka_unit_test(test_send__write_is_all_or_nothing),
		cmocka_unit_test(test_send__conflicts_are_tried_again),
		cmocka_unit_test(test_send__large_both_ways),
		cmocka_unit_test(test_send__server_gives_up_before_the_client),
		cmocka_unit_test(test_cancel__stops_only_its_request),
		cmocka_unit_test(test_cancel__many_times),
		cmocka_unit_test(test_cancel__queued_one_is_never_sent),
		cmocka_unit_test(test_forget__read_is_silent_and_write_is_done),
		cmocka_unit_test(test_notified__from_others_and_while_busy),
		cmocka_unit_test(test_disconnect__loses_reads),
		cmocka_unit_test(test_script__runs_queries_and_copies),
	};

	return cmocka_run_group_tests(tests, support_set_up, NULL);
}
