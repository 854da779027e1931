/*
 * A manager's screens: what is set for the team, its holidays, the catalogues,
 * who may log in, and the counts that must be none.
 */
#include "fake.h"

#include "view/app_private.h"

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

/* ---- areas ---- */

#define AREAS "key|folded|name|active\n"

static void test_areas__one_is_entered(void **state)
{
	(void)state;
	open_as_manager(&view_areas, 24, 80);
	fake_answer("areas_next", AREAS);
	assert_shows("There is no area. The key n enters one.");
	fake_press("n");
	assert_hides("In use");
	fake_type("Formación");
	fake_press("Ctrl-s");
	fake_refuse("save_area", "23505", "area_name_unique", "");
	assert_shows("! There is an area of this name already.");
	fake_press("Ctrl-s");
	fake_answer("save_area", "id\n5\n");
	assert_null(fake.parameters[1]);
	assert_string_equal(fake_parameter(4), "Formación");
	fake_answer("areas_next", AREAS "5|formacion|Formación|t\n6|vieja|Vieja|f\n");
	assert_shows("▸ Formación");
	assert_shows("Vieja");
	assert_shows("not in use");
}

static void test_areas__one_is_renamed_and_taken_out_of_use(void **state)
{
	(void)state;
	open_as_manager(&view_areas, 60, 200);
	fake_answer("areas_next", AREAS "5|formacion|Formación|t\n");
	fake_press("Enter");
	fake_answer("area_read", "id|version|name|active\n5|3|Formación|t\n");
	fake_press("Ctrl-u");
	fake_type("Cursos");
	fake_press("Tab");
	fake_press("Space");
	fake_press("Ctrl-s");
	fake_answer("save_area", "id\n5\n");
	assert_string_equal(fake_parameter(2), "5");
	assert_string_equal(fake_parameter(3), "3");
	assert_string_equal(fake_parameter(4), "Cursos");
	assert_string_equal(fake_parameter(5), "f");
	assert_shows("The area is saved.");
}

/* ---- reasons ---- */

#define REASONS "key|kind|last|code|needs_note|active|name|other_name\n"
#define PRICE "1|action_lost|0|\\N|f|t|Price|Precio\n"
#define OTHER "5|action_lost|1|other|t|t|Other|Otro\n"
#define GONE "9|offer_rejected|0|\\N|f|f|Scope|Alcance\n"

static void test_reasons__of_each_kind(void **state)
{
	(void)state;
	open_as_manager(&view_reasons, 24, 80);
	fake_answer("reasons_next", REASONS PRICE OTHER GONE);
	assert_null(fake.parameters[3]);
	assert_shows("▸ an action is lost");
	assert_shows("Price");
	assert_shows("with a note");
	assert_shows("not in use");
	fake_press("3");
	fake_answer("reasons_next", REASONS GONE);
	assert_string_equal(fake_parameter(4), "offer_rejected");
	assert_shows("Reasons · an offer is rejected");
	assert_hides("Price");
}

static void test_reasons__one_is_entered(void **state)
{
	(void)state;
	open_as_manager(&view_reasons, 24, 80);
	fake_answer("reasons_next", REASONS PRICE);
	fake_press("n");
	assert_hides("In use");
	fake_press("Space");
	fake_press("Space"); /* an offer is rejected */
	fake_press("Tab");
	fake_type("Plazo");
	fake_press("Tab");
	fake_type("Deadline");
	fake_press("Tab");
	fake_press("Space");
	fake_press("Ctrl-s");
	fake_answer("save_reason", "id\n10\n");
	assert_null(fake.parameters[1]);
	assert_string_equal(fake_parameter(5), "Deadline");
	assert_string_equal(fake_parameter(6), "Plazo");
	assert_string_equal(fake_parameter(7), "t");
	assert_string_equal(fake_parameter(8), "t");
}

static void test_reasons__one_is_taken_out_of_use(void **state)
{
	(void)state;
	open_as_manager(&view_reasons, 24, 80);
	fake_answer("reasons_next", REASONS PRICE);
	fake_press("Enter");
	fake_answer("reason_read", "id|version|kind|code|name_en|name_es|needs_note|active\n"
	                           "1|4|action_lost|\\N|Price|Precio|f|t\n");
	assert_hides("Why *");
	for (int i = 0; i < 3; i++)
		fake_press("Tab");
	fake_press("Space");
	fake_press("Ctrl-s");
	fake_answer("save_reason", "id\n1\n");
	assert_string_equal(fake_parameter(2), "1");
	assert_string_equal(fake_parameter(3), "4");
	assert_string_equal(fake_parameter(8), "f");
}

