/*
 * The offer's screen, its form and its steps on rows written by hand: what is
 * shown in each state, which keys are offered, and what is sent.
 */
#include "fake.h"

#include <limits.h>
#include <unistd.h>

#include "view/app_private.h"

#define HEAD                                                                                        \
	"id|action_id|action_number|action_title|action_state|client|number|revision|title|state|"  \
	"expired|currency|net_cents|vat_cents|total_cents|probability|expected_close|valid_until|"  \
	"payment_terms|notes|accepted_on|accepted_by|document_reference|reason|state_note|version|" \
	"notice_id|notice_state|notice_version|notice_made|notice_seen|notice_seen_by|"             \
	"notice_taken|notice_taken_by|notice_note|notice_reason|notice_total_cents|"                \
	"notice_invoiced_cents|is_member|is_owner|live|today|future_number\n"
#define LINES                                                                 \
	"description|quantity|unit_price|discount|vat|net_cents|vat_cents\n"  \
	"Curso de dirección|12.500|10333.0000|5.00|21.00|12270438|2576792\n" \
	"Manual|4.000|2.5000|0.00|4.00|1000|40\n"
#define DIVISIONS "id|name\n7|Formación\n8|Planta Norte\n"
#define HISTORY "moment|entity|state|from_state|reason|note|person\n"
#define INVOICES "series|number|issued_on|total_cents\n"
#define REVISIONS "id|revision|number|state|expired|dated\n"

static const int64_t offer_id = 5, action_id = 3;

/* state and what goes with it; the rest is the same. */
static const char *head(const char *number, const char *state, const char *expired,
                        const char *notice, const char *member)
{
	static char text[4096];

	snprintf(text, sizeof(text),
	         HEAD "5|3|1042|Formación 2026|open|ACME Industrial|%s|1|Plan anual|%s|%s|EUR|"
	              "12271438|2576832|14848270|60|2026-12-15|2026-12-30|30 días|\\N|\\N|\\N|\\N|"
	              "\\N|\\N|4|%s|%s|t|0|2026-11-23|%s\n",
	         number, state, expired,
	         notice != NULL ? notice : "\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N",
	         member, number);
	return text;
}

static void answer_with(const char *text)
{
	fake_answer("offer_read", text, LINES, DIVISIONS,
	            HISTORY "2026-11-20 10:12|offer|presented|draft|\\N|\\N|Ana Ruiz\n", INVOICES,
	            REVISIONS);
}

static void open_without_answer(void)
{
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_offer, &offer_id);
}

static void show(const char *text, int height, int width)
{
	open_without_answer();
	fake.height = height;
	fake.width = width;
	answer_with(text);
}

/* On a slow line: who opens an offer knows what he wants to do with it before it is there. */
static void test_offer__keys_wait_for_what_it_is(void **state)
{
	(void)state;
	open_without_answer();
	fake_press("e");
	fake_type("New ");
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer);
	answer_with(head("\\N", "draft", "f", NULL, "t"));
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer_form);
}

static void test_offer__what_needs_no_rows_does_not_wait(void **state)
{
	(void)state;
	open_without_answer();
	fake_press("e");
	fake_press("Esc");
	assert_ptr_not_equal(app_top(fake.app)->ops, &view_offer);
	view_push(fake.app, &view_offer, &offer_id);
	fake_press("q");
	assert_ptr_not_equal(app_top(fake.app)->ops, &view_offer);
	view_push(fake.app, &view_offer, &offer_id);
	fake_press("?");
	assert_ptr_equal(app_top(fake.app)->ops, &view_help);
}

/* The key must not come to life when nobody thinks of it any more. */
static void test_offer__keys_are_given_up_where_no_answer_comes(void **state)
{
	(void)state;
	open_without_answer();
	fake_press("e");
	fake_refuse("offer_read", "57014", "", "");
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer);
	fake_press("Ctrl-r");
	answer_with(head("\\N", "draft", "f", NULL, "t"));
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer);

	view_replace(app_top(fake.app), &view_offer, &offer_id);
	fake_press("e");
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "");
	fake_press("e");
	fake_greet("ana@trato.example", "rep");
	answer_with(head("\\N", "draft", "f", NULL, "t"));
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer);
	fake_press("e");
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer_form);
}

