/*
 * A manager at the terminal gives somebody a login, who chooses an own password
 * with it, is shut out in the middle of his work, and is let in again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "harness/screen.h"

static int set_up(void **state)
{
	(void)state;
	setenv("PGUSER", "postgres", 1);
	assert_int_equal(system("schema/demo/load.sh >/dev/null 2>&1"), 0);
	return 0;
}

static struct screen *log_in(const char *email, const char *password)
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

static void go_to_users(struct screen *manager, const char *title)
{
	screen_press(manager, ":");
	screen_type(manager, "go-users");
	screen_press(manager, "Enter");
	screen_wait_text(manager, title);
	screen_wait_text(manager, "ana@trato.example");
}

static void find_user(struct screen *manager, const char *typed, const char *name)
{
	screen_press(manager, "/");
	screen_type(manager, typed);
	screen_wait_gone(manager, "ana@trato.example");
	screen_wait_text(manager, name);
	screen_press(manager, "Enter");
	screen_wait_text(manager, "n new user");
}

static void test_users__from_the_first_login_to_the_last(void **state)
{
	struct screen *manager = log_in("marta@trato.example", "demo"), *iria;

	(void)state;
	screen_wait_text(manager, "q quit");
	go_to_users(manager, "Users · all");
	screen_press(manager, "n");
	screen_wait_text(manager, "New user");
	screen_type(manager, "Iria Vila");
	screen_press(manager, "Tab");
	screen_type(manager, "Iria.Vila@trato.example");
	screen_press(manager, "Tab");
	screen_press(manager, "Space");
	screen_wait_text(manager, "sales rep");
	screen_press(manager, "Tab");
	screen_type(manager, "one to begin with");
	screen_press(manager, "Tab");
	screen_type(manager, "one to begin with");
	screen_press(manager, "Ctrl-s");
	screen_wait_text(manager, "The login is there");
	find_user(manager, "iria.v", "iria.vila@trato.example");
	screen_wait_text(manager, "first password");

	iria = log_in("iria.vila@trato.example", "one to begin with");
	screen_wait_text(iria, "choose a password");
	screen_type(iria, "my own password");
	screen_press(iria, "Tab");
	screen_type(iria, "my own password");
	screen_press(iria, "Enter");
	screen_wait_text(iria, "Actions · mine, open");

	screen_press(manager, "d");
	screen_wait_text(manager, "Disable this user?");
	screen_press(manager, "Enter");
	screen_wait_text(manager, "Iria Vila may not log in any more. Sessions ended: 1");
	screen_wait_text(manager, "disabled");
	screen_wait_gone(iria, "online");
	screen_close(&iria);

	iria = log_in("iria.vila@trato.example", "my own password");
	screen_wait_text(iria, "may not log in");
	screen_close(&iria);
	screen_press(manager, "e");
	screen_wait_text(manager, "Iria Vila may log in again.");
	iria = log_in("iria.vila@trato.example", "my own password");
	screen_wait_text(iria, "Actions · mine, open");
}

/* A column without a heading has none in any language. */
static void test_users__in_spanish(void **state)
{
	static const char *const env[] = { "XDG_STATE_HOME=/dev/null", "PGPASSWORD=demo",
		                           "LANGUAGE=es", NULL };
	const char *const argv[] = { screen_program(), "-u", "marta@trato.example", NULL };
	struct screen *manager = screen_start(24, 80, argv, env);

	(void)state;
	screen_wait_text(manager, "q salir");
	go_to_users(manager, "Usuarios · todos");
	screen_wait_text(manager, "comercial");
	assert_false(screen_shows(manager, "Project"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_users__in_spanish, screen_teardown),
		cmocka_unit_test_teardown(test_users__from_the_first_login_to_the_last,
		                          screen_teardown),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
