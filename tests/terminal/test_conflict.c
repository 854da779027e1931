/*
 * Two reps want the same division, each on his own terminal, on one server:
 * the second is told who holds it, by the list and when it is taken between
 * list and save, and asks to collaborate from the box.
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
	    " ('luis@trato.example', 'Luis Pérez', '{rep}', false);"
	    "CREATE ROLE \"ana@trato.example\" LOGIN PASSWORD 'first password' IN ROLE trato_rep;"
	    "CREATE ROLE \"luis@trato.example\" LOGIN PASSWORD 'first password' IN ROLE trato_rep;"
	    "INSERT INTO trato.client (name) VALUES ('ACME Industrial');"
	    "INSERT INTO trato.division (client_id, name)"
	    " SELECT id, d FROM trato.client, unnest('{Compras,Norte,Sur}'::text[]) AS d;");
	return 0;
}

/* A rep with the form of a new action: client and title are there, the divisions in sight. */
static struct screen *new_action(const char *email, const char *title)
{
	static const char *const env[] = { "PGPASSWORD=first password", "LANGUAGE=en",
		                           "XDG_STATE_HOME=/dev/null", NULL };
	const char *const argv[] = { screen_program(), "-u", email, NULL };
	struct screen *s = screen_start(24, 80, argv, env);

	screen_wait_text(s, "n new action");
	screen_key(s, "n");
	screen_wait_text(s, "Choose the client first.");
	screen_type(s, "acme");
	screen_wait_text(s, "▸ ACME Industrial");
	screen_key(s, "Enter");
	screen_wait_text(s, "[ ] Sur");
	screen_type(s, title);
	screen_press(s, "Enter");
	return s;
}

/* The open actions are closed, and with them their holds. */
static int tear_down(void **state)
{
	screen_teardown(state);
	sql("BEGIN;"
	    "UPDATE trato.hold SET released_at = now(), released_by_closing = true"
	    " WHERE released_at IS NULL;"
	    "UPDATE trato.action SET state = 'cancelled', closed_at = now() WHERE state = 'open';"
	    "COMMIT;");
	return 0;
}

static void test_conflict__the_list_says_who_holds_it(void **state)
{
	struct screen *ana = new_action("ana@trato.example", "Training");
	struct screen *luis;

	(void)state;
	screen_press(ana, "Space");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "its divisions are yours");

	luis = new_action("luis@trato.example", "Cleaning");
	screen_wait_text(luis, "held by Ana Ruiz since");
	screen_key(luis, "Space");
	screen_wait_text(luis, "Somebody holds this division");
	screen_wait_text(luis, "Compras is held by Ana Ruiz since");
	screen_wait_text(luis, "It was worked on today.");
	screen_key(luis, "a");
	screen_wait_text(luis, "Ask to collaborate");
	screen_type(luis, "I know their buyer.");
	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "Asked.");
	screen_wait_text(luis, "Cleaning");
	/* Ana hears of it where she is, here in a form, and answers there; Luis hears that, too. */
	screen_key(ana, "s");
	screen_wait_text(ana, "what to do next");
	screen_type(ana, "Call Eva");
	screen_wait_text(ana, "1 request to collaborate: Luis Pérez");
	screen_key(ana, "F8");
	screen_wait_text(ana, "I know their buyer.");
	screen_key(ana, "a");
	screen_wait_text(ana, "Accepted: you work in it together now.");
	assert_true(screen_shows(ana, "Call Eva"));
	screen_wait_text(luis, "1 request of yours accepted: Ana Ruiz");
	screen_wait_bells(luis, 1);
	screen_key(luis, "F8");
	screen_wait_text(luis, "accepted by Ana Ruiz");
	screen_key(luis, "o");
	screen_wait_text(luis, "Owner: Ana Ruiz, with Luis Pérez");
}

static void test_conflict__taken_between_list_and_save(void **state)
{
	struct screen *ana = new_action("ana@trato.example", "Training");
	struct screen *luis = new_action("luis@trato.example", "Cleaning");

	(void)state;
	screen_press(luis, "Space");
	screen_press(luis, "Down");
	screen_press(luis, "Space");
	screen_wait_text(luis, "[x] Norte");

	screen_press(ana, "Down");
	screen_press(ana, "Space");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "its divisions are yours");

	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "Norte is held by Ana Ruiz since");
	screen_wait_text(luis, "Cleaning");
	screen_key(luis, "w");
	screen_wait_text(luis, "its divisions are yours");
	screen_wait_text(luis, "Divisions: Compras");
}

static void test_conflict__more_divisions_for_an_action(void **state)
{
	struct screen *ana = new_action("ana@trato.example", "Training");
	struct screen *luis = new_action("luis@trato.example", "Cleaning");

	(void)state;
	screen_press(ana, "Space");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "its divisions are yours");
	screen_key(ana, "d");
	screen_wait_text(ana, "[ ] Sur");

	screen_press(luis, "Down");
	screen_press(luis, "Space");
	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "its divisions are yours");

	screen_press(ana, "Space");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "Norte is held by Luis Pérez since");
	screen_key(ana, "b");
	screen_wait_gone(ana, "Somebody holds this division");
	screen_wait_text(ana, "[-] Norte");
	screen_press(ana, "Down");
	screen_press(ana, "Space");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "Divisions: Compras, Sur");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_conflict__the_list_says_who_holds_it, tear_down),
		cmocka_unit_test_teardown(test_conflict__taken_between_list_and_save, tear_down),
		cmocka_unit_test_teardown(test_conflict__more_divisions_for_an_action, tear_down),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