/* On a slow line the clock comes round before the answer does. */
static void test_offer__refreshing_waits_for_the_answer(void **state)
{
	uint64_t first;

	(void)state;
	open_without_answer();
	first = fake.db->tickets;
	fake_press("Ctrl-r");
	assert_int_equal(fake.db->tickets, first);
	view_replace(app_top(fake.app), &view_communication_read, &offer_id);
	first = fake.db->tickets;
	fake_press("Ctrl-r");
	assert_int_equal(fake.db->tickets, first);
}

static void test_offer__shows_a_presented_one(void **state)
{
	(void)state;
	show(head("2026-00042", "presented", "f", NULL, "t"), 24, 80);
	assert_shows(
	    " 2026-00042 · Plan anual                                             presented\n"
	    "\n"
	    " Client          ACME Industrial\n"
	    " Action          1042 · Formación 2026\n"
	    " Divisions       Formación, Planta Norte\n"
	    " Valid until     30/12/2026            Expected close  15/12/2026\n"
	    " Probability     60 %                  Payment terms   30 días\n"
	    "\n"
	    " Description              Quantity         Price Disc. %  VAT %            Net\n"
	    " Curso de dirección           12.5     10,333.00       5     21     122,704.38\n"
	    " Manual                          4          2.50              4          10.00\n"
	    "                                                       Net        122,714.38 €\n"
	    "                                                  VAT 21 %         25,767.92 €\n"
	    "                                                   VAT 4 %              0.40 €\n"
	    "                                                     Total        148,482.70 €\n"
	    "\n"
	    " History\n"
	    " 20/11/2026 10:12  presented, Ana Ruiz\n");
	assert_shows(" a approve  r reject  P PDF  v revise  t extend  w withdraw  ? help");
	assert_hides("e edit");
}

static void test_offer__wide_window_has_the_history_beside(void **state)
{
	(void)state;
	show(head("2026-00042", "presented", "f", NULL, "t"), 60, 200);
	assert_shows(" Client          ACME Industrial                                            "
	             "                                                                   History\n"
	             " Action          1042 · Formación 2026                                      "
	             "                                                                   "
	             "20/11/2026 10:12  presented, Ana Ruiz\n");
}

static void test_offer__offers_what_the_state_allows(void **state)
{
	(void)state;
	show(head("\\N", "draft", "f", NULL, "t"), 24, 80);
	assert_shows("New draft · Plan anual");
	assert_shows(" e edit  p present  P PDF  w withdraw  c copy  ? help");
	fake_press("Ctrl-r");
	answer_with(HEAD
	            "5|3|1042|F|open|ACME|\\N|2|Plan|draft|f|EUR|0|0|0|\\N|\\N|\\N|\\N|\\N|\\N|\\N|"
	            "\\N|\\N|\\N|4|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|t|t|1|"
	            "2026-11-23|2026-00042/2\n");
	assert_shows("Draft of 2026-00042/2 · Plan");
	fake_press("Ctrl-r");
	answer_with(head("2026-00042", "presented", "t", NULL, "t"));
	assert_shows("expired\n");
	assert_shows("It has expired.");
	assert_hides("a approve");
	assert_shows("t extend");
	fake_press("a");
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer);
	assert_shows("It has expired, so it cannot be approved. The key t extends its validity.");
	fake_press("Ctrl-r");
	answer_with(head("2026-00042", "rejected", "f", NULL, "t"));
	assert_shows(" P PDF  v revise  c copy  ? help");
	fake_press("Ctrl-r");
	answer_with(head("2026-00042", "presented", "f", NULL, "f"));
	assert_hides("approve");
}

