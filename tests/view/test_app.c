/*
 * The frame around every screen: what top line, banner, message and key line
 * say, and what works everywhere.
 */
#include "fake.h"

#include <base/hours.h>

#include "view/app_private.h"

#define NEWS "kind|id|label|cents|currency\n"

static void log_in(const char *roles)
{
	fake_app();
	fake_log_in("berta@trato.example", roles);
	fake_answer("clients_next", "key|name|name_folded\n1|ACME|acme\n");
}

static void test_frame__says_that_the_server_only_reads(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	assert_hides("read-only");
	fake.db->only_reads = true;
	fake_press("F5");
	assert_shows("online, read-only");
}

static void test_frame__says_where_who_and_online(void **state)
{
	(void)state;
	log_in("supervisor");
	assert_shows("Clients");
	assert_shows("berta@trato.example");
	assert_shows("online");
	assert_shows("? help");
	assert_shows("q quit");
	/* A supervisor only reads. */
	assert_hides("new client");
	fake_press("n");
	assert_shows("role does not allow");
}

static void test_frame__lost_server_and_age_of_the_data(void **state)
{
	(void)state;
	log_in("supervisor");
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "");
	assert_shows("offline since");
	assert_shows("data 0 s old");
	assert_shows("ACME");
	fake_state(DB_CONNECTING, DB_FAULT_NONE, "");
	assert_shows("offline since");
	assert_true(fake_greet("berta@trato.example", "supervisor"));
	assert_hides("offline");
}

static void test_reload__calls_the_server_that_is_gone(void **state)
{
	(void)state;
	log_in("supervisor");
	fake_press("Ctrl-r");
	assert_int_equal(fake.db->retries, 0);
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "");
	fake_press("Ctrl-r");
	assert_int_equal(fake.db->retries, 1);
	assert_shows("Trying to reach the server");
	fake_state(DB_CONNECTING, DB_FAULT_NONE, "");
	fake_press("Ctrl-r");
	assert_int_equal(fake.db->retries, 1);
}

static void test_frame__small_windows(void **state)
{
	(void)state;
	log_in("backoffice");
	fake.height = 15;
	assert_shows("too small");
	fake_press("q"); /* nobody sees what that would do */
	fake.height = 16;
	fake.width = 60;
	assert_shows("ACME");
	for (fake.height = 1; fake.height < 18; fake.height += 2)
		for (fake.width = 1; fake.width < 70; fake.width += 7)
			fake_picture();
}

static void test_news__rings_for_what_was_not_there_before(void **state)
{
	(void)state;
	log_in("backoffice");
	fake_answer("notice_pending", NEWS "n|7|ACME|4520000|EUR\n");
	assert_shows("1 new invoicing notice: ACME 45");
	assert_int_equal(app_bells(fake.app), 1);

	/* A slow writer's notice has a lower id than those that are known. */
	fake_ring("trato_notice");
	fake_answer("notice_pending", NEWS "n|3|Bodegas|100|EUR\nn|7|ACME|4520000|EUR\n");
	assert_shows("2 new invoicing notices");
	assert_int_equal(app_bells(fake.app), 2);

	/* Nothing new: quiet. Somebody has taken one: it is not announced any more. */
	fake_ring("trato_notice");
	fake_answer("notice_pending", NEWS "n|3|Bodegas|100|EUR\n");
	assert_shows("1 new invoicing notice: Bodegas");
	assert_int_equal(app_bells(fake.app), 2);

	fake_press("!");
	assert_hides("invoicing notice");
	fake_ring("trato_notice");
	fake_answer("notice_pending", NEWS "n|3|Bodegas|100|EUR\n");
	assert_hides("invoicing notice");
}

/* How many there are is told at once, and rings; who they are of is asked when all others have been told. */
static void test_news__names_come_a_moment_later(void **state)
{
	(void)state;
	log_in("backoffice");
	fake_answer("notice_pending", "kind|id\nn|7\n");
	assert_shows("1 new invoicing notice");
	assert_hides("1 new invoicing notice:");
	assert_int_equal(app_bells(fake.app), 1);
	assert_int_equal(fake_waiting("notice_named"), 0);
	while (fake_waiting("notice_named") == 0)
		loop_turn(app_loop(fake.app), 1000);
	fake_ring("trato_notice");
	assert_int_equal(fake_waiting("notice_pending"), 0);
	fake_answer("notice_named", NEWS "n|7|ACME|4520000|EUR\n");
	assert_shows("1 new invoicing notice: ACME 45");

	/* What is known stays while the others are asked for; what nobody looks at any more needs no name. */
	fake_answer("notice_pending", "kind|id\nn|7\nn|8\nn|9\n");
	assert_shows("3 new invoicing notices: ACME 45");
	assert_int_equal(app_bells(fake.app), 2);
	while (fake_waiting("notice_named") == 0)
		loop_turn(app_loop(fake.app), 1000);
	fake_answer("notice_named",
	            NEWS "n|7|ACME|4520000|EUR\nn|8|Bodegas|100|EUR\nn|9|Olivar|100|EUR\n");
	assert_shows("3 new invoicing notices: Olivar 1.00 €, Bodegas 1.00 € …");
	fake_press("!");
	fake_ring("trato_notice");
	fake_answer("notice_pending", "kind|id\nn|7\nn|8\nn|9\n");
	assert_int_equal(app_bells(fake.app), 2);
	assert_hides("invoicing notice:");
	for (int i = 0; i < 5; i++)
		loop_turn(app_loop(fake.app), 100);
	assert_int_equal(fake_waiting("notice_named"), 0);
}

