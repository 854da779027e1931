/*
 * A notice's screen: everything that an invoice needs, the first look told once,
 * returning, answering, recording an invoice, copying.
 */
#include "fake.h"

#include <view/form_view.h>

#define HEAD                                                                                                         \
	"id|version|state|client|client_id|action_id|action_number|offer_id|offer_number|"                           \
	"offer_title|currency|net_cents|vat_cents|total_cents|invoiced_cents|left_cents|"                            \
	"payment_terms|offer_notes|document_reference|accepted_by|accepted_on|approved_by|rep|"                      \
	"seen|taken_by|mine|reason|state_note|voided_by|voided_at|legal_name|tax_id|address|postcode|city|province|" \
	"country|age|taken_age|late|working_age|approved_at|taken_at|is_member\n"
/* state, invoiced, left, seen, taken by, mine, reason, note, tax id, taken age, member */
#define ROW(state, invoiced, left, seen, by, mine, reason, note, tax, taken, member)               \
	"7|2|" state "|ACME Industrial|3|5|1042|11|2026-00042|Formación PRL|EUR|100000|19000|"    \
	"119000|" invoiced "|" left                                                                \
	"|30 días|\\N|PED-7|Eva Sanz|2026-11-20|Ana Ruiz|Ana Ruiz|" seen "|" by "|" mine           \
	"|" reason "|" note "|\\N|\\N|ACME Industrial, S.A.|" tax                                  \
	"|Calle Mayor 3|28001|Madrid|Madrid|ES|7200|" taken "|0|2700|2026-11-20 10:12|\\N|" member \
	"\n"
#define PENDING \
	ROW("pending", "0", "119000", "t", "\\N", "\\N", "\\N", "\\N", "A58818501", "\\N", "f")
#define MINE \
	ROW("taken", "0", "119000", "t", "Berta Gil", "t", "\\N", "\\N", "A58818501", "3600", "f")
#define RETURNED(member)                                                                \
	ROW("returned", "0", "119000", "t", "\\N", "\\N", "Tax id is missing or wrong", \
	    "Ask again", "\\N", "\\N", member)

#define LINES                                                                        \
	"position|description|quantity|unit_price|discount|vat|net_cents|currency\n" \
	"1|Curso de prevención|12.5|64|0|21|80000|EUR\n2|Manual|100|0.2|0|10|20000|EUR\n"
#define VAT "vat|net_cents|vat_cents|currency\n21|80000|17000|EUR\n10|20000|2000|EUR\n"
#define CONTACTS \
	"name|job_title|email|phone|mobile\nEva Sanz|Compras|eva@acme.example|915550100|\\N\n"
#define INVOICES "id|series|number|issued_on|net_cents|vat_cents|total_cents|recorded_by|currency\n"
#define ONE_INVOICE "21|FV|00012|2026-11-21|50000|10000|60000|Bruno Sanz|EUR\n"
#define CORRECTIONS                                                                       \
	"at|person|currency|series|new_series|number|new_number|issued_on|new_issued_on|" \
	"net_cents|new_net_cents|vat_cents|new_vat_cents\n"
#define HISTORY                                    \
	"at|state|from_state|person|reason|note\n" \
	"2026-11-20 10:12|made|\\N|Ana Ruiz|\\N|\\N\n"

static void open_notice(const char *roles, int height, int width)
{
	const int64_t id = 7;

	fake_app();
	fake.height = height;
	fake.width = width;
	fake_log_in("berta@trato.example", roles);
	view_push(fake.app, &view_notice, &id);
	fake_picture();
}

static void answer_with(const char *row, const char *invoices)
{
	char head[2048];

	snprintf(head, sizeof(head), "%s%s", HEAD, row);
	fake_answer("notice_read", head, LINES, VAT, CONTACTS, invoices, HISTORY, CORRECTIONS);
}

