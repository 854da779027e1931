/*
 * The inbox: what waits, how late it is, who has it; taking, losing a race,
 * putting back; and which notices a sales rep sees there.
 */
#include "fake.h"

#include <view/list_view.h>

#define ROWS                                                                                                       \
	"key|rank|version|waits_since|state|client|offer_number|offer_title|action_number|currency|"                   \
	"total_cents|invoiced_cents|rep|taken_by|mine|age|taken_age|late|working_age|reason|state_note|voided_by|" \
	"legal_name|tax_id|address|postcode|city|province|country|net_cents|vat_cents|"                            \
	"payment_terms|document_reference|accepted_by|accepted_on|approved_by\n"
#define TAIL                                                                                        \
	"|\\N|ACME Industrial, S.A.|A58818501|Calle Mayor 3|28001|Madrid|Madrid|ES|1000000|210000|" \
	"30 días|PED-7|Eva Sanz|2026-11-20|Ana Ruiz\n"
#define PENDING                                                                                \
	"7|1|1|2026-11-20|pending|ACME Industrial|2026-00042/2|Formación|1042|EUR|1210000|0|" \
	"Ana Ruiz|\\N|\\N|93600|\\N|2|97200|\\N|\\N" TAIL
#define LATE                                                                                 \
	"8|1|1|2026-11-21|pending|Bodegas del Duero|2026-00043|Vigilancia|1043|EUR|99900|0|" \
	"Luis Pérez|\\N|\\N|18000|\\N|1|14400|\\N|\\N" TAIL
#define TAKEN(mine)                                                                       \
	"9|2|2|2026-11-22|taken|Cerámicas Levante|2026-00044|Limpieza|1044|EUR|50000|0|" \
	"Ana Ruiz|Bruno Sanz|" mine "|7200|3600|0|\\N|\\N|\\N" TAIL
#define PARTIAL                                                                            \
	"10|4|3|2026-11-01|partial|Dulces Duque|2026-00012|Limpieza|1004|EUR|50000|20000|" \
	"Ana Ruiz|Berta Gil|t|1900800|864000|0|\\N|\\N|\\N" TAIL

static void open_inbox(const char *roles, int height, int width)
{
	fake_app();
	fake.height = height;
	fake.width = width;
	fake_log_in("berta@trato.example", roles);
	view_replace(app_top(fake.app), &view_inbox, NULL);
	fake_picture();
}

static void test_inbox__at_80(void **state)
{
	(void)state;
	open_inbox("backoffice", 24, 80);
	fake_answer("notices_waiting_next", ROWS PENDING LATE TAKEN("f") PARTIAL);
	assert_string_equal(fake_parameter(5), "waiting");
	assert_shows("Invoicing notices · waiting");
	assert_shows(
	    "\n       Age Client           Offer              Amount State      Taken by\n");
	assert_shows("\n▸   !! 1 d ACME Industrial  2026-00042/2  12,100.00 € pending");
	assert_shows("\n     ! 5 h Bodegas del Due… 2026-00043       999.00 € pending");
	assert_shows(
	    "\n       2 h Cerámicas Levan… 2026-00044       500.00 € taken      Bruno Sanz, 1 h");
	assert_shows("\n      22 d Dulces Duque     2026-00012       500.00 € partly     me");
	assert_shows("t take  d return  / search  f filter");
}

/* The client gives way. */
static void test_inbox__long_offer_numbers_are_whole(void **state)
{
	(void)state;
	open_inbox("backoffice", 24, 80);
	fake_answer("notices_waiting_next",
	            ROWS "7|1|1|2026-11-20|pending|ACME Industrial|2026-100042/12|Formación|1042|EUR|1210000|0|"
	                 "Ana Ruiz|\\N|\\N|93600|\\N|2|97200|\\N|\\N" TAIL LATE);
	assert_shows("\n▸   !! 1 d ACME Industri… 2026-100042/12  12,100.00 € pending");
	assert_shows("\n     ! 5 h Bodegas del D… 2026-00043         999.00 € pending");
}

