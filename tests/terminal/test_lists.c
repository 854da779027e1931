/*
 * A person who leafs through a list of actions, marks some, works on them at
 * once, with keys and mouse, while the window changes its size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "people.h"

/* Six actions of Ana's: Title 1 of Client 1 and so on. */
static int set_up(void **state)
{
	char statement[1024];

	people_set_up(state);
	for (int i = 1; i <= 6; i++) {
		snprintf(statement, sizeof(statement),
		         "SET SESSION AUTHORIZATION \"ana@trato.example\";"
		         "SELECT trato.save_client(gen_random_uuid(), NULL, NULL, 'Client %d', NULL,"
		         " NULL, NULL, 'Madrid', NULL, NULL, 'ES', NULL, NULL, NULL);"
		         "SELECT trato.save_division(gen_random_uuid(), NULL, NULL,"
		         " (SELECT max(id) FROM trato.client), 'Site', NULL, NULL, true);"
		         "SELECT trato.open_action(gen_random_uuid(), (SELECT max(id) FROM trato.client),"
		         " 'Title %d', ARRAY[(SELECT max(id) FROM trato.division)]);",
		         i, i);
		people_sql(statement);
	}
	return 0;
}

/* The newest action comes first. */
static void test_lists__next_and_previous(void **state)
{
	struct screen *ana = people_log_in("ana", 24, 80, "en");

	(void)state;
	screen_wait_text(ana, "Client 1");
	screen_key(ana, "/");
	screen_type(ana, "client");
	screen_key(ana, "Enter");
	screen_wait_text(ana, "Client 6");
	screen_key(ana, "Enter");
	screen_wait_text(ana, "Client 6 · Title 6");
	screen_wait_text(ana, "o new offer");
	screen_key(ana, ">");
	screen_wait_text(ana, "Client 5 · Title 5");
	screen_type(ana, "JJJJ");
	screen_wait_text(ana, "Client 1 · Title 1");
	screen_key(ana, ">");
	screen_wait_text(ana, "This is the last one of the list.");
	screen_key(ana, "<");
	screen_wait_text(ana, "Client 2 · Title 2");
	screen_key(ana, "Esc");
	screen_wait_text(ana, "Actions · mine, open");
	screen_wait_text(ana, "▸ 1002");
	screen_close(&ana);
}

static void test_lists__marked_ones_get_a_next_step(void **state)
{
	struct screen *ana = people_log_in("ana", 24, 80, "en");

	(void)state;
	screen_wait_text(ana, "Client 1");
	screen_type(ana, "xx");
	screen_wait_text(ana, "2 marked");
	screen_key(ana, "y");
	screen_wait_text(ana, "Copied.");
	assert_true(strlen(screen_clipboard(ana)) > 40);
	screen_key(ana, "s");
	screen_wait_text(ana, "For each of the 2 marked rows.");
	/* The window shrinks to nothing and comes back while something is typed. */
	screen_type(ana, "Call them");
	screen_resize(ana, 1, 1);
	screen_resize(ana, 10, 30);
	screen_wait_text(ana, "too small");
	screen_resize(ana, 60, 200);
	screen_wait_text(ana, "Call them");
	screen_resize(ana, 24, 80);
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "Done for 2 rows.");
	screen_wait_gone(ana, "marked");
	people_expect("SELECT string_agg(number::text, ' ' ORDER BY number) FROM trato.action"
	              " WHERE next_step = 'Call them'",
	              "1005 1006");
	screen_close(&ana);
}

