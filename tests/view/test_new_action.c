/*
 * A new action: the client is found or made on the spot, its divisions come
 * with who holds them, and the conflict box stands between a rep and what is
 * held, also when it was taken between the list and the save.
 */
#include "fake.h"

#include <view/list_view.h>

#define STATUS "id|label|area|status|holder|action_number|held_on|quiet_days|blocked|mine\n"
#define FREE(id, name) id "|" name "|\\N|free|\\N|\\N|\\N|\\N|f|\\N\n"
#define HELD(id, name, holder, mine) \
	id "|" name "|\\N|held|" holder "|1042|2026-11-12|3|t|" mine "\n"

static const char divisions[] = STATUS FREE("1", "Formación") FREE("2", "Planta Norte")
    HELD("3", "Vigilancia", "Luis Pérez", "f");

static void open_form(const char *roles, int height, int width)
{
	fake_app();
	fake.height = height;
	fake.width = width;
	fake_log_in("ana@trato.example", roles);
	view_push(fake.app, &view_new_action, NULL);
	fake_picture();
}

/* Up to the check list, with the cursor on its first division. */
static void choose_client(void)
{
	fake_type("ac");
	fake_answer("client_candidates", "id|label|note\n7|ACME Industrial|Madrid\n");
	if (fake_waiting("client_candidates") > 0)
		fake_answer("client_candidates", "id|label|note\n7|ACME Industrial|Madrid\n");
	fake_press("Enter");
	fake_answer("division_status", divisions);
	assert_string_equal(fake_parameter(1), "7");
	fake_type("Training");
	fake_press("Enter");
}

static void test_new_action__at_80(void **state)
{
	(void)state;
	open_form("rep", 24, 80);
	assert_shows("Choose the client first.");
	assert_hides("For the sales rep");
	choose_client();
	assert_shows(" ACME Industrial");
	assert_shows("▸ [ ] Formación     free");
	assert_shows("  [ ] Planta Norte  free");
	assert_shows("  [-] Vigilancia    held by Luis Pérez since 12/11/2026, action 1042");
	assert_shows("F4 new division  ^s save");
}

static void test_new_action__at_200(void **state)
{
	(void)state;
	open_form("rep", 60, 200);
	choose_client();
	assert_shows("  [-] Vigilancia    held by Luis Pérez since 12/11/2026, action 1042");
}

static void test_new_action__claims_what_is_ticked(void **state)
{
	(void)state;
	open_form("rep", 24, 80);
	choose_client();
	fake_press("Space");
	fake_press("Down");
	fake_press("Space");
	fake_press("Ctrl-s");
	fake_answer("open_action", "id|number|version\n5|1063|1\n");
	assert_string_equal(fake_parameter(2), "7");
	assert_string_equal(fake_parameter(3), "Training");
	assert_string_equal(fake_parameter(4), "{1,2}");
	assert_string_equal(fake_parameter(7), "");
	assert_ptr_equal(app_top(fake.app)->ops, &view_action);
	assert_shows("Action 1063 is open; its divisions are yours.");
}

/* Back in the list the cursor is on it: what is pressed there, even before the list has been read
 * again, is not meant for the action where the cursor was before. */
static void test_new_action__is_under_the_cursor_of_the_list(void **state)
{
	static const char before[] =
	    "key|number|client|state\n2|1042|Bodegas|open\n3|1043|Levante|open\n";
	static const char after[] =
	    "key|number|client|state\n2|1042|Bodegas|open\n3|1043|Levante|open\n"
	    "5|1063|ACME Industrial|open\n";
	struct view *list;

	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	list = view_push(fake.app, &view_actions, NULL);
	fake_picture();
	fake_answer("actions_mine_next", before);
	fake_press("n");
	choose_client();
	fake_press("Space");
	fake_press("Ctrl-s");
	fake_answer("open_action", "id|number|version\n5|1063|1\n");
	fake_press("Esc");
	fake_press("c");
	assert_ptr_equal(app_top(fake.app), list);
	fake_answer("actions_mine_next", after);
	assert_int_equal(list_key(list), 5);
	assert_ptr_equal(app_top(fake.app)->ops, &view_communication);
}

static void test_new_action__nothing_ticked_stands_at_the_list(void **state)
{
	(void)state;
	open_form("rep", 24, 80);
	choose_client();
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("open_action"), 0);
	assert_shows("! ");
}

static void test_new_action__a_held_division_opens_the_conflict_box(void **state)
{
	(void)state;
	open_form("rep", 24, 80);
	choose_client();
	fake_press("Space");
	fake_press("Down");
	fake_press("Down");
	fake_press("Space");
	assert_shows("Somebody holds this division");
	assert_shows("Vigilancia is held by Luis Pérez since 12/11/2026, in action");
	assert_shows("no contact with the client about it for 3");
	fake_press("w");
	assert_hides("Somebody holds this division");
	assert_int_equal(fake_waiting("open_action"), 0);
	assert_shows("[x] Formación");
	fake_press("Space");
	fake_press("a");
	fake_type("Together?");
	fake_press("Ctrl-s");
	fake_answer("request_collaboration", "id\n9\n");
	assert_string_equal(fake_parameter(2), "3");
	assert_string_equal(fake_parameter(3), "Together?");
	assert_shows("Asked.");
	assert_shows("[x] Formación");
}