/* Whoever sees it may print it, members or not; leaving the screen gives it up. */
static void test_offer__is_printed(void **state)
{
	char folder[] = "/tmp/trato-print.XXXXXX";
	char name[64], template[PATH_MAX];
	long long until = loop_now() + 30000;

	(void)state;
	assert_non_null(realpath("share/offer.groff", template));
	show(head("2026-00042", "presented", "f", NULL, "f"), 24, 80);
	fake.conf->offer_template = template;
	assert_shows("P PDF");
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	fake_press("P");
	assert_shows("In which language?");
	fake_press("Esc");
	assert_int_equal(fake_waiting("offer_paper"), 0);
	fake_press("P");
	fake_press("e");
	assert_hides("P PDF");
	fake_press("P");
	assert_int_equal(fake_waiting("offer_paper"), 1);
	fake_answer("offer_paper",
	            "id|state|number|currency|net_cents|vat_cents|total_cents\n"
	            "5|presented|2026-00042|EUR|1000|40|1040\n",
	            LINES, DIVISIONS, "vat|net_cents|vat_cents\n4.00|1000|40\n");
	assert_string_equal(fake_parameter(1), "5");
	while (!strstr(fake_picture(), "The offer is in /tmp/trato-print.") && loop_now() < until)
		loop_turn(app_loop(fake.app), 1000);
	assert_shows("The offer is in /tmp/trato-print.");
	assert_shows("P PDF");
	snprintf(name, sizeof(name), "%s/2026-00042.pdf", folder);
	assert_int_equal(unlink(name), 0);
	fake_press("P");
	fake_press("Enter");
	fake_answer("offer_paper",
	            "id|state|number|currency|net_cents|vat_cents|total_cents\n"
	            "5|draft|\\N|EUR|0|0|0\n",
	            LINES, DIVISIONS, "vat|net_cents|vat_cents\n");
	assert_shows("The PDF is being made");
	fake_press("Esc");
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void test_offer__is_not_printed_where_nothing_may_run(void **state)
{
	(void)state;
	show(head("2026-00042", "presented", "f", NULL, "t"), 24, 80);
	assert_shows("P PDF");
	fake.app->restricted = true;
	assert_hides("P PDF");
	fake_press("P");
	assert_int_equal(fake_waiting("offer_paper"), 0);
}

static void test_offer__is_not_there(void **state)
{
	(void)state;
	show(HEAD, 24, 80);
	assert_shows("does not exist, or is not yours");
	assert_ptr_not_equal(app_top(fake.app)->ops, &view_offer);
}

static void test_offer__tells_about_its_notice(void **state)
{
	(void)state;
	show(head("2026-00042", "approved", "f",
	          "9|pending|1|2026-11-21 09:00|\\N|\\N|\\N|\\N|\\N|\\N|14848270|0", "t"),
	     24, 80);
	assert_shows("Pending. Back office was told on 21/11/2026 09:00.");
	fake_press("Ctrl-r");
	answer_with(head("2026-00042", "approved", "f",
	                 "9|taken|2|2026-11-21 09:00|2026-11-21 09:05|Berta|2026-11-21 09:06|Berta|"
	                 "\\N|\\N|14848270|0",
	                 "t"));
	assert_shows("Taken by Berta on 21/11/2026 09:06.");
	assert_hides("n answer");
	fake_press("Ctrl-r");
	answer_with(head("2026-00042", "approved", "f",
	                 "9|returned|3|2026-11-21 09:00|\\N|\\N|\\N|\\N|the old one|Wrong address|"
	                 "14848270|0",
	                 "t"));
	assert_shows("Returned by back office: Wrong address: the old one");
	assert_shows("n answer");
	fake_press("Ctrl-r");
	fake_answer("offer_read",
	            head("2026-00042", "approved", "f",
	                 "9|partial|3|2026-11-21 09:00|\\N|\\N|2026-11-21 09:06|Berta|\\N|\\N|"
	                 "14848270|100050",
	                 "t"),
	            LINES, DIVISIONS, HISTORY, INVOICES "F|123|2026-11-22|100050\n", REVISIONS);
	assert_shows("Invoiced in part: 1,000.50 € of 148,482.70 €.");
	assert_shows("Invoice F-123 of 22/11/2026: 1,000.50 €");
}

static void test_offer__lost_on_its_way_is_asked_again(void **state)
{
	(void)state;
	show(head("2026-00042", "presented", "f", NULL, "t"), 24, 80);
	fake_press("Ctrl-r");
	fake_break("offer_read");
	assert_int_equal(fake_waiting("offer_read"), 1);
	answer_with(head("2026-00042", "approved", "f", NULL, "t"));
	assert_shows("approved");
}

/* An extension is told with the day that it was before. */
static void test_offer__is_extended(void **state)
{
	(void)state;
	show(head("2026-00042", "presented", "t", NULL, "t"), 24, 80);
	fake_press("t");
	fake_type("31/12/2026");
	fake_press("Enter");
	fake_answer("extend_offer", "id\n5\n");
	assert_string_equal(fake_parameter(2), "5");
	assert_string_equal(fake_parameter(4), "2026-12-31");
	assert_shows("The offer is valid for longer.");
	fake_answer("offer_read", head("2026-00042", "presented", "f", NULL, "t"), LINES, DIVISIONS,
	            HISTORY "2026-11-23 10:00|validity|2026-12-31|2026-11-20|\\N|\\N|Ana Ruiz\n",
	            INVOICES, REVISIONS);
	assert_shows("23/11/2026 10:00  extended from 20/11/2026 to 31/12/2026, Ana Ruiz");
	assert_hides("expired");
}

static void test_offer__presents_once_and_tells_the_number(void **state)
{
	(void)state;
	show(head("\\N", "draft", "f", NULL, "t"), 24, 80);
	fake_press("p");
	assert_shows("Present this offer?");
	fake_press("Enter");
	assert_hides("p present");
	fake_press("p");
	assert_int_equal(fake_waiting("present_offer"), 1);
	fake_answer("present_offer", "id|number\n5|2026-00042\n");
	assert_string_equal(fake_parameter(2), "5");
	assert_string_equal(fake_parameter(3), "4");
	assert_shows("Presented. Its number is 2026-00042.");
	assert_int_equal(fake_waiting("offer_read"), 1);
}

static void test_offer__presenting_can_be_refused(void **state)
{
	(void)state;
	show(head("\\N", "draft", "f", NULL, "t"), 24, 80);
	fake_press("p");
	fake_press("Enter");
	fake_refuse("present_offer", "TR001", "offer_has_an_amount", "");
	assert_shows("Enter at least one line with an amount.");
	answer_with(head("\\N", "draft", "f", NULL, "t"));
	assert_shows("p present");
}

static void approve(const char *can_be_won)
{
	char text[32];

	show(head("2026-00042", "presented", "f", NULL, "t"), 24, 80);
	fake_press("a");
	fake_answer("offer_contacts", "id|label\nEva Gil|Eva Gil, Directora\n");
	assert_shows("Accepted on * 23/11/2026");
	fake_press("Tab");
	fake_press("Space");
	assert_shows("Accepted by * Eva Gil");
	fake_press("Tab");
	fake_press("Tab");
	fake_type("PO-7");
	fake_press("Enter");
	snprintf(text, sizeof(text), "id|can_be_won\n5|%s\n", can_be_won);
	fake_answer("approve_offer", text);
	assert_string_equal(fake_parameter(2), "5");
	assert_string_equal(fake_parameter(3), "4");
	assert_string_equal(fake_parameter(4), "2026-11-23");
	assert_string_equal(fake_parameter(5), "Eva Gil");
	assert_string_equal(fake_parameter(6), "PO-7");
	assert_shows("Approved. Back office has been told.");
}

static void test_offer__approving_asks_whether_the_action_is_won(void **state)
{
	(void)state;
	approve("t");
	assert_shows("Close the action as won?");
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_close_action);
}

