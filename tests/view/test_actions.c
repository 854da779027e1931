/*
 * The list of actions: what a rep sees at a glance, in both sizes of window,
 * and what the keys ask the database for.
 */
#include "fake.h"

#include <base/date.h>

#define HEAD                                                                                \
	"key|number|due|client_id|client|title|state|next_step|next_step_on|overdue|owner|" \
	"divisions|first_division|drafts|presented|approved|cents|contact_age|quiet|quiet_age\n"

/* One row of each kind: overdue, today, quiet, without an offer. */
static const char *actions(void)
{
	static char text[2048];
	char today[11];

	date_to_iso(date_today(), today);
	snprintf(text, sizeof(text),
	         HEAD
	         "42|1042|x|1|ACME Industrial|Training 2026|open|Call|2020-11-17|t|Ana Ruiz|2|"
	         "Formación|0|2|0|4520000|259200|f|259200\n"
	         "39|1039|y|2|Bodegas del Duero|New contract|open|Visit|%s|f|Ana Ruiz|1|"
	         "Planta Norte|1|0|0|815000|60|f|60\n"
	         "11|1011|z|3|Cerámicas Levante|Security|open|\\N|\\N|\\N|Ana Ruiz|1|Vigilancia|"
	         "0|0|0|0|3542400|t|3542400\n",
	         today);
	return text;
}

static void open_actions(int height, int width)
{
	fake_app();
	fake.height = height;
	fake.width = width;
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_actions, NULL);
	fake_picture();
	fake_answer("actions_mine_next", actions());
}

/* What matters most of an action's offers is that one of them has expired. */
static void test_actions__expired_offer(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_actions, NULL);
	fake_picture();
	fake_answer("actions_mine_next",
	            "key|number|client|state|divisions|first_division|drafts|presented|expired|"
	            "approved|cents\n"
	            "42|1042|ACME|open|1|F|0|2|1|0|4520000\n");
	assert_shows("1 exp. 45,200 €");
	assert_hides("2 pres.");
}

/* Where there is room for the column there is room for its words. */
static void test_actions__a_state_is_whole_wherever_it_is_shown(void **state)
{
	int shown = 0;

	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_actions, NULL);
	fake_picture();
	fake_answer("actions_mine_next", "key|number|client|title|state|divisions|first_division|owner\n"
	                                 "42|1042|ACME|Training|cancelled|1|F|Ana Ruiz\n");
	for (fake.width = 80; fake.width < 220; fake.width++) {
		if (strstr(fake_picture(), " State") == NULL)
			continue;
		assert_shows("cancelled");
		shown++;
	}
	fake.width = 80;
	assert_true(shown > 0);
}

static void test_actions__at_80(void **state)
{
	(void)state;
	open_actions(24, 80);
	assert_shows("Actions · mine, open");
	assert_shows(
	    "  No.  Client          Divisions    Offers             Next step     Contact");
	assert_shows("▸ 1042 ACME Industrial Formación +1 2 pres. 45,200 €   !17/11 Call   3 d");
	assert_shows("  1039 Bodegas del Du… Planta Norte 1 draft 8,150 €    today Visit   1 min");
	assert_shows(
	    "  1011 Cerámicas Leva… Vigilancia   —                  —             quiet 41 d");
	assert_shows("↵ open  n new action  c communication  s step  / search");
}

/* That an action has more divisions matters more than how the first one's name ends. */
static void test_actions__more_divisions_are_seen_behind_a_long_name(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_actions, NULL);
	fake_picture();
	fake_answer("actions_mine_next", "key|number|client|state|divisions|first_division\n"
	                                 "42|1042|ACME|open|12|Cocina Central\n");
	assert_shows("Cocina … +11");
}

static void test_actions__at_200(void **state)
{
	(void)state;
	open_actions(60, 200);
	assert_shows("Formación +1");
	assert_shows("Training 2026");
	assert_shows("Owner");
	assert_shows("Ana Ruiz");
	assert_shows("!17/11 Call");
}

static void test_actions__empty_says_what_to_do(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_actions, NULL);
	fake_picture();
	fake_answer("actions_mine_next", HEAD);
	assert_shows("No action here. Open one with the key n");
}

