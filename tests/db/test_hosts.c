/*
 * Several servers in one connection string: which of them is taken, how long
 * one may keep the others waiting, and what a standby is good for.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct db_config returning = { .reconnect = true };
static const struct db_config impatient = { .reconnect = true, .connect_timeout_ms = 150 };

static const char *port_of(const struct proxy *proxy)
{
	static char ports[2][8];
	static int turn;
	char *port = ports[turn++ % 2];

	sscanf(strstr(proxy->conninfo, "port="), "port=%7[0-9]", port);
	return port;
}

static struct client *client_of(struct loop *loop, const char *ports, const char *extra,
                                struct db_config config)
{
	char conninfo[256];

	snprintf(conninfo, sizeof(conninfo),
	         "host=127.0.0.1,127.0.0.1 port=%s sslmode=disable dbname=dbtest %s", ports, extra);
	return client_new(loop, conninfo, config);
}

static struct client *client_of_two(struct loop *loop, const struct proxy *first,
                                    const struct proxy *second, struct db_config config)
{
	char ports[32];

	snprintf(ports, sizeof(ports), "%s,%s", port_of(first), port_of(second));
	return client_of(loop, ports, "", config);
}

static void test_hosts__refused_goes_on_to_the_next(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *proxy = proxy_new(loop, false);
	char ports[32];

	(void)state;
	snprintf(ports, sizeof(ports), "1,%s", port_of(proxy));
	struct client *c = client_of(loop, ports, "", returning);
	client_log_in(c);
	assert_string_equal(c->states, "connecting setup ready ");
	proxy_free(&proxy);
	client_free(&c);
}

/* Wherever libpq has them from. */
static void test_hosts__a_uri_and_a_service_name_several_too(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *proxy = proxy_new(loop, false);
	char conninfo[256], path[] = "/tmp/trato-service.XXXXXX";
	FILE *file = fdopen(mkstemp(path), "w");

	(void)state;
	assert_non_null(file);
	fprintf(file, "[pair]\nhost=127.0.0.1,127.0.0.1\nport=1,%s\ndbname=dbtest\n",
	        port_of(proxy));
	fclose(file);
	setenv("PGSERVICEFILE", path, 1);
	struct client *c = client_new(loop, "service=pair sslmode=disable", returning);
	client_log_in(c);
	db_free(&c->db);
	free(c);
	unlink(path);

	snprintf(conninfo, sizeof(conninfo),
	         "postgresql://127.0.0.1:1,127.0.0.1:%s/dbtest?sslmode=disable", port_of(proxy));
	c = client_new(loop, conninfo, returning);
	client_log_in(c);
	assert_string_equal(c->states, "connecting setup ready ");
	proxy_free(&proxy);
	client_free(&c);
}

/* Too long to be asked for anywhere. */
#define NO_NAME "x123456789x123456789x123456789x123456789x123456789x123456789x1234"

static void test_hosts__a_name_without_address_is_left_out(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *proxy = proxy_new(loop, false);
	char conninfo[256];

	(void)state;
	snprintf(conninfo, sizeof(conninfo),
	         "host=" NO_NAME ",127.0.0.1 port=%s sslmode=disable dbname=dbtest",
	         port_of(proxy));
	struct client *c = client_new(loop, conninfo, returning);
	client_log_in(c);
	proxy_free(&proxy);
	client_free(&c);

	c = client_new(NULL, "host=" NO_NAME " dbname=dbtest", returning);
	db_connect(c->db, "tester@x", "secret");
	client_wait(c, strstr(c->states, "down"));
	assert_int_equal(c->fault, DB_FAULT_UNREACHABLE);
	assert_non_null(strstr(c->fault_text, NO_NAME));
	client_free(&c);
}

static void test_hosts__black_hole_goes_on_to_the_next(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *hole = proxy_new(loop, true), *proxy = proxy_new(loop, false);
	struct client *c = client_of_two(loop, hole, proxy, impatient);

	(void)state;
	client_log_in(c);
	assert_string_equal(c->states, "connecting setup ready ");
	assert_int_equal(hole->connections, 1);
	/* Who was good last comes first when the connection is back. */
	proxy->mode = PROXY_CUT;
	client_send(c, BATCH_READ, 'r', "SELECT 1", NULL);
	client_wait(c, strstr(c->states, "down"));
	proxy->mode = PROXY_PASS;
	client_wait(c, c->readies == 2);
	assert_int_equal(hole->connections, 1);
	proxy_free(&hole);
	proxy_free(&proxy);
	client_free(&c);
}

static void test_hosts__connect_timeout_holds_for_each(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *hole = proxy_new(loop, true), *proxy = proxy_new(loop, false);
	char ports[32];

	(void)state;
	snprintf(ports, sizeof(ports), "%s,%s", port_of(hole), port_of(proxy));
	struct client *c = client_of(loop, ports, "connect_timeout=1", returning);
	client_log_in(c);
	assert_int_equal(hole->connections, 1);
	proxy_free(&hole);
	proxy_free(&proxy);
	client_free(&c);
}

