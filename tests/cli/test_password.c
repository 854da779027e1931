/*
 * Passwords at a terminal: asked for without echo, twice where they are new,
 * and the echo comes back even after Ctrl-C.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "harness/screen.h"

static const char *const administrator[] = { "PGUSER=postgres", "PGDATABASE=trato", NULL };

static int set_up(void **state)
{
	char command[1000];

	(void)state;
	snprintf(command, sizeof(command), "PGDATABASE=trato %s db init >/dev/null",
	         screen_program());
	return system(command);
}

static struct screen *add(const char *email)
{
	const char *const argv[] = { screen_program(), "user", "add", email, "--name", "Ana",
		                     "--role",         "rep",  NULL };

	return screen_start(24, 80, argv, administrator);
}

static void test_password__is_asked_twice_without_echo(void **state)
{
	struct screen *s = add("ana@trato.example");

	(void)state;
	screen_wait_text(s, "New password:");
	screen_type(s, "geheim geheim\r");
	screen_wait_text(s, "Once more:");
	screen_type(s, "geheim geheim\r");
	screen_wait_text(s, "may log in now");
	assert_false(screen_shows(s, "geheim"));
	assert_int_equal(screen_wait_exit(s), 0);
}

static void test_password__two_that_differ(void **state)
{
	struct screen *s = add("luis@trato.example");

	(void)state;
	screen_wait_text(s, "New password:");
	screen_type(s, "geheim geheim\r");
	screen_wait_text(s, "Once more:");
	screen_type(s, "geheim gehein\r");
	screen_wait_text(s, "not the same");
	assert_int_equal(screen_wait_exit(s), 1);
}

static void test_password__ctrl_c_gives_the_echo_back(void **state)
{
	char command[1000];
	const char *const argv[] = { "sh", "-c", command, NULL };
	struct screen *s;

	(void)state;
	snprintf(command, sizeof(command),
	         "trap : INT; '%s' user add eva@trato.example --name Eva --role rep;"
	         " echo code $?; stty -a | grep -q ' echo ' && echo visible; read x; echo end",
	         screen_program());
	s = screen_start(24, 80, argv, administrator);
	screen_wait_text(s, "New password:");
	screen_type(s, "hidden");
	screen_key(s, "Ctrl-c");
	screen_wait_text(s, "code 130");
	screen_wait_text(s, "visible");
	screen_type(s, "\r");
	screen_wait_text(s, "end");
	assert_false(screen_shows(s, "hidden"));
	screen_wait_exit(s);
}

static void test_password__login_asks_once(void **state)
{
	const char *const argv[] = { screen_program(), "-u",    "ana@trato.example",
		                     "list",           "holds", NULL };
	const char *const env[] = { "PGDATABASE=trato", NULL };
	struct screen *s;

	(void)state;
	/* She has chosen a password of her own. */
	assert_int_equal(system("psql -Xqd trato -U postgres -c "
	                        "'UPDATE trato.person SET must_change_password = false'"),
	                 0);
	s = screen_start(24, 80, argv, env);
	screen_wait_text(s, "Password:");
	screen_type(s, "geheim geheim\r");
	screen_wait_text(s, "Held by");
	assert_int_equal(screen_wait_exit(s), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_password__is_asked_twice_without_echo,
		                          screen_teardown),
		cmocka_unit_test_teardown(test_password__two_that_differ, screen_teardown),
		cmocka_unit_test_teardown(test_password__ctrl_c_gives_the_echo_back,
		                          screen_teardown),
		cmocka_unit_test_teardown(test_password__login_asks_once, screen_teardown),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