/* What the database itself gives cannot be taken out of use. */
static void test_reasons__the_databases_own_can_be_called_otherwise(void **state)
{
	(void)state;
	open_as_manager(&view_reasons, 24, 80);
	fake_answer("reasons_next", REASONS PRICE);
	fake_press("Enter");
	fake_answer("reason_read", "id|version|kind|code|name_en|name_es|needs_note|active\n"
	                           "1|4|offer_withdrawn|action_closed|Closed|Cerrada|f|t\n");
	assert_shows("Cerrada");
	assert_hides("In use");
	assert_hides("With a note");
	fake_press("Ctrl-s");
	fake_answer("save_reason", "id\n1\n");
	assert_string_equal(fake_parameter(8), "t");
}

/* ---- users ---- */

#define USERS "key|folded|name|email|roles|active|must_change_password\n"
#define ANA "1|ana ruiz|Ana Ruiz|ana@trato.example|rep|t|f\n"
#define LUIS "2|luis perez|Luis Pérez|luis@trato.example|rep,manager|f|f\n"
#define NUEVA "3|nueva|Nueva Vila|nueva@trato.example|backoffice|t|t\n"

static void test_users__who_may_log_in_and_as_what(void **state)
{
	(void)state;
	open_as_manager(&view_users, 24, 80);
	fake_answer("people_next", USERS ANA LUIS NUEVA);
	assert_string_equal(fake_parameter(5), "all");
	assert_shows("▸ Ana Ruiz");
	assert_shows("ana@trato.example");
	assert_shows("sales rep, manager");
	assert_shows("disabled");
	assert_shows("first password");
	assert_shows("d disable");
	assert_hides("e enable");
	fake_press("Down");
	assert_shows("e enable");
	assert_hides("d disable");
	fake_press("3");
	fake_answer("people_next", USERS LUIS);
	assert_string_equal(fake_parameter(5), "disabled");
	fake_press("/");
	fake_type("p");
	fake_answer("people_next", USERS LUIS);
	assert_string_equal(fake_parameter(4), "p");
}

static void type_passwords(const char *first, const char *again)
{
	fake_type(first);
	fake_press("Tab");
	fake_type(again);
}

static void test_users__one_is_entered(void **state)
{
	(void)state;
	open_as_manager(&view_users, 24, 80);
	fake_answer("people_next", USERS ANA);
	fake_press("n");
	fake_type("Iria Vila");
	fake_press("Tab");
	fake_type("Iria@trato.example");
	fake_press("Tab");
	fake_press("Space");
	fake_press("Space");
	fake_press("Tab");
	type_passwords("one to begin", "one to begun");
	fake_press("Ctrl-s");
	assert_shows("The two are not the same.");
	assert_int_equal(fake_waiting("person_create"), 0);
	fake_press("Ctrl-u");
	fake_type("one to begin");
	assert_hides("one to begin");
	fake_press("Ctrl-s");
	fake_refuse("person_create", "23505", "person_email_key", "");
	assert_shows("Somebody with this e-mail is there already.");
	fake_press("Ctrl-s");
	fake_answer("person_create", "result\n{}\n");
	assert_string_equal(fake_parameter(2), "Iria@trato.example");
	assert_string_equal(fake_parameter(3), "Iria Vila");
	assert_string_equal(fake_parameter(4), "{backoffice}");
	assert_string_equal(fake_parameter(5), "SCRAM of one to begin");
	assert_shows("The login is there");
	assert_int_equal(fake_waiting("people_next"), 1);
}

static void test_users__another_role(void **state)
{
	(void)state;
	open_as_manager(&view_users, 24, 80);
	fake_answer("people_next", USERS ANA);
	fake_press("Enter");
	fake_answer("person_read", "id|version|email|name|roles\n"
	                           "1|7|ana@trato.example|Ana Ruiz|manager,rep\n");
	assert_shows("Ana Ruiz, ana@trato.example");
	assert_shows("sales rep and manager");
	fake_press("Space");
	fake_press("Ctrl-s");
	fake_answer("person_roles", "result\n{}\n");
	assert_string_equal(fake_parameter(2), "ana@trato.example");
	assert_string_equal(fake_parameter(3), "{backoffice,manager}");
	assert_string_equal(fake_parameter(4), "7");
}

