/*
 * trato doctor for people at terminals: what it says of theirs, how its lines are
 * broken, and the password that it asks for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "harness/screen.h"

static int set_up(void **state)
{
	(void)state;
	return system(
	    "export PGDATABASE=trato; \"$BUILD/trato\" db init > /dev/null && echo geheim geheim |"
	    "\"$BUILD/trato\" user add ana@trato.example --name Ana --role rep > /dev/null");
}

static struct screen *doctor(int rows, int columns, const char *variable)
{
	/* By a shell: its question to the terminal is none of those that screens are allowed. */
	const char *const argv[] = { "sh", "-c", "exec \"$0\" -u ana@trato.example doctor",
		                     screen_program(), NULL };
	const char *const env[] = { "PGDATABASE=trato", "XDG_CONFIG_HOME=/nowhere", variable,
		                    NULL };

	return screen_start(rows, columns, argv, env);
}

static void end(struct screen *s, int code)
{
	screen_wait_text(s, "Password:");
	screen_type(s, "geheim geheim\r");
	screen_wait_text(s, "Rights");
	assert_false(screen_shows(s, "geheim"));
	assert_int_equal(screen_wait_exit(s), code);
}

static void test_doctor__a_good_terminal(void **state)
{
	struct screen *s = doctor(40, 100, NULL);

	(void)state;
	end(s, 0);
	assert_true(screen_shows(
	    s,
	    "Terminal       ok       xterm-256color, 256 colours, 100×40, with a mouse, UTF-8 is drawn"));
	assert_true(screen_shows(
	    s,
	    "Rights         warning  ana@trato.example is Ana: sales rep. Somebody else has set the password"));
	/* Lines are broken between words, below each other. */
	assert_true(screen_shows(s,
	                         "\n                        this account. Choose its own first"));
}

static void test_doctor__a_small_one(void **state)
{
	struct screen *s = doctor(20, 80, NULL);

	(void)state;
	end(s, 0);
	assert_true(screen_shows(
	    s, "Terminal       warning  xterm-256color, 256 colours, 80×20, with a mouse, UTF-8"));
	assert_true(screen_shows(s, "Make it larger"));
}

static void test_doctor__a_dumb_one(void **state)
{
	struct screen *s = doctor(40, 100, "TERM=dumb");

	(void)state;
	end(s, 1);
	assert_true(screen_shows(
	    s,
	    "Terminal       fault    A terminal of the kind “dumb” has no full screens. Set TERM"));
}

static void test_doctor__one_that_is_not_known(void **state)
{
	struct screen *s = doctor(40, 100, "TERM=teletype-33");

	(void)state;
	end(s, 1);
	assert_true(screen_shows(s, "The kind of terminal “teletype-33” is not known here."));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_doctor__a_good_terminal, screen_teardown),
		cmocka_unit_test_teardown(test_doctor__a_small_one, screen_teardown),
		cmocka_unit_test_teardown(test_doctor__a_dumb_one, screen_teardown),
		cmocka_unit_test_teardown(test_doctor__one_that_is_not_known, screen_teardown),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