static void test_offer__approving_one_of_several_asks_nothing(void **state)
{
	(void)state;
	approve("f");
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer);
	assert_hides("won?");
}

static void test_offer__refused_approval_keeps_what_was_typed(void **state)
{
	(void)state;
	show(head("2026-00042", "presented", "f", NULL, "t"), 24, 80);
	fake_press("a");
	fake_answer("offer_contacts", "id|label\n");
	fake_press("Tab");
	fake_press("Tab");
	fake_type("Someone else");
	fake_press("Ctrl-s");
	fake_refuse("approve_offer", "TR001", "offer_is_not_expired", "valid_until=2026-11-01");
	assert_shows("The offer expired on 01/11/2026.");
	assert_shows("Someone else");
}

static void test_offer__rejecting_wants_a_reason(void **state)
{
	(void)state;
	show(head("2026-00042", "presented", "f", NULL, "t"), 24, 80);
	fake_press("r");
	fake_answer("reason_choices", "id|label|needs_note|code\n1|Price|f|\n4|Other|t|other\n");
	assert_string_equal(fake_parameter(1), "offer_rejected");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("reject_offer"), 0);
	fake_type("o");
	fake_press("Ctrl-s");
	fake_refuse("reject_offer", "TR001", "reason_note_required", "");
	assert_string_equal(fake_parameter(4), "4");
	assert_shows("This reason needs a note.");
	fake_type("no money");
	fake_press("Ctrl-s");
	fake_answer("reject_offer", "id\n5\n");
	assert_string_equal(fake_parameter(5), "no money");
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer);
}

