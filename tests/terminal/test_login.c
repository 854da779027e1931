/*
 * Logging in on a real server: every reason why it does not work gets its own
 * sentence, the first login asks for a password, a lost session comes back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/screen.h"

/* As the database's administrator. */
static void sql(const char *statements)
{
	FILE *psql = popen("psql -qX -v ON_ERROR_STOP=1 -d trato >/dev/null", "w");

	assert_non_null(psql);
	fputs(statements, psql);
	assert_int_equal(pclose(psql), 0);
}

static int set_up(void **state)
{
	(void)state;
	setenv("PGUSER", "postgres", 1);
	sql("INSERT INTO trato.person (email, name, roles, must_change_password) VALUES"
	    " ('ana@trato.example', 'Ana Ruiz', '{rep}', false),"
	    " ('nueva@trato.example', 'Nueva', '{rep}', true),"
	    " ('carmen@trato.example', 'Carmen', '{supervisor}', false);"
	    "CREATE ROLE \"ana@trato.example\" LOGIN PASSWORD 'first password' IN ROLE trato_rep;"
	    "CREATE ROLE \"nueva@trato.example\" LOGIN PASSWORD 'first password' IN ROLE trato_rep;"
	    "GRANT \"nueva@trato.example\" TO trato_admin WITH ADMIN OPTION;"
	    "CREATE ROLE \"carmen@trato.example\" NOLOGIN PASSWORD 'first password'"
	    " IN ROLE trato_supervisor;"
	    "CREATE ROLE \"stranger@trato.example\" LOGIN PASSWORD 'first password';"
	    "GRANT CONNECT ON DATABASE trato TO \"stranger@trato.example\";");
	return 0;
}

static struct screen *login(const char *email, const char *password)
{
	static const char *const env[] = { "XDG_STATE_HOME=/dev/null", "LANGUAGE=en", NULL };
	const char *const argv[] = { screen_program(), NULL };
	struct screen *s = screen_start(24, 80, argv, env);

	screen_wait_text(s, "Password");
	screen_type(s, email);
	screen_press(s, "Tab");
	screen_type(s, password);
	screen_press(s, "Enter");
	return s;
}

static void test_login__wrong_password_then_right(void **state)
{
	struct screen *s = login("Ana@Trato.example", "wrong");

	(void)state;
	screen_wait_text(s, "password is not right");
	screen_type(s, "first password");
	screen_press(s, "Enter");
	screen_wait_text(s, "online");
	screen_wait_text(s, "ana@trato.example");
	screen_wait_text(s, "q quit");
	assert_false(screen_shows(s, "first password"));
	screen_key(s, "q");
	assert_int_equal(screen_wait_exit(s), 0);
}

/* Of the only program that this test has started; without a sanitizer's own terabytes. */
static int copies_in_its_memory(const char *password)
{
	char command[400];
	int count = -1;
	FILE *pipe;

	snprintf(command, sizeof(command),
	         "for pid in $(cat /proc/%d/task/%d/children); do"
	         " [ \"$(cat /proc/$pid/comm)\" != trato ] || break; done; sed -n 's/^\\([^ ]*\\) rw.*/\\1/p' /proc/$pid/maps |"
	         " while IFS=- read -r from to; do"
	         "  [ $((0x$to - 0x$from)) -le $((1 << 30)) ] || continue;"
	         "  dd if=/proc/$pid/mem bs=4096 skip=$((0x$from / 4096))"
	         "   count=$(((0x$to - 0x$from) / 4096)) 2>/dev/null; done |"
	         " grep -aoF '%s' | wc -l",
	         getpid(), getpid(), password);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	assert_int_equal(fscanf(pipe, "%d", &count), 1);
	assert_int_equal(pclose(pipe), 0);
	return count;
}

/* What was typed is nowhere in the program once somebody is in, but for the copy with which it
 * comes back by itself and those of libpq. */
static void test_login__what_was_typed_is_erased(void **state)
{
	struct screen *s = login("ana@trato.example", "first password");
	int copies;

	(void)state;
	screen_wait_text(s, "q quit");
	copies = copies_in_its_memory("first password");
	assert_in_range(copies, 1, 4);
	screen_key(s, "q");
	assert_int_equal(screen_wait_exit(s), 0);
}

