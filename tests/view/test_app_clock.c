/*
 * The look that comes by itself: every `refresh` seconds, less often where the server is slow, and what
 * does not wait for it.
 */
#include "fake.h"
#include "own_time.h"

#define ROWS "key|name|archived\n1|ACME|f\n"

/* The list of clients, answered at once; the first look has not come yet. */
static void open_list(void)
{
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	fake_answer("clients_next", ROWS);
	fake_picture();
}

/* Until the clock has asked; the time that took. */
static int next_look(void)
{
	long long began = loop_now();

	while (fake_waiting("clients_next") == 0 && loop_now() - began < 300000)
		pass_time(1);
	assert_int_equal(fake_waiting("clients_next"), 1);
	return (int)(loop_now() - began);
}

static void answer_after(int milliseconds)
{
	pass_time(milliseconds);
	fake_answer("clients_next", ROWS);
	assert_int_equal(fake_waiting("clients_next"), 0);
}

static void test_clock__looks_every_five_seconds(void **state)
{
	(void)state;
	open_list();
	assert_in_range(next_look(), 5000, 10000); /* not at the same time as everybody else */
	for (int i = 0; i < 3; i++) {
		answer_after(100);
		assert_int_equal(next_look(), 5000);
	}
}

static void test_clock__leaves_a_slow_server_alone(void **state)
{
	(void)state;
	open_list();
	next_look();
	answer_after(1000);
	assert_in_range(next_look(), 20000, 25000);
	/* Never longer than a minute. */
	answer_after(120000);
	assert_in_range(next_look(), 48000, 60000);
	/* It is fast again. */
	answer_after(10);
	assert_int_equal(next_look(), 5000);
}

static void test_clock__asks_nothing_while_an_answer_is_awaited(void **state)
{
	(void)state;
	open_list();
	next_look();
	pass_time(60000);
	assert_int_equal(fake_waiting("clients_next"), 1);
	answer_after(0);
	pass_time(40000);
	assert_int_equal(fake_waiting("clients_next"), 0);
}

static void test_clock__what_people_do_does_not_wait(void **state)
{
	(void)state;
	open_list();
	next_look();
	answer_after(3000);
	pass_time(1000);
	fake_press("Ctrl-r");
	answer_after(10);
	/* A screen that is closed before it is answered ends a look as well. */
	next_look();
	view_replace(app_top(fake.app), &view_holds, NULL);
	assert_int_equal(fake_waiting("clients_next"), 0);
	fake_answer("holds_next", "key\n");
	pass_time(5000);
	assert_int_equal(fake_waiting("holds_next"), 1);
}

static void test_clock__doorbells_do_not_wait(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("berta@trato.example", "backoffice");
	view_replace(app_top(fake.app), &view_inbox, NULL);
	fake_answer("notices_waiting_next", "key\n");
	pass_time(10000);
	pass_time(3000);
	fake_answer("notices_waiting_next", "key\n");
	pass_time(1000);
	assert_int_equal(fake_waiting("notices_waiting_next"), 0);
	fake_ring("trato_notice");
	assert_int_equal(fake_waiting("notices_waiting_next"), 1);
}

/* What waited for the dead server says nothing about the new one. */
static void test_clock__begins_anew_with_the_connection(void **state)
{
	(void)state;
	open_list();
	next_look();
	pass_time(15000);
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "");
	fake_break("clients_next");
	pass_time(30000);
	fake_greet("ana@trato.example", "rep");
	answer_after(10);
	assert_in_range(next_look(), 4990, 10000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_clock__looks_every_five_seconds, fake_teardown),
		cmocka_unit_test_teardown(test_clock__leaves_a_slow_server_alone, fake_teardown),
		cmocka_unit_test_teardown(test_clock__asks_nothing_while_an_answer_is_awaited,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_clock__what_people_do_does_not_wait, fake_teardown),
		cmocka_unit_test_teardown(test_clock__doorbells_do_not_wait, fake_teardown),
		cmocka_unit_test_teardown(test_clock__begins_anew_with_the_connection,
		                          fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
