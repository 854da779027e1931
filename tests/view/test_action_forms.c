/*
 * The boxes over an action's screen: what each of them loads, says and sends,
 * and what becomes of a refusal.
 */
#include "fake.h"

#define HEAD                                                                             \
	"id|number|client_id|next_step|next_step_on|title|expected_close|notes|version|" \
	"divisions|owner|live|approved\n"
#define READ(live, approved)                                                                       \
	HEAD                                                                                       \
	    "5|1042|7|Call Eva|2030-01-15|Training|2030-02-01|By phone|3|Formación|Ana Ruiz|" live \
	    "|" approved "\n"
#define REASONS "id|label|needs_note|code\n1|Price|f|\\N\n5|Other|t|other\n"
#define SAVED "id|version\n5|4\n"
#define STATUS "id|label|area|status|holder|action_number|held_on|quiet_days|blocked|mine\n"

static const int64_t action = 5;

static void open_box(const struct view_ops *ops, int height, int width)
{
	fake_app();
	fake.height = height;
	fake.width = width;
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, ops, &action);
	fake_picture();
}

/* ---- next step ---- */

static void test_next_step__shown_changed_and_saved(void **state)
{
	(void)state;
	open_box(&view_next_step, 24, 80);
	fake_answer("action_read", READ("0", "0"));
	assert_shows("Call Eva");
	assert_shows("15/01/2030");
	fake_type(" again");
	fake_press("Enter");
	fake_press("Enter");
	fake_answer("set_next_step", SAVED);
	assert_string_equal(fake_parameter(2), "5");
	assert_string_equal(fake_parameter(3), "3");
	assert_string_equal(fake_parameter(4), "Call Eva again");
	assert_string_equal(fake_parameter(5), "2030-01-15");
	assert_shows("✓ The next step is saved.\n");
}

/* A slip of the finger, mostly: it would be overdue at once. */
static void test_next_step__a_day_that_is_past_is_told(void **state)
{
	(void)state;
	open_box(&view_next_step, 24, 80);
	fake_answer("action_read", READ("0", "0"));
	fake_press("Tab");
	fake_type("yesterday");
	fake_press("Ctrl-s");
	fake_answer("set_next_step", SAVED);
	assert_shows("! The next step is saved. The day of the next step is past.");
}

static void test_next_step__a_day_without_a_step_stands_at_its_field(void **state)
{
	(void)state;
	open_box(&view_next_step, 60, 200);
	fake_answer("action_read", HEAD "5|1042|7|\\N|\\N|T|\\N|\\N|3|F|Ana Ruiz|0|0\n");
	fake_press("Tab");
	fake_type("1/2/2030");
	fake_press("Ctrl-s");
	fake_refuse("set_next_step", "23514", "action_next_step_on_step", "");
	assert_shows("Say what is to be done on that day.");
	fake_type("Visit");
	fake_press("Ctrl-s");
	fake_answer("set_next_step", SAVED);
	assert_string_equal(fake_parameter(4), "Visit");
}

static void test_next_step__what_was_typed_before_it_came_stays(void **state)
{
	(void)state;
	open_box(&view_next_step, 24, 80);
	fake_type("Visit");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("set_next_step"), 0);
	fake_answer("action_read", READ("0", "0"));
	assert_shows("Visit");
	fake_press("Ctrl-s");
	fake_answer("set_next_step", SAVED);
	assert_string_equal(fake_parameter(4), "Visit");
}

static void test_next_step__somebody_was_quicker(void **state)
{
	(void)state;
	open_box(&view_next_step, 24, 80);
	fake_answer("action_read", READ("0", "0"));
	fake_type("!");
	fake_press("Ctrl-s");
	fake_refuse("set_next_step", "TR002", "", "");
	assert_shows("Somebody has changed this in the meantime.");
	assert_shows("Call Eva!");
}

static void test_next_step__no_such_action(void **state)
{
	(void)state;
	open_box(&view_next_step, 24, 80);
	fake_answer("action_read", HEAD);
	assert_shows("This action does not exist, or is not yours.");
	assert_ptr_not_equal(app_top(fake.app)->ops, &view_next_step);
}

/* ---- its data ---- */

