/*
 * A client's screen: its data, and panes for actions, divisions and contacts,
 * with the forms that they lead to.
 */
#include "fake.h"

#define CLIENT                                                                                      \
	"id|version|name|legal_name|tax_id|address|city|postcode|province|country|phone|website|"   \
	"notes|archived|successor\n"                                                                          \
	"3|2|ACME Industrial|ACME Industrial, S.A.|A58818501|Calle Mayor 3|Madrid|28001|Madrid|ES|" \
	"+34 915 550 100|https://acme.example|Prefers e-mail|f|\\N\n"
#define CONTACTS                                                       \
	"key|name|job_title|email|phone|notes|active\n"                \
	"21|Eva Sanz|Compras|eva@acme.example|+34 600 100 100|\\N|t\n" \
	"22|Old Hand|\\N|\\N|\\N|\\N|f\n"
#define DIVISIONS                                                               \
	"key|name|area|active|status|holder|action_number|held_on|quiet_days\n" \
	"31|Formación|Formación|t|held|Ana Ruiz|1042|2026-11-12|3\n"          \
	"32|Planta Norte|\\N|t|free|\\N|\\N|\\N|\\N\n"
#define ACTIONS                                                                                     \
	"key|number|title|state|owner|divisions|drafts|presented|approved|live_cents|"              \
	"approved_cents|next_step|next_step_on|overdue|opened_on|contact_age\n"                     \
	"41|1042|Formación PRL|open|Ana Ruiz|Formación|1|2|0|100|0|Call|2026-11-22|t|2026-11-12|" \
	"259200\n"

static void open_client(const char *roles, int height, int width)
{
	const int64_t id = 3;

	fake_app();
	fake.height = height;
	fake.width = width;
	fake_log_in("ana@trato.example", roles);
	view_push(fake.app, &view_client, &id);
	fake_picture();
	fake_answer("client_show", CLIENT, CONTACTS, DIVISIONS, ACTIONS);
	assert_string_equal(fake_parameter(1), "3");
}

/* What has no room beside the telephone number stands below it, and nothing is left hanging there. */
static void test_client__a_long_address_begins_a_line(void **state)
{
	static const char client[] =
	    "id|version|name|phone|website\n"
	    "3|2|ACME|+34 915 550 100|https://www.hospital-universitario-puerta-del-sol.example/contact\n";
	const int64_t id = 3;

	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_client, &id);
	fake_picture();
	fake_answer("client_show", client, CONTACTS, DIVISIONS, ACTIONS);
	assert_shows(" +34 915 550 100\n"
	             " https://www.hospital-universitario-puerta-del-sol.example/contact\n");
}

static void test_client__at_80_shows_a_pane_at_a_time(void **state)
{
	(void)state;
	open_client("rep", 24, 80);
	assert_shows(" ACME Industrial\n ACME Industrial, S.A. · A58818501\n"
	             " Calle Mayor 3, 28001 Madrid, ES\n"
	             " +34 915 550 100 · https://acme.example\n"
	             " Notes: Prefers e-mail\n");
	assert_shows("  Actions (1)   Divisions (2)   Contacts (2)\n");
	assert_shows("▸   1042 Formación PRL");
	assert_shows("2 pres., 1 draft");
	assert_shows("!22/11 Call");
	assert_hides("Planta Norte");
	fake_press("Tab");
	assert_shows("▸ Formación");
	assert_shows("Ana Ruiz");
	assert_shows("12/11/2026");
	assert_shows("  Planta Norte");
	assert_shows("free");
	fake_press("Tab");
	assert_shows("▸ Eva Sanz");
	assert_shows("Old Hand (inactive)");
	fake_press("Tab");
	assert_shows("Formación PRL");
}

static void test_client__at_200_shows_all(void **state)
{
	(void)state;
	open_client("rep", 60, 200);
	assert_shows("Formación PRL");
	assert_shows("Planta Norte");
	assert_shows("Eva Sanz");
	assert_shows("Notes   Prefers e-mail");
}

static void test_client__enter_opens_what_the_pane_shows(void **state)
{
	(void)state;
	open_client("rep", 24, 80);
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_action);
	fake_press("Esc");
	fake_press("Tab");
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_division_form);
	fake_answer("division_read",
	            "id|client_id|name|area|notes|active|version\n"
	            "31|3|Formación|1|\\N|t|4\n",
	            "id|label\n|\n1|Formación\n");
	assert_string_equal(fake_parameter(1), "31");
	assert_hides("New division");
	fake_press("Esc");
	fake_press("Tab");
	fake_press("Enter");
	fake_answer("contact_read", "id|client_id|name|job_title|email|phone|mobile|notes|active|"
	                            "version\n21|3|Eva Sanz|\\N|\\N|\\N|\\N|\\N|t|5\n");
	fake_press("Ctrl-s");
	fake_answer("save_contact", "id|name|version\n21|Eva Sanz|6\n");
	assert_string_equal(fake_parameter(2), "21");
	assert_string_equal(fake_parameter(3), "5");
	assert_string_equal(fake_parameter(4), "3");
	assert_string_equal(fake_parameter(11), "t");
	assert_int_equal(fake_waiting("client_show"), 1);
}

static void test_client__new_ones_belong_to_it(void **state)
{
	(void)state;
	open_client("backoffice", 24, 80);
	assert_hides("n new action");
	fake_press("p");
	fake_type("Nuria");
	fake_press("Ctrl-s");
	fake_answer("save_contact", "id|name|version\n23|Nuria|1\n");
	assert_string_equal(fake_parameter(2), "");
	assert_string_equal(fake_parameter(4), "3");
	assert_string_equal(fake_parameter(5), "Nuria");
	assert_shows("The contact is saved.");
	fake_answer("client_show", CLIENT, CONTACTS, DIVISIONS, ACTIONS);
	fake_press("e");
	fake_answer("client_read", "id|version|name\n3|2|ACME Industrial\n");
	assert_string_equal(fake_parameter(1), "3");
}