static void test_inbox__at_200(void **state)
{
	(void)state;
	open_inbox("backoffice", 60, 200);
	fake_answer("notices_waiting_next", ROWS PENDING LATE TAKEN("f"));
	assert_shows("Sales rep");
	assert_shows("2026-00042/2  Formación");
	assert_shows("pending · !! 1 d, 27 h of working time");
	assert_shows("Legal name        ACME Industrial, S.A.");
	assert_shows("Tax id            A58818501");
	assert_shows("Fiscal address    Calle Mayor 3");
	assert_shows("                  28001 Madrid, ES");
	assert_shows("Accepted          by Eva Sanz on 20/11/2026");
	assert_shows("12,100.00 €");
	fake_press("Down");
	assert_shows("2026-00043  Vigilancia");
}

/* Whatever the list shows, the banner's key leads to the notice that rang. */
static void test_inbox__the_banner_leads_to_its_notice(void **state)
{
	struct view *list;

	(void)state;
	open_inbox("backoffice", 24, 80);
	list = app_top(fake.app);
	fake_answer("notices_waiting_next", ROWS PENDING LATE TAKEN("f"));
	fake_answer("notice_pending",
	            "kind|id|label|cents|currency\nn|7|ACME|1210000|EUR\nn|8|Bodegas|99900|EUR\n");
	fake_press("Down");
	fake_press("Down");
	fake_press("!");
	assert_int_equal(list_key(list), 8);
	assert_hides("invoicing notice:");

	fake_press("4");
	fake_answer("notices_all_next", ROWS PARTIAL);
	fake_ring("trato_notice");
	fake_answer("notice_pending",
	            "kind|id|label|cents|currency\nn|7|ACME|1210000|EUR\nn|8|Bodegas|99900|EUR\n"
	            "n|9|Levante|50000|EUR\n");
	assert_shows("1 new invoicing notice: Levante");
	fake_press("!");
	fake_answer("notices_all_next", ROWS PARTIAL); /* the doorbell's */
	fake_answer("notices_waiting_next", ROWS PENDING LATE TAKEN("f"));
	assert_shows("Invoicing notices · waiting");
	assert_int_equal(list_key(list), 9);
}

/* Also where one came from another notice, whose row the cursor stays with else. */
static void test_inbox__the_banner_leads_away_from_what_was_opened(void **state)
{
	struct view *list;

	(void)state;
	open_inbox("backoffice", 24, 80);
	list = app_top(fake.app);
	fake_answer("notices_waiting_next", ROWS PENDING LATE TAKEN("f"));
	fake_answer("notice_pending", "kind|id|label|cents|currency\nn|7|ACME|1210000|EUR\n");
	fake_press("!");
	fake_press("Enter");
	fake_ring("trato_notice");
	fake_answer("notice_pending",
	            "kind|id|label|cents|currency\nn|7|ACME|1210000|EUR\nn|8|Bodegas|99900|EUR\n");
	fake_press("!");
	assert_ptr_equal(app_top(fake.app), list);
	fake_answer("notices_waiting_next", ROWS PENDING LATE TAKEN("f"));
	assert_int_equal(list_key(list), 8);
	fake_ring("trato_notice");
	fake_answer("notices_waiting_next", ROWS PENDING LATE TAKEN("f"));
	assert_int_equal(list_key(list), 8);
}

static void test_inbox__shows_which_invoices(void **state)
{
	(void)state;
	open_inbox("backoffice", 60, 200);
	fake_press("4");
	fake_answer("notices_waiting_next", ROWS);
	fake_answer(
	    "notices_all_next",
	    "key|state|client|offer_number|currency|total_cents|invoiced_cents|invoices|taken_by\n"
	    "9|invoiced|ACME Industrial|2026-00042|EUR|50000|50000|FV 4711, FV 4713|Berta Gil\n");
	assert_shows("invoiced   Ber…, FV 4711, FV 47…");
	assert_shows("Invoices          FV 4711, FV 4713");
	fake.width = 80;
	fake_picture();
	assert_shows("invoiced   Ber…, FV 4711");
}

static void test_inbox__empty_says_that_new_ones_appear(void **state)
{
	(void)state;
	open_inbox("backoffice", 24, 80);
	fake_answer("notices_waiting_next", ROWS);
	assert_shows("New ones appear by themselves");
	fake_press("t");
	assert_int_equal(fake_waiting("take_notice"), 0);
}

static void test_inbox__take_is_sent_once_and_said(void **state)
{
	(void)state;
	open_inbox("backoffice", 24, 80);
	fake_answer("notices_waiting_next", ROWS PENDING);
	fake_press("t");
	fake_press("t");
	assert_int_equal(fake_waiting("take_notice"), 1);
	fake_answer("take_notice", "id|version\n7|2\n");
	assert_string_equal(fake_parameter(2), "7");
	assert_shows("It is yours now");
	assert_int_equal(fake_waiting("notices_waiting_next"), 1);
}

