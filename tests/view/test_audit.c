/*
 * The trail on the screen: of all, of one record, field by field; what managers
 * see of openings, and that opening a client leaves its trace.
 */
#include "fake.h"

#define HEAD "key|at|moment|person|operation|record|row_id|name|client|action_number|action_id|fields\n"
#define CHANGES                                                                               \
	HEAD "9|2026-11-26 10:00:01|2026-11-26 10:00|Ana Ruiz|update|client|3|ACME|ACME|\\N|\\N|city notes\n" \
	     "8|2026-11-25 09:00:01|2026-11-25 09:00|Luis|insert|offer|7|2026-00042|ACME|1042|4|\\N\n"
#define CHANGE_HEAD "id|at|moment|person|login|operation|record|row_id|name|client|action_number|field|old|new\n"
#define CHANGE(fields) "9|x|2026-11-26 10:00|Ana Ruiz|ana@x|update|offer|7|2026-00042|ACME|1042|" fields "\n"

static void open_audit(const char *role, int height, int width)
{
	fake_app();
	fake.height = height;
	fake.width = width;
	fake_log_in("marta@trato.example", role);
	fake_press("Z");
	fake_picture();
	fake_answer("audit_next", CHANGES);
}

static void test_audit__says_who_changed_what(void **state)
{
	(void)state;
	open_audit("rep", 24, 120);
	assert_null(fake.parameters[0]);
	assert_shows("26/11/2026 10:00 Ana Ruiz");
	assert_shows("change");
	assert_shows("client ACME");
	assert_shows("City, Notes");
	assert_shows("offer 2026-00042");
	assert_shows("1042 ACME");
	for (fake.width = 1; fake.width < 100; fake.width += 13)
		fake_picture();
}

static void test_audit__shows_a_change_field_by_field(void **state)
{
	(void)state;
	open_audit("rep", 24, 80);
	fake_press("Enter");
	fake_answer("audit_read", CHANGE_HEAD CHANGE("state|presented|approved")
	                              CHANGE("total_cents|\\N|121000")
	                              CHANGE("valid_until|\\N|2026-12-30") CHANGE("title|Bad \033[31m|\\N"));
	assert_string_equal(fake_parameter(1), "9");
	assert_shows("offer 2026-00042: changed\n ACME, action 1042\n 26/11/2026 10:00 · Ana Ruiz\n");
	assert_shows(" State             - presented\n                   + approved\n");
	assert_shows(" Total             + 1,210.00\n");
	assert_shows(" Valid until       + 30/12/2026\n");
	assert_hides("\033");
	fake_press("Esc");
	assert_shows("History");
}

static void test_audit__calls_a_setting_as_its_list_does(void **state)
{
	(void)state;
	open_audit("rep", 24, 80);
	fake_press("Enter");
	fake_answer("audit_read", CHANGE_HEAD "9|x|2026-11-26 10:00|Marta|marta@x|update|setting|7|quiet_days"
	                                      "|\\N|\\N|value|30|40\n");
	assert_shows("setting Days without contact until an action is quiet: changed");
	fake_press("Esc");
	fake_press("Enter");
	fake_answer("audit_read", CHANGE_HEAD "9|x|2026-11-26 10:00|Marta|marta@x|insert|setting|7|quiet_days"
	                                      "|\\N|\\N|meaning|\\N|days without contact\n");
	assert_shows("+ Days without contact until an action is quiet");
}

static void test_audit__is_narrowed(void **state)
{
	(void)state;
	open_audit("rep", 24, 80);
	assert_shows("F narrows to a record, a person, some days.");
	fake_press("F");
	assert_shows("^s apply"); /* nothing is saved */
	fake_press("Tab");
	fake_type("2026-00042");
	fake_press("Tab");
	fake_press("Tab");
	fake_type("01/11/2026");
	fake_press("Ctrl-s");
	fake_answer("audit_next", HEAD);
	assert_string_equal(fake_parameter(1), "2026-00042");
	assert_string_equal(fake_parameter(3), "2026-11-01");
	assert_shows("Only 2026-00042 · from 01/11/2026");
	assert_shows("Nothing of this is in the history");
}

static void test_audit__openings_are_for_managers(void **state)
{
	(void)state;
	open_audit("rep", 24, 80);
	fake_press("2");
	assert_int_equal(fake_waiting("openings_next"), 0);
	fake_teardown(NULL);
	open_audit("manager", 24, 80);
	fake_press("2");
	fake_answer("openings_next", HEAD "5|x|2026-11-26 10:00|Ana Ruiz|opened|preview|3|\\N|ACME|\\N|\\N|\\N\n");
	assert_shows("Ana Ruiz");
	assert_shows("opened");
	assert_shows("preview              ACME");
}

/* From where the record is; and to have opened that leaves a trace, once. */
static void test_audit__is_one_key_away(void **state)
{
	const int64_t id = 3;
	struct fake_request *request;
	struct batch *trace;

	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_client, &id);
	fake_picture();
	request = fake.db->requests;
	while (strcmp(batch_statement(request->batch, 0)->name, "client_show") != 0)
		request = request->next;
	trace = batch_take_before(request->batch);
	assert_string_equal(batch_statement(trace, 0)->name, "log_opening");
	assert_string_equal(batch_parameter(trace, 0, 0), "client");
	assert_string_equal(batch_parameter(trace, 0, 1), "3");
	batch_free(&trace);
	fake_answer("client_show", "id|version|name|archived\n3|1|ACME|f\n", "key\n", "key\n", "key\n");
	fake_press("Ctrl-r");
	request = fake.db->requests;
	while (strcmp(batch_statement(request->batch, 0)->name, "client_show") != 0)
		request = request->next;
	assert_null(batch_take_before(request->batch));
	fake_press("L");
	fake_answer("audit_next", CHANGES);
	assert_string_equal(fake_parameter(1), "client/3");
	assert_shows("Only client ACME");
}

#define TEST(name) cmocka_unit_test_teardown(name, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_audit__says_who_changed_what),
		TEST(test_audit__shows_a_change_field_by_field),
		TEST(test_audit__calls_a_setting_as_its_list_does),
		TEST(test_audit__is_narrowed),
		TEST(test_audit__openings_are_for_managers),
		TEST(test_audit__is_one_key_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
