/*
 * The dashboard: figures of one round trip at every size of window, their age,
 * what they are narrowed to, and what is behind them.
 */
#include "fake.h"
#include "own_time.h"

#include <view/dashboard.h>

#define CLOCK                                                                            \
	"clock|today|period_from|period_to|currency|standby|mark|month_offers|"          \
	"month_cents|last_month_offers|last_month_cents|year_offers|year_cents\n"        \
	"16:32:40|2026-11-26|2025-11-01|2026-11-26|EUR|%s|7:7:|4|2940000|9|33500000|30|" \
	"170000000\n"
#define PIPELINE                                                                    \
	"state|currency|offers|cents\ndraft|EUR|3|100000\npresented|EUR|7|800000\n" \
	"expired|EUR|1|50000\napproved|EUR|4|400000\n"
#define MONTHS                                                                          \
	"month|offers|cents\n2025-11|0|0\n2025-12|1|1000000\n2026-01|3|28200000\n"      \
	"2026-02|0|0\n2026-03|2|10300000\n2026-04|1|2500000\n2026-05|4|51400000\n"      \
	"2026-06|1|9500000\n2026-07|3|21400000\n2026-08|1|5800000\n2026-09|1|4700000\n" \
	"2026-10|9|33500000\n2026-11|4|2940000\n"
#define REPS                                                               \
	"rep_id|rep|offers|cents|presented|presented_cents|open_actions\n" \
	"1|Ana Ruiz|13|68440900|2|100|9\n2|Luis Pérez|10|48578300|1|100|4\n" \
	"3|Iria Vila|0|0|2|500000|3\n"
#define AREAS                                                                              \
	"area_id|area|offers|cents|presented|presented_cents\n5|Formación|5|300000|1|2\n" \
	"\\N|\\N|1|100000|0|0\n"
#define CONVERSION                                                                   \
	"presented|presented_cents|approved|approved_cents|rejected|rejected_cents|" \
	"withdrawn|withdrawn_cents|expired|expired_cents|live|live_cents\n"          \
	"109|9|32|170073200|35|368870500|23|123161000|2|6439100|17|76875200\n"
#define NOTICES                                                                    \
	"state|currency|notices|cents|oldest|late\npending|EUR|2|200000|93600|2\n" \
	"taken|EUR|1|100000|7200|0\n"
#define WORK                                                                              \
	"open_actions|quiet_actions|quiet_days|overdue_actions|held|divisions|requests\n" \
	"30|9|30|6|36|902|2\n"
#define QUIET                                      \
	"action_id|action_number|client|rep|age\n" \
	"71|1025|Limpiezas Peña|Nerea Etxeberria|5270400\n72|1046|Vinhos Nieto|Iria|600\n"
#define HOLDS                                                  \
	"action_id|action_number|client|division|holder|age\n" \
	"81|1022|IES Cervantes|Transporte|Javier Moreno|14261393\n"
#define APPROVALS                                                                        \
	"notice_id|client|offer_number|currency|total_cents|rep|approved_by|state|age\n" \
	"91|Panadería Delgado|2026-00055|EUR|1010600|Ana Ruiz|Ana Ruiz|pending|60\n"    \
	"90|Caves Moreno|2026-00054|EUR|437600|Luis Pérez|Luis Pérez|taken|90000\n"

static void answer_with(const char *standby, const char *approvals)
{
	char clock[sizeof(CLOCK) + 8];

	snprintf(clock, sizeof(clock), CLOCK, standby);
	fake_answer("dashboard_clock", clock, PIPELINE, MONTHS, REPS, AREAS, CONVERSION, NOTICES,
	            WORK, QUIET, HOLDS, approvals);
}

static void open_dashboard(int height, int width, const char *roles)
{
	fake_app();
	fake.height = height;
	fake.width = width;
	fake_log_in("carmen@trato.example", roles);
	view_replace(app_top(fake.app), &view_dashboard, NULL);
	fake_picture();
	answer_with("f", APPROVALS);
	fake_picture();
}