/* On a slow line: the invoice's key comes before the row that shows the notice as taken. */
static void test_inbox__a_key_waits_for_what_the_write_changed(void **state)
{
	(void)state;
	open_inbox("backoffice", 24, 80);
	fake_answer("notices_waiting_next", ROWS PENDING);
	fake_press("t");
	fake_answer("take_notice", "id|version\n7|2\n");
	fake_press("i");
	fake_type("F26");
	assert_hides("Take the notice first");
	assert_shows("Invoicing notices");
	fake_answer("notices_waiting_next", ROWS TAKEN("t"));
	assert_shows("F26");
	assert_shows("Series");
}

static void test_inbox__esc_takes_back_what_waits(void **state)
{
	(void)state;
	open_inbox("backoffice", 24, 80);
	fake_answer("notices_waiting_next", ROWS PENDING);
	fake_press("t");
	fake_answer("take_notice", "id|version\n7|2\n");
	fake_press("i");
	fake_press("Esc");
	fake_answer("notices_waiting_next", ROWS TAKEN("t"));
	assert_hides("Series");
}

static void test_inbox__losing_a_race_tells_who_was_first(void **state)
{
	(void)state;
	open_inbox("backoffice", 24, 80);
	fake_answer("notices_waiting_next", ROWS PENDING);
	fake_press("t");
	fake_refuse("take_notice", "TR001", "notice_is_taken",
	            "state=taken\nholder=Bruno Sanz\nsince=2026-11-23 09:12");
	assert_shows("Bruno Sanz has taken this notice (23/11/2026 09:12).");
	assert_int_equal(fake_waiting("notices_waiting_next"), 1);
}

static void test_inbox__what_is_not_possible_says_why(void **state)
{
	(void)state;
	open_inbox("backoffice", 24, 80);
	fake_answer("notices_waiting_next", ROWS PENDING TAKEN("f") PARTIAL);
	assert_hides("i record invoice");
	fake_press("i");
	assert_shows("Take the notice first.");
	fake_press("Down");
	fake_press("u");
	assert_shows("Bruno Sanz has taken this notice.");
	fake_press("Down");
	assert_shows("i record invoice");
	fake_press("d");
	assert_shows("what is left can only be invoiced");
	assert_int_equal(fake.db->writes, 0);
}

static void test_inbox__put_back_names_the_version(void **state)
{
	(void)state;
	open_inbox("backoffice", 24, 80);
	fake_answer("notices_waiting_next", ROWS TAKEN("t"));
	fake_press("u");
	fake_answer("put_back_notice", "id|version\n9|3\n");
	assert_string_equal(fake_parameter(2), "9");
	assert_string_equal(fake_parameter(3), "2");
	assert_shows("anybody can take it now");
}

static void test_inbox__the_doorbell_reads_it_again(void **state)
{
	(void)state;
	open_inbox("backoffice", 24, 80);
	fake_answer("notices_waiting_next", ROWS PENDING);
	fake_ring("trato_notice");
	fake_answer("notices_waiting_next", ROWS PENDING LATE);
	assert_shows("Bodegas del Due");
}

/* Anybody who is logged in can ring, as often and with whatever words he likes: it makes the
 * program look, once at a time, and what it shows is what the tables say. */
static void test_inbox__a_forged_bell_is_not_believed(void **state)
{
	static const char *const words[] = { "", "0", "-1", "99999999999999999999", "'; DROP TABLE x",
		                             "1\033[2J", "\xff\xfe", "{\"id\": 7, \"label\": \"Acme\"}" };
	const struct db_events *events;
	unsigned bells;

	(void)state;
	open_inbox("backoffice", 24, 80);
	fake_answer("notices_waiting_next", ROWS PENDING);
	events = &fake.db->events;
	bells = app_bells(fake.app);
	for (int i = 0; i < 10000; i++)
		events->notified(events->ctx, i % 2 ? "trato_notice" : "trato_request",
		                 words[i % (int)(sizeof(words) / sizeof(words[0]))]);
	assert_int_equal(fake_waiting("notices_waiting_next"), 1);
	assert_true(fake_waiting("notice_pending") <= 1);
	assert_int_equal(app_bells(fake.app), bells);
	assert_hides("Acme");
	assert_hides("DROP");
	fake_answer("notices_waiting_next", ROWS PENDING);
	assert_int_equal(app_bells(fake.app), bells);
}