static void test_offer__revision_opens_with_its_form(void **state)
{
	(void)state;
	show(head("2026-00042", "rejected", "f", NULL, "t"), 24, 80);
	fake_press("v");
	fake_press("Enter");
	fake_answer("revise_offer", "id\n6\n");
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer_form);
	assert_ptr_equal(view_below(app_top(fake.app))->ops, &view_offer);
	assert_int_equal(fake_waiting("offer_draft"), 1);
}

static void test_offer__long_one_is_scrolled(void **state)
{
	(void)state;
	show(head("2026-00042", "presented", "f", NULL, "t"), 16, 80);
	assert_hides("History");
	fake_press("End");
	assert_shows("20/11/2026 10:12  presented, Ana Ruiz");
	assert_hides("2026-00042 · Plan anual");
	fake_press("PageUp");
	fake_press("k");
	assert_shows("2026-00042 · Plan anual");
}

/* ---- the form ---- */

#define DRAFT                                                                                   \
	"action_id|action_number|action_title|client|id|state|revision|version|title|currency|" \
	"probability|expected_close|valid_until|payment_terms|notes\n"
#define HELD "id|label|note|blocked|ticked\n7|Formación|Clases|f|t\n8|Planta Norte||f|f\n"

static void open_new(void)
{
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_new_offer, &action_id);
	fake_answer("offer_draft",
	            DRAFT "3|1042|Formación 2026|ACME|\\N|\\N|\\N|\\N|Formación 2026|EUR|\\N|\\N|"
	                  "2026-12-23|\\N|\\N\n",
	            "description|quantity|unit_price|discount|vat|net_cents|vat_cents\n", HELD);
	assert_string_equal(fake_parameter(1), "");
	assert_string_equal(fake_parameter(2), "3");
}

static void type_line(const char *description, const char *price)
{
	fake_type(description);
	fake_press("Tab");
	fake_press("Tab");
	fake_type(price);
	fake_press("Tab");
	fake_press("Tab");
	fake_press("Tab");
}

static void test_form__adds_up_as_one_types(void **state)
{
	(void)state;
	open_new();
	assert_shows("Net 0.00   Total 0.00 €");
	fake_press("Tab");
	type_line("Course", "1,000.50");
	assert_shows("Net 1,000.50   VAT 21 % 210.11   Total 1,210.61 €");
	type_line("Manual", "0.33");
	fake_press("Up");
	assert_shows(" ACME · action 1042 · Formación 2026\n"
	             " Net 1,000.83   VAT 21 % 210.18   Total 1,211.01 €\n");
	assert_shows("  Course                              1     1,000.50            21     "
	             "1,000.50\n");
	fake_press("Ctrl-d");
	assert_shows("Total 1,210.61 €");
}

