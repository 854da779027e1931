/*
 * The connection's way from DOWN to READY, and the reason for each failure, on
 * a real server and against one that stays silent.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/mem.h>

static void test_connect__announces_each_state_once(void **state)
{
	struct client *c = client_new(NULL, NULL, (struct db_config){ 0 });

	(void)state;
	assert_int_equal(db_state(c->db), DB_DOWN);
	client_log_in(c);
	assert_string_equal(c->states, "connecting setup ready ");
	assert_int_equal(c->greetings, 1);
	assert_int_equal(c->readies, 1);
	/* Settings, greeting and LISTEN leave together. */
	assert_int_equal(db_round_trips(c->db), 1);
	client_free(&c);
}

static void expect_fault(const char *conninfo, const char *user, const char *password,
                         enum db_fault fault, const char *text)
{
	struct client *c = client_new(NULL, conninfo, (struct db_config){ .reconnect = true });

	db_connect(c->db, user, password);
	client_wait(c, strstr(c->states, "down"));
	assert_int_equal(c->fault, fault);
	if (!strstr(c->fault_text, text))
		fail_msg("\"%s\" is not in \"%s\"", text, c->fault_text);
	/* The person is there and tries again: the program does not. */
	loop_turn(c->loop, 0);
	assert_int_equal(db_state(c->db), DB_DOWN);
	assert_string_not_equal(db_fault_sentence(fault), "");
	client_free(&c);
}

static void test_connect__each_failure_has_its_reason(void **state)
{
	(void)state;
	expect_fault(NULL, "tester@x", "wrong", DB_FAULT_PASSWORD,
	             "password authentication failed");
	expect_fault(NULL, "nobody@x", "secret", DB_FAULT_PASSWORD,
	             "password authentication failed");
	expect_fault(NULL, "tester@x", "", DB_FAULT_PASSWORD, "no password");
	expect_fault(NULL, "gone@x", "secret", DB_FAULT_DISABLED, "not permitted to log in");
	expect_fault("dbname=absent", "tester@x", "secret", DB_FAULT_NO_DATABASE,
	             "\"absent\" does not exist");
	expect_fault("dbname=postgres", "tester@x", "secret", DB_FAULT_NO_DATABASE,
	             "does not exist");
	expect_fault(NULL, "many@x", "secret", DB_FAULT_FULL, "too many connections");
	expect_fault("host=/nowhere dbname=dbtest", "tester@x", "secret", DB_FAULT_UNREACHABLE,
	             "/nowhere");
	expect_fault("host=/nowhere dbname=dbtest", "tester@x", "secret", DB_FAULT_UNREACHABLE,
	             "No such file or directory. Is the server running");
	expect_fault("host=127.0.0.1 port=1 dbname=dbtest", "tester@x", "secret",
	             DB_FAULT_UNREACHABLE, "refused");
	expect_fault("nonsense=1", "tester@x", "secret", DB_FAULT_UNREACHABLE, "nonsense");
}

static void test_connect__without_a_right_is_disabled(void **state)
{
	static const struct statement greeting = { "greeting", "SELECT * FROM closed.door", 0 };
	struct client *c = client_new(NULL, NULL, (struct db_config){ .greeting = &greeting });

	(void)state;
	support_run("CREATE SCHEMA closed; CREATE TABLE closed.door ()");
	db_connect(c->db, "tester@x", "secret");
	client_wait(c, strstr(c->states, "down"));
	assert_int_equal(c->fault, DB_FAULT_DISABLED);
	client_free(&c);
}

static void test_connect__greeting_may_be_refused(void **state)
{
	struct client *c = client_new(NULL, NULL, (struct db_config){ .reconnect = true });

	(void)state;
	c->refuse = true;
	db_connect(c->db, "tester@x", "secret");
	client_wait(c, strstr(c->states, "down"));
	assert_int_equal(c->fault, DB_FAULT_REFUSED);
	assert_string_equal(c->fault_text, "too old");
	assert_int_equal(c->readies, 0);
	client_free(&c);
}

static void test_connect__black_hole_meets_the_deadline(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *proxy = proxy_new(loop, true);
	struct client *c =
	    client_new(loop, proxy->conninfo, (struct db_config){ .connect_timeout_ms = 150 });

	(void)state;
	db_connect(c->db, "tester@x", "secret");
	client_wait(c, strstr(c->states, "down"));
	assert_int_equal(proxy->connections, 1);
	assert_int_equal(c->fault, DB_FAULT_UNREACHABLE);
	assert_string_equal(c->states, "connecting down ");
	proxy_free(&proxy);
	client_free(&c);
}

static void test_connect__silence_during_setup_meets_the_deadline(void **state)
{
	struct loop *loop = loop_new();
	struct proxy *proxy = proxy_new(loop, false);
	struct client *c =
	    client_new(loop, proxy->conninfo, (struct db_config){ .answer_timeout_ms = 150 });

	(void)state;
	db_connect(c->db, "tester@x", "secret");
	client_wait(c, db_state(c->db) == DB_SETUP);
	proxy->mode = PROXY_SILENT;
	client_wait(c, strstr(c->states, "down"));
	assert_int_equal(c->fault, DB_FAULT_UNREACHABLE);
	proxy_free(&proxy);
	client_free(&c);
}

static void test_connect__another_person_takes_over(void **state)
{
	struct client *c = client_new(NULL, NULL, (struct db_config){ 0 });

	(void)state;
	client_log_in(c);
	db_disconnect(c->db);
	assert_int_equal(db_state(c->db), DB_DOWN);
	client_send(c, BATCH_WRITE, 'w', "SELECT note('not of postgres')", NULL);
	db_connect(c->db, "postgres", NULL);
	client_wait(c, db_state(c->db) == DB_READY);
	/* What the first one left undone is not done in the name of the second. */
	assert_int_equal(c->status, ANSWER_LOST);
	assert_string_equal(c->states, "connecting setup ready down connecting setup ready ");
	char *rows = support_ask("SELECT count(*) FROM trato.once WHERE key = 'not of postgres'");
	assert_string_equal(rows, "0");
	free(rows);
	client_free(&c);
}

static void test_verifier__is_what_the_server_accepts(void **state)
{
	struct err err = { 0 };
	char sql[512];
	char *verifier = db_password_verifier("tester@x", "contraseña nueva", &err);
	struct client *c = client_new(NULL, NULL, (struct db_config){ 0 });

	(void)state;
	assert_non_null(verifier);
	assert_int_equal(strncmp(verifier, "SCRAM-SHA-256$4096:", 19), 0);
	snprintf(sql, sizeof(sql), "CREATE ROLE \"new@x\" LOGIN PASSWORD '%s'", verifier);
	support_run(sql);
	db_connect(c->db, "new@x", "contraseña nueva");
	client_wait(c, db_state(c->db) == DB_READY);
	free(verifier);
	client_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_connect__announces_each_state_once),
		cmocka_unit_test(test_connect__each_failure_has_its_reason),
		cmocka_unit_test(test_connect__without_a_right_is_disabled),
		cmocka_unit_test(test_connect__greeting_may_be_refused),
		cmocka_unit_test(test_connect__black_hole_meets_the_deadline),
		cmocka_unit_test(test_connect__silence_during_setup_meets_the_deadline),
		cmocka_unit_test(test_connect__another_person_takes_over),
		cmocka_unit_test(test_verifier__is_what_the_server_accepts),
	};

	return cmocka_run_group_tests(tests, support_set_up, NULL);
}
