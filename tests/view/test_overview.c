/*
 * The overview: figures of one round trip, their age, and the room of a wall
 * screen.
 */
#include "fake.h"

#define OFFERS                                                     \
	"state|currency|offers|cents|month_offers|month_cents\n"   \
	"approved|EUR|4|400000|2|150000\ndraft|EUR|3|100000|0|0\n" \
	"expired|EUR|1|50000|0|0\npresented|EUR|7|800000|0|0\n"
#define NOTICES                                                                    \
	"state|currency|notices|cents|oldest|late\npending|EUR|2|200000|93600|2\n" \
	"taken|EUR|1|100000|7200|0\n"
#define WORK                                                                                 \
	"open_actions|quiet_actions|overdue_actions|quiet_days|held|divisions|clock|today\n" \
	"30|9|6|30|36|902|16:32:40|2026-11-23\n"
#define APPROVALS                                                              \
	"client|offer_number|currency|total_cents|rep|approved_by|state|age\n" \
	"Panadería Delgado|2026-00055|EUR|1010600|Ana Ruiz|Ana Ruiz|pending|3600\n"
#define HOLDS                                        \
	"client|division|action_number|holder|age\n" \
	"IES Cervantes|Transporte|1022|Javier Moreno|14261393\n"

static void open_overview(int height, int width)
{
	fake_app();
	fake.height = height;
	fake.width = width;
	fake_log_in("carmen@trato.example", "supervisor");
	view_replace(app_top(fake.app), &view_overview, NULL);
	fake_picture();
	fake_answer("overview_offers", OFFERS, NOTICES, WORK, APPROVALS, HOLDS);
}

static void test_overview__at_80(void **state)
{
	(void)state;
	open_overview(24, 80);
	assert_shows(" Figures of 16:32:40, refreshed every 5 seconds\n");
	assert_shows(" draft              ██▌                       3         1,000.00 €\n"
	             " presented          ████████████████████      7         8,000.00 €\n"
	             " expired            █▎                        1           500.00 €\n"
	             " approved           ██████████                4         4,000.00 €\n");
	assert_shows(
	    " pending            ████████████████████      2         2,000.00 €      !! 1 d\n"
	    " taken              ██████████                1         1,000.00 €         2 h\n");
	assert_shows(" Approved this month     2 · 1,500.00 €\n"
	             " Open actions            30 · quiet for 30 days: 9 · next step overdue: 6\n"
	             " Divisions held          36 of 902\n");
	assert_hides("Last approvals");
}

static void test_overview__at_200(void **state)
{
	(void)state;
	open_overview(60, 200);
	assert_shows("Last approvals");
	assert_shows("   1 h  Panadería Delgado");
	assert_shows(" 165 d  IES Cervantes · Transporte");
}

static void test_overview__refreshes_without_flicker(void **state)
{
	(void)state;
	open_overview(24, 80);
	fake_press("Ctrl-r");
	assert_shows("16:32:40");
	fake_answer("overview_offers", "state|currency|offers|cents|month_offers|month_cents\n",
	            "state|currency|notices|cents|oldest|late\n", WORK, APPROVALS, HOLDS);
	assert_shows("There is no offer yet.");
	assert_shows("No notice waits.");
	assert_shows("Approved this month     none");
}

static void test_overview__works_in_the_smallest_window(void **state)
{
	(void)state;
	open_overview(16, 60);
	assert_shows("presented");
	fake_press("End");
	assert_shows("Divisions held          36 of 902");
	fake.height = 1;
	fake.width = 1;
	fake_picture();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_overview__at_80, fake_teardown),
		cmocka_unit_test_teardown(test_overview__at_200, fake_teardown),
		cmocka_unit_test_teardown(test_overview__refreshes_without_flicker, fake_teardown),
		cmocka_unit_test_teardown(test_overview__works_in_the_smallest_window,
		                          fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
