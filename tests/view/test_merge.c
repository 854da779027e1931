/*
 * Two people change the same thing: what both have made of it stands beside
 * each other, one chooses, and nothing is overwritten unseen or lost.
 */
#include "fake.h"

#include <model/client.h>
#include <view/form_view.h>

#include "view/form_merge.h"

#define CLIENT "id|version|name|city|phone|country|notes\n"
#define LUIS "name|moment|mine\nLuis Mora|2026-11-25 10:12|f\n"

/* Marta changes the city of client 5, which she has read in version 7. */
static struct view *open_client(const char *notes)
{
	struct buf row = { 0 };
	int64_t id = 5;
	struct view *view;

	fake_app();
	fake_log_in("marta@trato.example", "manager");
	view = view_push(fake.app, &view_client_form, &id);
	buf_printf(&row, CLIENT "5|7|Bodegas SL|Lugo|600|ES|%s\n", notes);
	fake_answer("client_read", row.text);
	buf_free(&row);
	return view;
}

static void change(struct view *view, const char *field, const char *text)
{
	form_go(form_view_form(view), field);
	fake_press("Ctrl-u");
	form_set(form_view_form(view), field, NULL);
	fake_type(text);
}

/* A row of the comparison, whatever the columns' widths: "City ( ) Lugo ( ) Ourense (x) Vigo". */
static bool has_row(const char *row)
{
	const char *picture = fake_picture();
	char *squeezed = mem_copy(picture), *out = squeezed;
	bool found;

	for (const char *at = picture; *at != '\0'; at++)
		if (*at != ' ' || out == squeezed || out[-1] != ' ')
			*out++ = *at;
	*out = '\0';
	found = strstr(squeezed, row) != NULL;
	if (!found)
		print_error("no row «%s» on:\n%s\n", row, picture);
	free(squeezed);
	return found;
}

static void save_stale(void)
{
	fake_press("Ctrl-s");
	fake_refuse("save_client", "TR002", "row_version", "version=8");
	assert_shows("Somebody has changed this");
}

static void test_merge__what_only_others_changed_is_shown_and_kept(void **state)
{
	struct view *view = open_client("");

	(void)state;
	change(view, "city", "Vigo");
	save_stale();
	fake_answer("client_read", CLIENT "5|8|Bodegas SL|Lugo|611|ES|\n", LUIS);
	assert_shows("Luis Mora has changed this while you were writing, on 25/11/2026 10:12.");
	assert_true(has_row("( ) Lugo ( ) Lugo (x) Vigo"));
	assert_true(has_row("( ) 600 (x) 611 ( ) 600"));
	assert_shows("all is chosen");
	assert_int_equal(fake_waiting("save_client"), 0);
	fake_press("Enter");
	fake_answer("save_client", "id|name|version\n5|Bodegas SL|9\n");
	assert_string_equal(fake_parameter(3), "8");
	assert_string_equal(fake_parameter(8), "Vigo");
	assert_string_equal(fake_parameter(12), "611");
	assert_shows("The client is saved.");
}

static void test_merge__what_both_changed_has_to_be_chosen(void **state)
{
	struct view *view = open_client("");

	(void)state;
	change(view, "city", "Vigo");
	save_stale();
	fake_answer("client_read", CLIENT "5|8|Bodegas SL|Ourense|600|ES|\n", LUIS);
	assert_shows("1 still to choose");
	assert_shows("you both changed it");
	assert_true(has_row("( ) Lugo ( ) Ourense ( ) Vigo"));
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("save_client"), 0);
	assert_shows("choose first what becomes of «City»");
	fake_press("t");
	assert_shows("(x) Ourense");
	fake_press("m");
	assert_true(has_row("( ) Ourense (x) Vigo"));
	fake_press("Left");
	fake_press("Left");
	assert_shows("(x) Lugo");
	fake_press("Right");
	fake_press("Enter");
	fake_answer("save_client", "id|name|version\n5|Bodegas SL|9\n");
	assert_string_equal(fake_parameter(8), "Ourense");
}

