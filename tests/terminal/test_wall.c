/*
 * `trato dashboard` on a screen that nobody touches: up before the server is,
 * live, plainly stale while the server is away, and back by itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "people.h"

static struct screen *start_wall(int rows, int columns)
{
	const char *const argv[] = { screen_program(), "-u", "carmen@trato.example", "dashboard",
		                     NULL };
	static const char password[] = "PGPASSWORD=" PEOPLE_PASSWORD;
	static const char *const env[] = { password, "LANGUAGE=en", "XDG_STATE_HOME=/dev/null",
		                           "XDG_CONFIG_HOME=/nowhere", NULL };

	return screen_start(rows, columns, argv, env);
}

static void approve_an_offer(void)
{
	people_sql(
	    "SET SESSION AUTHORIZATION \"ana@trato.example\";"
	    "SELECT trato.save_client(gen_random_uuid(), NULL, NULL, 'ACME', NULL, NULL, NULL,"
	    " 'Madrid', NULL, NULL, 'ES', NULL, NULL, NULL);"
	    "SELECT trato.save_division(gen_random_uuid(), NULL, NULL,"
	    " (SELECT max(id) FROM trato.client), 'Site', NULL, NULL, true);"
	    "SELECT trato.open_action(gen_random_uuid(), (SELECT max(id) FROM trato.client), 'Roof',"
	    " ARRAY[(SELECT max(id) FROM trato.division)]);"
	    "SELECT trato.save_offer(gen_random_uuid(), NULL, NULL,"
	    " (SELECT max(id) FROM trato.action), 'Roof',"
	    " ARRAY[(SELECT max(id) FROM trato.division)],"
	    " '[{\"description\": \"Tiles\", \"unit_price\": 45200, \"vat\": 0}]',"
	    " p_valid_until => trato.today() + 30);"
	    "SELECT trato.present_offer(gen_random_uuid(), (SELECT max(id) FROM trato.offer),"
	    " (SELECT max(version) FROM trato.offer));"
	    "SELECT trato.approve_offer(gen_random_uuid(), (SELECT max(id) FROM trato.offer),"
	    " (SELECT max(version) FROM trato.offer), trato.today(), 'Ms Roca', NULL);");
}

static void test_wall__from_a_power_cut_to_an_approval(void **state)
{
	struct screen *wall;

	(void)state;
	people_server("stop");
	wall = start_wall(50, 160);
	screen_wait_text(wall, "It is tried again and again");
	people_server("start");
	screen_wait_text(wall, "live");
	screen_wait_text(wall, "Nothing has been approved yet.");
	approve_an_offer();
	screen_wait_text(wall, "ACME");
	screen_wait_text(wall, "45,200 €");
	people_server("stop");
	screen_wait_text(wall, "NO SERVER: THESE FIGURES ARE");
	screen_wait_text(wall, "45,200 €");
	people_server("start");
	screen_wait_gone(wall, "NO SERVER");
	screen_wait_text(wall, "live");
	screen_close(&wall);
}

static void test_wall__leads_nowhere_else(void **state)
{
	struct screen *wall = start_wall(24, 80);

	(void)state;
	screen_wait_text(wall, "page 1 of");
	screen_type(wall, "?:ACVI!M");
	screen_key(wall, "Enter");
	screen_key(wall, "Space");
	screen_wait_text(wall, "page 2 of");
	screen_resize(wall, 60, 200);
	screen_wait_gone(wall, "page 2 of");
	screen_wait_text(wall, "Divisions held longest");
	screen_key(wall, "q");
	assert_int_equal(screen_wait_exit(wall), 0);
	screen_close(&wall);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wall__from_a_power_cut_to_an_approval),
		cmocka_unit_test(test_wall__leads_nowhere_else),
	};

	return cmocka_run_group_tests(tests, people_set_up, NULL);
}