static void test_dashboard__at_80_in_pages(void **state)
{
	(void)state;
	open_dashboard(24, 80, "supervisor");
	assert_shows("Dashboard · the last twelve months");
	assert_shows(
	    " Figures of 16:32:40, live                                          page 1 of 4");
	assert_shows(" Approved this month                    Presented, unanswered\n"
	             " ▀▀█ █▀█   █ ▄                          █▀█   █ ▄\n"
	             " █▀▀ ▀▀█   █▀▄                          █▀█   █▀▄\n"
	             " ▀▀▀ ▀▀▀   ▀ ▀   €                      ▀▀▀   ▀ ▀   €\n"
	             " 4 offers · a month ago 335 k €         7 offers · 1 has expired\n");
	assert_shows("the oldest: !! 1 d");
	assert_shows("  1 min  Panadería Delgado");
	fake_press("Space");
	assert_shows("page 2 of 4");
	assert_shows(
	    "  Nov   Dec   Jan   Feb   Mar   Apr   May   Jun   Jul   Aug   Sep   Oct   Nov");
	assert_shows("   draft            ████▋");
	fake_press("PageDown");
	assert_shows("page 3 of 4");
	assert_shows(
	    " ▸ Ana Ruiz         █████████████████████████████████████      13     684,409 €");
	fake_press("PageUp");
	fake_press("PageUp");
	fake_press("PageUp");
	assert_shows("page 4 of 4");
	assert_shows("  165 d  IES Cervantes");
}

/* Of a figure that is cut nobody knows what it was: the less important words go before it. */
static void test_dashboard__below_the_figures_nothing_is_cut(void **state)
{
	(void)state;
	open_dashboard(40, 120, "supervisor");
	assert_shows(" a month ago 335 k €          7 offers · 1 has expired ");
	assert_shows(" 6 with an overdue step\n");
}

/* Each is as a wall or a desk has it; all the panels are there, whole, on as few pages. */
static void test_dashboard__at_every_size(void **state)
{
	static const struct {
		int height, width;
		const char *page;
	} sizes[] = {
		{ 24, 80, "page 1 of 4" }, { 40, 120, NULL }, { 50, 160, NULL },
		{ 60, 200, NULL },         { 70, 250, NULL }, { 80, 300, NULL },
	};
	static const char *const panels[] = { "Approved this month",
		                              "Last approvals",
		                              "Approved, by month",
		                              "Offers by state",
		                              "Invoicing notices",
		                              "Approved, by sales rep",
		                              "Approved, by area",
		                              "From presented to approved",
		                              "Requests to collaborate, open",
		                              "Without contact for longest",
		                              "Divisions held longest" };

	(void)state;
	open_dashboard(24, 80, "supervisor");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		fake.height = sizes[i].height;
		fake.width = sizes[i].width;
		fake_picture();
		if (sizes[i].page != NULL)
			assert_shows(sizes[i].page);
		else
			assert_hides("page ");
		for (size_t panel = 0; panel < sizeof(panels) / sizeof(panels[0]); panel++) {
			int turns = 0;

			while (strstr(fake_picture(), panels[panel]) == NULL && turns++ < 4)
				fake_press("Space");
			assert_shows(panels[panel]);
		}
		fake_press("Home");
	}
	fake.height = 16;
	fake.width = 60;
	assert_shows("Approved this month");
	for (fake.height = 1; fake.height < 20; fake.height += 3)
		for (fake.width = 1; fake.width < 70; fake.width += 11)
			fake_picture();
}

static void test_dashboard__large_digits_on_a_wall(void **state)
{
	(void)state;
	open_dashboard(60, 200, "supervisor");
	assert_shows(" ██████ ██████    ██       ");
	assert_shows("on average 140 k € a month");
	assert_shows("Formación        █████");
	assert_shows("without area     ███");
	assert_shows("██ approved                              32   29 %");
}