static void test_merge__one_key_for_each(void **state)
{
	struct view *view = open_client("");

	(void)state;
	change(view, "name", "Bodegas SA");
	change(view, "city", "Vigo");
	change(view, "phone", "622");
	save_stale();
	fake_answer("client_read", CLIENT "5|8|Bodegas SLU|Ourense|633|ES|\n", LUIS);
	fake_press("m");
	fake_press("t");
	fake_press("b");
	assert_shows("all is chosen");
	/* What is chosen stays under the cursor, to be chosen otherwise. */
	fake_press("t");
	fake_press("Enter");
	fake_answer("save_client", "id|name|version\n5|Bodegas SA|9\n");
	assert_string_equal(fake_parameter(4), "Bodegas SA");
	assert_string_equal(fake_parameter(8), "Ourense");
	assert_string_equal(fake_parameter(12), "633");
}

static void test_merge__going_back_keeps_what_was_typed_and_asks_again(void **state)
{
	struct view *view = open_client("");

	(void)state;
	change(view, "city", "Vigo");
	save_stale();
	fake_answer("client_read", CLIENT "5|8|Bodegas SL|Ourense|600|ES|\n", LUIS);
	fake_press("t");
	fake_press("Esc");
	assert_ptr_equal(app_top(fake.app), view);
	assert_shows("Vigo");
	assert_shows("so it is not saved yet");
	/* The new version is known by now, and yet nothing is saved over it. */
	change(view, "phone", "622");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("save_client"), 0);
	fake_answer("client_read", CLIENT "5|9|Bodegas SL|Ourense|633|ES|\n", LUIS);
	assert_true(has_row("( ) 600 ( ) 633 ( ) 622"));
	fake_press("M");
	fake_press("Enter");
	fake_answer("save_client", "id|name|version\n5|Bodegas SL|10\n");
	assert_string_equal(fake_parameter(3), "9");
	assert_string_equal(fake_parameter(8), "Vigo");
	assert_string_equal(fake_parameter(12), "622");
}

static void test_merge__again_stale_asks_again_with_what_was_chosen(void **state)
{
	struct view *view = open_client("");

	(void)state;
	change(view, "city", "Vigo");
	save_stale();
	fake_answer("client_read", CLIENT "5|8|Bodegas SL|Ourense|600|ES|\n", LUIS);
	fake_press("m");
	fake_press("Enter");
	fake_refuse("save_client", "TR002", "row_version", "version=9");
	fake_answer("client_read", CLIENT "5|9|Bodegas SA|Ourense|600|ES|\n", LUIS);
	/* Ourense is what was before by now; Vigo was chosen against it. */
	assert_true(has_row("( ) Ourense ( ) Ourense (x) Vigo"));
	assert_true(has_row("( ) Bodegas SL (x) Bodegas SA ( ) Bodegas SL"));
	fake_press("Enter");
	fake_answer("save_client", "id|name|version\n5|Bodegas SA|10\n");
	assert_string_equal(fake_parameter(3), "9");
	assert_string_equal(fake_parameter(4), "Bodegas SA");
	assert_string_equal(fake_parameter(8), "Vigo");
}

/* Something else of the row is another now, or both have done the same. */
static void test_merge__nothing_to_choose_is_not_asked(void **state)
{
	struct view *view = open_client("");

	(void)state;
	change(view, "city", "Vigo");
	save_stale();
	fake_answer("client_read", CLIENT "5|8|Bodegas SL|Vigo|600|ES|\n", LUIS);
	assert_ptr_equal(app_top(fake.app), view);
	fake_answer("save_client", "id|name|version\n5|Bodegas SL|9\n");
	assert_string_equal(fake_parameter(3), "8");
	assert_string_equal(fake_parameter(8), "Vigo");
}

static void test_merge__texts_are_compared_line_by_line(void **state)
{
	struct view *view = open_client("one");
	struct form *form = form_view_form(view);

	(void)state;
	form_set(form, "notes", "one\nmine");
	save_stale();
	fake_answer("client_read", CLIENT "5|8|Bodegas SL|Lugo|600|ES|one, and theirs\n", LUIS);
	/* They have changed the first line, I have written a second one. */
	assert_shows("Notes · 1");
	assert_shows("Notes · 2");
	assert_shows("all is chosen");
	fake_press("Enter");
	fake_answer("save_client", "id|name|version\n5|Bodegas SL|9\n");
	assert_string_equal(fake_parameter(14), "one, and theirs\nmine");
}

