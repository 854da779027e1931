/*
 * trato db init at a terminal: what it asks an administrator who has never seen
 * it, what it says before it makes anything, and that nothing is made without a
 * yes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "harness/screen.h"

static struct screen *init(const char *variable)
{
	const char *const argv[] = { screen_program(), "-d", "dbname=trato", "db", "init", NULL };
	const char *const env[] = { "PGUSER=postgres", variable, NULL };

	return screen_start(40, 100, argv, env);
}

static void assert_databases(int count)
{
	char command[200];

	snprintf(command, sizeof(command),
	         "test \"$(psql -XAt -U postgres -d postgres -c \"SELECT count(*) FROM pg_database"
	         " WHERE datname = 'trato'\")\" = %d",
	         count);
	assert_int_equal(system(command), 0);
}

static void test_init__asks_until_it_is_answered(void **state)
{
	struct screen *s = init(NULL);

	(void)state;
	screen_wait_text(s, "E-mail of the first manager (empty: none yet):");
	screen_type(s, "marta\r");
	screen_wait_text(s, "That is no e-mail");
	screen_type(s, "Marta@Trato.Example\r");
	screen_wait_text(s, "Name:");
	screen_type(s, " \r");
	screen_wait_text(s, "A name is needed");
	screen_type(s, "Marta Vidal\r");
	screen_wait_text(s, "Go on? [y/N]");
	assert_true(screen_shows(s, "the database trato, in UTF-8"));
	assert_true(screen_shows(s, "the login marta@trato.example (Marta Vidal), a manager"));
	assert_true(screen_shows(s, "Other databases stay as"));
	assert_databases(0);
	screen_type(s, "n\r");
	screen_wait_text(s, "Nothing was done.");
	assert_int_equal(screen_wait_exit(s), 1);
	assert_databases(0);
}

static void test_init__the_end_of_the_input_is_no_yes(void **state)
{
	struct screen *s = init(NULL);

	(void)state;
	screen_wait_text(s, "E-mail of the first manager");
	screen_key(s, "Ctrl-d");
	assert_int_equal(screen_wait_exit(s), 2);
	s = init(NULL);
	screen_wait_text(s, "E-mail of the first manager");
	screen_type(s, "\r");
	screen_wait_text(s, "Go on? [y/N]");
	screen_type(s, "\r");
	screen_wait_text(s, "Nothing was done.");
	assert_int_equal(screen_wait_exit(s), 1);
	assert_databases(0);
}

/* In Spanish, with a password that is too short at first; the manager logs in with it. */
static void test_init__leaves_a_manager_who_logs_in(void **state)
{
	const char *const argv[] = { screen_program(), "-u", "marta@trato.example", NULL };
	const char *const env[] = { "PGDATABASE=trato", NULL };
	struct screen *s = init("LANGUAGE=es");

	(void)state;
	screen_wait_text(s, "Correo");
	screen_type(s, "marta@trato.example\r");
	screen_wait_text(s, "Nombre:");
	screen_type(s, "Marta Vidal\r");
	screen_wait_text(s, "[s/N]");
	screen_type(s, "s\r");
	screen_wait_text(s, "Contraseña nueva:");
	assert_true(screen_shows(s, "Una primera contraseña para Marta Vidal"));
	screen_type(s, "corta\r");
	screen_wait_text(s, "Al menos 10 caracteres, por favor.\nContraseña nueva:");
	screen_type(s, "geheim geheim\r");
	screen_wait_text(s, "por favor.\nContraseña nueva:\nOtra vez:");
	screen_type(s, "geheim geheim\r");
	screen_wait_text(s, "ya puede entrar");
	assert_false(screen_shows(s, "geheim"));
	assert_int_equal(screen_wait_exit(s), 0);
	assert_databases(1);
	s = screen_start(24, 80, argv, env);
	screen_wait_text(s, "Password");
	screen_type(s, "geheim geheim\r");
	screen_wait_text(s, "a password of your own");
	screen_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_init__asks_until_it_is_answered, screen_teardown),
		cmocka_unit_test_teardown(test_init__the_end_of_the_input_is_no_yes,
		                          screen_teardown),
		cmocka_unit_test_teardown(test_init__leaves_a_manager_who_logs_in, screen_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
