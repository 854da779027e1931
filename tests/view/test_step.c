/*
 * From record to record without going back to the list: the cursor follows,
 * across the edges of pages, and nothing flickers.
 */
#include "fake.h"

#include <view/list_view.h>

#define HEAD "key|name|city|name_folded\n"

static const char *page(int from, int to)
{
	static char text[32768];
	int at = snprintf(text, sizeof(text), HEAD);

	for (int i = from; i <= to; i++)
		at += snprintf(text + at, sizeof(text) - (size_t)at,
		               "%d|Client %03d|Madrid|c%03d\n", i, i, i);
	return text;
}

static struct view *open_list(const char *rows)
{
	struct view *list;

	fake_app();
	fake_log_in("marta@trato.example", "manager");
	list = app_top(fake.app);
	fake_answer("clients_next", rows);
	return list;
}

static void answer_client(int id)
{
	char row[64];

	snprintf(row, sizeof(row), "id|version|name\n%d|3|Company %03d\n", id, id);
	fake_answer("client_show", row, "key\n", "key\n", "key\n");
	snprintf(row, sizeof(row), "%d", id);
	assert_string_equal(fake_parameter(1), row);
}

static void test_step__the_cursor_of_the_list_follows(void **state)
{
	struct view *list = open_list(page(1, 3));

	(void)state;
	fake_press("Enter");
	answer_client(1);
	/* Where the key line has room behind what is done to a client. */
	fake.width = 160;
	assert_shows("> next");
	fake.width = 80;
	fake_press(">");
	assert_int_equal(list_key(list), 2);
	assert_shows("Company 001"); /* until the other one is there */
	answer_client(2);
	assert_shows("Company 002");
	assert_hides("Company 001");
	fake_press("J");
	answer_client(3);
	fake_press(">");
	assert_shows("This is the last one of the list.");
	assert_shows("Company 003");
	fake_press("<");
	answer_client(2);
	fake_press("K");
	answer_client(1);
	fake_press("<");
	assert_shows("This is the first one of the list.");
	fake_press(">");
	answer_client(2);
	fake_press("Esc");
	assert_ptr_equal(app_top(fake.app), list);
	assert_int_equal(list_key(list), 2);
}

/* Nothing that is pressed meets the record that is not there yet, but going on does not wait. */
static void test_step__quick_fingers(void **state)
{
	struct view *list = open_list(page(1, 5));

	(void)state;
	fake_press("Enter");
	answer_client(1);
	fake_press(">");
	fake_press(">");
	fake_press(">");
	assert_int_equal(list_key(list), 4);
	assert_int_equal(fake_waiting("client_show"), 1);
	fake_press("e");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client);
	answer_client(4);
	assert_ptr_equal(app_top(fake.app)->ops, &view_client_form);
	fake_answer("client_read", "id|version|name|country\n4|3|Company 004|ES\n");
	assert_string_equal(fake_parameter(1), "4");
	fake_press("Esc");
	fake_press(">");
	fake_press("Esc");
	assert_ptr_equal(app_top(fake.app), list);
}

static void test_step__goes_across_the_edge_of_a_page(void **state)
{
	struct view *list;
	int limit;

	(void)state;
	list = open_list(HEAD);
	limit = atoi(fake_parameter(3));
	view_replace(list, list->ops, NULL);
	list = app_top(fake.app);
	fake_press("/");
	fake_type("c");
	fake_answer("clients_next", page(1, 1));
	fake_answer("clients_next", page(1, limit));
	fake_press("Enter");
	for (int i = 1; i < limit; i++)
		fake_press("Down");
	fake_picture();
	fake_press("Enter");
	answer_client(limit);
	fake_press(">");
	assert_int_equal(list_key(list), limit);
	fake_answer("clients_next", page(limit + 1, limit + 2));
	assert_string_equal(fake_parameter(4), "c"); /* what was typed still counts */
	assert_int_equal(list_key(list), limit + 1);
	answer_client(limit + 1);
	fake_press("<");
	answer_client(limit);
}

