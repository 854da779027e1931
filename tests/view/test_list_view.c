/*
 * What all lists share, shown on the list of clients: pages by key, search,
 * refresh without flicker, what works without a row.
 */
#include "fake.h"

#include <base/loop.h>
#include <view/list_view.h>

#define HEAD "key|name|city|name_folded\n"

static const char *page(int from, int to)
{
	static char text[16384];
	int at = snprintf(text, sizeof(text), HEAD);

	for (int i = from; i <= to; i++)
		at += snprintf(text + at, sizeof(text) - (size_t)at,
		               "%d|Client %03d|Madrid|c%03d\n", i, i, i);
	return text;
}

static void open_list(void)
{
	fake_app();
	fake_log_in("marta@trato.example", "manager");
}

static void test_list__asks_for_pages_by_key(void **state)
{
	int limit;

	(void)state;
	open_list();
	assert_shows("Loading");
	fake_answer("clients_next", page(1, 0));
	assert_string_equal(fake_parameter(1), "");
	limit = atoi(fake_parameter(3));
	assert_true(limit >= 20 && limit <= 500);
	view_replace(app_top(fake.app), app_top(fake.app)->ops, NULL);
	fake_answer("clients_next", page(1, limit));
	assert_shows("Client 001");
	fake_press("G");
	fake_answer("clients_previous", page(1000 - limit + 1, 1000));
	assert_string_equal(fake_parameter(1), "");
	assert_shows("Client 1000");
	fake_press("PageUp");
	fake_picture();
	while (fake_waiting("clients_previous") == 0) {
		fake_press("PageUp");
		fake_picture();
	}
	fake_answer("clients_previous", page(1000 - 2 * limit + 1, 1000 - limit));
	assert_string_not_equal(fake_parameter(1), "");
}

static void test_list__search_sends_only_the_last_wish(void **state)
{
	(void)state;
	open_list();
	fake_answer("clients_next", page(1, 5));
	fake_press("/");
	assert_shows("↵ to the list");
	assert_shows("Esc cancel");
	fake_type("duero");
	assert_shows("↵ to the list");
	assert_shows("Esc all again");
	assert_int_equal(fake_waiting("clients_next"), 1);
	fake_answer("clients_next", HEAD "9|Donosti|x|donosti\n");
	assert_string_equal(fake_parameter(4), "d");
	assert_hides("Donosti");
	assert_shows("Client 001");
	fake_answer("clients_next", HEAD "8|Bodegas del Duero|x|bodegas\n");
	assert_string_equal(fake_parameter(4), "duero");
	assert_shows("Bodegas del Duero");
	assert_int_equal(fake_waiting("clients_next"), 0);

	fake_press("Enter");
	fake_press("Esc");
	fake_answer("clients_next", page(1, 5));
	assert_string_equal(fake_parameter(4), "");
	assert_hides("duero");
}

/* On a slow line the keys come before the rows that they are about. */
static void test_list__enter_waits_for_what_was_searched(void **state)
{
	(void)state;
	open_list();
	fake_answer("clients_next", page(1, 5));
	fake_press("/");
	fake_type("d");
	fake_press("Enter");
	fake_press("Enter");
	assert_int_equal(fake_waiting("client_show"), 0);
	fake_answer("clients_next", HEAD "8|Bodegas del Duero|x|bodegas\n");
	assert_int_equal(fake_waiting("client_show"), 1);
	assert_string_equal(fake_asked("client_show", 1), "8");
}

static void test_list__keys_wait_for_the_first_rows(void **state)
{
	(void)state;
	open_list();
	fake_press("j");
	fake_press("j");
	fake_press("Enter");
	assert_int_equal(fake_waiting("client_show"), 0);
	fake_answer("clients_next", page(1, 5));
	assert_string_equal(fake_asked("client_show", 1), "3");
}

/* Faster than the next page: Enter opens the row that was meant, and not the last one that is there. */
static void test_list__keys_wait_for_the_next_rows(void **state)
{
	int limit;
	char meant[16];

	(void)state;
	open_list();
	fake_answer("clients_next", page(1, 0));
	limit = atoi(fake_parameter(3));
	view_replace(app_top(fake.app), app_top(fake.app)->ops, NULL);
	fake_answer("clients_next", page(1, limit));
	fake_picture();
	for (int i = 0; i < limit + 2; i++)
		fake_press("j");
	fake_press("Enter");
	assert_int_equal(fake_waiting("client_show"), 0);
	fake_answer("clients_next", page(limit + 1, 2 * limit));
	if (fake_waiting("clients_next") > 0)
		fake_answer("clients_next", page(2 * limit + 1, 2 * limit + 5));
	snprintf(meant, sizeof(meant), "%d", limit + 3);
	assert_string_equal(fake_asked("client_show", 1), meant);
}

