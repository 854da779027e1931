/*
 * Several rows at once: marking them, one write for each, and what is said of
 * those that were refused.
 */
#include "fake.h"

#include <view/list_view.h>

#define HEAD                                                                                    \
	"key|number|due|client|title|state|version|next_step|next_step_on|overdue|owner|divisions|" \
	"first_division|drafts|presented|approved|cents|contact_age|quiet|quiet_age\n"
#define ROW(key, name, version)                                                        \
	#key "|10" #key "|x|" name "|Title|open|" version "|\\N|\\N|f|Ana|1|A|0|0|0|0|9|f|9\n"
#define THREE HEAD ROW(41, "ACME", "5") ROW(42, "Bodegas", "6") ROW(43, "Levante", "7")

static void open_actions(void)
{
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_actions, NULL);
	fake_picture();
	fake_answer("actions_mine_next", THREE);
}

static void test_marks__are_seen_and_counted(void **state)
{
	(void)state;
	open_actions();
	assert_hides("marked");
	fake_press("x");
	assert_shows("mine, open · 1 marked");
	assert_shows(" *1041 ACME");
	assert_shows("▸ 1042");
	fake_press("Insert");
	fake_press("x");
	assert_shows("3 marked");
	assert_shows("▸*1043");
	fake_press("x");
	assert_shows("2 marked");
	fake_press("-");
	assert_hides("marked");
	fake_press("*");
	assert_shows("3 marked");
	fake_press("-");
	fake_press("g");
	fake_press("X");
	fake_press("G");
	fake_press("X");
	assert_shows("3 marked");
	/* Those of another filter are not meant any more. */
	fake_press("2");
	assert_hides("marked");
}

static void test_marks__one_write_for_each_row(void **state)
{
	char first[37];

	(void)state;
	open_actions();
	fake_press("x");
	fake_press("x");
	fake_press("s");
	assert_shows("For each of the 2 marked rows.");
	fake_type("Call them");
	fake_press("Tab");
	fake_type("2026-12-01");
	fake_press("Enter");
	assert_int_equal(fake_waiting("set_next_step"), 2);
	fake_answer("set_next_step", "id|version\n41|6\n");
	snprintf(first, sizeof(first), "%s", fake_parameter(1));
	assert_string_equal(fake_parameter(2), "41");
	assert_string_equal(fake_parameter(3), "5");
	assert_string_equal(fake_parameter(4), "Call them");
	assert_string_equal(fake_parameter(5), "2026-12-01");
	assert_shows("1 marked");
	fake_answer("set_next_step", "id|version\n42|7\n");
	assert_string_not_equal(fake_parameter(1), first);
	assert_string_equal(fake_parameter(3), "6");
	assert_shows("Done for 2 rows.");
	assert_hides("marked");
}

static void test_marks__a_refused_one_stays_and_says_why(void **state)
{
	(void)state;
	open_actions();
	fake_press("*");
	fake_press("t");
	assert_shows("Hand over");
	fake_type("lu");
	fake_answer("rep_candidates", "id|label|note\n");
	fake_answer("rep_candidates", "id|label|note\n8|Luis Mora|\\N\n");
	fake_press("Enter");
	fake_press("Ctrl-s");
	fake_answer("transfer_action", "id\n41\n");
	assert_string_equal(fake_parameter(2), "41");
	assert_string_equal(fake_parameter(3), "8");
	fake_refuse("transfer_action", "42501", "", "");
	fake_refuse("transfer_action", "42501", "", "");
	assert_shows("Done for 1 of 3 rows. What was refused stays marked.");
	assert_shows("1042, 1043: You may not do that.");
	fake_press("Enter");
	assert_shows("2 marked");
	assert_shows("▸ 1041");
}

static void test_marks__are_asked_about_where_nothing_has_to_be_told(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("berta@trato.example", "backoffice");
	view_push(fake.app, &view_inbox, NULL);
	fake_picture();
	fake_answer("notices_waiting_next",
	            "key|rank|waits_since|state|version|client|offer_number|total_cents|currency|late|age\n"
	            "1|1|x|pending|1|ACME|2026-00001|100|EUR|0|9\n"
	            "2|1|x|pending|1|Duero|2026-00002|100|EUR|0|9\n");
	fake_press("*");
	fake_press("t");
	assert_shows("It is done for all 2 marked rows.");
	fake_press("Esc");
	assert_int_equal(fake_waiting("take_notice"), 0);
	assert_shows("2 marked");
	fake_press("t");
	fake_press("Enter");
	fake_answer("take_notice", "id|version\n1|2\n");
	fake_refuse("take_notice", "TR001", "", "");
	assert_shows("Done for 1 of 2 rows");
	assert_shows("2026-00002: ");
}

static void test_marks__what_is_not_for_a_row_is_not_sent(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_requests, NULL);
	fake_picture();
	fake_answer("requests_mine_next",
	            "key|turn|state|to_me|version|asker|owner|client|action_number|age\n"
	            "1|0|open|t|1|Luis|Ana|ACME|1041|9\n"
	            "2|1|open|f|1|Ana|Luis|Duero|1042|9\n"
	            "3|2|declined|t|2|Luis|Ana|Levante|1043|9\n");
	fake_press("*");
	fake_press("d");
	fake_type("Not now");
	fake_press("Enter");
	assert_int_equal(fake_waiting("answer_request"), 1);
	fake_answer("answer_request", "id\n1\n");
	assert_string_equal(fake_parameter(4), "f");
	assert_string_equal(fake_parameter(5), "Not now");
	assert_shows("Done for 1 of 3 rows");
	assert_shows("1042: This request is yours");
	assert_shows("1043: This request is settled already.");
}

static void test_marks__without_any_the_row_under_the_cursor_is_meant(void **state)
{
	(void)state;
	open_actions();
	fake_press("t");
	assert_shows("Hand the action over");
	assert_shows("Who owns it now stays as a collaborator.");
	fake_answer("action_read", "id|version|owner\n41|5|Ana\n", "id|label\n");
	fake_type("l");
	fake_answer("rep_candidates", "id|label|note\n8|Luis Mora|\\N\n");
	fake_press("Enter");
	fake_press("Ctrl-s");
	fake_answer("transfer_action", "id\n41\n");
	assert_string_equal(fake_parameter(3), "8");
}

#define TEST(function) cmocka_unit_test_teardown(function, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_marks__are_seen_and_counted),
		TEST(test_marks__one_write_for_each_row),
		TEST(test_marks__a_refused_one_stays_and_says_why),
		TEST(test_marks__are_asked_about_where_nothing_has_to_be_told),
		TEST(test_marks__what_is_not_for_a_row_is_not_sent),
		TEST(test_marks__without_any_the_row_under_the_cursor_is_meant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