static void test_notice__at_80_shows_what_an_invoice_needs(void **state)
{
	(void)state;
	open_notice("backoffice", 24, 80);
	answer_with(PENDING, INVOICES);
	assert_shows(" 2026-00042  Formación PRL\n pending · 2 h, 45 min of working time\n");
	assert_shows(
	    " Legal name        ACME Industrial, S.A.\n Client            ACME Industrial\n"
	    " Tax id            A58818501\n Fiscal address    Calle Mayor 3\n"
	    "                   28001 Madrid, ES\n");
	assert_shows(
	    "\n What                        Quantity       Price   Disc.    VAT           Net\n"
	    " Curso de prevención             12.5       64.00           21 %      800.00 €\n"
	    " Manual                           100        0.20           10 %      200.00 €\n");
	assert_shows("VAT 21 % of 800.00 €        170.00 €");
	assert_shows("Total      1,190.00 €");
	fake_press("End");
	assert_shows(" Payment terms     30 días\n Reference         PED-7\n"
	             " Accepted          by Eva Sanz on 20/11/2026\n"
	             " Approved          by Ana Ruiz on 20/11/2026 10:12\n"
	             " Sales rep         Ana Ruiz, action 1042\n"
	             " Contact           Eva Sanz · Compras · 915550100 · eva@acme.example\n");
	assert_shows("Left to invoice      1,190.00 €");
	assert_shows(" 20/11/2026 10:12  approved: the notice is made · Ana Ruiz");
}

/* Whoever has taken it wants to invoice it; what is seldom wanted gives way in a narrow window. */
static void test_notice__key_line_begins_with_what_is_next(void **state)
{
	(void)state;
	open_notice("backoffice", 24, 80);
	answer_with(PENDING, INVOICES);
	assert_shows(" ↵ open  t take  d return  y copy");
	fake_press("Ctrl-r");
	answer_with(MINE, INVOICES);
	assert_shows(" ↵ open  i record invoice  d return  u put back");
}

static void test_notice__at_200_needs_no_scrolling(void **state)
{
	(void)state;
	open_notice("backoffice", 60, 200);
	answer_with(PENDING, INVOICES ONE_INVOICE);
	assert_shows("Legal name        ACME Industrial, S.A.");
	assert_shows("Payment terms     30 días");
	assert_shows("FV 00012  21/11/2026  Bruno Sanz");
	assert_shows("600.00 €");
	assert_shows("approved: the notice is made");
}

static void test_notice__what_is_missing_is_marked(void **state)
{
	(void)state;
	open_notice("rep", 24, 80);
	answer_with(RETURNED("t"), INVOICES);
	assert_shows("Returned: Tax id is missing or wrong. Ask again");
	assert_shows(" Tax id            missing");
}

static void test_notice__leads_to_its_offer(void **state)
{
	(void)state;
	open_notice("manager", 24, 80);
	answer_with(PENDING, INVOICES);
	assert_shows("↵ open");
	fake_press("Enter");
	fake_break("offer_read");
	assert_string_equal(fake_parameter(1), "11");
}

static void test_notice__void_says_who_revoked_and_why(void **state)
{
	(void)state;
	open_notice("backoffice", 24, 80);
	answer_with(
	    "7|3|void|ACME Industrial|3|5|1042|11|2026-00042|Formación PRL|EUR|100000|19000|"
	    "119000|0|119000|30 días|\\N|PED-7|\\N|\\N|\\N|Ana Ruiz|t|\\N|\\N|\\N|"
	    "Wrong offer|Marta Gil|2026-11-21 09:30|ACME Industrial, S.A.|A58818501|"
	    "Calle Mayor 3|28001|Madrid|Madrid|ES|7200|\\N|0|\\N|\\N|\\N|f\n",
	    INVOICES);
	assert_shows(" The approval was revoked by Marta Gil on 21/11/2026 09:30: Wrong offer\n");
	assert_hides("Answer:");
	fake_press("t");
	assert_shows("The approval was revoked, so there is nothing to invoice.");
}

static void test_notice__the_first_look_is_told_once(void **state)
{
	(void)state;
	open_notice("backoffice", 24, 80);
	answer_with(ROW("pending", "0", "119000", "f", "\\N", "\\N", "\\N", "\\N", "A58818501",
	                "\\N", "f"),
	            INVOICES);
	fake_answer("see_notice", "id\n7\n");
	assert_string_equal(fake_parameter(2), "7");
	answer_with(ROW("pending", "0", "119000", "f", "\\N", "\\N", "\\N", "\\N", "A58818501",
	                "\\N", "f"),
	            INVOICES);
	assert_int_equal(fake_waiting("see_notice"), 0);
}

