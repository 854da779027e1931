/*
 * From the database's refusals to sentences at fields.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <model/refusal.h>

static struct err explain(const char *sqlstate, const char *constraint, const char *detail,
                          const char *column)
{
	const struct refusal refusal = { sqlstate, "a\033[2Jmessage", detail, "", constraint, "",
		                         column };
	struct err err = { 0 };

	refusal_explain(&refusal, &err);
	return err;
}

static void test_explain__parameters_of_the_detail(void **state)
{
	struct err err = explain("TR001", "hold_division_is_free",
	                         "division=Formación\nholder=Luis Pérez\nsince=2026-11-23\n"
	                         "action=1042\nblocked=2",
	                         "");

	(void)state;
	assert_string_equal(err.text,
	                    "Formación is held by Luis Pérez since 23/11/2026, action 1042.");
	assert_string_equal(err.field, "divisions");
	err = explain("TR001", "notice_invoiced_within_total", "left_cents=123456", "");
	assert_non_null(strstr(err.text, "1,234.56"));
}

static void test_explain__a_date_keeps_its_time(void **state)
{
	(void)state;
	assert_string_equal(explain("TR001", "notice_is_taken",
	                            "state=taken\nholder=Berta Gil\nsince=2026-11-23 09:12", "")
	                        .text,
	                    "Berta Gil has taken this notice (23/11/2026 09:12).");
	assert_string_equal(explain("TR001", "notice_is_taken", "holder=X\nsince=2026-11-2399", "").text,
	                    "X has taken this notice (2026-11-2399).");
}

static void test_explain__missing_or_hostile_parameters(void **state)
{
	struct err err = explain("23505", "hold_division_is_free", "holder=\033[31m\u202eevil", "");

	(void)state;
	assert_null(strstr(err.text, "\033"));
	assert_null(strstr(err.text, "\u202e"));
	assert_null(strstr(err.text, "{"));
}

static void test_explain__a_very_long_parameter_is_cut(void **state)
{
	char *detail = malloc(20000);
	struct err err;

	(void)state;
	memset(detail, 'x', 19999);
	memcpy(detail, "holder=", 7);
	detail[19999] = '\0';
	err = explain("TR001", "notice_is_taken", detail, "");
	assert_true(strlen(err.text) < sizeof(err.text));
	free(detail);
}

static void test_explain__field_from_the_name_of_the_constraint(void **state)
{
	(void)state;
	assert_string_equal(explain("23514", "client_legal_name_length", "", "").field,
	                    "legal_name");
	assert_string_equal(explain("23514", "offer_line_position_range", "", "").field,
	                    "position");
	assert_string_equal(explain("23514", "client_tax_id_valid", "", "").field, "tax_id");
	assert_string_equal(explain("23502", "", "", "title").field, "title");
	assert_string_equal(explain("23514", "something_else_entirely", "", "").field, "");
}

static void test_explain__kinds(void **state)
{
	(void)state;
	assert_int_equal(explain("42501", "permission", "", "").kind, ERR_DENIED);
	assert_int_equal(explain("TR002", "row_version", "version=4", "").kind, ERR_REFUSED);
	/* A rule that is known by name only wins over the general row of its SQLSTATE. */
	assert_non_null(strstr(explain("TR004", "action_unknown", "", "").text, "not yours"));
}

static void test_explain__unknown_ones_are_honest_and_clean(void **state)
{
	struct err err = explain("XX000", "", "", "");

	(void)state;
	assert_non_null(strstr(err.text, "message"));
	assert_non_null(strstr(err.text, "(XX000)"));
	assert_null(strstr(err.text, "\033"));
}

static void test_value__nth_line_of_a_key(void **state)
{
	const struct refusal refusal = { "TR001", "", "a=1\nab=2\na=3=4\nlast=", "", "", "", "" };
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(refusal_value(&refusal, arena, "a", 0), "1");
	assert_string_equal(refusal_value(&refusal, arena, "a", 1), "3=4");
	assert_string_equal(refusal_value(&refusal, arena, "a", 2), "");
	assert_string_equal(refusal_value(&refusal, arena, "b", 0), "");
	assert_string_equal(refusal_value(&refusal, arena, "last", 0), "");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_explain__parameters_of_the_detail),
		cmocka_unit_test(test_explain__a_date_keeps_its_time),
		cmocka_unit_test(test_explain__missing_or_hostile_parameters),
		cmocka_unit_test(test_explain__a_very_long_parameter_is_cut),
		cmocka_unit_test(test_explain__field_from_the_name_of_the_constraint),
		cmocka_unit_test(test_explain__kinds),
		cmocka_unit_test(test_explain__unknown_ones_are_honest_and_clean),
		cmocka_unit_test(test_value__nth_line_of_a_key),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
