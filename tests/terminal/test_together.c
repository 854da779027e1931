/*
 * Two people at terminals of their own change the same client, the same draft
 * and the same next step, one on a small terminal and one on a large one: both
 * see what the other one has done, nothing is overwritten unseen, and the tables
 * hold what was chosen.
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

static int set_up(void **state)
{
	people_set_up(state);
	people_sql(
	    "SET SESSION AUTHORIZATION \"ana@trato.example\";"
	    "SELECT trato.save_client(gen_random_uuid(), NULL, NULL, 'Bodegas del Duero', NULL, NULL,"
	    " NULL, 'Aranda', NULL, NULL, 'ES', '947 500', NULL, 'They pay late.');"
	    "SELECT trato.save_division(gen_random_uuid(), NULL, NULL, id, d, NULL, NULL, true)"
	    " FROM trato.client, unnest('{Cellar,Shop}'::text[]) AS d;"
	    "SELECT trato.open_action(gen_random_uuid(), id, 'Harvest crew',"
	    " ARRAY(SELECT division.id FROM trato.division)) FROM trato.client;"
	    "SELECT trato.add_collaborator(gen_random_uuid(), action.id, person.id)"
	    " FROM trato.action, trato.person WHERE email = 'luis@trato.example';"
	    "SELECT trato.save_offer(gen_random_uuid(), NULL, NULL, action.id, 'Forty people',"
	    " ARRAY(SELECT id FROM trato.division WHERE name = 'Cellar'),"
	    " '[{\"description\": \"Crew\", \"quantity\": 40, \"unit_price\": 100},"
	    " {\"description\": \"Transport\", \"unit_price\": 250}]',"
	    " p_valid_until => trato.today() + 30) FROM trato.action;");
	return 0;
}

static void retype(struct screen *s, const char *text)
{
	screen_press(s, "Ctrl-u");
	screen_type(s, text);
}

static void tab(struct screen *s, int times)
{
	while (times-- > 0)
		screen_press(s, "Tab");
}

static void to_action(struct screen *s)
{
	screen_press(s, "C");
	screen_wait_text(s, "Bodegas del Duero");
	screen_press(s, "Enter");
	screen_wait_text(s, "Harvest crew");
	screen_press(s, "Enter");
	screen_wait_text(s, "s step");
}

/* ---- the client ---- */

static void to_client(struct screen *s)
{
	screen_press(s, "C");
	screen_wait_text(s, "Bodegas del Duero");
	screen_press(s, "Enter");
	screen_wait_text(s, "Harvest crew");
	screen_press(s, "e");
	screen_wait_text(s, "Postcode");
	screen_wait_text(s, "Bodegas del Duero");
	screen_wait_text(s, "Aranda");
}

/* City is the sixth field, then province, country, phone, website and notes. */
static void test_together__a_client(void **state)
{
	struct screen *ana = people_log_in("ana", 24, 80, "en");
	struct screen *luis = people_log_in("luis", 60, 200, "en");

	(void)state;
	to_client(ana);
	to_client(luis);
	tab(luis, 5);
	retype(luis, "Roa");
	tab(luis, 3);
	retype(luis, "947 600");
	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "The client is saved.");

	tab(ana, 5);
	retype(ana, "Peñafiel");
	tab(ana, 5);
	screen_type(ana, "Ask for Rosa.");
	screen_press(ana, "Enter");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "Changed by somebody else too · 1 still to choose");
	screen_wait_text(ana, "Luis Mora has changed this while you were writing");
	screen_wait_text(ana, "( ) Aranda");
	screen_wait_text(ana, "( ) Roa");
	screen_wait_text(ana, "( ) Peñafiel");
	screen_wait_text(ana, "(x) 947 600");
	/* What nobody has chosen yet is not saved; nor is it when one goes back. */
	screen_press(ana, "Enter");
	screen_wait_text(ana, "choose first what becomes of «City»");
	screen_press(ana, "Esc");
	screen_wait_text(ana, "Peñafiel");
	screen_wait_text(ana, "Ask for Rosa.");
	people_expect("SELECT city FROM trato.client", "Roa");

	/* Meanwhile there is one more. */
	screen_press(luis, "e");
	screen_wait_text(luis, "Postcode");
	screen_wait_text(luis, "947 600");
	tab(luis, 3);
	screen_type(luis, "Calle Real, 2");
	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "The client is saved.");

	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "(x) Calle Real, 2");
	screen_resize(ana, 60, 200);
	screen_wait_text(ana, "ana@trato.example");
	screen_press(ana, "m");
	screen_wait_text(ana, "(x) Peñafiel");
	screen_wait_text(ana, "all is chosen");
	screen_press(ana, "Enter");
	screen_wait_text(ana, "The client is saved.");
	people_expect("SELECT concat_ws('|', city, phone, address, replace(notes, chr(10), '/'))"
	              " FROM trato.client",
	              "Peñafiel|947 600|Calle Real, 2|Ask for Rosa./They pay late.");
	/* Luis sees it by himself. */
	screen_wait_text(luis, "Peñafiel");
}

/* ---- the draft ---- */

static void to_draft(struct screen *s)
{
	to_action(s);
	screen_wait_text(s, "Forty people");
	screen_press(s, "Tab");
	screen_press(s, "Enter");
	screen_wait_text(s, "e edit");
	screen_wait_text(s, "Transport");
	screen_press(s, "e");
	screen_wait_text(s, "Valid until");
	screen_wait_text(s, "[x] Cellar");
}