static void test_dashboard__asks_only_whether_something_has_changed(void **state)
{
	(void)state;
	open_dashboard(24, 80, "supervisor");
	fake_ring("trato_notice");
	assert_int_equal(fake_waiting("dashboard_clock"), 0);
	/* It rings again while the answer is under way: it may be older than that. */
	fake_ring("trato_notice");
	fake_answer("dashboard_changed", "mark|changed\n7:7:|f\n");
	assert_string_equal(fake_parameter(1), "7:7:");
	fake_answer("dashboard_changed", "mark|changed\n8:8:|t\n");
	answer_with("f",
	            "notice_id|client|offer_number|currency|total_cents|rep|approved_by|state|age\n"
	            "92|ACME|2026-00056|EUR|100|Ana Ruiz|Ana Ruiz|pending|0\n");
	assert_shows("now  ACME");
	assert_int_equal(fake_waiting("dashboard_changed"), 0);
}

/* Where all of it takes the server long, it is not asked for all of it each time. */
static void test_dashboard__gives_the_server_a_rest(void **state)
{
	(void)state;
	open_dashboard(50, 160, "supervisor");
	fake_press("p");
	pass_time(600);
	answer_with("f", APPROVALS);
	pass_time(2000);
	fake_ring("trato_notice");
	fake_answer("dashboard_changed", "mark|changed\n8:8:|t\n");
	assert_int_equal(fake_waiting("dashboard_clock"), 1);
	fake_answer("dashboard_clock",
	            "clock|standby|mark|currency|month_offers|month_cents|last_month_offers|"
	            "last_month_cents\n16:32:45|f|8:8:|EUR|5|3000000|9|33500000\n",
	            MONTHS, NOTICES, HOLDS,
	            "notice_id|client|offer_number|currency|total_cents|rep|approved_by|state|age\n"
	            "92|ACME|2026-00056|EUR|100|Ana Ruiz|Ana Ruiz|pending|0\n");
	assert_shows("now  ACME");
	assert_shows("Figures of 16:32:45, live; states, reps and areas: 2 s earlier");
	assert_shows("Nerea Etxeberria"); /* what was read before */
	fake_ring("trato_notice");
	fake_answer("dashboard_changed", "mark|changed\n8:8:|f\n");
	assert_string_equal(fake_parameter(1), "8:8:");
	fake_press("p");
	answer_with("f", APPROVALS);
	assert_hides("earlier");
}

static void test_dashboard__says_that_a_slow_server_is_asked_less_often(void **state)
{
	(void)state;
	open_dashboard(50, 160, "supervisor");
	for (int i = 0; i < 10000 && fake_waiting("dashboard_changed") == 0; i++)
		pass_time(1);
	pass_time(1500);
	fake_answer("dashboard_changed", "mark|changed\n7:7:|f\n");
	assert_shows(", read every 3");
	assert_shows(" s: the server is slow");
	/* They are as old as announced, which is nothing to be warned of. */
	pass_time(29000);
	assert_shows(", read every 3");
	assert_hides("OLD");
	pass_time(120000);
	assert_shows("THESE FIGURES ARE 2 min OLD, of 16:32:");
	fake_answer("dashboard_changed", "mark|changed\n7:7:|f\n");
	assert_hides("OLD");
}

static void test_dashboard__plainly_stale_without_server(void **state)
{
	(void)state;
	open_dashboard(50, 160, "supervisor");
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "");
	assert_shows("NO SERVER: THESE FIGURES ARE 0 s OLD, of 16:32:40");
	assert_hides("live");
	fake_greet("carmen@trato.example", "supervisor");
	fake_answer("dashboard_changed", "mark|changed\n7:7:|f\n");
	assert_hides("OLD");
	assert_shows("Figures of 16:32:40, live");
}

static void test_dashboard__says_that_a_standby_is_polled(void **state)
{
	(void)state;
	open_dashboard(24, 80, "supervisor");
	fake_press("p");
	answer_with("t", APPROVALS);
	assert_shows("Figures of 16:32:40, polled every 5 s (standby)");
}

static void test_dashboard__periods(void **state)
{
	(void)state;
	open_dashboard(24, 80, "supervisor");
	fake_press("p");
	/* The figures in sight are still the old ones. */
	assert_shows("the last twelve months");
	assert_string_equal(fake_asked("dashboard_clock", 1) + 7, "-01");
	answer_with("f", APPROVALS);
	assert_shows("this month");
	fake_press("p");
	fake_press("p");
	fake_press("p");
	assert_int_equal(fake_waiting("dashboard_clock"), 1);
	answer_with("f", APPROVALS);
	assert_string_equal(fake_parameter(1), "");
	assert_shows("the last twelve months");
}

