/* Forms: what a key leads to, what is kept, and what is said about it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <ui/form.h>
#include <view/widgets.h>

static bool not_ada(const char *value, struct err *err)
{
	return strcmp(value, "Ada") != 0 || err_set(err, ERR_REFUSED, "Not Ada.");
}

static const struct field_def small[] = {
	{ .name = "name", .label = "Name", .kind = FIELD_LINE, .required = true, .check = not_ada },
	{ .name = "shown", .label = "Shown", .kind = FIELD_LINE, .read_only = true },
	{ .name = "due", .label = "Due", .kind = FIELD_DATE },
	{ .name = "sum", .label = "Sum", .kind = FIELD_AMOUNT },
	{ .name = NULL },
};

static const struct field_def wide[] = {
	{ .name = "client",
	  .label = "Client",
	  .kind = FIELD_PICK,
	  .required = true,
	  .create = "Create «%s»" },
	{ .name = "divisions", .label = "Divisions", .kind = FIELD_CHECKLIST, .required = true },
	{ .name = "notes", .label = "Notes", .kind = FIELD_TEXT },
	{ .name = NULL },
};

static const struct field_def columns[] = {
	{ .name = "what", .label = "What", .kind = FIELD_LINE, .required = true },
	{ .name = "price", .label = "Price", .kind = FIELD_AMOUNT, .required = true },
	{ .name = "vat", .label = "VAT", .kind = FIELD_DECIMAL, .initial = "21" },
	{ .name = "total", .label = "Total", .kind = FIELD_AMOUNT, .read_only = true },
	{ .name = NULL },
};

static const struct field_def with_grid[] = {
	{ .name = "title", .label = "Title", .kind = FIELD_LINE },
	{ .name = "lines",
	  .label = "Lines",
	  .kind = FIELD_GRID,
	  .columns = columns,
	  .required = true },
	{ .name = "note", .label = "Note", .kind = FIELD_LINE },
	{ .name = NULL },
};

static const char *const clients[] = { "1", "ACME", "Madrid", "2", "ACME Norte", "-" };
static const char *const divisions[] = { "3", "Formación", "free",         "f",
	                                 "7", "Planta",    "held by luis", "t",
	                                 "9", "Norte",     "free",         "f" };

static struct form *form;

static int set_up(void **state)
{
	(void)state;
	i18n_init("en");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	form_free(&form);
	rows_reset();
	return 0;
}

#define assert_outcome(event, expected) assert_int_equal((event).outcome, expected)

static void test_form_key__moves_over_read_only_fields(void **state)
{
	(void)state;
	form = form_new(small);
	form_press(form, KEYS_TAB);
	assert_string_equal(form_current(form), "due");
	form_press(form, KEYS_UP);
	assert_string_equal(form_current(form), "name");
	form_press(form, KEYS_UP);
	assert_string_equal(form_current(form), "name");
	form_press(form, KEYS_BACKTAB);
	assert_string_equal(form_current(form), "sum");
	form_press(form, KEYS_TAB);
	assert_string_equal(form_current(form), "name");
	assert_outcome(form_press(form, KEYS_F1), FORM_IGNORED);
	assert_outcome(form_press(form, KEYS_ESCAPE), FORM_CANCEL);
}

static void test_form_key__enter_submits_on_the_last_field_only(void **state)
{
	(void)state;
	form = form_new(small);
	assert_outcome(form_type(form, "Eva"), FORM_CHANGED);
	assert_outcome(form_press(form, KEYS_ENTER), FORM_HANDLED);
	assert_outcome(form_press(form, KEYS_ENTER), FORM_HANDLED);
	assert_outcome(form_type(form, "1,234.5"), FORM_CHANGED);
	assert_outcome(form_press(form, KEYS_ENTER), FORM_SUBMIT);
	assert_string_equal(form_value(form, "sum"), "1234.50");
	assert_null(form_value(form, "due"));
}

static void test_form_check__goes_to_the_first_error_and_keeps_all(void **state)
{
	(void)state;
	form = form_new(small);
	form_go(form, "sum");
	form_type(form, "12x");
	assert_outcome(form_press(form, KEYS_CTRL | 's'), FORM_HANDLED);
	assert_string_equal(form_current(form), "name");
	form_type(form, "Ada");
	assert_outcome(form_press(form, KEYS_CTRL | 's'), FORM_HANDLED);
	assert_string_equal(form_current(form), "name");
	form_type(form, "!");
	assert_outcome(form_press(form, KEYS_CTRL | 's'), FORM_HANDLED);
	assert_string_equal(form_current(form), "sum");
	assert_string_equal(form_text(form, "sum"), "12x");
	form_press(form, KEYS_BACKSPACE);
	assert_outcome(form_press(form, KEYS_CTRL | 's'), FORM_SUBMIT);
}

static void test_form_is_changed__back_and_forth(void **state)
{
	(void)state;
	form = form_new(small);
	form_set(form, "name", "Eva");
	form_set(form, "due", "2026-11-25");
	assert_true(form_is_changed(form));
	form_settle(form);
	form_press(form, KEYS_TAB);
	form_press(form, KEYS_TAB);
	assert_false(form_is_changed(form));
	form_go(form, "name");
	form_type(form, "x");
	assert_true(form_is_changed(form));
	form_press(form, KEYS_BACKSPACE);
	assert_false(form_is_changed(form));
	form_set(form, "shown", "by the owner");
	assert_false(form_is_changed(form));
}

static void test_form_pick__search_and_take(void **state)
{
	struct form_event event;

	(void)state;
	form = form_new(wide);
	event = form_type(form, "ac");
	assert_outcome(event, FORM_SEARCH);
	assert_string_equal(event.text, "ac");
	form_offer(form, "client", event.tag, rows_make("id label note", 2, clients));
	form_press(form, KEYS_DOWN);
	assert_outcome(form_press(form, KEYS_ENTER), FORM_CHANGED);
	assert_string_equal(form_value(form, "client"), "2");
	assert_string_equal(form_text(form, "client"), "ACME Norte");
	assert_string_equal(form_current(form), "divisions");
	form_press(form, KEYS_BACKTAB);
	assert_outcome(form_press(form, KEYS_BACKSPACE), FORM_SEARCH);
	assert_null(form_value(form, "client"));
}

static void test_form_hide__is_neither_reached_nor_checked(void **state)
{
	(void)state;
	form = form_new(wide);
	form_hide(form, "divisions");
	form_set_pick(form, "client", "1", "ACME");
	form_press(form, KEYS_TAB);
	assert_string_equal(form_current(form), "notes");
	assert_true(form_check(form));
	form_show(form, "divisions");
	assert_false(form_check(form));
	assert_string_equal(form_current(form), "divisions");
}

static void test_form_pick__late_candidates_are_ignored(void **state)
{
	struct form_event first, second;

	(void)state;
	form = form_new(wide);
	first = form_type(form, "a");
	second = form_type(form, "c");
	form_offer(form, "client", first.tag, rows_make("id label", 1, clients));
	assert_outcome(form_press(form, KEYS_ENTER), FORM_HANDLED);
	assert_null(form_value(form, "client"));
	form_offer(form, "client", second.tag, rows_make("id label", 1, clients));
	assert_outcome(form_press(form, KEYS_TAB), FORM_CHANGED);
	assert_string_equal(form_value(form, "client"), "1");
	assert_string_equal(form_current(form), "divisions");
	form_offer(form, "client", second.tag, rows_make("id label", 0, clients));
	assert_string_equal(form_value(form, "client"), "1");
}

static void test_form_pick__create_and_escape(void **state)
{
	struct form_event event;

	(void)state;
	form = form_new(wide);
	event = form_type(form, "Nuevo");
	form_offer(form, "client", event.tag, rows_make("id label", 0, clients));
	event = form_press(form, KEYS_ENTER);
	assert_outcome(event, FORM_CREATE);
	assert_string_equal(event.text, "Nuevo");
	form_set_pick(form, "client", "44", "Nuevo, S. L.");
	assert_string_equal(form_value(form, "client"), "44");
	form_type(form, "x");
	assert_outcome(form_press(form, KEYS_ESCAPE), FORM_HANDLED);
	assert_outcome(form_press(form, KEYS_ESCAPE), FORM_CANCEL);
	assert_false(form_check(form));
	assert_string_equal(form_text(form, "client"), "Nuevo, S. L.x");
}

static void test_form_checklist__blocked_items(void **state)
{
	struct form_event event;

	(void)state;
	form = form_new(wide);
	form_go(form, "divisions");
	assert_outcome(form_type(form, " "), FORM_HANDLED);
	assert_string_equal(form_value(form, "divisions"), "{}");
	form_set_items(form, "divisions", rows_make("id label note blocked", 3, divisions));
	assert_outcome(form_type(form, " "), FORM_CHANGED);
	form_press(form, KEYS_DOWN);
	event = form_type(form, " ");
	assert_outcome(event, FORM_BLOCKED);
	assert_string_equal(event.text, "7");
	form_press(form, KEYS_DOWN);
	form_type(form, " ");
	assert_string_equal(form_value(form, "divisions"), "{3,9}");
	/* vi's keys stay within the list. */
	form_type(form, "jjk");
	event = form_type(form, " ");
	assert_outcome(event, FORM_BLOCKED);
	form_type(form, "g ");
	assert_string_equal(form_value(form, "divisions"), "{9}");
	form_type(form, "G ");
	assert_string_equal(form_value(form, "divisions"), "{}");
	form_press(form, KEYS_DOWN);
	assert_string_equal(form_current(form), "notes");
}

