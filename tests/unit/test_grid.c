/*
 * Whole lines of a grid: in, out, doubled, moved, pasted from a spreadsheet, and
 * all of that taken back without losing a letter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <ui/form.h>
#include <view/widgets.h>

static const struct field_def columns[] = {
	{ .name = "what", .label = "What", .kind = FIELD_LINE, .required = true },
	{ .name = "count", .label = "Count", .kind = FIELD_DECIMAL, .scale = 3, .initial = "1" },
	{ .name = "price", .label = "Price", .kind = FIELD_DECIMAL, .scale = 4, .required = true },
	{ .name = "vat", .label = "VAT", .kind = FIELD_DECIMAL, .initial = "21" },
	{ .name = "net", .label = "Net", .kind = FIELD_AMOUNT, .read_only = true },
	{ .name = NULL },
};

static const struct field_def fields[] = {
	{ .name = "lines", .label = "Lines", .kind = FIELD_GRID, .columns = columns, .max = 6 },
	{ .name = "note", .label = "Note", .kind = FIELD_LINE },
	{ .name = NULL },
};

static struct form *form;

static int set_up(void **state)
{
	(void)state;
	i18n_init("en");
	form = form_new(fields);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	form_free(&form);
	i18n_init("en");
	return 0;
}

static enum form_outcome paste(const char *text)
{
	return form_paste(form, text).outcome;
}

static enum form_outcome edit(enum grid_edit what)
{
	return form_grid_edit(form, what).outcome;
}

static void assert_column(const char *column, const char *expected)
{
	assert_string_equal(form_grid_array(form, "lines", column), expected);
}

static void three_lines(void)
{
	paste("a\t1\t10\nb\t2\t20\nc\t3\t30\n");
	assert_column("what", "{a,b,c}");
	form_press(form, KEYS_UP); /* on b */
}

static void test_grid_edit__inserts_deletes_doubles(void **state)
{
	(void)state;
	three_lines();
	assert_int_equal(edit(GRID_INSERT), FORM_CHANGED);
	form_type(form, "new");
	assert_column("what", "{a,\"new\",b,c}");
	assert_column("count", "{1.000,1.000,2.000,3.000}");
	form_press(form, KEYS_DOWN);
	assert_int_equal(edit(GRID_DOUBLE), FORM_CHANGED);
	form_type(form, "2");
	assert_column("what", "{a,\"new\",b,b2,c}");
	assert_column("price", "{10.0000,NULL,20.0000,20.0000,30.0000}");
	assert_int_equal(edit(GRID_DELETE), FORM_CHANGED);
	assert_column("what", "{a,\"new\",b,c}");
	for (int i = 0; i < 10; i++)
		edit(GRID_DELETE);
	assert_int_equal(form_grid_lines(form, "lines"), 0);
	assert_int_equal(edit(GRID_DELETE), FORM_HANDLED);
}

static void test_grid_edit__moves_a_line_with_its_cursor(void **state)
{
	(void)state;
	three_lines();
	assert_int_equal(edit(GRID_UP), FORM_CHANGED);
	assert_column("what", "{b,a,c}");
	assert_int_equal(edit(GRID_UP), FORM_HANDLED);
	edit(GRID_DOWN);
	edit(GRID_DOWN);
	assert_column("what", "{a,c,b}");
	assert_column("price", "{10.0000,30.0000,20.0000}");
	assert_int_equal(edit(GRID_DOWN), FORM_HANDLED);
	form_type(form, "!");
	assert_column("what", "{a,c,\"b!\"}");
}

static void delete_it(void)
{
	edit(GRID_DELETE);
}

static void double_it(void)
{
	edit(GRID_DOUBLE);
}

static void carry_it_up(void)
{
	edit(GRID_UP);
}

static void paste_there(void)
{
	paste("x\t1\ny\t2\n");
}

static void type_there(void)
{
	form_type(form, "eta");
}