static void test_dashboard__is_narrowed_by_a_form(void **state)
{
	(void)state;
	open_dashboard(24, 80, "supervisor");
	fake_press("f");
	fake_answer("division_read", "id|name\n", "id|label\n5|Formación\n6|Limpieza\n");
	assert_shows("What the dashboard shows");
	fake_press("f"); /* from a day to a day */
	fake_press("Tab");
	fake_type("01/02/2026");
	fake_press("Tab");
	fake_type("01/01/2026");
	fake_press("Ctrl-s");
	assert_shows("This day lies before the first one.");
	for (int i = 0; i < 10; i++)
		fake_press("Backspace");
	fake_type("31/05/2026");
	fake_press("Tab");
	fake_type("l");
	fake_press("Tab");
	fake_type("a");
	fake_answer("rep_candidates", "id|label|note\n1|Ana Ruiz|ana@trato.example\n");
	fake_press("Enter");
	fake_press("Ctrl-s");
	answer_with("f", APPROVALS);
	assert_string_equal(fake_parameter(1), "2026-02-01");
	assert_string_equal(fake_parameter(2), "2026-05-31");
	assert_string_equal(fake_parameter(3), "6");
	assert_string_equal(fake_parameter(4), "1");
	assert_shows("01/02/2026 – 31/05/2026 · Limpieza · Ana Ruiz");
}

static void test_dashboard__tells_a_rep_whose_figures_these_are(void **state)
{
	(void)state;
	open_dashboard(24, 80, "rep");
	assert_shows("Dashboard · your own figures · the last twelve");
}

static void test_dashboard__opens_what_is_behind(void **state)
{
	(void)state;
	open_dashboard(24, 80, "supervisor");
	fake_press("Down");
	assert_shows("▸  1 min  Panadería Delgado");
	fake_press("Down");
	assert_shows("▸    1 d  Caves Moreno");
	fake_press("Enter");
	assert_string_equal(fake_asked("notice_read", 1), "90");
	fake_press("Esc");
	fake_press("End");
	assert_shows("▸  165 d  IES Cervantes");
	fake_press("Up");
	assert_shows("▸ 10 min  Vinhos Nieto");
	fake_press("Enter");
	assert_string_equal(fake_asked("action_read", 1), "72");
}

/* With the period, the area and the rep that the figure has. */
static void test_dashboard__opens_the_list_behind_a_figure(void **state)
{
	(void)state;
	open_dashboard(60, 200, "supervisor");
	fake_press("Enter");
	assert_shows("Offers · approved");
	assert_shows("Only 11/2026");
	fake_answer("offers_next", "key\n");
	fake_answer(
	    "offers_next",
	    "key|at|number|client|title|state|currency|total_cents|valid_until|"
	    "rep|action_number\n"
	    "7|2026-11-20|2026-00055|ACME|Roof|approved|EUR|10000|2026-12-01|Ana Ruiz|1042\n");
	assert_string_equal(fake_parameter(5), "approved");
	assert_string_equal(fake_parameter(6), "2026-11-01");
	assert_string_equal(fake_parameter(7), "2026-11-30");
	assert_shows("▸ 2026-00055   ACME");
	fake_press("Esc");
	fake_press("Right");
	fake_press("Enter");
	assert_shows("Offers · presented, unanswered");
	fake_press("Esc");
	for (int panel = PANEL_KEYS; panel < PANEL_REPS; panel++)
		fake_press("Tab");
	fake_press("Down");
	fake_press("Enter");
	assert_shows("Only the last twelve months · Luis Pérez");
	fake_press("Esc");
	fake_press("Down");
	fake_press("Enter");
	assert_shows("Offers · presented, unanswered");
	assert_shows("Only Iria Vila");
	fake_press("Esc");
	fake_press("Tab");
	fake_press("Down");
	fake_press("Enter");
	assert_shows("Only the last twelve months · without area");
	fake_press("Esc");
	fake_press("Tab");
	for (int part = 0; part < 4; part++)
		fake_press("Down");
	fake_press("Enter");
	assert_shows("Offers · withdrawn after being presented");
	fake_press("Esc");
	fake_press("Tab");
	fake_press("Down");
	fake_press("Enter");
	assert_shows("Actions that wait · quiet");
	fake_press("Esc");
	fake_press("Down");
	fake_press("Down");
	fake_press("Enter");
	assert_shows("Divisions held");
	assert_int_equal(fake_waiting("holds_next"), 1);
}