/* Somebody took the first one between the list and the save. */
static void test_form_set_items__ticks_stay_unless_blocked(void **state)
{
	static const char *const later[] = {
		"9", "Norte", "-", "f", "3", "Formación", "held", "t"
	};

	(void)state;
	form = form_new(wide);
	form_set_items(form, "divisions", rows_make("id label note blocked", 3, divisions));
	form_tick(form, "divisions", "3", true);
	form_tick(form, "divisions", "9", true);
	form_tick(form, "divisions", "7", true);
	assert_string_equal(form_value(form, "divisions"), "{3,9}");
	form_set_items(form, "divisions", rows_make("id label note blocked", 2, later));
	assert_string_equal(form_value(form, "divisions"), "{9}");
	form_set_items(form, "divisions", NULL);
	assert_string_equal(form_value(form, "divisions"), "{}");
}

static void fill_line(const char *what, const char *price)
{
	form_type(form, what);
	form_press(form, KEYS_TAB);
	form_type(form, price);
	form_press(form, KEYS_TAB);
	form_press(form, KEYS_TAB);
}

static void test_form_grid__lines_come_and_go(void **state)
{
	(void)state;
	form = form_new(with_grid);
	form_press(form, KEYS_TAB);
	assert_int_equal(form_grid_lines(form, "lines"), 0);
	fill_line("Course \"A\", one", "100");
	fill_line("Travel", "12.5");
	assert_int_equal(form_grid_lines(form, "lines"), 2);
	assert_string_equal(form_grid_value(form, "lines", 1, "price"), "12.50");
	assert_string_equal(form_grid_value(form, "lines", 1, "vat"), "21.00");
	assert_null(form_grid_value(form, "lines", 9, "vat"));
	form_press(form, KEYS_UP);
	assert_outcome(form_grid_edit(form, GRID_DELETE), FORM_CHANGED);
	assert_string_equal(form_grid_array(form, "lines", "what"), "{\"Course \\\"A\\\", one\"}");
	form_grid_edit(form, GRID_DELETE);
	form_grid_edit(form, GRID_DELETE);
	assert_int_equal(form_grid_lines(form, "lines"), 0);
	assert_string_equal(form_grid_array(form, "lines", "what"), "{}");
	assert_outcome(form_press(form, KEYS_CTRL | 's'), FORM_HANDLED);
	assert_string_equal(form_current(form), "lines");
}