static void test_together__the_lines_of_a_draft(void **state)
{
	struct screen *ana = people_log_in("ana", 60, 200, "en");
	struct screen *luis = people_log_in("luis", 24, 80, "en");

	(void)state;
	to_draft(ana);
	to_draft(luis);
	/* luis: another price for the crew, and a line more */
	tab(luis, 3);
	retype(luis, "110");
	tab(luis, 8);
	screen_type(luis, "Lodging");
	tab(luis, 2);
	screen_type(luis, "900");
	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "The draft is saved.");

	/* ana: another price for the crew too, and the transport's */
	tab(ana, 3);
	retype(ana, "105");
	tab(ana, 5);
	retype(ana, "300");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "Luis Mora has changed this while you were writing");
	screen_wait_text(ana, "Lines · 1 · Price");
	screen_wait_text(ana, "( ) 100");
	screen_wait_text(ana, "( ) 110");
	screen_wait_text(ana, "( ) 105");
	screen_wait_text(ana, "(x) Transport · 1 · 300.00 · 21");
	screen_wait_text(ana, "(x) Lodging · 1 · 900.00 · 21");
	screen_wait_text(ana, "Price: 105");
	screen_press(ana, "t");
	screen_press(ana, "Enter");
	screen_wait_text(ana, "The draft is saved.");
	people_expect("SELECT string_agg(description || ' ' || unit_price::numeric(9, 0), ', '"
	              " ORDER BY position) FROM trato.offer_line",
	              "Crew 110, Transport 300, Lodging 900");
	people_expect("SELECT net_cents FROM trato.offer", "560000");
	screen_wait_text(luis, "5,600.00");
}

/* ---- the next step ---- */

static void test_together__the_next_step(void **state)
{
	struct screen *ana = people_log_in("ana", 24, 80, "en");
	struct screen *luis = people_log_in("luis", 60, 200, "en");

	(void)state;
	to_action(ana);
	to_action(luis);
	screen_press(ana, "s");
	screen_wait_text(ana, "what to do next");
	screen_type(ana, "Send the draft");
	screen_press(luis, "s");
	screen_wait_text(luis, "what to do next");
	screen_type(luis, "Call Rosa");
	screen_press(luis, "Tab");
	screen_type(luis, "31/12/2027");
	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "The next step is saved.");

	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "( ) Call Rosa");
	screen_wait_text(ana, "( ) Send the draft");
	screen_press(ana, "m");
	screen_press(ana, "Enter");
	screen_wait_text(ana, "The next step is saved.");
	people_expect("SELECT next_step || ' ' || next_step_on FROM trato.action",
	              "Send the draft 2027-12-31");
	screen_wait_text(luis, "Send the draft");

	/* The notes of the action do not touch the step that is being written. */
	screen_press(ana, "s");
	screen_wait_text(ana, "─ Next step");
	screen_wait_text(ana, "│ Next step Send the draft");
	screen_press(luis, "e");
	screen_wait_text(luis, "Expected close");
	tab(luis, 2);
	screen_type(luis, "Rosa decides.");
	screen_key(luis, "Ctrl-s");
	screen_wait_text(luis, "The action is saved.");
	retype(ana, "Wait");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "The next step is saved.");
	people_expect("SELECT next_step || '|' || notes FROM trato.action", "Wait|Rosa decides.");
}

/* ---- the server goes ---- */

static void luis_writes(const char *city)
{
	char statement[512];

	snprintf(statement, sizeof(statement),
	         "SET SESSION AUTHORIZATION \"luis@trato.example\";"
	         "SELECT trato.save_client(gen_random_uuid(), id, version, name, legal_name, tax_id,"
	         " address, '%s', postcode, province, country, phone, website, notes)"
	         " FROM trato.client;",
	         city);
	people_sql(statement);
}

/* The save waits for the server and meets Luis's when it is back; it goes again while Ana chooses. */
static void test_together__the_server_goes_in_between(void **state)
{
	struct screen *ana = people_log_in("ana", 24, 80, "en");

	(void)state;
	luis_writes("Aranda");
	to_client(ana);
	tab(ana, 5);
	retype(ana, "Peñafiel");
	luis_writes("Roa");
	people_server("stop");
	screen_wait_text(ana, "offline since");
	screen_key(ana, "Ctrl-s");
	screen_wait_text(ana, "Not sent yet: you saved at");
	people_server("start");
	screen_wait_text(ana, "( ) Roa");
	screen_wait_text(ana, "( ) Peñafiel");
	people_server("stop");
	screen_wait_text(ana, "offline since");
	screen_press(ana, "m");
	screen_wait_text(ana, "(x) Peñafiel");
	screen_key(ana, "Enter");
	screen_wait_text(ana, "Not sent yet: you saved at");
	people_server("start");
	screen_wait_text(ana, "The client is saved.");
	people_expect("SELECT city FROM trato.client", "Peñafiel");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_together__a_client, screen_teardown),
		cmocka_unit_test_teardown(test_together__the_lines_of_a_draft, screen_teardown),
		cmocka_unit_test_teardown(test_together__the_next_step, screen_teardown),
		cmocka_unit_test_teardown(test_together__the_server_goes_in_between,
		                          screen_teardown),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