static void test_merge__lines_of_both_can_be_kept(void **state)
{
	struct view *view = open_client("");

	(void)state;
	form_set(form_view_form(view), "notes", "mine\ntoo");
	change(view, "city", "Vigo");
	save_stale();
	fake_answer("client_read", CLIENT "5|8|Bodegas SL|Ourense|600|ES|theirs\n", LUIS);
	fake_press("+");
	assert_shows("Only texts and lines");
	fake_press("m");
	fake_press("Down");
	fake_press("+");
	fake_press("Enter");
	fake_answer("save_client", "id|name|version\n5|Bodegas SL|9\n");
	assert_string_equal(fake_parameter(14), "mine\ntoo\ntheirs");
}

static void test_merge__the_row_is_gone_and_the_text_stays(void **state)
{
	struct view *view = open_client("");

	(void)state;
	change(view, "city", "Vigo");
	save_stale();
	fake_answer("client_read", CLIENT, "name|moment|mine\n");
	assert_ptr_equal(app_top(fake.app), view);
	assert_shows("does not exist any more, or is not yours");
	assert_shows("Vigo");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("save_client"), 0);
	assert_int_equal(fake_waiting("client_read"), 1);
}

static void test_merge__a_lost_connection_looks_again(void **state)
{
	struct view *view = open_client("");

	(void)state;
	change(view, "city", "Vigo");
	save_stale();
	fake_break("client_read");
	fake_type("lost");
	assert_hides("lost");
	fake_refuse("client_read", "57014", "", "");
	assert_shows("Vigo");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("save_client"), 0);
	fake_answer("client_read", CLIENT "5|8|Bodegas SL|Ourense|600|ES|\n", "name|moment|mine\n");
	assert_shows("Somebody else has changed this");
	assert_shows("Vigo");
}

static void test_merge__a_retry_of_a_lost_answer_meets_it_too(void **state)
{
	struct view *view = open_client("");

	(void)state;
	change(view, "city", "Vigo");
	fake_press("Ctrl-s");
	fake_break("save_client");
	fake_press("Ctrl-s");
	fake_refuse("save_client", "TR002", "row_version", "version=8");
	fake_answer("client_read", CLIENT "5|8|Bodegas SL|Ourense|600|ES|\n", LUIS);
	assert_shows("( ) Vigo");
}

static void test_merge__somebody_reads_help_meanwhile(void **state)
{
	struct view *view = open_client("");

	(void)state;
	change(view, "city", "Vigo");
	save_stale();
	fake_press("F1");
	fake_answer("client_read", CLIENT "5|8|Bodegas SL|Ourense|600|ES|\n", LUIS);
	assert_shows("Keys and commands");
	fake_press("Esc");
	assert_shows("so it is not saved yet");
	fake_press("Ctrl-s");
	fake_answer("client_read", CLIENT "5|8|Bodegas SL|Ourense|600|ES|\n", LUIS);
	assert_shows("( ) Ourense");
}

static void test_merge__the_mouse_chooses(void **state)
{
	struct view *view = open_client("");
	struct key_event click = { .code = KEYS_MOUSE, .button = MOUSE_LEFT };
	const char *picture, *row;

	(void)state;
	change(view, "city", "Vigo");
	change(view, "phone", "622");
	save_stale();
	fake_answer("client_read", CLIENT "5|8|Bodegas SL|Ourense|633|ES|\n", LUIS);
	picture = fake_picture();
	row = strstr(picture, "( ) 600");
	assert_non_null(row);
	for (const char *at = picture; at < row; at++)
		click.row += *at == '\n';
	click.column = 40;
	app_key(fake.app, &click);
	assert_shows("(x) 633");
	click.column = 63;
	app_key(fake.app, &click);
	assert_true(has_row("( ) 633 (x) 622"));
}