/* What another one does meanwhile refuses one of them, and only that. */
static void test_lists__a_refused_one_stays_marked(void **state)
{
	struct screen *ana = people_log_in("ana", 24, 100, "en");

	(void)state;
	screen_wait_text(ana, "Client 1");
	screen_key(ana, "*");
	screen_wait_text(ana, "6 marked");
	screen_key(ana, "m");
	screen_wait_text(ana, "For each of the 6 marked rows.");
	people_sql("SET SESSION AUTHORIZATION \"ana@trato.example\";"
	           "SELECT trato.transfer_action(gen_random_uuid(), id,"
	           " (SELECT id FROM trato.person WHERE name = 'Luis Mora'))"
	           " FROM trato.action WHERE number = 1003");
	people_pick(ana, "lui", "Luis Mora");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "Done for 5 of 6 rows");
	screen_key(ana, "Enter");
	screen_wait_text(ana, "1 marked");
	people_expect("SELECT count(*) FROM trato.action_member AS m JOIN trato.person AS p"
	              " ON p.id = m.person_id WHERE p.name = 'Luis Mora' AND NOT m.is_owner"
	              " AND m.left_at IS NULL",
	              "5");
	screen_close(&ana);
}

static void double_click(struct screen *s, const char *text)
{
	int row, column;

	screen_find(s, text, &row, &column);
	screen_click(s, row, column, 1);
	screen_click(s, row, column, 1);
}

static void test_lists__mouse_on_and_off(void **state)
{
	struct screen *ana = people_log_in("ana", 24, 80, "en");
	int row, column;

	(void)state;
	screen_wait_text(ana, "Client 1");
	screen_find(ana, "Client 4", &row, &column);
	screen_click(ana, row, column, 1);
	screen_wait_text(ana, "▸ 1004");
	double_click(ana, "Client 2");
	screen_wait_text(ana, "Client 2 · Title 2");
	screen_find(ana, "People", &row, &column);
	screen_click(ana, row, column, 1);
	screen_wait_text(ana, "ana@trato.example");
	screen_wait_text(ana, "owner");
	screen_key(ana, "Esc");
	screen_wait_text(ana, "Actions · mine, open");
	/* In a dialog, over a window that changes its size meanwhile. */
	screen_key(ana, "f");
	screen_wait_text(ana, "where I collaborate");
	screen_resize(ana, 40, 120);
	screen_wait_frame(ana, screen_frame(ana));
	screen_find(ana, "mine, closed", &row, &column);
	screen_click(ana, row, column, 1);
	screen_wait_text(ana, "Actions · mine, closed");
	screen_key(ana, "1");
	screen_wait_text(ana, "Client 4");
	screen_key(ana, "F12");
	screen_wait_text(ana, "it selects text");
	screen_key(ana, "F12");
	screen_wait_text(ana, "The mouse works in Trato.");
	screen_wait_text(ana, "Client 5");
	double_click(ana, "Client 5");
	screen_wait_text(ana, "Client 5 · Title 5");
	screen_close(&ana);
}

/* A paste is text where text is wanted, and nothing elsewhere. */
static void test_lists__paste(void **state)
{
	struct screen *ana = people_log_in("ana", 24, 80, "en");

	(void)state;
	screen_wait_text(ana, "Client 1");
	screen_paste(ana, "nxq");
	screen_key(ana, "/");
	screen_paste(ana, "client 5");
	screen_wait_gone(ana, "Client 4");
	screen_wait_text(ana, "Client 5");
	screen_key(ana, "Enter");
	screen_key(ana, ":");
	screen_wait_text(ana, "Commands");
	screen_paste(ana, "password");
	screen_wait_text(ana, "▸ password");
	screen_key(ana, "Esc");
	screen_wait_gone(ana, "Commands");
	screen_key(ana, "s");
	screen_wait_text(ana, "│ Next step Call them");
	screen_paste(ana, "Two\nlines");
	screen_key(ana, "Tab");
	screen_paste(ana, " 01/02/2031 ");
	screen_key(ana, "Tab");
	screen_wait_text(ana, "01/02/2031");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "The next step is saved.");
	people_expect("SELECT next_step_on FROM trato.action WHERE number = 1005", "2031-02-01");
	screen_close(&ana);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_lists__next_and_previous, screen_teardown),
		cmocka_unit_test_teardown(test_lists__marked_ones_get_a_next_step, screen_teardown),
		cmocka_unit_test_teardown(test_lists__a_refused_one_stays_marked, screen_teardown),
		cmocka_unit_test_teardown(test_lists__mouse_on_and_off, screen_teardown),
		cmocka_unit_test_teardown(test_lists__paste, screen_teardown),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
