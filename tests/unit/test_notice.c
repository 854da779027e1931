/*
 * What can be done with a notice in which state, and what the models of notices,
 * invoices and requests send.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <model/invoice.h>
#include <model/notice.h>
#include <model/request.h>

static void assert_deeds(unsigned roles, const char *state, bool mine, bool member, unsigned deeds)
{
	assert_int_equal(notice_deeds(roles, state, mine, member), deeds);
}

static void test_deeds__follow_state_and_role(void **state)
{
	(void)state;
	assert_deeds(ROLE_BACKOFFICE, "pending", false, false, NOTICE_TAKE | NOTICE_RETURN);
	assert_deeds(ROLE_BACKOFFICE, "taken", true, false,
	             NOTICE_PUT_BACK | NOTICE_RETURN | NOTICE_INVOICE);
	assert_deeds(ROLE_BACKOFFICE, "taken", false, false, 0);
	assert_deeds(ROLE_BACKOFFICE, "partial", false, false, NOTICE_INVOICE | NOTICE_CORRECT);
	assert_deeds(ROLE_BACKOFFICE, "invoiced", true, false, NOTICE_CORRECT);
	assert_deeds(ROLE_BACKOFFICE, "void", false, false, 0);
	assert_deeds(ROLE_BACKOFFICE, "returned", false, true, 0);
	assert_deeds(ROLE_REP, "returned", false, true, NOTICE_ANSWER);
	assert_deeds(ROLE_REP, "returned", false, false, 0);
	assert_deeds(ROLE_REP, "pending", false, true, 0);
	assert_deeds(ROLE_MANAGER, "taken", false, false, NOTICE_PUT_BACK);
	assert_deeds(ROLE_MANAGER, "partial", false, false, NOTICE_CORRECT);
	assert_deeds(ROLE_SUPERVISOR, "invoiced", false, false, 0);
	assert_deeds(ROLE_REP, "invoiced", false, true, 0);
	assert_deeds(ROLE_SUPERVISOR, "pending", false, false, 0);
}

static void assert_batch(struct batch *batch, enum batch_kind kind, const char *statement,
                         int parameter, const char *value)
{
	const char *given = batch_parameter(batch, 0, parameter);

	assert_int_equal(batch_kind(batch), kind);
	assert_string_equal(batch_statement(batch, 0)->name, statement);
	if (value != NULL)
		assert_string_equal(given, value);
	else
		assert_null(given);
	batch_free(&batch);
}

static void test_pages__one_statement_for_each_way(void **state)
{
	const struct notice_edge none = { NULL, NULL, NULL }, edge = { "2", "2026-11-23", "7" };
	const struct notice_list waiting = { NULL, "waiting", NULL, NULL };
	const struct notice_list late = { "du", "late", "5", "9" };
	const struct notice_list gone = { NULL, "void", "5", "9" };

	(void)state;
	assert_batch(notice_page_waiting(true, &none, "20", &waiting), BATCH_READ,
	             "notices_waiting_next", 4, "waiting");
	assert_batch(notice_page_waiting(false, &edge, "20", &late), BATCH_READ,
	             "notices_waiting_previous", 4, "late");
	assert_batch(notice_page_waiting(false, &edge, "20", &late), BATCH_READ,
	             "notices_waiting_previous", 6, "2");
	assert_batch(notice_page_waiting(false, &edge, "20", &late), BATCH_READ,
	             "notices_waiting_previous", 7, "5");
	assert_batch(notice_page_waiting(false, &edge, "20", &late), BATCH_READ,
	             "notices_waiting_previous", 8, "9");
	assert_batch(notice_page_all(true, NULL, "20", &gone), BATCH_READ, "notices_all_next", 3,
	             "void");
	assert_batch(notice_page_all(true, NULL, "20", &gone), BATCH_READ, "notices_all_next", 6,
	             "9");
	assert_batch(notice_page_own(false, &edge, "20", &waiting), BATCH_READ,
	             "notices_own_previous", 3, "waiting");
	assert_batch(notice_page_own(false, &edge, "20", &late), BATCH_READ, "notices_own_previous",
	             7, "9");
	assert_batch(request_page(true, NULL, NULL, "20", false, true), BATCH_READ,
	             "requests_mine_next", 2, "open");
	assert_batch(request_page(false, "1", "7", "20", true, false), BATCH_READ,
	             "requests_all_previous", 3, "1");
}

static void test_notice__is_one_batch(void **state)
{
	struct batch *batch = notice_read("7");

	(void)state;
	assert_int_equal(batch_count(batch), NOTICE_RESULTS);
	assert_string_equal(batch_statement(batch, NOTICE_VAT)->name, "notice_vat");
	assert_string_equal(batch_statement(batch, NOTICE_HISTORY)->name, "notice_history");
	batch_free(&batch);
}

static void test_writes__carry_their_request_id(void **state)
{
	const struct invoice_data invoice = { NULL, "12", "2026-11-23", "10.00", "2.10", "12.10" };

	(void)state;
	assert_batch(notice_take("r1", "7"), BATCH_WRITE, "take_notice", 0, "r1");
	assert_batch(notice_return("r2", "7", "3", "14", NULL), BATCH_WRITE, "return_notice", 4,
	             NULL);
	assert_batch(invoice_record("r3", "7", "3", &invoice), BATCH_WRITE, "record_invoice", 8,
	             "12.10");
	assert_batch(request_answer("r4", "9", "1", false, "no"), BATCH_WRITE, "answer_request", 3,
	             "f");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_deeds__follow_state_and_role),
		cmocka_unit_test(test_pages__one_statement_for_each_way),
		cmocka_unit_test(test_notice__is_one_batch),
		cmocka_unit_test(test_writes__carry_their_request_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
