/*
 * The agenda: next steps by day, done with one key that asks for the
 * communication and the next step.
 */
#include "fake.h"

#define AGENDA                                                                       \
	"key|number|due|client|title|next_step|next_step_on|phone|is_owner|part\n"   \
	"41|1042|2026-11-20|ACME|Training|Call Eva|2026-11-20|915550100|t|overdue\n" \
	"42|1043|2026-11-23|Beta|Fences|Visit|2026-11-23|\\N|t|today\n"              \
	"44|1045|2026-11-27|Delta|Ovens|Write|2026-11-27|\\N|t|week\n"               \
	"43|1044|9999-12-31|Gamma|Wine|Think|\\N|\\N|f|undated\n"

static void open_agenda(void)
{
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	fake_press("N");
	assert_ptr_equal(app_top(fake.app)->ops, &view_agenda);
	fake_answer("agenda_next", AGENDA);
}

static void test_agenda__what_is_overdue_is_marked(void **state)
{
	(void)state;
	open_agenda();
	assert_shows("! overdue");
	assert_shows("20/11/2026");
	assert_shows("today");
	assert_shows("  Friday      27/11/2026 Write");
	assert_shows("no day yet");
}

static void test_agenda__done_asks_for_the_communication_and_the_next_step(void **state)
{
	(void)state;
	open_agenda();
	fake_press("d");
	assert_ptr_equal(app_top(fake.app)->ops, &view_step_done);
	fake_answer("communication_begin",
	            "id|number|title|client_id|client|state|version|next_step|next_step_on|today|"
	            "clock|contact_id|contact\n41|1042|Training|3|ACME|open|7|Call Eva|2026-11-20|"
	            "2026-11-23|10:15|\\N|\\N\n");
	fake_press("Ctrl-s");
	fake_answer("log_communication", "id\n5\n");
	assert_string_equal(fake_parameter(2), "41");
	assert_string_equal(fake_parameter(8), "Call Eva");
	/* It is not to be done any more, unless something else is said. */
	assert_string_equal(fake_parameter(12), "t");
	assert_string_equal(fake_parameter(13), "7");
	assert_string_equal(fake_parameter(14), "");
	assert_ptr_equal(app_top(fake.app)->ops, &view_agenda);
}

static void test_agenda__other_roles_have_none(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("berta@trato.example", "backoffice");
	fake_press("N");
	assert_true(app_top(fake.app)->ops != &view_agenda);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_agenda__what_is_overdue_is_marked, fake_teardown),
		cmocka_unit_test_teardown(
		    test_agenda__done_asks_for_the_communication_and_the_next_step, fake_teardown),
		cmocka_unit_test_teardown(test_agenda__other_roles_have_none, fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
