/*
 * Two revisions side by side: what is marked, what is folded away, and which two
 * are chosen.
 */
#include "fake.h"

#include "view/app_private.h"
#include "view/offer.h"

#define REVISIONS                                   \
	"id|revision|number|state|expired|dated\n"  \
	"5|1|2026-00042|superseded|f|2026-10-12\n"  \
	"6|2|2026-00042/2|presented|t|2026-11-02\n" \
	"7|3|2026-00042/3|draft|f|2026-11-20\n"
#define SIDE                                                                            \
	"id|title|currency|net_cents|vat_cents|total_cents|probability|expected_close|" \
	"valid_until|payment_terms|notes|divisions\n"
#define BEFORE SIDE "5|Plan anual|EUR|0|0|0|60|\\N|2026-12-01|30 días|\\N|Formación\n"
#define AFTER SIDE "6|Plan anual|EUR|0|0|0|60|\\N|2026-12-31|30 días|New note|Formación\n"
#define LINES "description|quantity|unit_price|discount|vat|net_cents|vat_cents\n"
#define LINES_BEFORE                                                         \
	LINES "Course for ten people|2.000|100.0000|5.00|21.00|19000|3990\n" \
	      "Manual|4.000|2.5000|0.00|4.00|1000|40\n"                      \
	      "Travel|1.000|30.0000|0.00|21.00|3000|630\n"                   \
	      "Coffee|10.000|1.0000|0.00|10.00|1000|100\n"
#define LINES_AFTER                                                             \
	LINES "Coffee|10.000|1.0000|0.00|10.00|1000|100\n"                      \
	      "Course for twelve people|2.000|120.0000|0.00|21.00|24000|5040\n" \
	      "Manual|4.000|2.5000|0.00|4.00|1000|40\n"                         \
	      "Room|1.000|50.0000|0.00|0.00|5000|0\n"

static void show(int height, int width)
{
	const struct offer_pair pair = { 5, 6 };

	fake_app();
	fake.height = height;
	fake.width = width;
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_offer_compare, &pair);
	fake_answer("offer_revisions", REVISIONS, BEFORE, LINES_BEFORE, AFTER, LINES_AFTER);
	assert_string_equal(fake_parameter(1), "6");
}

static void test_compare__only_what_changed(void **state)
{
	(void)state;
	show(24, 80);
	assert_shows(
	    "               2026-00042 superseded            2026-00042/2 expired\n"
	    " Valid until   01/12/2026                     ≠ 31/12/2026\n"
	    " Notes                                        + New note\n"
	    "\n"
	    " 4→1 moved     Coffee                         ↕ Coffee\n"
	    "               10 × 1.00  VAT 10 %      10.00   10 × 1.00  VAT 10 %      10.00\n"
	    " 2             Course for ten people          ≠ Course for twelve people\n"
	    "               2 × 100.00  -5 %  VAT 21 %     ≠ 2 × 120.00  VAT 21 %    240.00\n"
	    "                                       190.00 ≠\n"
	    "               1 line is the same\n"
	    " 4 new                                        + Room\n"
	    "                                              + 1 × 50.00  VAT 0 %       50.00\n"
	    " 3 removed     Travel                         -\n"
	    "               1 × 30.00  VAT 21 %      30.00 -\n"
	    "\n"
	    " Net                                 240.00 € ≠ +70.00                310.00 €\n"
	    " VAT 21 %                             46.20 € ≠ +4.20                  50.40 €\n"
	    " VAT 10 %                              1.00 €                           1.00 €\n"
	    " VAT 4 %                               0.40 €                           0.40 €\n"
	    " VAT 0 %                               0.00 €                           0.00 €\n");
	assert_shows("c other revisions  f everything");
	assert_hides("Payment terms");
}

static void test_compare__everything_in_a_wide_window(void **state)
{
	(void)state;
	show(60, 200);
	assert_hides("Manual");
	fake_press("f");
	assert_shows("f only changes");
	assert_shows("2026-00042 superseded · 12/10/2026");
	assert_shows("Payment terms");
	assert_shows("Manual");
	assert_shows(" 2                  Course for ten people");
	assert_shows("2 × 100.00  -5 %  VAT 21 %");
	fake_press("f");
	assert_hides("Payment terms");
}

