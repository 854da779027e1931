/*
 * What the requests about offers, communications and reasons are made of; that
 * they fit the schema, tests/model/test_queries.c shows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <model/communication.h>
#include <model/offer.h>
#include <model/reason.h>

static void assert_is(const struct batch *batch, int index, const char *statement)
{
	assert_string_equal(batch_statement(batch, index)->name, statement);
}

static void test_offer_read__is_one_round_trip_in_the_language(void **state)
{
	struct batch *batch;

	(void)state;
	i18n_init("es");
	batch = offer_read("5");
	assert_int_equal(batch_kind(batch), BATCH_READ);
	assert_int_equal(batch_count(batch), OFFER_RESULTS);
	assert_is(batch, OFFER_HEAD, "offer_read");
	assert_is(batch, OFFER_LINES, "offer_lines");
	assert_is(batch, OFFER_DIVISIONS, "offer_divisions");
	assert_is(batch, OFFER_HISTORY, "offer_history");
	assert_is(batch, OFFER_INVOICES, "offer_invoices");
	assert_is(batch, OFFER_REVISIONS, "offer_revisions");
	assert_string_equal(batch_parameter(batch, OFFER_HEAD, 0), "5");
	assert_string_equal(batch_parameter(batch, OFFER_HEAD, 1), "es");
	batch_free(&batch);
	i18n_init("en");
}

static void test_offer_save__new_one_has_no_version(void **state)
{
	const struct offer_data data = { .title = "Plan", .divisions = "{}" };
	struct batch *batch = offer_save("r", NULL, "7", "3", &data);

	(void)state;
	assert_int_equal(batch_kind(batch), BATCH_WRITE);
	assert_null(batch_parameter(batch, 0, 1));
	assert_null(batch_parameter(batch, 0, 2));
	assert_string_equal(batch_parameter(batch, 0, 3), "3");
	batch_free(&batch);
	batch = offer_save("r", "5", "7", NULL, &data);
	assert_string_equal(batch_parameter(batch, 0, 1), "5");
	assert_string_equal(batch_parameter(batch, 0, 2), "7");
	batch_free(&batch);
}

static void test_communication_log__without_a_step_touches_none(void **state)
{
	const struct communication_data data = { .channel = "phone", .subject = "Prices" };
	const struct communication_step step = { "8", NULL, NULL };
	struct batch *batch = communication_log("r", "3", &data, NULL);

	(void)state;
	assert_int_equal(batch_kind(batch), BATCH_WRITE);
	assert_string_equal(batch_parameter(batch, 0, 11), "f");
	assert_null(batch_parameter(batch, 0, 12));
	batch_free(&batch);
	/* An emptied next step is one too. */
	batch = communication_log("r", "3", &data, &step);
	assert_string_equal(batch_parameter(batch, 0, 11), "t");
	assert_string_equal(batch_parameter(batch, 0, 12), "8");
	assert_null(batch_parameter(batch, 0, 13));
	batch_free(&batch);
}

static void test_reason_choices__in_the_language_of_the_screens(void **state)
{
	struct batch *batch;

	(void)state;
	i18n_init("es");
	batch = reason_choices("offer_rejected");
	assert_is(batch, 0, "reason_choices");
	assert_string_equal(batch_parameter(batch, 0, 0), "offer_rejected");
	assert_string_equal(batch_parameter(batch, 0, 1), "es");
	batch_free(&batch);
	i18n_init("en");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_offer_read__is_one_round_trip_in_the_language),
		cmocka_unit_test(test_offer_save__new_one_has_no_version),
		cmocka_unit_test(test_communication_log__without_a_step_touches_none),
		cmocka_unit_test(test_reason_choices__in_the_language_of_the_screens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