static void test_merge__every_size(void **state)
{
	static const int sizes[][2] = { { 1, 1 },   { 2, 20 },  { 16, 60 },
		                        { 24, 80 }, { 60, 200 } };
	struct view *view = open_client("one two three four five six seven eight nine ten");

	(void)state;
	change(view, "city", "Vigo");
	form_set(form_view_form(view), "notes",
	         "one two three 4 five six seven eight nine ten\n\nand a long line with neither end "
	         "nor break: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
	save_stale();
	fake_answer("client_read",
	            CLIENT "5|8|Bodegas SL|Ourense|600|ES|one two three four 5 six\n", LUIS);
	fake_press("Down");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		fake.height = sizes[i][0];
		fake.width = sizes[i][1];
		fake_picture();
		fake_press("PageDown");
		fake_picture();
		fake_press("PageUp");
	}
	assert_shows("three 4 five six seven eight nine ten");
	assert_shows("( ) Theirs");
}

/* What was typed yesterday on top of another row than the one that is there today. */
static void test_merge__an_old_draft_meets_the_row_as_it_is_now(void **state)
{
	struct view *view = open_client("");
	struct form *form = form_view_form(view);
	struct arena *arena = arena_new();
	struct form_snapshot *before = form_snapshot_take(form, arena);
	struct form_part part = *form_snapshot_part(before, "city");

	(void)state;
	assert_true(form_snapshot_same(before, form_merge_before(view), NULL));
	change(view, "city", "Vigo");
	part.content.value = part.content.text = "Ourense";
	before->count = 1;
	before->parts = &part;
	form_merge_based_on(view, before);
	arena_free(&arena);
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("save_client"), 0);
	fake_answer("client_read", CLIENT "5|7|Bodegas SL|Lugo|600|ES|\n", LUIS);
	assert_true(has_row("City ( ) Ourense ( ) Lugo ( ) Vigo"));
	assert_hides("Phone");
}

/* ---- offers ---- */

#define DRAFT                                                                                  \
	"action_id|action_number|action_title|client|id|state|revision|version|title|currency|" \
	"probability|expected_close|valid_until|payment_terms|notes\n3|1042|F|ACME|9|draft|1|"
#define DRAFT_REST "|Course|EUR|\\N|\\N|2026-12-31|\\N|\\N\n"
#define LINES "description|quantity|unit_price|discount|vat\n"
#define DIVISIONS "id|label|note|blocked|ticked\n"

static struct view *open_offer(void)
{
	int64_t id = 9;
	struct view *view;

	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view = view_push(fake.app, &view_offer_form, &id);
	fake_answer("offer_draft", DRAFT "4" DRAFT_REST,
	            LINES "Course|2|100|0|21\nBooks|10|5|0|4\n",
	            DIVISIONS "1|North||f|t\n2|South||f|f\n");
	return view;
}

static void test_merge__offer_lines_meet_one_by_one(void **state)
{
	struct view *view = open_offer();
	struct form *form = form_view_form(view);

	(void)state;
	form_grid_set(form, "lines", 0, "unit_price", "120");
	form_tick(form, "divisions", "1", false);
	fake_press("Ctrl-s");
	fake_refuse("save_offer", "TR002", "row_version", "version=5");
	fake_answer("offer_draft", DRAFT "5" DRAFT_REST,
	            LINES "Course|2|110|0|21\nBooks|10|6|0|4\nVisit|1|300|0|21\n",
	            DIVISIONS "1|North||f|t\n2|South||f|t\n", LUIS);
	assert_true(has_row("Lines · 1 · Price ( ) 100.00 ( ) 110.00 ( ) 120.00"));
	assert_true(has_row("Lines · 2 ( ) …5.00 · 4 (x) …6.00 · 4 ( ) …5.00 · 4"));
	assert_true(has_row("Lines · 3 ( ) — (x) Visit · 1 · 3… ( ) —"));
	assert_true(has_row("Divisions · North ( ) yes ( ) yes (x) no"));
	assert_true(has_row("Divisions · South ( ) no (x) yes ( ) no"));
	assert_shows("Price: 100");
	assert_shows("Price: 120");
	fake_press("m");
	fake_press("Enter");
	fake_answer("save_offer", "id\n9\n");
	assert_string_equal(fake_parameter(3), "5");
	assert_string_equal(fake_parameter(6), "{2}");
	assert_string_equal(fake_parameter(7), "{\"Course\",\"Books\",\"Visit\"}");
	assert_string_equal(fake_parameter(9), "{120.0000,6.0000,300.0000}");
}