static void test_users__a_role_that_somebody_else_has_changed(void **state)
{
	(void)state;
	open_as_manager(&view_users, 24, 80);
	fake_answer("people_next", USERS ANA);
	fake_press("Enter");
	fake_answer("person_read", "id|version|email|name|roles\n"
	                           "1|7|ana@trato.example|Ana Ruiz|rep\n");
	fake_press("Ctrl-s");
	fake_refuse("person_roles", "TR002", "row_version", "version=8");
	assert_shows("Somebody has changed this in the meantime.");
}

static void test_users__another_first_password(void **state)
{
	(void)state;
	open_as_manager(&view_users, 24, 80);
	fake_answer("people_next", USERS ANA);
	fake_press("p");
	fake_answer("person_read", "id|version|email|name|roles\n"
	                           "1|7|ana@trato.example|Ana Ruiz|rep\n");
	assert_shows("For Ana Ruiz, who has to change it at the next");
	type_passwords("short", "short");
	fake_press("Ctrl-s");
	assert_shows("At least 10 characters, please.");
	fake_press("Ctrl-u");
	type_passwords("long enough", "");
	fake_press("Ctrl-u");
	fake_type("long enough");
	fake_press("Ctrl-s");
	fake_answer("person_reset_password", "result\n{}\n");
	assert_string_equal(fake_parameter(2), "ana@trato.example");
	assert_string_equal(fake_parameter(3), "SCRAM of long enough");
}

/* First the login is closed, then the sessions end: before that a new one could begin. */
static void test_users__one_is_disabled(void **state)
{
	(void)state;
	open_as_manager(&view_users, 24, 80);
	fake_answer("people_next", USERS ANA);
	fake_press("d");
	assert_shows("Disable this user?");
	assert_shows("Ana Ruiz may not log in any more");
	fake_press("Esc");
	assert_int_equal(fake_waiting("person_disable"), 0);
	fake_press("d");
	fake_press("Enter");
	fake_answer("person_disable", "result\n{}\n");
	assert_string_equal(fake_parameter(2), "ana@trato.example");
	fake_answer("person_end_sessions", "ended\n2\n");
	assert_string_equal(fake_parameter(1), "ana@trato.example");
	assert_shows("Ana Ruiz may not log in any more. Sessions ended: 2");
}

static void test_users__nobody_disables_himself(void **state)
{
	(void)state;
	open_as_manager(&view_users, 24, 80);
	fake_answer("people_next", USERS ANA);
	fake_press("d");
	fake_press("Enter");
	fake_refuse("person_disable", "TR001", "person_not_oneself", "");
	assert_shows("Nobody can do that to himself.");
	assert_int_equal(fake_waiting("person_end_sessions"), 0);
}

static void test_users__one_is_let_in_again(void **state)
{
	(void)state;
	open_as_manager(&view_users, 24, 80);
	fake_answer("people_next", USERS LUIS);
	fake_press("e");
	fake_answer("person_enable", "result\n{}\n");
	assert_string_equal(fake_parameter(2), "luis@trato.example");
	assert_shows("Luis Pérez may log in again.");
}

/* So they stand among what works here and now, from wherever help is asked for. */
static void test_office__is_reached_from_everywhere(void **state)
{
	static const enum command ways[] = { COMMAND_GO_CHECKS, COMMAND_GO_HOLIDAYS,
		                             COMMAND_GO_AREAS, COMMAND_GO_REASONS,
		                             COMMAND_GO_USERS };

	(void)state;
	open_as_manager(&view_settings, 24, 80);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		assert_true(app_offers(fake.app, app_top(fake.app), ways[i]));
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
	for (int i = 0; i < 30; i++)
		fake_press("Backspace");
	fake_type("go-users");
	assert_hides("Go to who may log in");
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
		TEST(test_areas__one_is_entered),
		TEST(test_areas__one_is_renamed_and_taken_out_of_use),
		TEST(test_reasons__of_each_kind),
		TEST(test_reasons__one_is_entered),
		TEST(test_reasons__one_is_taken_out_of_use),
		TEST(test_reasons__the_databases_own_can_be_called_otherwise),
		TEST(test_users__who_may_log_in_and_as_what),
		TEST(test_users__one_is_entered),
		TEST(test_users__another_role),
		TEST(test_users__a_role_that_somebody_else_has_changed),
		TEST(test_users__another_first_password),
		TEST(test_users__one_is_disabled),
		TEST(test_users__nobody_disables_himself),
		TEST(test_users__one_is_let_in_again),
		TEST(test_office__is_reached_from_everywhere),
		TEST(test_office__is_the_managers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