static void test_action_form__saves_what_it_shows(void **state)
{
	(void)state;
	open_box(&view_action_form, 24, 80);
	fake_answer("action_read", READ("0", "0"));
	assert_shows("Training");
	assert_shows("01/02/2030");
	assert_shows("By phone");
	fake_type(" 2");
	fake_press("Ctrl-s");
	fake_answer("save_action", SAVED);
	assert_string_equal(fake_parameter(4), "Training 2");
	assert_string_equal(fake_parameter(5), "2030-02-01");
	assert_string_equal(fake_parameter(6), "By phone");
}

/* ---- the end ---- */

static void test_close__says_what_will_happen(void **state)
{
	(void)state;
	open_box(&view_close_action, 24, 80);
	fake_answer("action_read", READ("2", "0"), REASONS);
	assert_shows("Its divisions become free for everybody: Formación.");
	assert_shows("2 offers that are still open are withdrawn.");
	assert_shows("Lost: the client does not buy");
	fake_press("Ctrl-s");
	fake_refuse("close_action", "23514", "action_reason_required", "");
	assert_shows("Please choose a reason.");
	fake_press("Right");
	fake_press("Ctrl-s");
	fake_answer("close_action", "id|state\n5|lost\n");
	assert_string_equal(fake_parameter(3), "3");
	assert_string_equal(fake_parameter(4), "lost");
	assert_string_equal(fake_parameter(5), "1");
	assert_shows("The action is closed and its divisions are free.");
}

static void test_close__won_where_it_is(void **state)
{
	(void)state;
	open_box(&view_close_action, 60, 200);
	fake_answer("action_read", READ("0", "1"), REASONS);
	assert_shows("Won: an offer is approved");
	fake_press("Ctrl-s");
	fake_answer("close_action", "id|state\n5|won\n");
	assert_string_equal(fake_parameter(4), "won");
	assert_string_equal(fake_parameter(5), "");
}

static void test_close__only_a_loss_has_a_reason(void **state)
{
	(void)state;
	open_box(&view_close_action, 24, 80);
	fake_answer("action_read", READ("0", "0"), REASONS);
	fake_press("Tab");
	fake_press("Right");
	assert_shows("Price");
	fake_press("Up");
	fake_press("Right");
	assert_shows("Cancelled: it was opened by mistake");
	assert_hides("Price");
	fake_press("Ctrl-s");
	fake_refuse("close_action", "42501", "", "");
	assert_string_equal(fake_parameter(5), "");
	fake_press("Left");
	assert_shows("Price");
	fake_press("Ctrl-s");
	fake_answer("close_action", "id|state\n5|lost\n");
	assert_string_equal(fake_parameter(5), "1");
}

static void test_close__who_may_not_cancel_is_told_beforehand(void **state)
{
	static const char read[] = "id|version|divisions|owner|live|approved|presented\n"
				   "5|3|Formación|Ana Ruiz|0|0|1\n";

	(void)state;
	open_box(&view_close_action, 24, 80);
	fake_answer("action_read", read, REASONS);
	assert_shows("Its divisions become free");
	fake_press("Right");
	assert_shows("Only a manager may cancel this action");
	assert_shows("You can close it as lost.");
	fake_teardown(NULL);
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	view_push(fake.app, &view_close_action, &action);
	fake_answer("action_read", read, REASONS);
	fake_press("Right");
	assert_shows("Its divisions become free");
}

static void test_close__won_with_open_offers_says_what_is_missing(void **state)
{
	(void)state;
	open_box(&view_close_action, 24, 80);
	fake_answer("action_read", READ("1", "1"), REASONS);
	fake_press("Left");
	assert_shows("Before it can be won");
	fake_press("Ctrl-s");
	fake_refuse("close_action", "TR001", "action_has_live_offers", "");
	assert_shows("Some offers are still drafts or presented.");
}

static void test_close__denied_says_who_may(void **state)
{
	(void)state;
	open_box(&view_close_action, 24, 80);
	fake_answer("action_read", READ("0", "0"), REASONS);
	fake_press("Right");
	fake_press("Ctrl-s");
	fake_refuse("close_action", "42501", "", "");
	assert_shows("Only a manager may cancel");
	fake_press("Left");
	fake_press("Ctrl-s");
	fake_refuse("close_action", "42501", "", "");
	assert_shows("Only Ana Ruiz, who owns the action, or a manager may do this.");
}