static void test_hosts__one_that_accepts_and_falls_silent_is_passed_over(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *dumb = proxy_new(loop, false), *proxy = proxy_new(loop, false);
	struct client *c =
	    client_of_two(loop, dumb, proxy,
	                  (struct db_config){ .reconnect = true, .answer_timeout_ms = 300 });

	(void)state;
	client_log_in(c);
	dumb->mode = PROXY_CUT;
	client_send(c, BATCH_READ, 'r', "SELECT 1", NULL);
	client_wait(c, strstr(c->states, "down"));
	dumb->mode = PROXY_PASS;
	client_wait(c, db_state(c->db) == DB_SETUP);
	dumb->mode = PROXY_SILENT;
	client_wait(c, c->readies == 2);
	assert_int_equal(proxy->connections, 1);
	proxy_free(&dumb);
	proxy_free(&proxy);
	client_free(&c);
}

static void test_hosts__cancel_reaches_the_same_server(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *hole = proxy_new(loop, true), *proxy = proxy_new(loop, false);
	struct client *c = client_of_two(loop, hole, proxy, impatient);
	uint64_t ticket;

	(void)state;
	client_log_in(c);
	ticket = client_send(c, BATCH_READ, 'r', "SELECT pg_sleep(60)", NULL);
	client_wait(c, db_round_trips(c->db) == 2);
	db_cancel(c->db, ticket);
	/* The proxy carries one connection at a time: the cancel takes the place of the other. */
	client_wait(c, proxy->connections == 2);
	assert_int_equal(hole->connections, 1);
	proxy_free(&hole);
	proxy_free(&proxy);
	client_free(&c);
}

static void test_hosts__all_failures_are_told(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *hole = proxy_new(loop, true);
	char ports[32];

	(void)state;
	snprintf(ports, sizeof(ports), "1,%s", port_of(hole));
	struct client *c = client_of(loop, ports, "", impatient);
	db_connect(c->db, "tester@x", "secret");
	client_wait(c, strstr(c->states, "down"));
	assert_int_equal(c->fault, DB_FAULT_UNREACHABLE);
	assert_non_null(strstr(c->fault_text, "refused"));
	assert_non_null(strstr(c->fault_text, "; 127.0.0.1: The server does not answer."));
	proxy_free(&hole);
	client_free(&c);
}

static void test_hosts__a_wrong_password_is_tried_once(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *first = proxy_new(loop, false), *second = proxy_new(loop, false);
	struct client *c = client_of_two(loop, first, second, returning);

	(void)state;
	db_connect(c->db, "tester@x", "wrong");
	client_wait(c, strstr(c->states, "down"));
	assert_int_equal(c->fault, DB_FAULT_PASSWORD);
	assert_int_equal(second->connections, 0);
	proxy_free(&first);
	proxy_free(&second);
	client_free(&c);
}

/* An old primary that came back is told apart by its setting. */
static void test_hosts__of_several_one_that_only_reads_is_not_taken(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *first = proxy_new(loop, false), *second = proxy_new(loop, false);
	struct client *c = client_of_two(loop, first, second, returning);

	(void)state;
	support_run("ALTER ROLE \"tester@x\" SET default_transaction_read_only = on");
	db_connect(c->db, "tester@x", "secret");
	client_wait(c, strstr(c->states, "down"));
	assert_int_equal(c->fault, DB_FAULT_READ_ONLY);
	assert_int_equal(first->connections + second->connections, 2);
	assert_string_equal(c->fault_text, "127.0.0.1: This server only reads.; "
	                                   "127.0.0.1: This server only reads.");
	proxy_free(&first);
	proxy_free(&second);
	client_free(&c);

	/* The only one is taken, and a change is refused. */
	c = client_new(NULL, NULL, returning);
	client_log_in(c);
	assert_true(db_only_reads(c->db));
	client_send(c, BATCH_WRITE, 'w', "SELECT note('fenced')", NULL);
	client_wait(c, c->answers == 1);
	assert_string_equal(c->sqlstate, "25006");
	client_free(&c);
	support_run("ALTER ROLE \"tester@x\" RESET default_transaction_read_only");
}

/* Who only wants to read takes any of several, and could not write. */
static void test_hosts__who_only_reads_takes_any(void **state)
{
	const struct db_config reading = { .reconnect = true, .read_only = true };
	struct loop *loop = loop_new();
	struct proxy *first = proxy_new(loop, false), *second = proxy_new(loop, false);
	struct client *c = client_of_two(loop, first, second, reading);

	(void)state;
	support_run("ALTER ROLE \"tester@x\" SET default_transaction_read_only = on");
	client_log_in(c);
	assert_int_equal(first->connections + second->connections, 1);
	support_run("ALTER ROLE \"tester@x\" RESET default_transaction_read_only");
	proxy_free(&first);
	proxy_free(&second);
	client_free(&c);

	c = client_new(NULL, NULL, reading);
	client_log_in(c);
	assert_true(db_only_reads(c->db));
	client_send(c, BATCH_WRITE, 'w', "SELECT note('from the wall')", NULL);
	client_wait(c, c->answers == 1);
	assert_string_equal(c->sqlstate, "25006");
	client_free(&c);
}