static void test_client__that_is_gone_says_so(void **state)
{
	const int64_t id = 3;

	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_client, &id);
	fake_answer("client_show", "id\n", "key\n", "key\n", "key\n");
	assert_shows("does not exist any more");
	assert_ptr_equal(app_top(fake.app)->ops, &view_clients);
}

static void test_client__a_manager_archives_and_brings_back(void **state)
{
	(void)state;
	open_client("rep", 24, 80);
	assert_hides("x archive");
	fake_teardown(NULL);
	open_client("manager", 24, 80);
	fake_press("x");
	assert_shows("Archive this client?");
	fake_press("Esc");
	assert_int_equal(fake_waiting("archive_client"), 0);
	fake_press("x");
	fake_press("Enter");
	fake_answer("archive_client", "id|version\n3|3\n");
	assert_string_equal(fake_parameter(2), "3");
	assert_string_equal(fake_parameter(3), "2");
	assert_string_equal(fake_parameter(4), "t");
	assert_shows("The client is archived.");
}

#define MERGE_PREVIEW                                                     \
	"name|version|tax_id|contacts|divisions|actions|same_names\n"     \
	"Acme Duplicate|5|\\N|2|3|4|1\n"

static void test_client__a_manager_merges_after_a_look(void **state)
{
	(void)state;
	open_client("manager", 24, 100);
	fake_press("m");
	assert_ptr_equal(app_top(fake.app)->ops, &view_merge_client);
	assert_shows("This cannot be");
	fake_type("acm");
	for (int i = 0; i < 3 && fake_waiting("client_candidates") > 0; i++)
		fake_answer("client_candidates", "id|label|note\n9|Acme Duplicate|Madrid\n");
	fake_press("Enter");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("merge_clients"), 0);
	while (fake_waiting("merge_preview") > 0)
		fake_answer("merge_preview", MERGE_PREVIEW, "id|version|name\n3|2|ACME Industrial\n");
	assert_shows("Contacts: 2, divisions:");
	fake_press("Ctrl-s");
	fake_answer("merge_clients", "id|contacts|divisions|actions\n3|2|3|4\n");
	assert_string_equal(fake_parameter(2), "3");
	assert_string_equal(fake_parameter(3), "2");
	assert_string_equal(fake_parameter(4), "9");
	assert_string_equal(fake_parameter(5), "5");
	assert_shows("The two clients are one now.");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client);
}

#define SIMILAR                                               \
	"id|name|city|archived|why\n"                         \
	"7|Bodegas del Duero, S.L.|Peñafiel|f|domain\n"      \
	"8|Bodegas Duero e Hijos|\\N|f|name\n"

static void open_new_client(void)
{
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_client_form, NULL);
}

static void test_client_form__shows_who_may_be_the_same(void **state)
{
	(void)state;
	open_new_client();
	fake_type("B");
	fake_answer("similar_clients", "id|name|city|archived|why\n");
	assert_hides("It may be here already");
	fake_type("odegas");
	assert_int_equal(fake_waiting("similar_clients"), 1);
	fake_answer("similar_clients", "id|name|city|archived|why\n");
	assert_string_equal(fake_parameter(4), "Bo");
	/* What was typed meanwhile is looked for next. */
	fake_answer("similar_clients", SIMILAR);
	assert_string_equal(fake_parameter(2), "ES");
	assert_string_equal(fake_parameter(4), "Bodegas");
	assert_shows("! It may be here already. F4 shows it:");
	assert_shows("Bodegas del Duero, S.L., Peñafiel — the same web domain");
	assert_shows("Bodegas Duero e Hijos — a similar name");
	assert_int_equal(fake_waiting("similar_clients"), 0);
}

static void test_client_form__opens_it_and_keeps_what_was_typed(void **state)
{
	(void)state;
	open_new_client();
	fake_press("F4");
	assert_shows("No client like this one is known.");
	fake_type("B");
	fake_answer("similar_clients", SIMILAR);
	fake_press("F4");
	assert_shows("Which one?");
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client);
	fake_answer("client_show", CLIENT, CONTACTS, DIVISIONS, ACTIONS);
	assert_string_equal(fake_parameter(1), "7");
	fake_press("Esc");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client_form);
	fake_press("Ctrl-s");
	fake_answer("save_client", "id|name|version\n9|B|1\n");
	assert_string_equal(fake_parameter(4), "B");
}

static void test_client_form__fields_that_tell_nothing_ask_nothing(void **state)
{
	(void)state;
	open_new_client();
	fake_press("Tab");
	fake_type("Legal");
	assert_int_equal(fake_waiting("similar_clients"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_client__a_long_address_begins_a_line, fake_teardown),
		cmocka_unit_test_teardown(test_client__at_80_shows_a_pane_at_a_time, fake_teardown),
		cmocka_unit_test_teardown(test_client__at_200_shows_all, fake_teardown),
		cmocka_unit_test_teardown(test_client__enter_opens_what_the_pane_shows,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_client__new_ones_belong_to_it, fake_teardown),
		cmocka_unit_test_teardown(test_client__that_is_gone_says_so, fake_teardown),
		cmocka_unit_test_teardown(test_client__a_manager_archives_and_brings_back,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_client__a_manager_merges_after_a_look,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_client_form__shows_who_may_be_the_same,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_client_form__opens_it_and_keeps_what_was_typed,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_client_form__fields_that_tell_nothing_ask_nothing,
		                          fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