static void test_form_grid__is_left_through_an_empty_line(void **state)
{
	(void)state;
	form = form_new(with_grid);
	form_press(form, KEYS_TAB);
	fill_line("Course", "100");
	assert_string_equal(form_current(form), "lines");
	form_press(form, KEYS_ENTER);
	assert_string_equal(form_current(form), "note");
	form_press(form, KEYS_UP);
	assert_string_equal(form_current(form), "lines");
	form_press(form, KEYS_UP);
	form_press(form, KEYS_UP);
	assert_string_equal(form_current(form), "title");
}

static void test_form_grid__errors_of_cells(void **state)
{
	(void)state;
	form = form_new(with_grid);
	form_press(form, KEYS_TAB);
	fill_line("Course", "100");
	fill_line("Travel", "much");
	assert_outcome(form_press(form, KEYS_CTRL | 's'), FORM_HANDLED);
	/* The cursor stands in the wrong cell: what is typed now goes there. */
	form_press(form, KEYS_CTRL | 'u');
	form_type(form, "7");
	assert_string_equal(form_grid_value(form, "lines", 1, "price"), "7.00");
	assert_outcome(form_press(form, KEYS_CTRL | 's'), FORM_SUBMIT);
	form_fail_cell(form, "lines", 0, "what", "No such course.");
	form_type(form, "!");
	assert_string_equal(form_grid_value(form, "lines", 0, "what"), "Course!");
}

