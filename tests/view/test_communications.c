/*
 * All communications: what is asked of the database for what was typed, chosen
 * and narrowed, and what of it stands in lists of both widths.
 */
#include "fake.h"

#define PAGE                                                                                   \
	"key|at|moment|channel|direction|subject|excerpt|client|contact|author|action_number\n" \
	"9|2026-11-24 10:15:00+01|2026-11-24 10:15|phone|in|Prices|… asks for two dates.|ACME|"  \
	"Eva Gil|Ana Ruiz|1042\n"                                                              \
	"8|2026-11-23 09:00:00+01|2026-11-23 09:00|letter|out|Contract|\\N|Beta|\\N|Luis|1043\n"

static void open_list(void)
{
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	fake_press("S");
	assert_ptr_equal(app_top(fake.app)->ops, &view_communications);
	fake_answer("communications_next", PAGE);
}

static void test_communications__text_is_shown_where_there_is_room(void **state)
{
	(void)state;
	open_list();
	assert_shows("▸ 24/11/2026 10:15 < phone    ACME");
	assert_shows("  23/11/2026 09:00 > letter   Beta");
	assert_shows("Ana Ruiz");
	assert_hides("asks for two dates.");
	fake.height = 60;
	fake.width = 200;
	assert_shows("… asks for two dates.");
	assert_shows("Eva Gil");
}

static void test_communications__words_and_channels_are_asked_for(void **state)
{
	(void)state;
	open_list();
	assert_string_equal(fake_parameter(1), "");
	fake_press("/");
	fake_type("two dates");
	fake_answer("communications_next", PAGE);
	fake_answer("communications_next", PAGE);
	assert_string_equal(fake_parameter(1), "two dates");
	assert_string_equal(fake_parameter(4), "");
	assert_string_equal(fake_parameter(5), "");
	fake_press("Enter");
	fake_press("2");
	fake_answer("communications_next", PAGE);
	assert_string_equal(fake_parameter(4), "97");
	fake_press("7");
	fake_answer("communications_next", PAGE);
	assert_shows("Communications · letters");
	assert_string_equal(fake_parameter(1), "two dates");
	assert_string_equal(fake_parameter(4), "");
	assert_string_equal(fake_parameter(5), "letter");
}

static void test_communications__narrowed_to_a_contact_and_some_days(void **state)
{
	(void)state;
	open_list();
	fake_press("F");
	assert_hides("Contact  ");
	fake_type("acme");
	fake_answer("client_candidates", "id|label|note\n4|ACME|Madrid\n");
	fake_answer("client_candidates", "id|label|note\n4|ACME|Madrid\n");
	fake_press("Enter");
	fake_type("eva");
	fake_answer("contact_candidates", "id|label|note\n7|Eva Gil|\n");
	fake_answer("contact_candidates", "id|label|note\n7|Eva Gil|\n");
	assert_string_equal(fake_parameter(1), "4");
	fake_press("Enter");
	fake_press("Tab");
	fake_type("1/11/2026");
	fake_press("Tab");
	fake_type("1/10/2026");
	fake_press("Ctrl-s");
	assert_shows("This day lies before the first one.");
	fake_press("Ctrl-u");
	fake_type("30/11/2026");
	fake_press("Ctrl-s");
	fake_answer("communications_next", PAGE);
	assert_string_equal(fake_parameter(2), "4");
	assert_string_equal(fake_parameter(3), "7");
	assert_string_equal(fake_parameter(6), "2026-11-01");
	assert_string_equal(fake_parameter(7), "2026-11-30");
	assert_shows("Only with ACME · contact Eva Gil · from 01/11/2026 · to 30/11/2026");

	/* Of another client, it is no contact any more. */
	fake_press("F");
	fake_press("Ctrl-u");
	fake_press("Ctrl-s");
	fake_answer("communications_next", PAGE);
	assert_string_equal(fake_parameter(2), "");
	assert_string_equal(fake_parameter(3), "");
	assert_string_equal(fake_parameter(6), "2026-11-01");
}

static void test_communications__enter_opens_one(void **state)
{
	(void)state;
	open_list();
	fake_press("j");
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_communication_read);
	fake_break("communication_read");
	fake_answer("communication_read", "id\n");
	assert_string_equal(fake_parameter(1), "8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_communications__text_is_shown_where_there_is_room,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_communications__words_and_channels_are_asked_for,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_communications__narrowed_to_a_contact_and_some_days,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_communications__enter_opens_one, fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
