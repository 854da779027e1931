/*
 * `trato dashboard`: a screen that nobody touches. It comes by itself, only
 * reads, and leads nowhere else.
 */
#include "fake.h"

#include <base/loop.h>

static void open_wall_of(const char *user, bool restricted)
{
	fake_app_of((struct app_config){
	    .conninfo = "", .user = user, .wall = true, .restricted = restricted });
}

static void open_wall(bool restricted)
{
	open_wall_of("wall@trato.example", restricted);
}

static void come_in(void)
{
	static const char clock[] =
	    "clock|today|period_from|period_to|currency|standby|mark|month_offers|month_cents|"
	    "last_month_offers|last_month_cents|year_offers|year_cents\n"
	    "16:32:40|2026-11-26|2025-11-01|2026-11-26|EUR|f|7:7:|0|0|0|0|0|0\n";
	static const char work[] =
	    "open_actions|quiet_actions|quiet_days|overdue_actions|held|divisions|requests\n"
	    "0|0|30|0|0|0|0\n";

	assert_true(fake_greet("wall@trato.example", "supervisor"));
	fake_picture();
	fake_answer(
	    "dashboard_clock", clock, "state|currency|offers|cents\n", "month|offers|cents\n",
	    "rep_id|rep|offers|cents|presented|presented_cents|open_actions\n",
	    "area_id|area|offers|cents|presented|presented_cents\n",
	    "presented|approved|rejected|withdrawn|expired|live\n0|0|0|0|0|0\n",
	    "state|currency|notices|cents|oldest|late\n", work,
	    "action_id|action_number|client|rep|age\n",
	    "action_id|action_number|client|division|holder|age\n",
	    "notice_id|client|offer_number|currency|total_cents|rep|approved_by|state|age\n");
}

static void test_wall__comes_in_by_itself_and_only_reads(void **state)
{
	(void)state;
	open_wall(false);
	assert_true(fake.db->read_only);
	assert_int_equal(fake.db->connects, 1);
	assert_string_equal(fake.db->user, "wall@trato.example");
	assert_shows("Connecting …");
	come_in();
	/* A team without any figures yet. */
	assert_shows("Figures of 16:32:40, live");
	assert_shows("none is waiting");
	fake_press("Space");
	assert_shows("There is no offer yet.");
}

static void test_wall__tries_again_while_there_is_no_server(void **state)
{
	long long began = loop_now();

	(void)state;
	open_wall(true);
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "No route to host");
	assert_shows("It is tried again and again; the figures come by themselves.");
	assert_shows("unreachable (No route to host)");
	while (fake.db->connects == 1 && loop_now() - began < 30000)
		loop_turn(app_loop(fake.app), 30000);
	assert_int_equal(fake.db->connects, 2);
	/* With --restricted nobody can type a password: it is set right elsewhere. */
	fake_state(DB_CONNECTING, DB_FAULT_NONE, "");
	fake_state(DB_DOWN, DB_FAULT_PASSWORD, "");
	assert_shows("wrong password");
	assert_hides("E-mail");
	come_in();
	assert_shows("live");
	/* Its account is disabled meanwhile: still no login screen. */
	fake_state(DB_DOWN, DB_FAULT_DISABLED, "");
	assert_shows("NO SERVER: THESE FIGURES ARE");
	assert_hides("E-mail");
}

static void test_wall__asks_for_a_password_where_somebody_may_be_there(void **state)
{
	(void)state;
	open_wall(false);
	fake_state(DB_DOWN, DB_FAULT_PASSWORD, "");
	assert_shows("Password *");
	assert_hides("wrong password");
	fake_type("wrong");
	fake_press("Enter");
	fake_state(DB_DOWN, DB_FAULT_PASSWORD, "");
	assert_shows("wrong password");
	fake_type("secret");
	fake_press("Enter");
	assert_string_equal(fake.db->password, "secret");
	come_in();
	assert_shows("live");
	assert_hides("Password *");
}

/* Nothing has been typed that could be wrong, also where the account has no e-mail. */
static void test_wall__blames_nobody_before_a_password_is_typed(void **state)
{
	(void)state;
	open_wall_of("wall", false);
	fake_state(DB_DOWN, DB_FAULT_PASSWORD, "");
	assert_shows("Password *");
	assert_hides("is not right");
	fake_type("wrong");
	fake_press("Enter");
	fake_state(DB_DOWN, DB_FAULT_PASSWORD, "");
	assert_shows("The e-mail or the password is not right.");
}

static void test_wall__leads_nowhere_else(void **state)
{
	static const char *const keys[] = { "?", "F1", ":",  "F2", "A",     "C", "I",  "V",
		                            "M", "F6", "F7", "F8", "Enter", "R", "Esc" };

	(void)state;
	open_wall(true);
	come_in();
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct view *wall = app_top(fake.app);

		fake_press(keys[i]);
		assert_ptr_equal(app_top(fake.app), wall);
	}
	assert_shows("\n Tab pane  p period  f filter");
	/* Nor does the form over it. */
	fake_press("f");
	assert_shows("What the dashboard shows");
	fake_press("F1");
	fake_press("F2");
	assert_shows("What the dashboard shows");
	fake_press("Esc");
	/* Not even to the end. */
	fake_press("q");
	assert_shows("live");
}

static void test_wall__wants_an_account_that_is_set_up(void **state)
{
	(void)state;
	open_wall(true);
	assert_false(fake_greeting("wall@trato.example", "supervisor+new"));
	fake_picture();
	assert_shows("This account needs a password of its own first");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_wall__comes_in_by_itself_and_only_reads,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_wall__tries_again_while_there_is_no_server,
		                          fake_teardown),
		cmocka_unit_test_teardown(
		    test_wall__asks_for_a_password_where_somebody_may_be_there, fake_teardown),
		cmocka_unit_test_teardown(test_wall__blames_nobody_before_a_password_is_typed,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_wall__leads_nowhere_else, fake_teardown),
		cmocka_unit_test_teardown(test_wall__wants_an_account_that_is_set_up,
		                          fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