/* Who went back to the list meanwhile is not thrown into a record. */
static void test_step__a_late_page_opens_nothing(void **state)
{
	struct view *list;
	int limit;

	(void)state;
	list = open_list(HEAD);
	limit = atoi(fake_parameter(3));
	view_replace(list, list->ops, NULL);
	list = app_top(fake.app);
	fake_answer("clients_next", page(1, limit));
	for (int i = 1; i < limit; i++)
		fake_press("Down");
	fake_picture();
	fake_press("Enter");
	answer_client(limit);
	fake_press(">");
	fake_press("Esc");
	fake_answer("clients_next", page(limit + 1, limit + 2));
	assert_ptr_equal(app_top(fake.app), list);
	assert_int_equal(list_key(list), limit);
}

static void click(const char *text)
{
	struct key_event event = { .code = KEYS_MOUSE, .button = MOUSE_LEFT };
	const char *picture = fake_picture(), *at = strstr(picture, text);

	assert_non_null(at);
	for (const char *c = picture; c < at; c++) {
		event.row += *c == '\n';
		event.column = *c == '\n' ? 0 : event.column + ((*c & 0xC0) != 0x80);
	}
	app_key(fake.app, &event);
}

/* Back in the list the mouse leads elsewhere as the keys do: reading the list again does not lead back. */
static void test_step__a_click_is_not_taken_back(void **state)
{
	struct view *list = open_list(page(1, 3));

	(void)state;
	fake_press("Enter");
	answer_client(1);
	fake_press("Esc");
	click("Client 003");
	assert_int_equal(list_key(list), 3);
	list_view_refresh(list);
	fake_answer("clients_next", page(1, 3));
	assert_int_equal(list_key(list), 3);
}

/* What was opened has left the list: the row that took its place is the next one. */
static void test_step__a_row_that_is_gone_skips_none(void **state)
{
	struct view *list = open_list(page(1, 3));

	(void)state;
	fake_press("Down");
	fake_press("Enter");
	answer_client(2);
	list_view_refresh(list);
	fake_answer("clients_next", HEAD "1|Client 001|x|c001\n3|Client 003|x|c003\n");
	fake_press(">");
	answer_client(3);
	fake_press("<");
	answer_client(1);
}

static void test_step__only_where_there_is_a_list(void **state)
{
	int64_t id = 7;

	(void)state;
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	fake_answer("clients_next", page(1, 0));
	view_push(fake.app, &view_client, &id);
	answer_client(7);
	fake.width = 160;
	assert_hides("> next");
	fake.width = 80;
	fake_press(">");
	assert_shows("This was not opened from a list.");
	assert_int_equal(fake_waiting("client_show"), 0);
}

static void test_step__a_refused_one_shows_nothing_old(void **state)
{
	(void)state;
	open_list(page(1, 3));
	fake_press("Enter");
	answer_client(1);
	fake_press(">");
	fake_refuse("client_show", "42501", "", "");
	assert_hides("Company 001");
	assert_shows("may not");
}

/* In the time line of an action rows without a screen are passed over. */
static void test_step__through_the_time_line(void **state)
{
	static const char head[] =
	    "id|version|number|client|title|state|is_member\n5|1|1005|A|T|open|t\n";
	static const char lines[] = "key|at|moment|kind|row_id|what|detail|text|other|person\n"
	                            "c1|1|x|communication|31|phone|out|Hello|\\N|Ana\n"
	                            "s1|2|x|state|0|open|\\N|\\N|\\N|Ana\n"
	                            "o1|3|x|offer|41|draft|\\N|T|\\N|Ana\n";
	int64_t id = 5;

	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_action, &id);
	fake_answer("action_read", head, "key\n", "key\n", lines);
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_communication_read);
	fake_press(">");
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer);
	fake_press(">");
	assert_shows("This is the last one of the list.");
	fake_press("<");
	assert_ptr_equal(app_top(fake.app)->ops, &view_communication_read);
	fake_press("Esc");
	assert_ptr_equal(app_top(fake.app)->ops, &view_action);
}

#define TEST(function) cmocka_unit_test_teardown(function, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_step__the_cursor_of_the_list_follows),
		TEST(test_step__quick_fingers),
		TEST(test_step__goes_across_the_edge_of_a_page),
		TEST(test_step__a_late_page_opens_nothing),
		TEST(test_step__a_click_is_not_taken_back),
		TEST(test_step__a_row_that_is_gone_skips_none),
		TEST(test_step__only_where_there_is_a_list),
		TEST(test_step__a_refused_one_shows_nothing_old),
		TEST(test_step__through_the_time_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