static void test_form__saves_lines_and_opens_the_offer(void **state)
{
	(void)state;
	open_new();
	fake_press("Tab");
	type_line("Course", "1,000.50");
	type_line("Manual", "2.3456");
	fake_press("Ctrl-s");
	fake_answer("save_offer", "id|version\n5|1\n");
	assert_string_equal(fake_parameter(2), "");
	assert_string_equal(fake_parameter(4), "3");
	assert_string_equal(fake_parameter(6), "{7}");
	assert_string_equal(fake_parameter(7), "{\"Course\",\"Manual\"}");
	assert_string_equal(fake_parameter(8), "{1.000,1.000}");
	assert_string_equal(fake_parameter(9), "{1000.5000,2.3456}");
	assert_string_equal(fake_parameter(10), "{NULL,NULL}");
	assert_string_equal(fake_parameter(11), "{21.00,21.00}");
	assert_string_equal(fake_parameter(12), "EUR");
	assert_string_equal(fake_parameter(15), "2026-12-23");
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer);
	assert_shows("The draft is saved.");
}

static void test_form__refused_line_is_found(void **state)
{
	(void)state;
	open_new();
	fake_press("Tab");
	type_line("Course", "1");
	type_line("Manual", "100000001");
	fake_press("Ctrl-s");
	fake_refuse("save_offer", "23514", "offer_line_unit_price_range", "");
	assert_shows("▸!Manual");
	assert_shows("! This price is not possible.");
}

static void test_form__draft_is_changed_where_it_stands(void **state)
{
	(void)state;
	open_without_answer();
	answer_with(head("\\N", "draft", "f", NULL, "t"));
	fake_press("e");
	fake_answer("offer_draft",
	            DRAFT "3|1042|Formación 2026|ACME|5|draft|1|4|Plan anual|EUR|60|2026-12-15|"
	                  "2026-12-30|30 días|\\N\n",
	            LINES, HELD);
	assert_shows("Net 122,714.38   VAT 21 % 25,767.92   VAT 4 % 0.40   Total 148,482.70 €");
	fake_press("Ctrl-s");
	fake_answer("save_offer", "id|version\n5|5\n");
	assert_string_equal(fake_parameter(2), "5");
	assert_string_equal(fake_parameter(3), "4");
	assert_string_equal(fake_parameter(13), "60");
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer);
	assert_int_equal(fake_waiting("offer_read"), 1);
}

#define TEST(name) cmocka_unit_test_teardown(name, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_offer__shows_a_presented_one),
		TEST(test_offer__keys_wait_for_what_it_is),
		TEST(test_offer__what_needs_no_rows_does_not_wait),
		TEST(test_offer__keys_are_given_up_where_no_answer_comes),
		TEST(test_offer__refreshing_waits_for_the_answer),
		TEST(test_offer__lost_on_its_way_is_asked_again),
		TEST(test_offer__wide_window_has_the_history_beside),
		TEST(test_offer__offers_what_the_state_allows),
		TEST(test_offer__is_printed),
		TEST(test_offer__is_not_printed_where_nothing_may_run),
		TEST(test_offer__is_not_there),
		TEST(test_offer__tells_about_its_notice),
		TEST(test_offer__is_extended),
		TEST(test_offer__presents_once_and_tells_the_number),
		TEST(test_offer__presenting_can_be_refused),
		TEST(test_offer__approving_asks_whether_the_action_is_won),
		TEST(test_offer__approving_one_of_several_asks_nothing),
		TEST(test_offer__refused_approval_keeps_what_was_typed),
		TEST(test_offer__rejecting_wants_a_reason),
		TEST(test_offer__revision_opens_with_its_form),
		TEST(test_offer__long_one_is_scrolled),
		TEST(test_form__adds_up_as_one_types),
		TEST(test_form__saves_lines_and_opens_the_offer),
		TEST(test_form__refused_line_is_found),
		TEST(test_form__draft_is_changed_where_it_stands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