#define REOPEN_STATUS(status, blocked)                                                        \
	"id|label|area|status|holder|action_number|held_on|quiet_days|blocked|mine\n"          \
	"7|Formación|\\N|" status "|" blocked "|f\n"

/* Who has it, since when, and for how long nothing was heard; asking goes from here. */
static void test_reopen__a_division_that_is_held_by_now(void **state)
{
	(void)state;
	open_box(&view_reopen, 24, 80);
	fake_answer("action_divisions", REOPEN_STATUS("free", "\\N|\\N|\\N|\\N|f"), READ("0", "0"));
	assert_shows("all of them must be free");
	fake_type("By mistake");
	fake_press("Ctrl-s");
	fake_refuse("reopen_action", "TR001", "hold_division_is_free",
	            "division=Formación\ndivision_id=7\nholder=Luis Pérez\nsince=2026-11-12\naction=1050\n");
	fake_answer("action_divisions",
	            REOPEN_STATUS("held", "Luis Pérez|1050|2026-11-12|9|t"), READ("0", "0"));
	assert_shows("Formación is held by Luis Pérez since 12/11/2026, in action");
	assert_shows("no contact with the client about it for 9");
	assert_hides("Go on without it");
	fake_press("a");
	fake_type("Shall we?");
	fake_press("Ctrl-s");
	fake_answer("request_collaboration", "id\n3\n");
	assert_string_equal(fake_parameter(2), "7");
	assert_shows("By mistake");
	fake_press("Ctrl-s");
	fake_answer("reopen_action", SAVED);
	assert_string_equal(fake_parameter(4), "By mistake");
	assert_shows("The action is open again");
}

/* Only sales reps ask; a manager reads who it is. */
static void test_reopen__a_manager_is_told_the_same(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	view_push(fake.app, &view_reopen, &action);
	fake_answer("action_divisions", REOPEN_STATUS("free", "\\N|\\N|\\N|\\N|f"), READ("0", "0"));
	fake_press("Ctrl-s");
	fake_refuse("reopen_action", "TR001", "hold_division_is_free", "division=Formación\ndivision_id=7\n");
	fake_answer("action_divisions",
	            REOPEN_STATUS("held", "Luis Pérez|1050|2026-11-12|9|t"), READ("0", "0"));
	assert_shows("Formación is held by Luis Pérez");
	assert_hides("Ask to collaborate");
	fake_press("b");
	assert_ptr_equal(app_top(fake.app)->ops, &view_reopen);
}

/* ---- divisions ---- */

static void test_hold__free_ones_and_the_conflict_box(void **state)
{
	(void)state;
	open_box(&view_hold_divisions, 24, 80);
	fake_answer("action_divisions",
	            STATUS "2|Planta|\\N|free|\\N|\\N|\\N|\\N|f|\\N\n"
	                   "3|Vigilancia|\\N|held|Luis Pérez|1050|2026-11-12|3|t|f\n",
	            READ("0", "0"));
	assert_shows("[ ] Planta");
	assert_shows("[-] Vigilancia  held by Luis Pérez since 12/11/2026, action 1050");
	fake_press("Space");
	fake_press("Down");
	fake_press("Space");
	assert_shows("Somebody holds this division");
	fake_press("b");
	fake_press("Ctrl-s");
	fake_refuse("hold_divisions", "TR001", "hold_division_is_free", "division_id=2\n");
	fake_answer("action_divisions",
	            STATUS "2|Planta|\\N|held|Luis Pérez|1051|2026-11-12|0|t|f\n", READ("0", "0"));
	assert_shows("Planta is held by Luis Pérez");
	fake_press("a");
	fake_press("Ctrl-s");
	fake_answer("request_collaboration", "id\n1\n");
	assert_string_equal(fake_parameter(2), "2");
	fake_press("F4");
	assert_ptr_equal(app_top(fake.app)->ops, &view_division_form);
	fake_answer("division_read", "id\n", "id|label\n|\n");
	fake_type("Sede");
	fake_press("Ctrl-s");
	fake_answer("save_division", "id|name|version\n4|Sede|1\n");
	assert_string_equal(fake_parameter(4), "7");
	fake_answer("action_divisions", STATUS "4|Sede|\\N|free|\\N|\\N|\\N|\\N|f|\\N\n",
	            READ("0", "0"));
	fake_press("Ctrl-s");
	fake_answer("hold_divisions", "id\n5\n");
	assert_string_equal(fake_parameter(3), "{4}");
	assert_shows("The action holds them now.");
}

