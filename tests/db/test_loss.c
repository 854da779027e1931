/*
 * Connections that break: nothing acknowledged is lost, nothing is done twice,
 * and the client comes back by itself and listens again.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <db/internal.h>

#define KILL                                                            \
	"SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity" \
	" WHERE usename = 'tester@x' AND datname = 'dbtest'"

static const struct db_config returning = { .reconnect = true };

static void expect_answers(const char *key, const char *expected)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
	         "SELECT string_agg(answers::text, ' ') FROM trato.once"
	         " WHERE key = '%s'",
	         key);
	char *answers = support_ask(sql);
	assert_string_equal(answers, expected);
	free(answers);
}

static void wait_until_running(struct client *c, const char *what)
{
	char sql[200];
	char *running = NULL;

	snprintf(sql, sizeof(sql),
	         "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
	         " AND usename = 'tester@x' AND query LIKE '%%%s%%'",
	         what);
	do {
		free(running);
		loop_turn(c->loop, 10);
		running = support_ask(sql);
	} while (strcmp(running, "0") == 0);
	free(running);
}

static void test_loss__idle_session_ended_comes_back_listening(void **state)
{
	struct client *c = client_new(NULL, NULL, returning);

	(void)state;
	client_log_in(c);
	support_run(KILL);
	client_wait(c, c->readies == 2);
	assert_int_equal(c->fault, DB_FAULT_ENDED);
	assert_string_equal(c->states, "connecting setup ready down connecting setup ready ");
	support_run("NOTIFY bell");
	client_wait(c, c->notifications == 1);
	client_free(&c);
}

static void read_what_was_missed(struct client *c)
{
	if (c->readies > 1)
		client_send(c, BATCH_READ, 'm', "SELECT 'missed'", NULL);
}

static void test_loss__read_is_lost_and_write_is_sent_again(void **state)
{
	struct client *c = client_new(NULL, NULL, returning);

	(void)state;
	c->on_ready = read_what_was_missed;
	client_log_in(c);
	client_send(c, BATCH_READ, 'r', "SELECT pg_sleep(60)", NULL);
	client_send(c, BATCH_WRITE, 'w', "SELECT note($1)", "killed before");
	wait_until_running(c, "pg_sleep(60)");
	support_run(KILL);
	client_wait(c, c->readies == 2);
	client_send(c, BATCH_READ, 'n', "SELECT 'new'", NULL);
	client_wait(c, c->answers == 4);
	/* The lost read first, then what was missed, the write, and what came later. */
	assert_string_equal(c->order, "rmwn");
	expect_answers("killed before", "1");
	client_free(&c);
}

static void test_loss__killed_within_a_write_is_done_once(void **state)
{
	struct client *c = client_new(NULL, NULL, returning);

	(void)state;
	client_log_in(c);
	client_send(c, BATCH_WRITE, 'w', "SELECT note('within', 1.5)", NULL);
	wait_until_running(c, "within");
	support_run(KILL);
	client_wait(c, c->answers == 1);
	assert_int_equal(c->status, ANSWER_DONE);
	assert_string_equal(c->cell, "1");
	expect_answers("within", "1");
	client_free(&c);
}

/* As when the commit waits for a standby: the second copy waits for the first. */
static void test_loss__second_copy_that_takes_too_long_decides_nothing(void **state)
{
	struct err err = { 0 };
	struct script *other = script_open("dbname=dbtest", "postgres", NULL, &err);
	struct client *c = client_new(NULL, NULL,
	                              (struct db_config){ .reconnect = true,
	                                                  .statement_timeout_ms = 1500 });
	unsigned long trips;

	(void)state;
	assert_true(script_run(other, "BEGIN; INSERT INTO once (key) VALUES ('slow')", &err));
	client_log_in(c);
	client_send(c, BATCH_WRITE, 'w', "SELECT note('slow')", NULL);
	wait_until_running(c, "slow");
	support_run(KILL);
	client_wait(c, c->readies == 2);
	client_wait(c, db_unanswered_writes(c->db) == 1 && db_waiting(c->db) > 0);
	/* It is sent a third time. */
	trips = db_round_trips(c->db);
	client_wait(c, db_round_trips(c->db) > trips);
	assert_int_equal(c->answers, 0);
	assert_int_equal(db_unanswered_writes(c->db), 1);
	assert_true(script_run(other, "COMMIT", &err));
	client_wait(c, c->answers == 1);
	assert_int_equal(c->status, ANSWER_DONE);
	expect_answers("slow", "2");
	script_close(&other);
	client_free(&c);
}