static void test_notice__a_reader_does_not_count_as_a_look(void **state)
{
	(void)state;
	open_notice("supervisor", 24, 80);
	answer_with(ROW("pending", "0", "119000", "f", "\\N", "\\N", "\\N", "\\N", "A58818501",
	                "\\N", "f"),
	            INVOICES);
	assert_int_equal(fake_waiting("see_notice"), 0);
	assert_hides("t take");
}

static void test_notice__is_returned_with_a_reason(void **state)
{
	(void)state;
	open_notice("backoffice", 24, 80);
	answer_with(MINE, INVOICES);
	assert_shows("taken by Berta Gil, 1 h ago");
	fake_press("d");
	fake_answer("reason_choices", "id|label|needs_note|code\n14|Wrong address|f|\\N\n");
	assert_string_equal(fake_parameter(1), "notice_returned");
	fake_press("Right");
	assert_shows("Wrong address");
	fake_press("Tab");
	fake_type("Street number?");
	fake_press("Ctrl-s");
	fake_answer("return_notice", "id|version\n7|3\n");
	assert_string_equal(fake_parameter(3), "2");
	assert_string_equal(fake_parameter(4), "14");
	assert_string_equal(fake_parameter(5), "Street number?");
	assert_shows("Returned: the sales rep is told.");
}

static void test_notice__the_rep_answers_a_returned_one(void **state)
{
	(void)state;
	open_notice("rep", 24, 80);
	answer_with(RETURNED("t"), INVOICES);
	assert_shows("n answer");
	fake_press("n");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("answer_notice"), 0);
	fake_type("It is A58818501");
	fake_press("Ctrl-s");
	fake_answer("answer_notice", "id|version\n7|3\n");
	assert_string_equal(fake_parameter(4), "It is A58818501");
}

static void test_notice__copies_blocks(void **state)
{
	(void)state;
	open_notice("backoffice", 24, 80);
	answer_with(PENDING, INVOICES);
	fake_press("y");
	assert_shows("Client and fiscal address");
	fake_press("l");
	assert_hides("Client and fiscal address");
}

static void test_notice__that_is_gone_says_so(void **state)
{
	(void)state;
	open_notice("backoffice", 24, 80);
	answer_with("", INVOICES);
	assert_shows("does not exist");
	assert_ptr_equal(app_top(fake.app)->ops, &view_clients);
}

/* ---- invoices ---- */

#define PROPOSAL(version, left, net)                                                            \
	"version|client|offer_number|currency|left_cents|left_net_cents|today|series\n" version \
	"|ACME Industrial|2026-00042|EUR|" left "|" net "|2026-11-23|FV\n"

static void open_invoice(void)
{
	open_notice("backoffice", 24, 80);
	answer_with(MINE, INVOICES);
	fake_press("i");
	fake_answer("invoice_proposal", PROPOSAL("2", "119000", "100000"));
}

#define INVOICED                                                                                 \
	ROW("invoiced", "119000", "0", "t", "Berta Gil", "t", "\\N", "\\N", "A58818501", "3600", \
	    "f")
#define READ                                                                                   \
	"id|version|series|number|issued_on|net_cents|vat_cents|client|offer_number|currency|" \
	"left_cents\n"

static void test_invoice__mistyped_is_corrected(void **state)
{
	(void)state;
	open_notice("backoffice", 24, 80);
	answer_with(INVOICED, INVOICES ONE_INVOICE);
	fake_press("c");
	fake_answer("invoice_read", READ
	            "21|4|FV|00012|2026-11-21|50000|10000|ACME Industrial|2026-00042|EUR|119000\n");
	assert_string_equal(fake_parameter(1), "21");
	assert_shows("Correct the invoice");
	assert_shows("1,190.00 €");
	form_set(form_view_form(app_top(fake.app)), "number", "00013");
	form_set(form_view_form(app_top(fake.app)), "net", "400.00");
	fake_press("Ctrl-s");
	fake_answer("correct_invoice", "id|state|version\n21|partial|5\n");
	assert_string_equal(fake_parameter(2), "21");
	assert_string_equal(fake_parameter(3), "4");
	assert_string_equal(fake_parameter(4), "FV");
	assert_string_equal(fake_parameter(5), "00013");
	assert_string_equal(fake_parameter(6), "2026-11-21");
	assert_string_equal(fake_parameter(9), "500.00");
	assert_shows("The invoice is corrected.");
	fake_answer("notice_read",
	            HEAD ROW("partial", "50000", "69000", "t", "Berta Gil", "t", "\\N", "\\N",
	                     "A58818501", "3600", "f"),
	            LINES, VAT, CONTACTS,
	            INVOICES "21|FV|00013|2026-11-21|40000|10000|50000|Bruno Sanz|EUR\n",
	            "at|state|from_state|person|reason|note\n"
	            "2026-11-25 10:12|partial|invoiced|Berta Gil|\\N|\\N\n"
	            "2026-11-20 10:12|made|\\N|Ana Ruiz|\\N|\\N\n",
	            CORRECTIONS
	            "2026-11-25 10:12|Berta Gil|EUR|FV|FV|00012|00013|2026-11-21|2026-11-21|"
	            "50000|40000|10000|10000\n");
	fake_picture();
	fake_press("End");
	assert_shows(" 25/11/2026 10:12  invoice FV 00012 corrected: Number 00012 → 00013, Net\n"
	             "                   500.00 € → 400.00 € · Berta Gil\n"
	             " 25/11/2026 10:12  partly invoiced · Berta Gil\n");
}