/* The last step first, each as it was; and every step again. */
static void test_grid_edit__all_is_taken_back(void **state)
{
	static void (*const steps[])(void) = {
		type_there,  delete_it,   double_it,   type_there,
		carry_it_up, carry_it_up, paste_there, delete_it,
	};
	enum { STEPS = sizeof(steps) / sizeof(steps[0]) };
	char seen[STEPS + 1][80];

	(void)state;
	three_lines();
	for (int i = 0; i <= STEPS; i++) {
		snprintf(seen[i], sizeof(seen[i]), "%s", form_grid_array(form, "lines", "what"));
		assert_true(i == 0 || strcmp(seen[i], seen[i - 1]) != 0);
		if (i < STEPS)
			steps[i]();
	}
	assert_string_equal(seen[6], "{\"ceta\",a,c}");
	for (int i = STEPS; i > 0; i--) {
		assert_int_equal(edit(GRID_UNDO), FORM_CHANGED);
		assert_column("what", seen[i - 1]);
	}
	for (int i = 1; i <= STEPS; i++) {
		assert_int_equal(edit(GRID_REDO), FORM_CHANGED);
		assert_column("what", seen[i]);
	}
	assert_int_equal(edit(GRID_REDO), FORM_HANDLED);
}

static void test_grid_edit__typing_in_one_cell_is_one_step(void **state)
{
	(void)state;
	form_type(form, "Course");
	form_press(form, KEYS_TAB);
	form_type(form, "2");
	form_press(form, KEYS_TAB);
	form_type(form, "1,5");
	edit(GRID_UNDO);
	assert_column("price", "{NULL}");
	assert_column("count", "{2.000}");
	edit(GRID_UNDO);
	assert_column("count", "{1.000}");
	edit(GRID_REDO);
	edit(GRID_REDO);
	assert_column("price", "{1.5000}");
	edit(GRID_UNDO);
	edit(GRID_UNDO);
	edit(GRID_UNDO);
	assert_int_equal(form_grid_lines(form, "lines"), 0);
	assert_int_equal(edit(GRID_UNDO), FORM_HANDLED);
	/* What is typed now is another way to go on. */
	form_type(form, "Other");
	assert_int_equal(edit(GRID_REDO), FORM_HANDLED);
	assert_column("what", "{\"Other\"}");
}

/* What cannot be read as a number is still what somebody has typed. */
static void test_grid_edit__unreadable_text_comes_back(void **state)
{
	(void)state;
	form_type(form, "Course");
	form_press(form, KEYS_TAB);
	form_press(form, KEYS_TAB);
	form_type(form, "12 or so");
	edit(GRID_DELETE);
	assert_int_equal(form_grid_lines(form, "lines"), 0);
	edit(GRID_UNDO);
	assert_column("what", "{\"Course\"}");
	form_press(form, KEYS_CTRL | 's');
	form_press(form, KEYS_END);
	for (int i = 0; i < 6; i++)
		form_press(form, KEYS_BACKSPACE);
	assert_column("price", "{12.0000}");
}

static void test_grid__pages(void **state)
{
	(void)state;
	three_lines();
	form_press(form, KEYS_PAGE_DOWN);
	form_type(form, "1");
	form_press(form, KEYS_PAGE_UP);
	form_type(form, "2");
	assert_column("what", "{a2,b,c1}");
}

static void test_grid_edit__has_an_end(void **state)
{
	(void)state;
	for (int i = 0; i < 6; i++) {
		form_type(form, "x");
		form_press(form, KEYS_DOWN);
	}
	assert_int_equal(form_grid_lines(form, "lines"), 6);
	form_go(form, "lines");
	assert_int_equal(edit(GRID_INSERT), FORM_HANDLED);
	assert_int_equal(edit(GRID_DOUBLE), FORM_HANDLED);
	assert_int_equal(paste("a\tb\n"), FORM_HANDLED);
	assert_int_equal(form_grid_lines(form, "lines"), 6);
}

