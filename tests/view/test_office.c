/*
 * A manager's screens of what is set for the team, its holidays, and the counts
 * that must be none.
 */
#include "fake.h"

static void open_as_manager(const struct view_ops *ops, int height, int width)
{
	fake_app();
	fake.height = height;
	fake.width = width;
	fake_log_in("marta@trato.example", "manager");
	view_replace(app_top(fake.app), ops, NULL);
	fake_picture();
}

/* ---- checks ---- */

#define NONE "name|wrong|number\nclosed_with_hold|0|\\N\nheld_twice|0|\\N\n"

static void test_checks__none_is_good(void **state)
{
	(void)state;
	open_as_manager(&view_checks, 24, 80);
	assert_shows("Counting…");
	fake_answer("checks", NONE);
	assert_shows(" Every rule is kept: there is none of what follows.\n");
	assert_shows("\n ✓       0  Closed actions that still hold a division\n"
	             " ✓       0  Divisions that two actions hold\n");
}

static void test_checks__what_is_broken_is_named(void **state)
{
	(void)state;
	open_as_manager(&view_checks, 60, 200);
	fake_answer("checks", "name|wrong|number\napproved_without_notice|3|2026-00042\n"
	                      "held_twice|0|\\N\n");
	assert_shows("Tell its administrator");
	assert_shows("\n !       3  Approved offers without a notice: 2026-00042, for one\n"
	             " ✓       0  Divisions that two actions hold\n");
	assert_hides("Every rule is kept");
}

/* It looks at every row, so not each few seconds. */
static void test_checks__are_counted_again_when_asked_for(void **state)
{
	(void)state;
	open_as_manager(&view_checks, 24, 80);
	fake_answer("checks", NONE);
	assert_int_equal(view_checks.watch & (WATCH_CLOCK | WATCH_NOTICES), 0);
	fake_press("Ctrl-r");
	assert_int_equal(fake_waiting("checks"), 1);
	fake_press("Ctrl-r");
	assert_int_equal(fake_waiting("checks"), 1);
	fake_answer("checks", "name|wrong|number\nheld_twice|1|1042\n");
	assert_shows("1042, for one");
	fake.height = 1;
	fake.width = 1;
	fake_picture();
}

/* ---- settings ---- */

#define SETTINGS                                                                \
	"key|name|value|meaning\n4|notice_warning_hours|4|hours\n9|new_one|on|what it does\n" \
	"7|working_time|09:00-18:00|hours of a day\n"

static void test_settings__say_what_they_are_for(void **state)
{
	(void)state;
	open_as_manager(&view_settings, 24, 80);
	fake_answer("settings_next", SETTINGS);
	assert_shows("Working hours until an untaken notice is late");
	assert_shows("what it does");
	assert_shows("09:00-18:00");
}

static void test_settings__one_is_changed(void **state)
{
	(void)state;
	open_as_manager(&view_settings, 24, 80);
	fake_answer("settings_next", SETTINGS);
	fake_press("Down");
	fake_press("Down");
	fake_press("Enter");
	fake_answer("setting_read", "id|version|name|value|meaning\n"
	                            "7|3|working_time|09:00-18:00|hours of a day\n");
	assert_string_equal(fake_parameter(1), "7");
	assert_shows("Hours that are worked in a day");
	fake_press("Ctrl-u");
	fake_type("9-18");
	fake_press("Ctrl-s");
	fake_refuse("save_setting", "23514", "setting_working_time_form", "");
	assert_shows("! From when until when, like 09:00-18:00.");
	fake_press("Ctrl-u");
	fake_type("08:00-15:00");
	fake_press("Ctrl-s");
	fake_answer("save_setting", "id\n7\n");
	assert_string_equal(fake_parameter(2), "7");
	assert_string_equal(fake_parameter(3), "3");
	assert_string_equal(fake_parameter(4), "08:00-15:00");
	assert_shows("Set for the whole team");
	assert_int_equal(fake_waiting("settings_next"), 1);
}

/* ---- holidays ---- */

static void test_holidays__one_is_entered(void **state)
{
	(void)state;
	open_as_manager(&view_holidays, 24, 80);
	fake_answer("holidays_next", "key|day|name|active\n");
	assert_shows("The key n enters one.");
	fake_press("n");
	fake_type("25/12/2026");
	fake_press("Tab");
	fake_type("Navidad");
	fake_press("Ctrl-s");
	fake_refuse("save_holiday", "23505", "holiday_day_unique", "");
	assert_shows("! This day is a holiday already.");
	fake_press("Ctrl-s");
	fake_answer("save_holiday", "id\n1\n");
	assert_null(fake.parameters[1]);
	assert_string_equal(fake_parameter(4), "2026-12-25");
	assert_string_equal(fake_parameter(5), "Navidad");
	fake_answer("holidays_next", "key|day|name|active\n1|2026-12-25|Navidad|t\n"
	                             "2|2026-12-24|Nochebuena|f\n");
	assert_shows("25/12/2026 Navidad");
	assert_shows("is worked");
}

/* None of it is offered to others. */
static void test_office__is_the_managers(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("berta@trato.example", "backoffice");
	fake_press(":");
	fake_type("go to what is set");
	assert_hides("go-settings");
}

#define TEST(name) cmocka_unit_test_teardown(name, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_checks__none_is_good),
		TEST(test_checks__what_is_broken_is_named),
		TEST(test_checks__are_counted_again_when_asked_for),
		TEST(test_settings__say_what_they_are_for),
		TEST(test_settings__one_is_changed),
		TEST(test_holidays__one_is_entered),
		TEST(test_office__is_the_managers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