/* All day long: the banner is there, nothing rings. */
static void test_news__quiet_hours(void **state)
{
	(void)state;
	log_in("backoffice");
	fake.app->look.quiet = (struct hours){ 1, 0 };
	if (hours_minute_now() == 0) /* the one minute that is left */
		fake.app->look.quiet = (struct hours){ 0, 60 };
	fake_answer("notice_pending", NEWS "n|7|ACME|4520000|EUR\n");
	assert_shows("1 new invoicing notice: ACME 45");
	assert_int_equal(app_bells(fake.app), 0);
	fake.app->look.quiet = (struct hours){ 0, 0 };
	fake_ring("trato_notice");
	fake_answer("notice_pending", NEWS "n|7|ACME|4520000|EUR\nn|8|Bodegas|100|EUR\n");
	assert_int_equal(app_bells(fake.app), 1);
}

static void test_news__doorbell_during_the_answer_looks_again(void **state)
{
	(void)state;
	log_in("backoffice");
	fake_ring("trato_notice");
	fake_ring("trato_notice");
	assert_int_equal(fake_waiting("notice_pending"), 1);
	fake_answer("notice_pending", NEWS);
	assert_int_equal(fake_waiting("notice_pending"), 1);
	fake_answer("notice_pending", NEWS);
	assert_int_equal(fake_waiting("notice_pending"), 0);
}

static void test_news__missed_ones_come_with_the_connection(void **state)
{
	(void)state;
	log_in("backoffice");
	fake_answer("notice_pending", NEWS);
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "");
	assert_true(fake_greet("berta@trato.example", "backoffice"));
	fake_answer("notice_pending", NEWS "n|9|Missed SL|100|EUR\n");
	assert_shows("Missed SL");
	assert_int_equal(app_bells(fake.app), 1);
}

static void test_news__reps_hear_of_what_is_theirs(void **state)
{
	(void)state;
	log_in("rep");
	assert_int_equal(fake_waiting("notice_pending"), 0);
	fake_answer("rep_news", NEWS "r|4|ACME|100|EUR\nc|2|Luis|\\N|\\N\n");
	assert_shows("1 notice returned to you: ACME");
	assert_shows("1 request to collaborate: Luis");
}

/* A long name does not hide that there is more. */
static void test_news__every_kind_is_announced_in_a_narrow_window(void **state)
{
	(void)state;
	log_in("rep");
	fake_answer("rep_news", NEWS "r|4|Hospital Universitario Puerta del Sol de Madrid|1449989|EUR\n"
	                             "c|2|Luis|\\N|\\N\nm|7|Prices|\\N|\\N\n");
	assert_shows("1 notice returned to you · 1 request to collaborate · 1 mail to assign");
	assert_hides("Hospital");
	fake.width = 200;
	assert_shows("1 notice returned to you: Hospital Universitario Puerta del Sol de Madrid");
	assert_shows("1 mail to assign: Prices");
	fake.width = 80;
}

static void test_news__supervisors_are_not_disturbed(void **state)
{
	(void)state;
	log_in("supervisor");
	assert_int_equal(fake_waiting("notice_pending"), 0);
	assert_int_equal(fake_waiting("rep_news"), 0);
}

static void test_go__leads_home_and_stops_at_a_changed_form(void **state)
{
	(void)state;
	log_in("backoffice");
	fake_press("n");
	fake_type("Typed SL");
	fake_press("F1");
	fake_type("go-clients");
	fake_press("Enter");
	assert_shows("Leave this form?");
	fake_press("Enter");
	assert_shows("Typed SL");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_news__every_kind_is_announced_in_a_narrow_window,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_frame__says_where_who_and_online, fake_teardown),
		cmocka_unit_test_teardown(test_frame__says_that_the_server_only_reads,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_frame__lost_server_and_age_of_the_data,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_reload__calls_the_server_that_is_gone,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_frame__small_windows, fake_teardown),
		cmocka_unit_test_teardown(test_news__rings_for_what_was_not_there_before,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_news__names_come_a_moment_later, fake_teardown),
		cmocka_unit_test_teardown(test_news__quiet_hours, fake_teardown),
		cmocka_unit_test_teardown(test_news__doorbell_during_the_answer_looks_again,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_news__missed_ones_come_with_the_connection,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_news__reps_hear_of_what_is_theirs, fake_teardown),
		cmocka_unit_test_teardown(test_news__supervisors_are_not_disturbed, fake_teardown),
		cmocka_unit_test_teardown(test_go__leads_home_and_stops_at_a_changed_form,
		                          fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