static void test_form_grid_set__read_only_totals_change_nothing(void **state)
{
	(void)state;
	form = form_new(with_grid);
	form_grid_set(form, "lines", 0, "what", "Course");
	form_grid_set(form, "lines", 1, "what", "Travel");
	form_grid_set(form, "lines", 1, "price", "10");
	assert_int_equal(form_grid_lines(form, "lines"), 2);
	form_settle(form);
	form_grid_set(form, "lines", 1, "total", "12.10");
	assert_false(form_is_changed(form));
	assert_string_equal(form_grid_value(form, "lines", 1, "total"), "12.10");
	assert_string_equal(form_grid_array(form, "lines", "price"), "{NULL,10.00}");
}

static void test_form_fail__unknown_field_stands_above(void **state)
{
	(void)state;
	form = form_new(small);
	form_fail(form, "sum", "Too much.");
	assert_string_equal(form_current(form), "sum");
	form_fail(form, "", "The server said no.");
	assert_string_equal(form_current(form), "sum");
	form_fail(form, "nothing", "The server said no.");
	form_type(form, "1");
	form_go(form, "name");
	form_type(form, "Eva");
	assert_outcome(form_press(form, KEYS_CTRL | 's'), FORM_SUBMIT);
}

static void test_form_set_choices__keeps_what_was_chosen(void **state)
{
	static const struct field_def defs[] = {
		{ .name = "reason", .label = "Reason", .kind = FIELD_CHOICE, .required = true },
		{ .name = NULL },
	};
	static const char *const reasons[] = { "1", "Price", "2", "Other" };

	(void)state;
	form = form_new(defs);
	assert_outcome(form_press(form, KEYS_RIGHT), FORM_HANDLED);
	form_set_choices(form, "reason", rows_make("id label", 2, reasons));
	form_type(form, "o");
	assert_string_equal(form_value(form, "reason"), "2");
	form_set_choices(form, "reason", rows_make("id label", 2, reasons));
	assert_string_equal(form_value(form, "reason"), "2");
	form_set_choices(form, "reason", rows_make("id label", 1, reasons));
	assert_null(form_value(form, "reason"));
}

static void test_form_paste__line_feeds_do_not_submit(void **state)
{
	(void)state;
	form = form_new(small);
	assert_outcome(form_paste(form, "Eva\r\nLuna\r\n"), FORM_CHANGED);
	assert_string_equal(form_value(form, "name"), "Eva Luna");
	assert_string_equal(form_current(form), "name");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_form_key__moves_over_read_only_fields),
		TEST(test_form_key__enter_submits_on_the_last_field_only),
		TEST(test_form_check__goes_to_the_first_error_and_keeps_all),
		TEST(test_form_is_changed__back_and_forth),
		TEST(test_form_pick__search_and_take),
		TEST(test_form_hide__is_neither_reached_nor_checked),
		TEST(test_form_pick__late_candidates_are_ignored),
		TEST(test_form_pick__create_and_escape),
		TEST(test_form_checklist__blocked_items),
		TEST(test_form_set_items__ticks_stay_unless_blocked),
		TEST(test_form_grid__lines_come_and_go),
		TEST(test_form_grid__is_left_through_an_empty_line),
		TEST(test_form_grid__errors_of_cells),
		TEST(test_form_grid_set__read_only_totals_change_nothing),
		TEST(test_form_fail__unknown_field_stands_above),
		TEST(test_form_set_choices__keeps_what_was_chosen),
		TEST(test_form_paste__line_feeds_do_not_submit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