static void test_release__refusals_in_words(void **state)
{
	(void)state;
	open_box(&view_release_division, 24, 80);
	fake_answer("action_read", READ("1", "0"), "id|label\n2|Formación\n3|Planta\n");
	assert_shows("Formación");
	fake_press("Ctrl-s");
	fake_refuse("release_division", "23503", "offer_division_is_held", "");
	assert_shows("An offer that is still open covers it");
	fake_press("Right");
	fake_press("Ctrl-s");
	fake_refuse("release_division", "TR001", "action_holds_a_division", "");
	assert_string_equal(fake_parameter(3), "3");
	assert_shows("It is the last one.");
	fake_press("Ctrl-s");
	fake_answer("release_division", "id\n5\n");
	assert_shows("The division is free.");
}

/* ---- people ---- */

static void test_people__a_collaborator_or_a_new_owner(void **state)
{
	(void)state;
	open_box(&view_add_collaborator, 24, 80);
	fake_answer("action_read", READ("0", "0"), "id|label\n");
	fake_type("lu");
	fake_answer("rep_candidates", "id|label|note\n12|Luis Pérez|luis@trato.example\n");
	fake_answer("rep_candidates", "id|label|note\n12|Luis Pérez|luis@trato.example\n");
	fake_press("Enter");
	fake_press("Ctrl-s");
	fake_refuse("add_collaborator", "42501", "", "");
	assert_string_equal(fake_parameter(3), "12");
	assert_shows("Only Ana Ruiz, who owns the action");
	fake_press("Space");
	assert_shows("Who owns it now stays as a collaborator.");
	fake_press("Ctrl-s");
	fake_answer("transfer_action", "id\n5\n");
	assert_string_equal(fake_parameter(3), "12");
	assert_shows("the people of the action have changed");
}

static void test_people__out(void **state)
{
	(void)state;
	open_box(&view_remove_collaborator, 24, 80);
	fake_answer("action_read", READ("0", "0"), "id|label\n12|Luis Pérez\n");
	assert_shows("Luis Pérez");
	fake_press("Ctrl-s");
	fake_answer("remove_collaborator", "id\n5\n");
	assert_string_equal(fake_parameter(3), "12");
	view_push(fake.app, &view_remove_collaborator, &action);
	fake_answer("action_read", READ("0", "0"), "id|label\n");
	assert_shows("Nobody collaborates in this action.");
}

#define TEST(function) cmocka_unit_test_teardown(function, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_next_step__shown_changed_and_saved),
		TEST(test_next_step__a_day_that_is_past_is_told),
		TEST(test_next_step__a_day_without_a_step_stands_at_its_field),
		TEST(test_next_step__what_was_typed_before_it_came_stays),
		TEST(test_next_step__somebody_was_quicker),
		TEST(test_next_step__no_such_action),
		TEST(test_action_form__saves_what_it_shows),
		TEST(test_close__says_what_will_happen),
		TEST(test_close__won_where_it_is),
		TEST(test_close__only_a_loss_has_a_reason),
		TEST(test_close__who_may_not_cancel_is_told_beforehand),
		TEST(test_close__won_with_open_offers_says_what_is_missing),
		TEST(test_close__denied_says_who_may),
		TEST(test_reopen__a_division_that_is_held_by_now),
		TEST(test_reopen__a_manager_is_told_the_same),
		TEST(test_hold__free_ones_and_the_conflict_box),
		TEST(test_release__refusals_in_words),
		TEST(test_people__a_collaborator_or_a_new_owner),
		TEST(test_people__out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
