/* Snapshots of forms: what is in them, how they compare, and what comes back of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <ui/form_snapshot.h>
#include <view/widgets.h>

static const struct field_choice channels[] = {
	{ "phone", "Phone" },
	{ "visit", "Visit" },
	{ NULL, NULL },
};

static const struct field_def columns[] = {
	{ .name = "what", .label = "What", .kind = FIELD_LINE },
	{ .name = "price", .label = "Price", .kind = FIELD_AMOUNT },
	{ .name = "total", .label = "Total", .kind = FIELD_AMOUNT, .read_only = true },
	{ .name = NULL },
};

static const struct field_def fields[] = {
	{ .name = "shown", .label = "Shown", .kind = FIELD_LINE, .read_only = true },
	{ .name = "name", .label = "Name", .kind = FIELD_LINE },
	{ .name = "due", .label = "Due", .kind = FIELD_DATE },
	{ .name = "sum", .label = "Sum", .kind = FIELD_AMOUNT },
	{ .name = "notes", .label = "Notes", .kind = FIELD_TEXT },
	{ .name = "channel", .label = "Channel", .kind = FIELD_CHOICE, .choices = channels },
	{ .name = "reason", .label = "Reason", .kind = FIELD_CHOICE },
	{ .name = "urgent", .label = "Urgent", .kind = FIELD_FLAG },
	{ .name = "client", .label = "Client", .kind = FIELD_PICK },
	{ .name = "divisions", .label = "Divisions", .kind = FIELD_CHECKLIST },
	{ .name = "lines", .label = "Lines", .kind = FIELD_GRID, .columns = columns },
	{ .name = "pass", .label = "Password", .kind = FIELD_SECRET },
	{ .name = NULL },
};

static const char *const divisions[] = { "3", "Formación", "f",     "7", "Planta",
	                                 "t", "9",         "Norte", "f" };
static const char *const reasons[] = { "4", "Too dear", "5", "Too late" };

static struct form *one, *other;
static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	i18n_init("en");
	arena = arena_new();
	one = form_new(fields);
	other = form_new(fields);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	form_free(&one);
	form_free(&other);
	arena_free(&arena);
	rows_reset();
	return 0;
}

static void load_lists(struct form *form)
{
	form_set_items(form, "divisions", rows_make("id label blocked", 3, divisions));
	form_set_choices(form, "reason", rows_make("id label", 2, reasons));
}

static void fill(struct form *form)
{
	load_lists(form);
	form_set(form, "shown", "42");
	form_set(form, "name", "Ana");
	form_set(form, "due", "2026-11-25");
	form_set(form, "sum", "1234.50");
	form_set(form, "notes", "one\ntwo");
	form_set(form, "channel", "visit");
	form_set(form, "reason", "5");
	form_set(form, "urgent", "t");
	form_set_pick(form, "client", "8", "ACME");
	form_tick(form, "divisions", "3", true);
	form_tick(form, "divisions", "9", true);
	form_grid_set(form, "lines", 0, "what", "Course");
	form_grid_set(form, "lines", 0, "price", "10.00");
	form_grid_set(form, "lines", 0, "total", "12.10");
	form_grid_set(form, "lines", 1, "what", "Visit");
	form_set(form, "pass", "secret!");
}

static struct form_snapshot *take(struct form *form)
{
	return form_snapshot_take(form, arena);
}

static void test_form_snapshot_take__has_values_and_what_one_sees(void **state)
{
	struct form_snapshot *snapshot;
	const struct form_part *part;

	(void)state;
	fill(one);
	snapshot = take(one);
	form_free(&one);
	assert_string_equal(form_snapshot_value(snapshot, "due"), "2026-11-25");
	assert_string_equal(form_snapshot_value(snapshot, "sum"), "1234.50");
	assert_string_equal(form_snapshot_text(snapshot, "sum"), "1,234.50");
	assert_string_equal(form_snapshot_text(snapshot, "notes"), "one\ntwo");
	assert_string_equal(form_snapshot_text(snapshot, "channel"), "Visit");
	assert_string_equal(form_snapshot_text(snapshot, "reason"), "Too late");
	assert_string_equal(form_snapshot_text(snapshot, "urgent"), "yes");
	assert_string_equal(form_snapshot_value(snapshot, "client"), "8");
	assert_string_equal(form_snapshot_text(snapshot, "client"), "ACME");
	assert_string_equal(form_snapshot_value(snapshot, "divisions"), "{3,9}");
	assert_string_equal(form_snapshot_text(snapshot, "divisions"), "Formación, Norte");
	assert_string_equal(form_snapshot_text(snapshot, "lines"), "Course · 10.00 · 12.10\nVisit");
	part = form_snapshot_part(snapshot, "lines");
	assert_int_equal(part->lines, 2);
	assert_int_equal(part->columns, 3);
	assert_string_equal(part->cells[1].value, "10.00");
	assert_null(part->cells[4].value);
}

static void test_form_snapshot_take__neither_secrets_nor_what_is_only_shown(void **state)
{
	struct form_snapshot *snapshot;

	(void)state;
	fill(one);
	snapshot = take(one);
	assert_null(form_snapshot_part(snapshot, "pass"));
	assert_null(form_snapshot_part(snapshot, "shown"));
	assert_null(form_snapshot_value(snapshot, "pass"));
	assert_string_equal(form_snapshot_text(snapshot, "pass"), "");
	assert_false(form_snapshot_put(other, snapshot, "pass"));
}

static void test_form_snapshot_put__all_of_it_into_another_form(void **state)
{
	struct form_snapshot *snapshot;

	(void)state;
	fill(one);
	snapshot = take(one);
	form_free(&one);
	load_lists(other);
	assert_true(form_snapshot_put(other, snapshot, NULL));
	assert_true(form_snapshot_same(snapshot, take(other), NULL));
	assert_string_equal(form_text(other, "client"), "ACME");
	assert_string_equal(form_grid_value(other, "lines", 0, "total"), "12.10");
	assert_null(form_value(other, "pass"));
	assert_null(form_value(other, "shown"));
	assert_true(form_is_changed(other));
}

static void test_form_snapshot_put__one_field_leaves_the_others(void **state)
{
	struct form_snapshot *before;

	(void)state;
	fill(one);
	before = take(one);
	form_set(one, "name", "Eva");
	form_set(one, "channel", NULL);
	form_grid_set(one, "lines", 2, "what", "More");
	assert_true(form_snapshot_put(one, before, "lines"));
	assert_int_equal(form_grid_lines(one, "lines"), 2);
	assert_true(form_snapshot_put(one, before, "channel"));
	assert_string_equal(form_value(one, "channel"), "visit");
	assert_string_equal(form_value(one, "name"), "Eva");
}

static void test_form_snapshot_put__what_cannot_be_read_stays_as_typed(void **state)
{
	struct form_snapshot *snapshot;

	(void)state;
	form_go(one, "sum");
	form_type(one, "12x");
	form_go(one, "client");
	form_type(one, "AC");
	snapshot = take(one);
	assert_true(form_snapshot_put(other, snapshot, NULL));
	assert_string_equal(form_text(other, "sum"), "12x");
	assert_string_equal(form_text(other, "client"), "AC");
	assert_null(form_value(other, "client"));
	assert_true(form_snapshot_same(snapshot, take(other), NULL));
}

/* A day that was typed as "+7" is the same day tomorrow; and what comes back is typed on, not anew. */
static void test_form_snapshot_put__dates_by_their_value(void **state)
{
	(void)state;
	form_go(one, "notes");
	form_paste(one, "first\n");
	form_go(one, "due");
	form_type(one, "25/11/26");
	form_go(one, "sum");
	form_type(one, "12");
	assert_true(form_snapshot_put(other, take(one), NULL));
	assert_string_equal(form_text(other, "due"), "25/11/2026");
	form_go(other, "notes");
	form_type(other, "and more");
	assert_string_equal(form_value(other, "notes"), "first\nand more");
	form_go(other, "sum");
	form_type(other, "5");
	assert_string_equal(form_value(other, "due"), "2026-11-25");
	assert_string_equal(form_text(other, "sum"), "12.005");
}