static void test_invoice__of_several_one_is_chosen(void **state)
{
	(void)state;
	open_notice("manager", 24, 80);
	answer_with(INVOICED,
	            INVOICES ONE_INVOICE "22|FV|00013|2026-11-22|50000|9000|59000|Berta Gil|EUR\n");
	fake_press("c");
	assert_shows("Correct which invoice?");
	assert_shows("FV 00013 · 22/11/2026 · 590.00 €");
	fake_press("2");
	fake_break("invoice_read");
	assert_string_equal(fake_parameter(1), "21");
}

static void test_invoice__a_corrected_number_used_before_says_where(void **state)
{
	(void)state;
	open_notice("backoffice", 24, 80);
	answer_with(INVOICED, INVOICES ONE_INVOICE);
	fake_press("c");
	fake_answer("invoice_read", READ
	            "21|4|FV|00012|2026-11-21|50000|10000|ACME Industrial|2026-00042|EUR|119000\n");
	form_set(form_view_form(app_top(fake.app)), "number", "00011");
	fake_press("Ctrl-s");
	fake_refuse("correct_invoice", "23505", "invoice_number_once", "");
	fake_answer(
	    "invoice_where",
	    "client|offer_number|series|number|issued_on\nBodegas|2026-00012|FV|00011|2026-10-02\n");
	assert_shows("Recorded already: Bodegas, offer 2026-00012, on 02/10/2026.");
}

/* What is not invoiced has nothing to correct. */
static void test_invoice__only_what_is_recorded_is_corrected(void **state)
{
	(void)state;
	open_notice("backoffice", 24, 80);
	answer_with(MINE, INVOICES);
	assert_hides("correct invoice");
	fake_press("c");
	assert_shows("No invoice is recorded here yet.");
	assert_int_equal(fake_waiting("invoice_read"), 0);
}

static void test_invoice__reps_correct_none(void **state)
{
	(void)state;
	open_notice("rep", 24, 80);
	answer_with(INVOICED, INVOICES ONE_INVOICE);
	fake_press("c");
	assert_int_equal(fake_waiting("invoice_read"), 0);
}

static void test_invoice__proposes_what_is_left(void **state)
{
	(void)state;
	open_invoice();
	assert_shows("│ Series   FV");
	assert_shows("│ Date *   23/11/2026");
	assert_shows("│ Net *    1,000.00");
	assert_shows("│ VAT *    190.00");
	assert_shows("│ Total    1,190.00");
	fake_type("00013");
	fake_press("Ctrl-s");
	fake_answer("record_invoice", "id|state|version\n1|invoiced|3\n");
	assert_string_equal(fake_parameter(3), "2");
	assert_string_equal(fake_parameter(4), "FV");
	assert_string_equal(fake_parameter(5), "00013");
	assert_string_equal(fake_parameter(6), "2026-11-23");
	assert_string_equal(fake_parameter(7), "1000.00");
	assert_string_equal(fake_parameter(9), "1190.00");
	assert_shows("The invoice is recorded. Its number is FV 00013.");
}