static void test_grid_paste__rows_of_a_spreadsheet(void **state)
{
	(void)state;
	i18n_init("es");
	assert_int_equal(paste("Curso\t2\t1.234,56 €\t21 %\t2.469,12\n"
	                       "Manual\t\t0,5\t4%\r\n"
	                       "\t\t\t\n"
	                       "\"Con «tab\t» y\nlínea, 24\"\"\"\t10\t1 000,25\t0\n"),
	                 FORM_CHANGED);
	assert_column("what", "{\"Curso\",\"Manual\",\"Con «tab » y línea, 24\\\"\"}");
	assert_column("count", "{2.000,1.000,10.000}");
	assert_column("price", "{1234.5600,0.5000,1000.2500}");
	assert_column("vat", "{21.00,4.00,0.00}");
	edit(GRID_UNDO);
	assert_int_equal(form_grid_lines(form, "lines"), 0);
	edit(GRID_REDO);
	assert_int_equal(form_grid_lines(form, "lines"), 3);
}

static void test_grid_paste__points_and_quotes(void **state)
{
	(void)state;
	paste("\"Big\" course\t1\t1234.56\n\"half\t2\t7\n");
	assert_column("what", "{\"\\\"Big\\\" course\",\"\\\"half\"}");
	assert_column("price", "{1234.5600,7.0000}");
}

/* It goes before the line of the cursor, which stays as it is. */
static void test_grid_paste__into_lines_that_are_there(void **state)
{
	(void)state;
	three_lines();
	paste("x\t5\t50\ny\t6\t60");
	assert_column("what", "{a,\"x\",\"y\",b,c}");
	assert_column("count", "{1.000,5.000,6.000,2.000,3.000}");
}

static void test_grid_paste__one_column_goes_down(void **state)
{
	(void)state;
	three_lines();
	form_press(form, KEYS_END);
	form_press(form, KEYS_RIGHT);
	form_press(form, KEYS_RIGHT);
	paste("7,5\n8,5\n9\n");
	assert_column("what", "{a,b,c,NULL}");
	assert_column("count", "{1.000,2.000,3.000,1.000}");
	edit(GRID_UNDO);
	assert_column("what", "{a,b,c}");
	assert_column("price", "{10.0000,20.0000,30.0000}");
}

static void test_grid_paste__list_of_words_makes_lines(void **state)
{
	(void)state;
	paste("one\ntwo\n\nthree\n");
	assert_column("what", "{\"one\",\"two\",\"three\"}");
}

/* Text of several lines within a text stays a text. */
static void test_grid_paste__text_into_text(void **state)
{
	(void)state;
	form_type(form, "Course: ");
	paste("first\nsecond\n");
	assert_column("what", "{\"Course: first second\"}");
	edit(GRID_UNDO);
	assert_int_equal(form_grid_lines(form, "lines"), 0);
}

static void test_grid_paste__wrong_number_is_shown_at_its_cell(void **state)
{
	(void)state;
	paste("Course\tmany\t10\n");
	assert_int_equal(form_key(form, &(struct key_event){ .code = KEYS_CTRL | 's' }).outcome,
	                 FORM_HANDLED);
	form_press(form, KEYS_CTRL | 'u');
	form_type(form, "3");
	assert_column("count", "{3.000}");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_grid_edit__inserts_deletes_doubles),
		TEST(test_grid_edit__moves_a_line_with_its_cursor),
		TEST(test_grid_edit__all_is_taken_back),
		TEST(test_grid_edit__typing_in_one_cell_is_one_step),
		TEST(test_grid_edit__unreadable_text_comes_back),
		TEST(test_grid__pages),
		TEST(test_grid_edit__has_an_end),
		TEST(test_grid_paste__rows_of_a_spreadsheet),
		TEST(test_grid_paste__points_and_quotes),
		TEST(test_grid_paste__into_lines_that_are_there),
		TEST(test_grid_paste__one_column_goes_down),
		TEST(test_grid_paste__list_of_words_makes_lines),
		TEST(test_grid_paste__text_into_text),
		TEST(test_grid_paste__wrong_number_is_shown_at_its_cell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
