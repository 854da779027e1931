/*
 * The lists behind the dashboard's figures: all offers, the divisions held, the
 * actions that wait; and what is narrowed to an area and a rep.
 */
#include "fake.h"

#define OFFERS \
	"key|at|number|client|title|state|currency|total_cents|valid_until|rep|action_number\n"
#define HOLDS "key|held_at|held_on|action_id|client_id|client|division|holder|action_number|age\n"

static void open_list(const struct view_ops *ops, const char *roles, const void *arg)
{
	fake_app();
	fake_log_in("carmen@trato.example", roles);
	view_replace(app_top(fake.app), ops, arg);
	fake_picture();
}

static void test_offers__by_state(void **state)
{
	(void)state;
	open_list(&view_offers, "supervisor", NULL);
	fake_answer("offers_next",
	            OFFERS "7|2026-12-01|2026-00055|ACME Industrial|Roof|presented|EUR|1010600|"
	                   "2026-12-01|Ana Ruiz|1042\n"
	                   "8|2026-12-02|\\N|Caves|Walls|draft|EUR|10000|\\N|Luis|1043\n");
	assert_string_equal(fake_parameter(5), "presented");
	assert_shows(" Trato  Offers · presented, unanswered");
	assert_shows("▸ 2026-00055   ACME Industrial");
	assert_shows("10,106.00 € 01/12/2026");
	assert_shows("  —            Caves");
	fake_press("2");
	fake_answer("offers_next", OFFERS);
	assert_string_equal(fake_parameter(5), "expired");
	assert_shows("No offer here. The key f shows those in another state.");
	fake_press("/");
	fake_type("a");
	fake_answer("offers_next", OFFERS);
	assert_string_equal(fake_parameter(4), "a");
}

static void test_offers__narrowed(void **state)
{
	const struct offers_arg arg = { { "5", "9", "01/2026 · Ana" }, "2026-01-01", "2026-01-31" };

	(void)state;
	open_list(&view_offers, "supervisor", &arg);
	assert_shows("Only 01/2026 · Ana");
	fake_answer("offers_next", OFFERS);
	assert_string_equal(fake_parameter(6), "2026-01-01");
	assert_string_equal(fake_parameter(7), "2026-01-31");
	assert_string_equal(fake_parameter(8), "5");
	assert_string_equal(fake_parameter(9), "9");
}

static void answer_holds(void)
{
	fake_answer("holds_next",
	            HOLDS "3|2026-06-12 10:00:00+00|2026-06-12|31|41|ACME|Site|Luis Pérez|1020|"
	                  "14428800\n");
}

static void test_holds__lead_to_the_action(void **state)
{
	(void)state;
	open_list(&view_holds, "supervisor", NULL);
	answer_holds();
	assert_shows("▸  167 d 12/06/2026 ACME");
	assert_shows("Luis Pérez");
	fake_press("Enter");
	assert_string_equal(fake_asked("action_read", 1), "31");
}

static void test_holds__lead_a_rep_to_the_client(void **state)
{
	(void)state;
	open_list(&view_holds, "rep", NULL);
	answer_holds();
	fake_press("Enter");
	assert_string_equal(fake_asked("client_show", 1), "41");
}

static void test_waiting__overdue_or_quiet(void **state)
{
	(void)state;
	open_list(&view_waiting, "supervisor", NULL);
	fake_answer("actions_waiting_next", "key|at|number\n1|2026-01-01|1042\n");
	assert_string_equal(fake_parameter(5), "overdue");
	assert_shows("Actions that wait · next step overdue");
	fake_press("2");
	fake_answer("actions_waiting_next", "key|at|number\n");
	assert_string_equal(fake_parameter(5), "quiet");
	assert_shows("Actions that wait · quiet");
	assert_shows("No action waits here.");
	assert_hides("Only");
}

static const struct narrow_arg ana = { "5", "9", "Roofs · Ana" };

static void test_waiting__narrowed(void **state)
{
	(void)state;
	open_list(&view_waiting, "supervisor", &ana);
	assert_shows("Only Roofs · Ana");
	fake_answer("actions_waiting_next", "key|at|number\n1|2026-01-01|1042\n");
	assert_string_equal(fake_parameter(6), "5");
	assert_string_equal(fake_parameter(7), "9");
}

static void test_actions__narrowed(void **state)
{
	(void)state;
	open_list(&view_actions, "supervisor", &ana);
	assert_shows("Actions · all that are open");
	assert_shows("Only Roofs · Ana");
	fake_answer("actions_all_next", "key|number\n1|1042\n");
	assert_string_equal(fake_parameter(5), "5");
	assert_string_equal(fake_parameter(6), "9");
}

static void test_inbox__narrowed(void **state)
{
	(void)state;
	open_list(&view_inbox, "backoffice", &ana);
	assert_shows("Only Roofs · Ana");
	fake_answer("notices_waiting_next", "key|rank|waits_since|state\n7|1|2026-01-01|pending\n");
	assert_string_equal(fake_parameter(8), "5");
	assert_string_equal(fake_parameter(9), "9");
	/* Also where another filter is chosen. */
	fake_press("3");
	fake_answer("notices_all_next", "key|waits_since|state\n7|2026-01-01|pending\n");
	assert_string_equal(fake_parameter(6), "5");
	assert_string_equal(fake_parameter(7), "9");
	assert_shows("Only Roofs · Ana");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_offers__by_state, fake_teardown),
		cmocka_unit_test_teardown(test_offers__narrowed, fake_teardown),
		cmocka_unit_test_teardown(test_holds__lead_to_the_action, fake_teardown),
		cmocka_unit_test_teardown(test_holds__lead_a_rep_to_the_client, fake_teardown),
		cmocka_unit_test_teardown(test_waiting__overdue_or_quiet, fake_teardown),
		cmocka_unit_test_teardown(test_waiting__narrowed, fake_teardown),
		cmocka_unit_test_teardown(test_actions__narrowed, fake_teardown),
		cmocka_unit_test_teardown(test_inbox__narrowed, fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