static void test_actions__which_ones_and_what_was_typed(void **state)
{
	(void)state;
	open_actions(24, 80);
	assert_string_equal(fake_parameter(5), "mine");
	fake_press("f");
	fake_press("Down");
	fake_press("Enter");
	fake_answer("actions_mine_next", HEAD);
	assert_string_equal(fake_parameter(5), "shared");
	fake_press("/");
	fake_type("ac");
	fake_answer("actions_mine_next", HEAD);
	fake_answer("actions_mine_next", HEAD);
	assert_string_equal(fake_parameter(4), "ac");
}

static void test_actions__number_keys_choose_among_ones_own(void **state)
{
	(void)state;
	open_actions(24, 80);
	fake_press("f");
	assert_shows("2  where I collaborate");
	fake_press("Esc");
	fake_press("3");
	fake_answer("actions_mine_next", HEAD);
	assert_string_equal(fake_parameter(5), "closed");
	assert_shows("Actions · mine, closed");
	fake_press("4"); /* a manager's */
	assert_int_equal(fake_waiting("actions_mine_next"), 0);
	assert_shows("Actions · mine, closed");
	fake_press("/");
	fake_type("1");
	fake_answer("actions_mine_next", HEAD);
	assert_string_equal(fake_parameter(4), "1");
	assert_string_equal(fake_parameter(5), "closed");
}

static void test_actions__a_manager_sees_everybodys(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	view_push(fake.app, &view_actions, NULL);
	fake_picture();
	fake_answer("actions_all_next", actions());
	assert_string_equal(fake_parameter(4), "open");
	assert_shows("all that are open");
}

/* Of a client with whom one has no action there is nothing here, and it is told where there is. */
static void test_actions__nothing_found_says_where_it_looked(void **state)
{
	(void)state;
	open_actions(24, 80);
	fake_press("/");
	fake_type("z");
	fake_answer("actions_mine_next", HEAD);
	assert_shows("  Nothing in “mine, open”; f changes the filter. C finds any client.\n");
	fake_press("Esc");
	fake_answer("actions_mine_next", HEAD);
	assert_shows("No action here.");
	assert_hides("Nothing in");
}

static void test_actions__keys_lead_to_the_row(void **state)
{
	(void)state;
	open_actions(24, 80);
	fake_press("Down");
	fake_press("s");
	assert_shows("Next step");
	fake_answer("action_read", "id|version|next_step|next_step_on|owner\n39|7|Visit|\\N|Ana\n");
	assert_string_equal(fake_parameter(1), "39");
	fake_press("Esc");
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_action);
	fake_press("Esc");
	fake_press("n");
	assert_ptr_equal(app_top(fake.app)->ops, &view_new_action);
}

static void test_actions__a_closed_one_has_no_next_step(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_actions, NULL);
	fake_picture();
	fake_answer("actions_mine_next",
	            HEAD "42|1042|x|1|ACME|Training|open|Call|2020-11-17|t|Ana|1|A|0|0|0|0|9|f|9\n"
	                 "11|1011|z|3|Levante|Security|lost|\\N|\\N|\\N|Ana|1|B|0|0|0|0|9|f|9\n");
	assert_shows("c communication  s step");
	fake_press("Down");
	assert_shows("c communication");
	assert_hides("s step");
	fake_press("s");
	assert_shows("this action is closed");
	assert_ptr_equal(app_top(fake.app)->ops, &view_actions);
	fake_press("c");
	assert_ptr_equal(app_top(fake.app)->ops, &view_communication);
}

#define TEST(function) cmocka_unit_test_teardown(function, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_actions__a_state_is_whole_wherever_it_is_shown,
		                          fake_teardown),
		TEST(test_actions__expired_offer),
		TEST(test_actions__at_80),
		TEST(test_actions__more_divisions_are_seen_behind_a_long_name),
		TEST(test_actions__at_200),
		TEST(test_actions__empty_says_what_to_do),
		TEST(test_actions__which_ones_and_what_was_typed),
		TEST(test_actions__number_keys_choose_among_ones_own),
		TEST(test_actions__a_manager_sees_everybodys),
		TEST(test_actions__nothing_found_says_where_it_looked),
		TEST(test_actions__keys_lead_to_the_row),
		TEST(test_actions__a_closed_one_has_no_next_step),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