static void test_list__enter_waits_for_the_last_row(void **state)
{
	int limit;

	(void)state;
	open_list();
	fake_answer("clients_next", page(1, 0));
	limit = atoi(fake_parameter(3));
	view_replace(app_top(fake.app), app_top(fake.app)->ops, NULL);
	fake_answer("clients_next", page(1, limit));
	fake_picture();
	fake_press("G");
	fake_press("Enter");
	assert_int_equal(fake_waiting("client_show"), 0);
	fake_answer("clients_previous", page(1000 - limit + 1, 1000));
	if (fake_waiting("clients_previous") > 0)
		fake_answer("clients_previous", page(1000 - 2 * limit + 1, 1000 - limit));
	assert_string_equal(fake_asked("client_show", 1), "1000");
}

static void test_list__rows_may_come_below_another_screen(void **state)
{
	(void)state;
	open_list();
	fake_press("?");
	fake_answer("clients_next", page(1, 5));
	fake_press("Esc");
	fake_press("j");
	fake_press("Enter");
	assert_string_equal(fake_asked("client_show", 1), "2");
}

static void test_list__no_key_meets_rows_that_did_not_come(void **state)
{
	(void)state;
	open_list();
	fake_answer("clients_next", page(1, 5));
	fake_press("/");
	fake_type("d");
	fake_press("Enter");
	fake_press("Enter");
	fake_refuse("clients_next", "57014", "", "");
	assert_int_equal(fake_waiting("client_show"), 0);
}

static void test_list__refresh_keeps_the_cursor_and_the_rows(void **state)
{
	struct view *list;

	(void)state;
	open_list();
	fake_answer("clients_next", page(1, 5));
	list = app_top(fake.app);
	fake_press("Down");
	fake_press("Down");
	assert_int_equal(list_key(list), 3);
	fake_press("Ctrl-r");
	assert_shows("Client 003");
	assert_hides("Asking");
	fake_answer("clients_next", HEAD "1|Client 001|x|c001\n3|Client 003|Lugo|c003\n");
	assert_int_equal(list_key(list), 3);
	assert_string_equal(list_text(list, "city"), "Lugo");
}

static void test_list__refused_page_can_be_asked_again(void **state)
{
	(void)state;
	open_list();
	fake_refuse("clients_next", "42501", "", "");
	assert_shows("may not");
	assert_shows("Ctrl-r asks again");
	fake_press("Ctrl-r");
	fake_answer("clients_next", page(1, 5));
	assert_shows("Client 001");
}

static void test_list__lost_page_is_asked_again_by_itself(void **state)
{
	(void)state;
	open_list();
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "");
	fake_break("clients_next");
	assert_true(fake_greet("marta@trato.example", "manager"));
	fake_answer("clients_next", page(1, 5));
	assert_shows("Client 001");
}

static void test_list__keys_that_need_a_row_wait_for_one(void **state)
{
	(void)state;
	open_list();
	fake_answer("clients_next", HEAD);
	assert_shows("no client yet");
	assert_hides("open");
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_clients);
	fake_press("n");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client_form);
	assert_shows("New client");
}

static void test_list__enter_opens_the_row(void **state)
{
	(void)state;
	open_list();
	fake_answer("clients_next", page(1, 5));
	fake_press("j");
	fake_press("Enter");
	fake_answer("client_show", "id|version|name\n2|3|Client 002\n", "key\n", "key\n", "key\n");
	assert_string_equal(fake_parameter(1), "2");
}

static void click(int row, enum mouse_button button)
{
	const struct key_event event = {
		.code = KEYS_MOUSE, .row = row, .column = 5, .button = button
	};

	fake_picture();
	app_key(fake.app, &event);
}

static void test_list__mouse_finds_the_row_it_points_at(void **state)
{
	(void)state;
	open_list();
	fake_answer("clients_next", page(1, 5));
	click(4, MOUSE_LEFT);
	assert_int_equal(list_key(app_top(fake.app)), 3);
	click(0, MOUSE_DOUBLE);
	click(23, MOUSE_DOUBLE);
	assert_ptr_equal(app_top(fake.app)->ops, &view_clients);
	click(5, MOUSE_DOUBLE);
	fake_answer("client_show", "id|version|name\n4|3|Client 004\n", "key\n", "key\n", "key\n");
	assert_string_equal(fake_parameter(1), "4");
}

