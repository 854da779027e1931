/*
 * Revoking an approval on the offer's screen: who may, what is sent, and why it
 * is not possible.
 */
#include "fake.h"

#define HEAD                                                                                        \
	"id|action_id|action_number|action_title|action_state|client|number|revision|title|state|"  \
	"expired|currency|net_cents|vat_cents|total_cents|probability|expected_close|valid_until|"  \
	"payment_terms|notes|accepted_on|accepted_by|document_reference|reason|state_note|version|" \
	"notice_id|notice_state|notice_version|notice_made|notice_seen|notice_seen_by|"             \
	"notice_taken|notice_taken_by|notice_note|notice_reason|notice_total_cents|"                \
	"notice_invoiced_cents|is_member|is_owner|live|today|future_number|notice_voided|"            \
	"notice_voided_by\n"
#define LINES                                                                 \
	"description|quantity|unit_price|discount|vat|net_cents|vat_cents\n"  \
	"Curso de dirección|12.500|10333.0000|5.00|21.00|12270438|2576792\n" \
	"Manual|4.000|2.5000|0.00|4.00|1000|40\n"
#define DIVISIONS "id|name\n7|Formación\n8|Planta Norte\n"
#define HISTORY "moment|entity|state|from_state|reason|note|person\n"
#define INVOICES "series|number|issued_on|total_cents\n"
#define REVISIONS "id|revision|number|state|expired|dated\n"

static const int64_t offer_id = 5;

static const char *revoked = "\\N|\\N"; /* when the approval was, by whom */

/* state and what goes with it; the rest is the same. */
static const char *head(const char *number, const char *state, const char *expired,
                        const char *notice, const char *member)
{
	static char text[4096];

	snprintf(text, sizeof(text),
	         HEAD "5|3|1042|Formación 2026|open|ACME Industrial|%s|1|Plan anual|%s|%s|EUR|"
	              "12271438|2576832|14848270|60|2026-12-15|2026-12-30|30 días|\\N|\\N|\\N|\\N|"
	              "\\N|\\N|4|%s|%s|t|0|2026-11-23|%s|%s\n",
	         number, state, expired,
	         notice != NULL ? notice : "\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N|\\N",
	         member, number, revoked);
	return text;
}

static void answer_with(const char *text)
{
	fake_answer("offer_read", text, LINES, DIVISIONS,
	            HISTORY "2026-11-20 10:12|offer|presented|draft|\\N|\\N|Ana Ruiz\n", INVOICES,
	            REVISIONS);
}

#define NOTICE(invoiced) "9|pending|1|2026-11-21 09:00|\\N|\\N|\\N|\\N|\\N|\\N|14848270|" invoiced

static void test_revoke__by_a_manager_with_a_reason(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	view_push(fake.app, &view_offer, &offer_id);
	answer_with(head("2026-00042", "approved", "f", NOTICE("0"), "f"));
	assert_shows("u revoke");
	fake_press("u");
	assert_shows("Its notice is void");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("revoke_approval"), 0);
	fake_type("The client signed another one");
	fake_press("Ctrl-s");
	fake_refuse("revoke_approval", "TR001", "notice_is_invoiced", "");
	assert_shows("An invoice is recorded against this approval, so it stays.");
	fake_press("Ctrl-s");
	fake_answer("revoke_approval", "id\n5\n");
	assert_string_equal(fake_parameter(2), "5");
	assert_string_equal(fake_parameter(3), "4");
	assert_string_equal(fake_parameter(4), "The client signed another one");
	assert_shows("The approval is revoked");
	fake_answer("offer_read", head("2026-00042", "presented", "f", NULL, "f"), LINES, DIVISIONS,
	            HISTORY
	            "2026-11-23 10:00|notice|void|pending|\\N|Signed another|Marta Gil\n"
	            "2026-11-23 10:00|offer|presented|approved|\\N|Signed another|Marta Gil\n",
	            INVOICES, REVISIONS);
	assert_shows("23/11/2026 10:00  notice void, Marta Gil · Signed another");
	assert_shows("23/11/2026 10:00  approval revoked, Marta Gil · Signed another");
}

static void test_revoke__says_why_not(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	view_push(fake.app, &view_offer, &offer_id);
	answer_with(head("2026-00042", "approved", "f", NOTICE("100"), "f"));
	assert_hides("u revoke");
	fake_press("u");
	assert_shows("An invoice is recorded against this approval, so it stays.");
	fake_press("Ctrl-r");
	answer_with(head("2026-00042", "presented", "f", NULL, "f"));
	fake_press("u");
	assert_shows("Only an approval can be revoked");
	fake_teardown(NULL);
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_offer, &offer_id);
	answer_with(head("2026-00042", "approved", "f", NOTICE("0"), "t"));
	fake_press("u");
	assert_hides("Its notice is void");
}

#define TEST(name) cmocka_unit_test_teardown(name, fake_teardown)

static void test_revoke__not_where_all_is_invoiced(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	view_push(fake.app, &view_offer, &offer_id);
	answer_with(head("2026-00042", "approved", "f",
	                 "9|invoiced|4|2026-11-21 09:00|\\N|\\N|2026-11-21 09:06|Berta|\\N|\\N|"
	                 "14848270|14848270",
	                 "f"));
	assert_shows("Invoiced: 148,482.70 € of 148,482.70 €.");
	fake_press("u");
	assert_int_equal(fake_waiting("revoke_approval"), 0);
}

/* The sales rep reads on the offer why there is no notice any more. */
static void test_revoke__is_told_to_the_rep(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_offer, &offer_id);
	answer_with(head("2026-00042", "approved", "f", NOTICE("0"), "t"));
	assert_shows("Pending.");
	fake_press("Ctrl-r");
	revoked = "2026-11-22 10:00|Marta Vidal";
	answer_with(head("2026-00042", "presented", "f", NULL, "t"));
	revoked = "\\N|\\N";
	assert_shows("Invoicing notice");
	assert_shows("Void: Marta Vidal revoked the approval on 22/11/2026 10:00.");
	assert_shows("a approve");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_revoke__by_a_manager_with_a_reason),
		TEST(test_revoke__says_why_not),
		TEST(test_revoke__not_where_all_is_invoiced),
		TEST(test_revoke__is_told_to_the_rep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