static void test_new_action__own_division_cannot_be_asked_for(void **state)
{
	(void)state;
	open_form("rep", 24, 80);
	fake_type("a");
	fake_answer("client_candidates", "id|label|note\n7|ACME Industrial|Madrid\n");
	fake_press("Enter");
	fake_answer("division_status", STATUS HELD("3", "Vigilancia", "Ana Ruiz", "t"));
	fake_type("T");
	fake_press("Enter");
	assert_shows("held by yourself, action 1042");
	fake_press("Space");
	assert_shows("You hold this division already");
	assert_hides("Ask to collaborate");
}

static void test_new_action__taken_between_list_and_save(void **state)
{
	(void)state;
	open_form("rep", 24, 80);
	choose_client();
	fake_press("Space");
	fake_press("Down");
	fake_press("Space");
	fake_press("Ctrl-s");
	fake_refuse("open_action", "TR001", "hold_division_is_free", "division_id=2\n");
	fake_answer("division_status",
	            STATUS FREE("1", "Formación") HELD("2", "Planta Norte", "Luis Pérez", "f"));
	assert_shows("Somebody holds this division");
	assert_shows("Planta Norte is held by Luis Pérez");
	assert_shows("Training");
	fake_press("w");
	fake_answer("open_action", "id|number|version\n5|1063|1\n");
	assert_string_equal(fake_parameter(4), "{1}");
}

static void test_new_action__the_only_one_was_taken(void **state)
{
	(void)state;
	open_form("rep", 24, 80);
	choose_client();
	fake_press("Space");
	fake_press("Ctrl-s");
	fake_refuse("open_action", "TR001", "hold_division_is_free", "division_id=1\n");
	fake_answer("division_status",
	            STATUS HELD("1", "Formación", "Luis Pérez", "f") FREE("2", "Planta Norte"));
	fake_press("w");
	assert_int_equal(fake_waiting("open_action"), 0);
	assert_shows("Choose another division");
}

static void test_new_action__client_made_on_the_spot(void **state)
{
	(void)state;
	open_form("rep", 24, 80);
	fake_type("N");
	fake_answer("client_candidates", "id|label|note\n");
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client_form);
	fake_type("ueva SL");
	fake_press("Ctrl-s");
	fake_answer("save_client", "id|name|version\n17|Nueva SL|1\n");
	assert_string_equal(fake_parameter(4), "Nueva SL");
	assert_ptr_equal(app_top(fake.app)->ops, &view_new_action);
	fake_answer("client_read", "id|name\n17|Nueva SL\n");
	fake_answer("division_status", STATUS);
	assert_shows(" Nueva SL");
	assert_string_equal(fake_parameter(1), "17");
	assert_shows("This client has no division yet.");
	fake_press("F4");
	fake_answer("division_read", "id\n", "id|label\n|\n");
	fake_type("Sede");
	fake_press("Ctrl-s");
	fake_answer("save_division", "id|name|version\n4|Sede|1\n");
	assert_string_equal(fake_parameter(4), "17");
	fake_answer("division_status", STATUS FREE("4", "Sede"));
	assert_shows("[x] Sede");
}

static void test_new_action__from_a_client(void **state)
{
	int64_t client = 7;

	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_new_action, &client);
	fake_answer("division_status", divisions);
	fake_answer("client_read", "id|name\n7|ACME Industrial\n");
	assert_shows(" ACME Industrial");
	fake_type("Training");
	assert_shows(" Training");
	fake_press("Esc");
	assert_shows("What was typed is not saved.");
}

static void test_new_action__a_manager_names_the_rep(void **state)
{
	(void)state;
	open_form("manager", 24, 80);
	assert_shows("For the sales rep");
	fake_type("a");
	fake_answer("client_candidates", "id|label|note\n7|ACME Industrial|Madrid\n");
	fake_press("Enter");
	fake_answer("division_status", divisions);
	fake_type("T");
	fake_press("Enter");
	fake_press("Space");
	for (int i = 0; i < 3; i++)
		fake_press("Tab");
	fake_type("l");
	fake_answer("rep_candidates", "id|label|note\n12|Luis Pérez|luis@trato.example\n");
	fake_press("Enter");
	fake_press("Ctrl-s");
	fake_answer("open_action", "id|number|version\n5|1063|1\n");
	assert_string_equal(fake_parameter(7), "12");
}

#define TEST(function) cmocka_unit_test_teardown(function, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_new_action__at_80),
		TEST(test_new_action__at_200),
		TEST(test_new_action__claims_what_is_ticked),
		TEST(test_new_action__is_under_the_cursor_of_the_list),
		TEST(test_new_action__nothing_ticked_stands_at_the_list),
		TEST(test_new_action__a_held_division_opens_the_conflict_box),
		TEST(test_new_action__own_division_cannot_be_asked_for),
		TEST(test_new_action__taken_between_list_and_save),
		TEST(test_new_action__the_only_one_was_taken),
		TEST(test_new_action__client_made_on_the_spot),
		TEST(test_new_action__from_a_client),
		TEST(test_new_action__a_manager_names_the_rep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