static void test_invoice__more_than_the_rest_stands_at_the_net(void **state)
{
	(void)state;
	open_invoice();
	fake_type("00013");
	fake_press("Ctrl-s");
	fake_refuse("record_invoice", "TR001", "notice_invoiced_within_total", "left_cents=60000");
	assert_shows("│ Net *    1,000.00");
	assert_shows("That is more than what is left to invoice: 600.00.");
	fake_press("Ctrl-u");
	fake_type("500");
	assert_shows("│ Total    690.00");
	assert_hides("That is more");
}

static void test_invoice__a_number_used_before_says_where(void **state)
{
	(void)state;
	open_invoice();
	fake_type("00012");
	fake_press("Ctrl-s");
	fake_refuse("record_invoice", "23505", "invoice_number_once", "");
	fake_answer("invoice_where", "client|offer_number|series|number|issued_on\n"
	                             "Bodegas del Duero|2026-00007|FV|00012|2026-03-01\n");
	assert_string_equal(fake_parameter(2), "00012");
	assert_shows("! Recorded already: Bodegas del Duero, offer 2026-00007, on");
}

static void test_invoice__somebody_was_quicker(void **state)
{
	(void)state;
	open_invoice();
	fake_type("00013");
	fake_press("Ctrl-s");
	fake_refuse("record_invoice", "TR002", "row_version", "version=3");
	fake_answer("invoice_proposal", PROPOSAL("3", "59000", "50000"));
	assert_shows("│ Number * 00013");
	assert_shows("│ Net *    500.00");
	assert_shows("Somebody has recorded another invoice meanwhile.");
	fake_press("Ctrl-s");
	fake_answer("record_invoice", "id|state|version\n1|invoiced|4\n");
	assert_string_equal(fake_parameter(3), "3");
}

static void test_invoice__typed_amounts_stay(void **state)
{
	(void)state;
	open_invoice();
	fake_type("00013");
	fake_press("Tab");
	fake_press("Tab");
	fake_type("200");
	fake_press("Tab");
	fake_type("42");
	fake_press("Ctrl-s");
	fake_refuse("record_invoice", "TR002", "row_version", "version=3");
	fake_answer("invoice_proposal", PROPOSAL("3", "59000", "50000"));
	assert_shows("Net *    200.00");
	assert_shows("VAT *    42.00");
	assert_shows("Compare your amounts");
	assert_shows("590.00");
	fake_press("Ctrl-s");
	fake_refuse("record_invoice", "TR002", "row_version", "version=4");
	fake_answer("invoice_proposal", PROPOSAL("4", "0", "0"));
	assert_shows("All of it is invoiced.");
	assert_shows("Number * 00013");
	assert_shows("Net *    200.00");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_notice__at_80_shows_what_an_invoice_needs,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_notice__key_line_begins_with_what_is_next,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_notice__leads_to_its_offer, fake_teardown),
		cmocka_unit_test_teardown(test_notice__void_says_who_revoked_and_why,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_invoice__mistyped_is_corrected, fake_teardown),
		cmocka_unit_test_teardown(test_invoice__of_several_one_is_chosen, fake_teardown),
		cmocka_unit_test_teardown(test_invoice__a_corrected_number_used_before_says_where,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_invoice__only_what_is_recorded_is_corrected,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_invoice__reps_correct_none, fake_teardown),
		cmocka_unit_test_teardown(test_notice__at_200_needs_no_scrolling, fake_teardown),
		cmocka_unit_test_teardown(test_notice__what_is_missing_is_marked, fake_teardown),
		cmocka_unit_test_teardown(test_notice__the_first_look_is_told_once, fake_teardown),
		cmocka_unit_test_teardown(test_notice__a_reader_does_not_count_as_a_look,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_notice__is_returned_with_a_reason, fake_teardown),
		cmocka_unit_test_teardown(test_notice__the_rep_answers_a_returned_one,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_notice__copies_blocks, fake_teardown),
		cmocka_unit_test_teardown(test_notice__that_is_gone_says_so, fake_teardown),
		cmocka_unit_test_teardown(test_invoice__proposes_what_is_left, fake_teardown),
		cmocka_unit_test_teardown(test_invoice__more_than_the_rest_stands_at_the_net,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_invoice__a_number_used_before_says_where,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_invoice__typed_amounts_stay, fake_teardown),
		cmocka_unit_test_teardown(test_invoice__somebody_was_quicker, fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