static void test_compare__another_pair(void **state)
{
	(void)state;
	show(24, 80);
	fake_press("Left"); /* there is none before these */
	assert_int_equal(fake_waiting("offer_revisions"), 0);
	fake_press("Right");
	fake_answer("offer_revisions", REVISIONS, SIDE "6|P|EUR|0|0|0|\\N|\\N|\\N|\\N|\\N|\\N\n",
	            LINES, SIDE "7|P|EUR|0|0|0|\\N|\\N|\\N|\\N|\\N|\\N\n", LINES);
	assert_shows("2026-00042/2 expired             2026-00042/3 draft");
	fake_press("c");
	assert_shows("Compare 2026-00042/3 with which one?");
	assert_shows("1  2026-00042/2 expired");
	fake_press("2");
	fake_answer("offer_revisions", REVISIONS, BEFORE, LINES_BEFORE,
	            SIDE "7|P|EUR|0|0|0|\\N|\\N|\\N|\\N|\\N|\\N\n", LINES);
	assert_shows("2026-00042 superseded            2026-00042/3 draft");
}

/* The earlier one stands at the left, whichever was there first. */
static void test_compare__a_later_one_goes_to_the_right(void **state)
{
	(void)state;
	show(24, 80);
	fake_press("c");
	fake_press("1");
	assert_int_equal(fake_waiting("offer_revisions"), 1);
	fake_answer("offer_revisions", REVISIONS, AFTER, LINES_AFTER,
	            SIDE "7|P|EUR|0|0|0|\\N|\\N|\\N|\\N|\\N|\\N\n", LINES);
	assert_string_equal(fake_parameter(1), "7");
	assert_shows("2026-00042/2 expired             2026-00042/3 draft");
}

/* Foreign text, and any window. */
static void test_compare__any_size(void **state)
{
	const struct offer_pair pair = { 5, 6 };
	struct buf lines = { 0 };

	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_offer_compare, &pair);
	buf_add(&lines, LINES);
	for (int i = 0; i < 40; i++)
		buf_printf(&lines, "\x1b[31m%d \u202e%s|1.000|99999999.9999|99.99|21.00|1|0\n", i,
		           "wordwordwordwordwordwordwordwordwordwordwordword and more");
	fake_answer("offer_revisions", REVISIONS, BEFORE, LINES_BEFORE, AFTER, lines.text);
	buf_free(&lines);
	assert_shows("+ ␛[31m0\n");
	assert_shows("+ <U+202E>wordword");
	for (int height = 1; height < 30; height += 3)
		for (int width = 1; width < 210; width += 7) {
			fake.height = height;
			fake.width = width;
			fake_picture();
			fake_press("PageDown");
		}
}

static void test_compare__begins_at_the_offer(void **state)
{
	static const int64_t third = 7, first = 5;
	static const char head[] =
	    "id|action_id|action_number|action_title|action_state|client|number|title|state|"
	    "expired|currency|net_cents|vat_cents|total_cents|version|is_member\n"
	    "7|3|1042|F|open|ACME|\\N|Plan|draft|f|EUR|0|0|0|4|f\n";
	static const char revisions[] = REVISIONS;

	(void)state;
	for (int i = 0; i < 2; i++) {
		fake_app();
		fake_log_in("ana@trato.example", "rep");
		view_push(fake.app, &view_offer, i == 0 ? &third : &first);
		fake_answer("offer_read", head, LINES, "id|name\n", "moment|entity|state\n",
		            "series|number|issued_on|total_cents\n", revisions);
		assert_shows(
		    "Revisions       2026-00042 superseded, 2026-00042/2 expired, 2026-00042/3");
		assert_shows("d differences");
		fake_press("d");
		fake_answer("offer_revisions", REVISIONS, BEFORE, LINES_BEFORE, AFTER, LINES_AFTER);
		/* The first one has none before it: it is compared with the next. */
		assert_string_equal(fake_parameter(1), i == 0 ? "7" : "6");
		if (i == 0)
			fake_teardown(NULL);
	}
}

static void test_compare__gone(void **state)
{
	const struct offer_pair pair = { 5, 6 };

	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_offer_compare, &pair);
	fake_break("offer_revisions");
	fake_answer("offer_revisions", REVISIONS, SIDE, LINES, SIDE, LINES);
	assert_shows("does not exist, or is not yours");
}

#define TEST(name) cmocka_unit_test_teardown(name, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_compare__only_what_changed),
		TEST(test_compare__everything_in_a_wide_window),
		TEST(test_compare__another_pair),
		TEST(test_compare__a_later_one_goes_to_the_right),
		TEST(test_compare__any_size),
		TEST(test_compare__begins_at_the_offer),
		TEST(test_compare__gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