static void test_loss__answer_of_a_committed_write_is_asked_again(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *proxy = proxy_new(loop, false);
	struct client *c = client_new(loop, proxy->conninfo, returning);

	(void)state;
	client_log_in(c);
	proxy->mode = PROXY_CUT;
	client_send(c, BATCH_WRITE, 'w', "SELECT note('committed')", NULL);
	client_wait(c, strstr(c->states, "down"));
	assert_int_equal(db_unanswered_writes(c->db), 1);
	assert_int_equal(c->answers, 0);
	proxy->mode = PROXY_PASS;
	client_wait(c, c->answers == 1);
	assert_int_equal(c->status, ANSWER_DONE);
	/* The function was called twice and did it once: what it answers is the first result. */
	assert_string_equal(c->cell, "2");
	expect_answers("committed", "2");
	proxy_free(&proxy);
	client_free(&c);
}

static void test_loss__cancel_does_not_hide_what_happened(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *proxy = proxy_new(loop, false);
	struct client *c = client_new(loop, proxy->conninfo, returning);
	uint64_t ticket;

	(void)state;
	client_log_in(c);
	proxy->mode = PROXY_CUT;
	ticket = client_send(c, BATCH_WRITE, 'w', "SELECT note('doubtful')", NULL);
	client_wait(c, strstr(c->states, "down"));
	db_cancel(c->db, ticket);
	proxy->mode = PROXY_PASS;
	client_wait(c, c->answers == 1);
	assert_int_equal(c->status, ANSWER_DONE);
	expect_answers("doubtful", "2");
	proxy_free(&proxy);
	client_free(&c);
}

static void test_loss__silent_server_meets_the_deadline(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *proxy = proxy_new(loop, false);
	struct client *c = client_new(loop, proxy->conninfo,
	                              (struct db_config){ .reconnect = true,
	                                                  .answer_timeout_ms = 500,
	                                                  .statement_timeout_ms = 10000 });

	(void)state;
	client_log_in(c);
	proxy->mode = PROXY_SILENT;
	client_send(c, BATCH_READ, 'r', "SELECT 1", NULL);
	client_send(c, BATCH_WRITE, 'w', "SELECT note('silent')", NULL);
	client_wait(c, c->answers == 1);
	assert_int_equal(c->fault, DB_FAULT_UNREACHABLE);
	proxy->mode = PROXY_PASS;
	client_wait(c, c->answers == 2);
	assert_string_equal(c->ends, "LD");
	/* Idle, who asks finds out at once. */
	client_wait(c, db_state(c->db) == DB_READY);
	proxy->mode = PROXY_SILENT;
	c->states[0] = '\0';
	db_retry(c->db);
	client_wait(c, strstr(c->states, "down"));
	proxy_free(&proxy);
	client_free(&c);
}

/* Who asks for nothing and only listens finds out, too, comes back and hears again. */
static void test_loss__silent_server_is_found_by_who_only_listens(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *proxy = proxy_new(loop, false);
	struct client *c = client_new(
	    loop, proxy->conninfo,
	    (struct db_config){ .reconnect = true, .answer_timeout_ms = 500, .heartbeat_ms = 100 });

	(void)state;
	client_log_in(c);
	proxy->mode = PROXY_SILENT;
	client_wait(c, strstr(c->states, "down"));
	assert_int_equal(c->fault, DB_FAULT_UNREACHABLE);
	proxy->mode = PROXY_PASS;
	client_wait(c, c->readies == 2);
	support_run("NOTIFY bell");
	client_wait(c, c->notifications == 1);
	proxy_free(&proxy);
	client_free(&c);
}

/* A query may take long, a sign of life may not: together with the heartbeat, of which a program that
 * says nothing about it has the usual one, that makes the 15 s in which people are to know. */
static void test_loss__a_sign_of_life_does_not_wait_for_the_deadline_of_queries(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *proxy = proxy_new(loop, false);
	struct client *c = client_new(loop, proxy->conninfo,
	                              (struct db_config){ .reconnect = true,
	                                                  .answer_timeout_ms = 600 * 1000,
	                                                  .heartbeat_ms = 100 });
	struct db *usual = db_new(loop, &returning, &(struct db_events){ 0 });

	(void)state;
	assert_in_range(usual->config.heartbeat_ms + DB_LIFE_MS, 1, 15000);
	db_free(&usual);
	client_log_in(c);
	proxy->mode = PROXY_SILENT;
	client_wait(c, strstr(c->states, "down"));
	assert_int_equal(c->fault, DB_FAULT_UNREACHABLE);
	proxy_free(&proxy);
	client_free(&c);
}