/* The same line, and yet different things. */
static void test_merge__cells_of_one_line_do_not_meet(void **state)
{
	struct view *view = open_offer();
	struct form *form = form_view_form(view);

	(void)state;
	form_grid_set(form, "lines", 0, "unit_price", "120");
	form_grid_set(form, "lines", 0, "discount", "5");
	fake_press("Ctrl-s");
	fake_refuse("save_offer", "TR002", "row_version", "version=5");
	fake_answer("offer_draft", DRAFT "5" DRAFT_REST,
	            LINES "Course|3|100|2|21\nBooks|10|5|0|4\n",
	            DIVISIONS "1|North||f|t\n2|South||f|f\n", LUIS);
	assert_true(has_row("Lines · 1 · Quantity ( ) 2 (x) 3 ( ) 2"));
	assert_true(has_row("Lines · 1 · Price ( ) 100.00 ( ) 100.00 (x) 120.00"));
	assert_true(has_row("Lines · 1 · Disc. % ( ) — ( ) 2 ( ) 5"));
	assert_shows("1 still to choose");
	fake_press("t");
	fake_press("Enter");
	fake_answer("save_offer", "id\n9\n");
	assert_string_equal(fake_parameter(8), "{3.000,10.000}");
	assert_string_equal(fake_parameter(9), "{120.0000,5.0000}");
	assert_string_equal(fake_parameter(10), "{2.00,NULL}");
}

static void test_merge__an_offer_was_presented_meanwhile(void **state)
{
	struct view *view = open_offer();

	(void)state;
	form_set(form_view_form(view), "notes", "They want it in January");
	fake_press("Ctrl-s");
	fake_refuse("save_offer", "TR001", "offer_state", "state=presented");
	assert_shows("presented or withdrawn this offer in the meantime");
	assert_string_equal(form_value(form_view_form(view), "notes"), "They want it in January");
}

/* The totals above the form are mine again when I go back. */
static void test_merge__an_offers_totals_stay_mine(void **state)
{
	struct view *view = open_offer();

	(void)state;
	form_grid_set(form_view_form(view), "lines", 0, "unit_price", "120");
	fake_press("Ctrl-s");
	fake_refuse("save_offer", "TR002", "row_version", "version=5");
	fake_answer("offer_draft", DRAFT "5" DRAFT_REST, LINES "Course|2|999|0|21\n",
	            DIVISIONS "1|North||f|t\n2|South||f|f\n", LUIS);
	fake_press("Esc");
	assert_shows("Net 290.00");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_merge__what_only_others_changed_is_shown_and_kept,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_merge__what_both_changed_has_to_be_chosen,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_merge__one_key_for_each, fake_teardown),
		cmocka_unit_test_teardown(
		    test_merge__going_back_keeps_what_was_typed_and_asks_again, fake_teardown),
		cmocka_unit_test_teardown(test_merge__again_stale_asks_again_with_what_was_chosen,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_merge__nothing_to_choose_is_not_asked,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_merge__texts_are_compared_line_by_line,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_merge__lines_of_both_can_be_kept, fake_teardown),
		cmocka_unit_test_teardown(test_merge__the_row_is_gone_and_the_text_stays,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_merge__a_lost_connection_looks_again, fake_teardown),
		cmocka_unit_test_teardown(test_merge__a_retry_of_a_lost_answer_meets_it_too,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_merge__somebody_reads_help_meanwhile, fake_teardown),
		cmocka_unit_test_teardown(test_merge__the_mouse_chooses, fake_teardown),
		cmocka_unit_test_teardown(test_merge__an_old_draft_meets_the_row_as_it_is_now,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_merge__offer_lines_meet_one_by_one, fake_teardown),
		cmocka_unit_test_teardown(test_merge__cells_of_one_line_do_not_meet, fake_teardown),
		cmocka_unit_test_teardown(test_merge__an_offer_was_presented_meanwhile,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_merge__an_offers_totals_stay_mine, fake_teardown),
		cmocka_unit_test_teardown(test_merge__every_size, fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