static void test_form_snapshot_put__before_the_lists_have_come(void **state)
{
	struct form_snapshot *snapshot;

	(void)state;
	fill(one);
	snapshot = take(one);
	assert_true(form_snapshot_put(other, snapshot, NULL));
	assert_true(form_snapshot_same(snapshot, take(other), NULL));
	form_begin_loading(other);
	load_lists(other);
	form_set(other, "name", "as it is stored");
	assert_false(form_end_loading(other));
	assert_true(form_snapshot_same(snapshot, take(other), NULL));
	/* The lists are those that came, not doubled by what waited for them. */
	form_snapshot_put(other, snapshot, "divisions");
	assert_string_equal(form_value(other, "divisions"), "{3,9}");
}

static void test_form_snapshot_put__a_blocked_item_is_not_ticked(void **state)
{
	static const char *const taken[] = { "3", "Formación", "t", "9", "Norte", "f" };

	(void)state;
	fill(one);
	form_set_items(other, "divisions", rows_make("id label blocked", 2, taken));
	form_snapshot_put(other, take(one), "divisions");
	assert_string_equal(form_value(other, "divisions"), "{9}");
}

static void test_form_snapshot_same__field_by_field(void **state)
{
	struct form_snapshot *a;

	(void)state;
	fill(one);
	fill(other);
	a = take(one);
	assert_true(form_snapshot_same(a, take(other), NULL));
	form_set(other, "name", " Ana "); /* blanks around a line mean nothing */
	form_grid_set(other, "lines", 1, "total", "99.00");
	assert_true(form_snapshot_same(a, take(other), NULL));
	form_tick(other, "divisions", "9", false);
	form_grid_set(other, "lines", 1, "price", "1.00");
	form_set(other, "urgent", "f");
	assert_false(form_snapshot_same(a, take(other), "divisions"));
	assert_false(form_snapshot_same(a, take(other), "lines"));
	assert_false(form_snapshot_same(a, take(other), "urgent"));
	assert_true(form_snapshot_same(a, take(other), "client"));
	assert_false(form_snapshot_same(a, take(other), NULL));
	form_set_pick(other, "client", "9", "ACME"); /* another one of that name */
	assert_false(form_snapshot_same(a, take(other), "client"));
}

