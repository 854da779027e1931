/*
 * What is told of a server that was looked at, and that nobody waits for ever for
 * one that falls silent afterwards.
 */
#include "support.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include <db/probe.h>

static struct probe_list probe(struct arena *arena, const char *conninfo, const char *password)
{
	struct probe_list list;

	probe_servers(conninfo, "tester@x", password, arena, &list);
	return list;
}

static void test_probe__a_server_that_lets_us_in(void **state)
{
	struct arena *arena = arena_new();
	struct probe_list list = probe(arena, "dbname=dbtest", "secret");
	const char *folder = getenv("TRATO_CLUSTER");

	(void)state;
	assert_int_equal(list.count, 1);
	assert_int_equal(list.all[0].fault, DB_FAULT_NONE);
	assert_true(list.all[0].answered && list.all[0].socket);
	assert_false(list.all[0].only_reads);
	assert_true(folder && strstr(list.all[0].server, folder));
	assert_true(atoi(list.all[0].version) >= 15);
	assert_non_null(list.script);
	assert_string_equal(script_database(list.script), "dbtest");
	script_close(&list.script);
	arena_free(&arena);
}

static void test_probe__without_a_password(void **state)
{
	struct arena *arena = arena_new();
	struct probe_list list = probe(arena, "dbname=dbtest", NULL);

	(void)state;
	assert_null(list.script);
	assert_true(list.all[0].answered && list.all[0].needs_password && list.user_named);
	assert_int_equal(list.all[0].fault, DB_FAULT_PASSWORD);
	probe_servers("dbname=dbtest", NULL, NULL, arena, &list);
	assert_true(list.user_named); /* by PGUSER */
	script_close(&list.script);
	arena_free(&arena);
}

static void test_probe__each_server_is_told(void **state)
{
	struct arena *arena = arena_new();
	char conninfo[500];
	struct probe_list list;

	(void)state;
	snprintf(conninfo, sizeof(conninfo),
	         "host=nosuch.invalid,/nowhere,127.0.0.1,%s port=1,1,1,%s dbname=dbtest",
	         getenv("PGHOST"), getenv("PGPORT"));
	list = probe(arena, conninfo, "secret");
	assert_int_equal(list.count, 4);
	assert_int_equal(list.all[0].cause, PROBE_NO_NAME);
	assert_int_equal(list.all[1].cause, PROBE_NO_SOCKET);
	assert_int_equal(list.all[2].cause, PROBE_REFUSED);
	assert_false(list.all[2].answered);
	assert_int_equal(list.all[3].fault, DB_FAULT_NONE);
	assert_non_null(list.script);
	script_close(&list.script);
	arena_free(&arena);
}

static void test_probe_has_password(void **state)
{
	(void)state;
	assert_true(probe_has_password("host=x password=y"));
	assert_true(probe_has_password("postgresql://a:y@x/trato"));
	assert_false(probe_has_password("host=x"));
	assert_false(probe_has_password("trato"));
	assert_false(probe_has_password("nonsense=1"));
}

static PGconn *connect_to_server(void)
{
	PGconn *conn = PQconnectdb("dbname=dbtest user=postgres");

	assert_int_equal(PQstatus(conn), CONNECTION_OK);
	return conn;
}

static void test_script__waits_no_longer_than_it_was_told(void **state)
{
	PGconn *conn = connect_to_server();
	pid_t backend = (pid_t)PQbackendPID(conn);
	struct arena *arena = arena_new();
	struct err err = { 0 };
	struct script *script = script_adopt(conn, 300, &err);
	const struct rows *rows = NULL;

	(void)state;
	assert_non_null(script);
	assert_true(script_query(script, arena, "SELECT 1 AS one", 0, NULL, &rows, NULL, &err));
	assert_int_equal(rows_int(rows, 0, "one"), 1);
	assert_false(script_run(script, "SELECT 1; SELECT 1/0; SELECT 2", &err));
	assert_non_null(strstr(err.text, "division by zero"));
	assert_true(script_run(script, "SELECT 1; SELECT 2", &err));
	assert_int_equal(kill(backend, SIGSTOP), 0);
	assert_false(script_query(script, arena, "SELECT 1", 0, NULL, &rows, NULL, &err));
	assert_int_equal(err.kind, ERR_CONNECT);
	assert_string_equal(err.text, "The server does not answer.");
	assert_int_equal(kill(backend, SIGCONT), 0);
	script_close(&script);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_probe__a_server_that_lets_us_in),
		cmocka_unit_test(test_probe__without_a_password),
		cmocka_unit_test(test_probe__each_server_is_told),
		cmocka_unit_test(test_probe_has_password),
		cmocka_unit_test(test_script__waits_no_longer_than_it_was_told),
	};

	return cmocka_run_group_tests(tests, support_set_up, NULL);
}
