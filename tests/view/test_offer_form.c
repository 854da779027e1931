/*
 * The lines of a draft, as a table in its form: pasted, many, and what is done
 * with whole ones. What else the form does, test_offer.c shows.
 */
#include "fake.h"

#include "view/app_private.h"

#define LINES "description|quantity|unit_price|discount|vat|net_cents|vat_cents\n"
#define DRAFT                                                                                   \
	"action_id|action_number|action_title|client|id|state|revision|version|title|currency|" \
	"probability|expected_close|valid_until|payment_terms|notes\n"
#define HELD "id|label|note|blocked|ticked\n7|Formación|Clases|f|t\n8|Planta Norte||f|f\n"

static const int64_t offer_id = 5, action_id = 3;

static void open_new(void)
{
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_new_offer, &action_id);
	fake_answer("offer_draft",
	            DRAFT "3|1042|Formación 2026|ACME|\\N|\\N|\\N|\\N|Formación 2026|EUR|\\N|\\N|"
	                  "2026-12-23|\\N|\\N\n",
	            LINES, HELD);
}

static void paste(const char *text)
{
	app_key(fake.app, &(struct key_event){ .code = KEYS_PASTE, .paste = text });
}

/* What a spreadsheet copies becomes lines; each key of the key line works on whole ones. */
static void test_form__lines_of_a_spreadsheet(void **state)
{
	(void)state;
	open_new();
	assert_hides("^n insert");
	fake_press("Tab");
	assert_shows("^s save  ^n insert  ^d delete  ^t double");
	paste("Course\t2\t1,234.56\t5\t21\nManual\t25\t12.5\t\t4\nTravel\t4\t0.19\t\t10\n");
	assert_shows(" Net 2,658.92   VAT 505.17   Total 3,164.09 €\n");
	fake_press("Ctrl-t");
	assert_shows("Total 3,164.93 €");
	fake_press("Alt-Up");
	fake_press("Ctrl-d");
	assert_shows("Total 3,164.09 €");
	fake_press("Alt-z");
	assert_shows("Total 3,164.93 €");
	fake_press("Ctrl-y");
	fake_press("Ctrl-n");
	fake_type("Food");
	assert_shows("a line is not complete");
	for (int i = 0; i < 6; i++)
		fake_press("Alt-z");
	assert_shows(" Net 0.00   Total 0.00 €");
	fake_press("Backtab");
	assert_hides("^n insert");
	fake_press("Ctrl-y");
	assert_shows("Total 0.00 €");
}

/* A description that has no room beside the figures is typed over them, and cut when one leaves. */
static void test_form__long_description(void **state)
{
	static const char text[] = "Course for those who lead teams, two days at the client's site";

	(void)state;
	open_new();
	fake_press("Tab");
	fake_type(text);
	assert_shows(text);
	fake_press("Tab");
	assert_hides(text);
	assert_shows("▸ Course for those who lead t… 1 ");
	fake_press("Backtab");
	assert_shows(text);
}

/* What says that there are more lines takes nothing of an amount away. */
static void test_form__more_lines_than_there_is_room(void **state)
{
	(void)state;
	open_new();
	fake_press("Tab");
	for (int i = 0; i < 30; i++)
		paste("Course\t1\t1,000.50\t\t21\n");
	assert_shows("1,000.50↓\n");
	for (int i = 1; i < 30; i++)
		fake_press("Down");
	assert_shows("1,000.50↑\n");
}

static void answer_without_divisions(const char *offer)
{
	fake_answer("offer_read", offer, LINES, "id|name\n",
	            "moment|entity|state|from_state|reason|note|person\n",
	            "series|number|issued_on|total_cents\n",
	            "id|revision|number|state|expired|dated\n");
}

/* It cannot be presented so, which is told before that is tried. */
static void test_offer__a_draft_without_divisions_says_so(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_offer, &offer_id);
	answer_without_divisions("id|state|title|client|is_member\n5|draft|Plan anual|ACME|t\n");
	assert_shows(" Divisions       none yet: edit it to choose them");
	fake_press("Ctrl-r");
	answer_without_divisions("id|state|title|client|is_member\n5|withdrawn|Plan anual|ACME|t\n");
	assert_hides("Divisions");
	/* Of whoever cannot edit it nothing is asked. */
	fake_press("Ctrl-r");
	answer_without_divisions("id|state|title|client|is_member\n5|draft|Plan anual|ACME|f\n");
	assert_shows("Plan anual");
	assert_hides("Divisions");
}

/* As many as the schema takes: none is lost by looking at them. */
static void test_form__a_thousand_lines(void **state)
{
	struct buf lines = { 0 };

	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_offer_form, &offer_id);
	buf_add(&lines, LINES);
	for (int i = 1; i <= 1000; i++)
		buf_printf(&lines, "n%d|1.000|1.0000|0.00|21.00|100|21\n", i);
	fake_answer("offer_draft", DRAFT "3|1042|F|ACME|5|draft|1|4|Plan|EUR|\\N|\\N|\\N|\\N|\\N\n",
	            lines.text, HELD);
	buf_free(&lines);
	assert_shows(" Net 1,000.00   VAT 21 % 210.00   Total 1,210.00 €");
	fake_press("Ctrl-s");
	fake_answer("save_offer", "id|version\n5|5\n");
	assert_non_null(strstr(fake_parameter(7), "\"n999\",\"n1000\"}"));
}

#define TEST(name) cmocka_unit_test_teardown(name, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_form__lines_of_a_spreadsheet),
		TEST(test_form__long_description),
		TEST(test_form__more_lines_than_there_is_room),
		TEST(test_offer__a_draft_without_divisions_says_so),
		TEST(test_form__a_thousand_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