static void test_form_snapshot_go__to_the_cell_where_one_stopped(void **state)
{
	struct form_snapshot *snapshot;

	(void)state;
	fill(one);
	form_go(one, "lines");
	form_press(one, KEYS_TAB);
	form_press(one, KEYS_TAB);
	snapshot = take(one);
	assert_string_equal(snapshot->current, "lines");
	form_snapshot_put(other, snapshot, NULL);
	assert_string_equal(form_current(other), "name");
	form_snapshot_go(other, snapshot);
	assert_string_equal(form_current(other), "lines");
	form_type(other, "!");
	assert_string_equal(form_grid_value(other, "lines", 1, "what"), "Visit!");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_form_snapshot_take__has_values_and_what_one_sees),
		TEST(test_form_snapshot_take__neither_secrets_nor_what_is_only_shown),
		TEST(test_form_snapshot_put__all_of_it_into_another_form),
		TEST(test_form_snapshot_put__one_field_leaves_the_others),
		TEST(test_form_snapshot_put__what_cannot_be_read_stays_as_typed),
		TEST(test_form_snapshot_put__dates_by_their_value),
		TEST(test_form_snapshot_put__before_the_lists_have_come),
		TEST(test_form_snapshot_put__a_blocked_item_is_not_ticked),
		TEST(test_form_snapshot_same__field_by_field),
		TEST(test_form_snapshot_go__to_the_cell_where_one_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