static void to_panel(enum dashboard_panel panel)
{
	fake_press("Home");
	for (int i = PANEL_KEYS; i < (int)panel; i++)
		fake_press("Tab");
}

/* The notices in the state of that row; and each list with the dashboard's area and rep. */
static void test_dashboard__opens_what_is_so_now(void **state)
{
	(void)state;
	open_dashboard(60, 200, "supervisor");
	to_panel(PANEL_NOTICES);
	fake_press("Down");
	fake_press("Enter");
	assert_shows("Invoicing notices · taken");
	assert_hides("Only");
	fake_press("Esc");
	fake_press("f");
	fake_answer("division_read", "id|name\n", "id|label\n5|Formación\n6|Limpieza\n");
	fake_press("Tab");
	fake_type("f");
	fake_press("Tab");
	fake_type("a");
	fake_answer("rep_candidates", "id|label|note\n9|Ana Ruiz|ana@trato.example\n");
	fake_press("Enter");
	fake_press("Ctrl-s");
	answer_with("f", APPROVALS);
	assert_shows("Formación · Ana Ruiz");
	to_panel(PANEL_NOTICES);
	fake_press("Enter");
	assert_shows("Invoicing notices · not taken yet");
	assert_shows("Only Formación · Ana Ruiz");
	fake_answer("notices_waiting_next", "key\n"); /* before it was narrowed to the state */
	fake_answer("notices_waiting_next", "key|state\n7|pending\n");
	assert_string_equal(fake_parameter(5), "pending");
	assert_string_equal(fake_parameter(8), "5");
	assert_string_equal(fake_parameter(9), "9");
	fake_press("Esc");
	to_panel(PANEL_WORK);
	fake_press("Enter");
	assert_shows("Actions · all that are open");
	assert_shows("Only Formación · Ana Ruiz");
	fake_press("Esc");
	to_panel(PANEL_WORK);
	fake_press("Down");
	fake_press("Enter");
	assert_shows("Actions that wait · quiet");
	assert_shows("Only Formación · Ana Ruiz");
}

static void test_dashboard__opens_a_reps_own_notices(void **state)
{
	(void)state;
	open_dashboard(60, 200, "rep");
	to_panel(PANEL_NOTICES);
	fake_press("Enter");
	assert_shows("Invoicing notices · mine, not taken yet");
}

static void test_dashboard__is_opened_by_the_mouse(void **state)
{
	struct key_event click = {
		.code = KEYS_MOUSE, .row = 17, .column = 12, .button = MOUSE_LEFT
	};

	(void)state;
	open_dashboard(24, 80, "supervisor");
	app_key(fake.app, &click);
	assert_shows("▸    1 d  Caves Moreno");
	click.button = MOUSE_DOUBLE;
	app_key(fake.app, &click);
	assert_string_equal(fake_asked("notice_read", 1), "90");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_dashboard__at_80_in_pages, fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__below_the_figures_nothing_is_cut,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__at_every_size, fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__large_digits_on_a_wall, fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__asks_only_whether_something_has_changed,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__gives_the_server_a_rest, fake_teardown),
		cmocka_unit_test_teardown(
		    test_dashboard__says_that_a_slow_server_is_asked_less_often, fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__plainly_stale_without_server,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__says_that_a_standby_is_polled,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__periods, fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__is_narrowed_by_a_form, fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__tells_a_rep_whose_figures_these_are,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__opens_what_is_behind, fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__opens_the_list_behind_a_figure,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__opens_what_is_so_now, fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__opens_a_reps_own_notices, fake_teardown),
		cmocka_unit_test_teardown(test_dashboard__is_opened_by_the_mouse, fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