static void test_inbox__filters_ask_other_statements(void **state)
{
	(void)state;
	open_inbox("backoffice", 24, 80);
	fake_answer("notices_waiting_next", ROWS PENDING);
	fake_press("f");
	fake_press("2");
	fake_answer("notices_waiting_next", ROWS TAKEN("t"));
	assert_string_equal(fake_parameter(5), "mine");
	assert_shows("taken by me");
	fake_press("f");
	fake_press("4");
	fake_answer("notices_all_next", ROWS PARTIAL);
	assert_string_equal(fake_parameter(4), "invoiced");
	fake_press("f");
	assert_shows("taken by others");
	fake_press("l");
	fake_answer("notices_waiting_next", ROWS LATE);
	assert_string_equal(fake_parameter(5), "late");
	assert_shows("Invoicing notices · late");
	fake_press("f");
	fake_press("v");
	fake_answer("notices_all_next", ROWS);
	assert_string_equal(fake_parameter(4), "void");
	fake_press("f");
	fake_press("n");
	fake_answer("notices_waiting_next", ROWS PENDING);
	assert_string_equal(fake_parameter(5), "pending");
	assert_shows("Invoicing notices · not taken yet");
	/* They leave the number keys to those that are saved. */
	fake_press("5");
	assert_int_equal(fake_waiting("notices_waiting_next"), 0);
}

static void test_inbox__reps_see_those_of_their_actions(void **state)
{
	(void)state;
	open_inbox("rep", 24, 80);
	fake_answer("notices_own_next", ROWS PENDING);
	assert_string_equal(fake_parameter(4), "waiting");
	assert_shows("mine, waiting");
	assert_hides("t take");
	fake_press("2");
	fake_answer("notices_own_next", ROWS PENDING);
	assert_string_equal(fake_parameter(4), "all");
	fake_press("f");
	fake_press("r");
	fake_answer("notices_own_next", ROWS);
	assert_string_equal(fake_parameter(4), "returned");
	assert_shows("mine, returned");
}

static void test_inbox__the_banner_leads_to_what_it_announces(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	fake_answer("rep_news", "kind|id|label|cents|currency\nr|7|ACME Industrial|1210000|EUR\n"
	                        "c|17|Luis Pérez|\\N|\\N\n");
	assert_shows("1 notice returned to you");
	fake_press("F8");
	assert_ptr_equal(app_top(fake.app)->ops, &view_inbox);
	assert_hides("returned to you");
	assert_shows("1 request to collaborate");
	fake_press("F8");
	assert_ptr_equal(app_top(fake.app)->ops, &view_request);
	assert_hides("1 request to collaborate");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_inbox__at_80, fake_teardown),
		cmocka_unit_test_teardown(test_inbox__long_offer_numbers_are_whole, fake_teardown),
		cmocka_unit_test_teardown(test_inbox__at_200, fake_teardown),
		cmocka_unit_test_teardown(test_inbox__shows_which_invoices, fake_teardown),
		cmocka_unit_test_teardown(test_inbox__the_banner_leads_to_its_notice,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_inbox__the_banner_leads_away_from_what_was_opened,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_inbox__empty_says_that_new_ones_appear,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_inbox__take_is_sent_once_and_said, fake_teardown),
		cmocka_unit_test_teardown(test_inbox__a_key_waits_for_what_the_write_changed,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_inbox__esc_takes_back_what_waits, fake_teardown),
		cmocka_unit_test_teardown(test_inbox__losing_a_race_tells_who_was_first,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_inbox__what_is_not_possible_says_why, fake_teardown),
		cmocka_unit_test_teardown(test_inbox__put_back_names_the_version, fake_teardown),
		cmocka_unit_test_teardown(test_inbox__the_doorbell_reads_it_again, fake_teardown),
		cmocka_unit_test_teardown(test_inbox__a_forged_bell_is_not_believed, fake_teardown),
		cmocka_unit_test_teardown(test_inbox__filters_ask_other_statements, fake_teardown),
		cmocka_unit_test_teardown(test_inbox__the_banner_leads_to_what_it_announces,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_inbox__reps_see_those_of_their_actions,
		                          fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