/* Signs of life go on for as long as nothing happens, and nobody sees any of them. */
static void test_loss__idle_connection_stays(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *proxy = proxy_new(loop, false);
	struct client *c = client_new(
	    loop, proxy->conninfo,
	    (struct db_config){ .reconnect = true, .answer_timeout_ms = 5000, .heartbeat_ms = 20 });
	unsigned long trips;

	(void)state;
	client_log_in(c);
	c->states[0] = '\0';
	trips = db_round_trips(c->db);
	client_wait(c, proxy->answers > 20);
	assert_string_equal(c->states, "");
	assert_int_equal(db_round_trips(c->db), trips);
	client_send(c, BATCH_READ, 'r', "SELECT 1", NULL);
	client_wait(c, c->answers == 1);
	assert_int_equal(c->status, ANSWER_DONE);
	proxy_free(&proxy);
	client_free(&c);
}

static void test_loss__server_restarts_while_writes_wait(void **state)
{
	struct client *c = client_new(NULL, NULL, returning);

	(void)state;
	client_log_in(c);
	support_server("stop");
	client_wait(c, strstr(c->states, "down"));
	client_send(c, BATCH_WRITE, 'a', "SELECT note('restart a')", NULL);
	client_send(c, BATCH_WRITE, 'b', "SELECT note('restart b')", NULL);
	/* It goes on trying. */
	client_wait(c, c->fault == DB_FAULT_UNREACHABLE);
	assert_int_equal(db_unanswered_writes(c->db), 2);
	support_server("start");
	db_retry(c->db);
	client_wait(c, c->answers == 2);
	assert_int_equal(c->status, ANSWER_DONE);
	assert_string_equal(c->order, "ab");
	client_wait(c, db_state(c->db) == DB_READY);
	client_free(&c);
}

static void test_loss__disabled_person_stays_out(void **state)
{
	struct client *c = client_new(NULL, NULL, returning);

	(void)state;
	support_run("CREATE ROLE \"leaver@x\" LOGIN PASSWORD 'secret'");
	db_connect(c->db, "leaver@x", "secret");
	client_wait(c, c->readies == 1);
	support_run("ALTER ROLE \"leaver@x\" NOLOGIN; SELECT pg_terminate_backend(pid)"
	            " FROM pg_stat_activity WHERE usename = 'leaver@x'");
	client_wait(c, c->fault == DB_FAULT_DISABLED);
	assert_string_equal(c->states, "connecting setup ready down connecting down ");
	client_free(&c);
}

/* Another connection has no plans. */
static void test_loss__repeated_is_planned_again(void **state)
{
	static const struct statement asked = { "asked", "SELECT 'asked'", 0 };
	struct client *c = client_new(NULL, NULL, returning);

	(void)state;
	client_log_in(c);
	client_repeat(c, 'r', &asked);
	client_wait(c, c->answers == 1);
	support_run(KILL);
	client_wait(c, c->readies == 2);
	client_repeat(c, 'r', &asked);
	client_wait(c, c->answers == 2);
	assert_string_equal(c->ends, "DD");
	assert_string_equal(c->cell, "asked");
	client_free(&c);
}

static void test_loss__new_password_is_used(void **state)
{
	struct client *c = client_new(NULL, NULL, returning);

	(void)state;
	support_run("CREATE ROLE \"changer@x\" LOGIN PASSWORD 'secret'");
	db_connect(c->db, "changer@x", "secret");
	client_wait(c, c->readies == 1);
	support_run("ALTER ROLE \"changer@x\" PASSWORD 'better'");
	db_set_password(c->db, "better");
	support_run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
	            " WHERE usename = 'changer@x'");
	client_wait(c, c->readies == 2);
	client_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_loss__idle_session_ended_comes_back_listening),
		cmocka_unit_test(test_loss__read_is_lost_and_write_is_sent_again),
		cmocka_unit_test(test_loss__killed_within_a_write_is_done_once),
		cmocka_unit_test(test_loss__second_copy_that_takes_too_long_decides_nothing),
		cmocka_unit_test(test_loss__answer_of_a_committed_write_is_asked_again),
		cmocka_unit_test(test_loss__cancel_does_not_hide_what_happened),
		cmocka_unit_test(test_loss__silent_server_meets_the_deadline),
		cmocka_unit_test(test_loss__silent_server_is_found_by_who_only_listens),
		cmocka_unit_test(test_loss__a_sign_of_life_does_not_wait_for_the_deadline_of_queries),
		cmocka_unit_test(test_loss__idle_connection_stays),
		cmocka_unit_test(test_loss__server_restarts_while_writes_wait),
		cmocka_unit_test(test_loss__disabled_person_stays_out),
		cmocka_unit_test(test_loss__repeated_is_planned_again),
		cmocka_unit_test(test_loss__new_password_is_used),
	};

	return cmocka_run_group_tests(tests, support_set_up, NULL);
}