/* Waits until something is asked; the cursor has to rest for that. */
static void rest(const char *statement)
{
	fake_picture();
	for (int i = 0; i < 100 && fake_waiting(statement) == 0; i++)
		loop_turn(app_loop(fake.app), 100);
	assert_int_equal(fake_waiting(statement), 1);
}

static void test_list__a_wide_window_has_a_preview(void **state)
{
	static const char *const nothing = "key\n";

	(void)state;
	open_list();
	fake_answer("clients_next", page(1, 5));
	fake.width = 200;
	assert_shows("Client 001");
	assert_int_equal(fake_waiting("client_show"), 0); /* not while the cursor moves */
	fake_press("Down");
	rest("client_show");
	fake_answer("client_show", "id|version|name|notes\n2|1|Client 002|Rings twice\n", nothing,
	            "key|name|status|holder|action_number\n1|North|held|Luis|1042\n2|South|free||\n",
	            nothing);
	assert_string_equal(fake_parameter(1), "2");
	assert_shows("Rings twice");
	assert_shows("Luis · 1042");
	/* What it says is of that row only. */
	fake_press("Down");
	assert_hides("Rings twice");
	fake.width = 100;
	fake_press("Up");
	assert_hides("Rings twice");
}

static void count_one(void *ctx)
{
	++*(int *)ctx;
}

static void test_list__a_preview_that_fails_is_asked_again(void **state)
{
	(void)state;
	open_list();
	fake_answer("clients_next", page(1, 5));
	fake.width = 200;
	rest("client_show");
	fake_refuse("client_show", "57014", "", "");
	assert_hides("!");
	rest("client_show");
}

/* The cursor comes back before it has rested, and what is shown is read again just then. */
static void test_list__a_preview_that_is_read_again_is_asked_for_once(void **state)
{
	static const char *const nothing = "key\n";
	struct view *list;
	int later = 0;

	(void)state;
	open_list();
	fake_answer("clients_next", page(1, 5));
	fake.width = 200;
	rest("client_show");
	fake_answer("client_show", "id|version|name|notes\n1|1|Client 001|Rings twice\n", nothing,
	            nothing, nothing);
	list = app_top(fake.app);
	fake_press("Down");
	fake_picture();
	fake_press("Up");
	fake_picture();
	list->ops->refresh(list);
	fake_answer("client_show", "id|version|name|notes\n1|1|Client 001|Rings once\n", nothing,
	            nothing, nothing);
	loop_after(app_loop(fake.app), 200, count_one, &later);
	while (later == 0)
		loop_turn(app_loop(fake.app), 1000);
	assert_int_equal(fake_waiting("client_show"), 0);
}

/* Screens that have no row or field to copy give what they show. */
static void test_copy__works_everywhere(void **state)
{
	int64_t id = 5;

	(void)state;
	open_list();
	fake_press("y");
	assert_hides("Copied.");
	fake_answer("clients_next", page(1, 5));
	fake_press("y");
	assert_shows("Copied.");
	fake_press("n");
	fake_press("Alt-y");
	assert_shows("There is nothing to copy in this field.");
	fake_type("ACME");
	fake_press("Alt-y");
	assert_shows("Copied.");
	fake_press("F1");
	fake_press("Esc");
	view_push(fake.app, &view_communication_read, &id);
	fake_answer("communication_read", "id|subject|channel|direction|moment\n5|Hello|phone|out|2026-11-23 10:00\n");
	fake_press("y");
	fake_picture();
	assert_shows("Copied.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_list__asks_for_pages_by_key, fake_teardown),
		cmocka_unit_test_teardown(test_list__search_sends_only_the_last_wish,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_list__enter_waits_for_what_was_searched,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_list__keys_wait_for_the_first_rows, fake_teardown),
		cmocka_unit_test_teardown(test_list__keys_wait_for_the_next_rows, fake_teardown),
		cmocka_unit_test_teardown(test_list__enter_waits_for_the_last_row, fake_teardown),
		cmocka_unit_test_teardown(test_list__rows_may_come_below_another_screen,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_list__no_key_meets_rows_that_did_not_come,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_list__refresh_keeps_the_cursor_and_the_rows,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_list__refused_page_can_be_asked_again,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_list__lost_page_is_asked_again_by_itself,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_list__keys_that_need_a_row_wait_for_one,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_list__enter_opens_the_row, fake_teardown),
		cmocka_unit_test_teardown(test_list__a_wide_window_has_a_preview, fake_teardown),
		cmocka_unit_test_teardown(test_list__a_preview_that_is_read_again_is_asked_for_once,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_list__a_preview_that_fails_is_asked_again,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_copy__works_everywhere, fake_teardown),
		cmocka_unit_test_teardown(test_list__mouse_finds_the_row_it_points_at,
		                          fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