static void test_login__first_time_asks_for_a_password(void **state)
{
	struct screen *s = login("nueva@trato.example", "first password");

	(void)state;
	screen_wait_text(s, "choose a password");
	screen_type(s, "my own password");
	screen_press(s, "Tab");
	screen_type(s, "my own password");
	screen_press(s, "Enter");
	screen_wait_text(s, "q quit");
	screen_close(&s);

	s = login("nueva@trato.example", "first password");
	screen_wait_text(s, "password is not right");
	screen_type(s, "my own password");
	screen_press(s, "Enter");
	screen_wait_text(s, "q quit");
}

static void test_login__disabled(void **state)
{
	(void)state;
	screen_wait_text(login("carmen@trato.example", "first password"), "may not log in");
}

static void test_login__nobody_of_trato(void **state)
{
	struct screen *s = login("stranger@trato.example", "first password");

	(void)state;
	screen_wait_gone(s, "Connecting");
	assert_false(screen_shows(s, "q quit"));
	assert_true(screen_shows(s, "Password"));
}

static void test_login__schema_of_another_level(void **state)
{
	struct screen *s;

	(void)state;
	sql("UPDATE trato.schema_version SET client_min = 2, client_max = 3"
	    " WHERE version = (SELECT max(version) FROM trato.schema_version);");
	s = login("ana@trato.example", "first password");
	screen_wait_text(s, "older than the database");
	sql("UPDATE trato.schema_version SET client_min = 1, client_max = 1"
	    " WHERE version = (SELECT max(version) FROM trato.schema_version);");
}

static void test_login__no_server_and_no_database(void **state)
{
	static const char *const nowhere[] = { "PGHOST=/nonexistent", "PGPASSWORD=x", NULL };
	static const char *const here[] = { "PGPASSWORD=first password", NULL };
	const char *const argv[] = { screen_program(), "-u", "ana@trato.example", NULL };
	const char *const other[] = { screen_program(),    "-d", "dbname=template2", "-u",
		                      "ana@trato.example", NULL };

	(void)state;
	screen_wait_text(screen_start(24, 80, argv, nowhere), "cannot be reached");
	screen_wait_text(screen_start(24, 80, other, here), "has no Trato database");
}

static void test_session__ended_by_the_server_comes_back(void **state)
{
	static const char *const env[] = { "PGPASSWORD=first password", NULL };
	const char *const argv[] = { screen_program(), "-u", "ana@trato.example", NULL };
	struct screen *s = screen_start(24, 80, argv, env);

	(void)state;
	screen_wait_text(s, "q quit");
	sql("ALTER ROLE \"ana@trato.example\" NOLOGIN;"
	    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
	    " WHERE usename = 'ana@trato.example';");
	screen_wait_text(s, "log in again");
	screen_wait_text(s, "may not log in");
	sql("ALTER ROLE \"ana@trato.example\" LOGIN;");
	screen_type(s, "first password");
	screen_press(s, "Enter");
	screen_wait_gone(s, "log in again");
	screen_wait_text(s, "online");
}

static void test_window__tiny_and_back(void **state)
{
	static const char *const env[] = { "PGPASSWORD=first password", NULL };
	const char *const argv[] = { screen_program(), "-u", "ana@trato.example", NULL };
	struct screen *s = screen_start(5, 20, argv, env);

	(void)state;
	screen_wait_text(s, "The window is too");
	screen_resize(s, 1, 1);
	screen_resize(s, 24, 80);
	screen_wait_text(s, "q quit");
}

static void test_start__unknown_terminal(void **state)
{
	static const char *const env[] = { "TERM=no-such-terminal", NULL };
	const char *const argv[] = { screen_program(), NULL };
	struct screen *s = screen_start(24, 80, argv, env);

	(void)state;
	screen_wait_text(s, "no-such-terminal");
	assert_int_not_equal(screen_wait_exit(s), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_login__wrong_password_then_right, screen_teardown),
		cmocka_unit_test_teardown(test_login__what_was_typed_is_erased, screen_teardown),
		cmocka_unit_test_teardown(test_login__first_time_asks_for_a_password,
		                          screen_teardown),
		cmocka_unit_test_teardown(test_login__disabled, screen_teardown),
		cmocka_unit_test_teardown(test_login__nobody_of_trato, screen_teardown),
		cmocka_unit_test_teardown(test_login__schema_of_another_level, screen_teardown),
		cmocka_unit_test_teardown(test_login__no_server_and_no_database, screen_teardown),
		cmocka_unit_test_teardown(test_session__ended_by_the_server_comes_back,
		                          screen_teardown),
		cmocka_unit_test_teardown(test_window__tiny_and_back, screen_teardown),
		cmocka_unit_test_teardown(test_start__unknown_terminal, screen_teardown),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