/* A planned change of servers: the old one takes no more changes, and its people move over. */
static void test_hosts__a_write_leaves_a_server_that_was_fenced(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *first = proxy_new(loop, false), *second = proxy_new(loop, false);
	struct client *c = client_of_two(loop, first, second, returning);

	(void)state;
	client_log_in(c);
	support_run("ALTER ROLE \"tester@x\" SET default_transaction_read_only = on");
	client_send(c, BATCH_WRITE, 'f', "SET default_transaction_read_only = on", NULL);
	client_send(c, BATCH_WRITE, 'w', "SELECT note('moves over')", NULL);
	client_wait(c, c->fault == DB_FAULT_READ_ONLY);
	assert_string_equal(c->order, "f");
	assert_int_equal(db_unanswered_writes(c->db), 1);
	support_run("ALTER ROLE \"tester@x\" RESET default_transaction_read_only");
	client_wait(c, c->answers == 2);
	assert_int_equal(c->status, ANSWER_DONE);
	proxy_free(&first);
	proxy_free(&second);
	client_free(&c);
}

static void standby(const char *verb)
{
	char command[200];

	snprintf(command, sizeof(command),
	         "tests/harness/cluster %s $TRATO_CLUSTER/standby </dev/null", verb);
	assert_int_equal(system(command), 0);
}

static struct client *client_of_pair(const char *extra)
{
	const char *folder = getenv("TRATO_CLUSTER");
	char conninfo[600];

	snprintf(conninfo, sizeof(conninfo), "host=%s/standby,%s port=5432 dbname=dbtest %s",
	         folder, folder, extra);
	return client_new(NULL, conninfo, returning);
}

static void expect_standby(const char *extra, bool expected)
{
	struct client *c = client_of_pair(extra);

	client_log_in(c);
	client_send(c, BATCH_READ, 'r', "SELECT pg_is_in_recovery()", NULL);
	client_wait(c, c->answers == 1);
	if (strcmp(c->cell, expected ? "t" : "f") != 0 || db_only_reads(c->db) != expected)
		fail_msg("\"%s\" leads to the wrong server", extra);
	client_free(&c);
}

static void test_hosts__standby_is_for_those_who_ask_for_it(void **state)
{
	char conninfo[300];
	struct client *c;

	(void)state;
	standby("standby $TRATO_CLUSTER");
	standby("start");
	expect_standby("", false);
	expect_standby("target_session_attrs=primary", false);
	expect_standby("target_session_attrs=any", true);
	expect_standby("target_session_attrs=standby", true);
	expect_standby("target_session_attrs=read-only", true);
	expect_standby("target_session_attrs=prefer-standby", true);

	/* Nothing can be listened to there, until it is promoted: then the bell rings. */
	snprintf(conninfo, sizeof(conninfo), "host=%s/standby port=5432 dbname=dbtest",
	         getenv("TRATO_CLUSTER"));
	c = client_new(NULL, conninfo, returning);
	client_log_in(c);
	client_send(c, BATCH_WRITE, 'w', "SELECT note('standby')", NULL);
	client_wait(c, c->answers == 1);
	assert_string_equal(c->sqlstate, "25006");
	support_server("stop");
	expect_standby("target_session_attrs=prefer-standby", true);
	standby("promote");
	client_send(c, BATCH_READ, 'r', "SELECT 1", NULL);
	client_wait(c, c->readies == 2);
	assert_false(db_only_reads(c->db));
	client_send(c, BATCH_WRITE, 'n', "NOTIFY bell", NULL);
	client_wait(c, c->notifications == 1);
	/* The new primary is found, and the preference for a standby is not a condition. */
	expect_standby("", false);
	expect_standby("target_session_attrs=prefer-standby", false);
	client_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hosts__refused_goes_on_to_the_next),
		cmocka_unit_test(test_hosts__a_uri_and_a_service_name_several_too),
		cmocka_unit_test(test_hosts__a_name_without_address_is_left_out),
		cmocka_unit_test(test_hosts__black_hole_goes_on_to_the_next),
		cmocka_unit_test(test_hosts__connect_timeout_holds_for_each),
		cmocka_unit_test(test_hosts__one_that_accepts_and_falls_silent_is_passed_over),
		cmocka_unit_test(test_hosts__cancel_reaches_the_same_server),
		cmocka_unit_test(test_hosts__all_failures_are_told),
		cmocka_unit_test(test_hosts__a_wrong_password_is_tried_once),
		cmocka_unit_test(test_hosts__of_several_one_that_only_reads_is_not_taken),
		cmocka_unit_test(test_hosts__who_only_reads_takes_any),
		cmocka_unit_test(test_hosts__a_write_leaves_a_server_that_was_fenced),
		/* The last: it leaves the server stopped. */
		cmocka_unit_test(test_hosts__standby_is_for_those_who_ask_for_it),
	};

	return cmocka_run_group_tests(tests, support_set_up, NULL);
}
