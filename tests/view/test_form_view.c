/*
 * What all forms share, shown on the form of a client: one request id for one
 * save, refusals at their field, nothing typed is lost.
 */
#include "fake.h"

#include <model/client.h>
#include <view/form_view.h>

static void open_form(void)
{
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	fake_answer("clients_next", "key|name|name_folded\n");
	fake_press("n");
	fake_type("Nueva SL");
}

static void test_form__saves_once_and_returns(void **state)
{
	(void)state;
	open_form();
	fake_press("Ctrl-s");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("save_client"), 1);
	fake_answer("save_client", "id|name|version\n17|Nueva SL|1\n");
	assert_string_equal(fake_parameter(2), "");
	assert_string_equal(fake_parameter(4), "Nueva SL");
	assert_string_equal(fake_parameter(11), "ES");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client);
	assert_shows("The client is saved.");
	assert_int_equal(fake_waiting("client_show"), 1);
	assert_int_equal(fake_waiting("clients_next"), 1);
}

static void test_form__request_id_is_new_after_a_refusal_only(void **state)
{
	char first[40], second[40];

	(void)state;
	open_form();
	fake_press("Ctrl-s");
	fake_break("save_client");
	snprintf(first, sizeof(first), "%s", fake_parameter(1));
	/* It is not known what became of it: the same is asked again, and nothing claimed. */
	assert_hides("saved");
	assert_int_equal(fake_waiting("save_client"), 1);
	fake_refuse("save_client", "23505", "client_tax_id_unique", "");
	assert_string_equal(fake_parameter(1), first);
	fake_press("Ctrl-s");
	fake_refuse("save_client", "23505", "client_tax_id_unique", "");
	snprintf(second, sizeof(second), "%s", fake_parameter(1));
	assert_string_not_equal(second, first);
}

static void test_form__refusal_stands_at_its_field(void **state)
{
	(void)state;
	open_form();
	fake_press("Ctrl-s");
	fake_refuse("save_client", "23505", "client_tax_id_unique", "");
	assert_shows("A client with this tax id exists already.");
	assert_shows("Nueva SL");
	fake_type("B1");
	assert_hides("exists already");
	fake_press("Ctrl-s");
	fake_refuse("save_client", "XX000", "", "");
	assert_shows("refused this: no (XX000)");
}

static void test_form__lost_connection_says_that_it_is_being_checked(void **state)
{
	(void)state;
	open_form();
	fake_press("Ctrl-s");
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "");
	assert_shows("Being checked: sent at");
	assert_shows("Nueva SL");
	fake_state(DB_CONNECTING, DB_FAULT_NONE, "");
	assert_shows("Being checked: sent at");
	assert_true(fake_greet("marta@trato.example", "manager"));
	fake_answer("save_client", "id|name|version\n17|Nueva SL|1\n");
	assert_hides("Being checked");
	assert_shows("The client is saved.");
}

/* What was never sent cannot have been lost on its way. Once there was a server, it may have been. */
static void test_form__saved_without_a_server_says_that_it_is_not_sent_yet(void **state)
{
	(void)state;
	open_form();
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "");
	fake_press("Ctrl-s");
	assert_shows("Not sent yet: you saved at");
	assert_hides("Being checked");
	fake_state(DB_CONNECTING, DB_FAULT_NONE, "");
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "");
	assert_shows("Not sent yet: you saved at");
	assert_true(fake_greet("marta@trato.example", "manager"));
	assert_hides("Not sent yet");
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "");
	assert_shows("Being checked: sent at");
	assert_true(fake_greet("marta@trato.example", "manager"));
	fake_answer("save_client", "id|name|version\n17|Nueva SL|1\n");
	assert_shows("The client is saved.");
}

/* What was sent would be saved without it, and the form would close over it. */
static void test_form__what_is_being_saved_is_not_changed(void **state)
{
	struct key_event paste = { .code = KEYS_PASTE, .paste = "pasted" };

	(void)state;
	open_form();
	fake_press("Ctrl-s");
	fake_press("Ctrl-u");
	fake_press("Backspace");
	app_key(fake.app, &paste);
	fake_type("typed");
	assert_shows("It is being saved");
	assert_hides("typed");
	assert_shows("Nueva SL");
	fake_press("F1");
	assert_shows("Keys and commands");
	fake_press("Esc");
	fake_refuse("save_client", "23505", "client_tax_id_unique", "");
	assert_shows("Nueva SL");
	fake_type("B1");
	assert_shows("B1");
}

static void test_form__escape_asks_only_when_something_would_be_lost(void **state)
{
	(void)state;
	open_form();
	fake_press("Esc");
	assert_shows("What was typed is not saved.");
	fake_press("Esc");
	assert_shows("Nueva SL");
	fake_press("Esc");
	fake_press("d");
	assert_ptr_equal(app_top(fake.app)->ops, &view_clients);
	fake_press("n");
	fake_press("Esc");
	assert_ptr_equal(app_top(fake.app)->ops, &view_clients);
}

static void test_form__leaving_while_it_is_saved_lets_the_write_go_on(void **state)
{
	(void)state;
	open_form();
	fake_press("Ctrl-s");
	fake_press("Esc");
	assert_shows("being saved all the same");
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_clients);
	fake_press("q");
	assert_shows("not yet saved on the server");
	fake_answer("save_client", "id|name|version\n17|Nueva SL|1\n");
	assert_int_equal(fake_waiting("clients_next"), 1);
}

static void test_form__loads_what_it_changes(void **state)
{
	int64_t id = 5;

	(void)state;
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	view_push(fake.app, &view_client_form, &id);
	fake_break("client_read");
	fake_answer("client_read", "id|version|name|city|country\n5|7|Old SL|Lugo|PT\n");
	assert_shows("Old SL");
	fake_press("Ctrl-s");
	fake_refuse("save_client", "TR002", "row_version", "version=8");
	assert_string_equal(fake_parameter(3), "7");
	assert_string_equal(fake_parameter(11), "PT");
	assert_shows("Somebody has changed this");
}

static void test_form__what_is_not_loaded_cannot_be_saved(void **state)
{
	int64_t id = 5;

	(void)state;
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	view_push(fake.app, &view_client_form, &id);
	fake_type("typed too early");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("save_client"), 0);
	assert_shows("not loaded yet");
	fake_refuse("client_read", "57014", "", "");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("save_client"), 0);
	fake_press("Ctrl-r");
	fake_answer("client_read", "id|version|name|city|country\n5|7|Old SL|Lugo|PT\n");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("save_client"), 1);
}

/* Who types faster than the server answers is not made to wait. */
static void test_form__saved_too_early_is_saved_when_it_is_loaded(void **state)
{
	const struct division_arg which = { .client = 3 };
	int64_t id = 5;

	(void)state;
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	view_push(fake.app, &view_division_form, &which);
	assert_shows("New division");
	fake_type("Planta Sur");
	fake_press("Ctrl-s");
	assert_shows("saved as soon as it is");
	fake_answer("division_read", "id|version\n", "id|label\n");
	fake_answer("save_division", "id\n9\n");
	assert_string_equal(fake_parameter(5), "Planta Sur");
	assert_string_equal(fake_parameter(6), "");

	/* Not where that would put something in place of what nobody has seen. */
	view_push(fake.app, &view_client_form, &id);
	fake_type("Typed early");
	fake_press("Ctrl-s");
	fake_answer("client_read", "id|version|name|city|country\n5|7|Old SL|Lugo|PT\n");
	assert_int_equal(fake_waiting("save_client"), 0);
	assert_shows("Typed early");
	assert_shows("Lugo");
	assert_shows("loaded only now");
}

/* A form in a box: the reason for something, over the list. */
static const struct field_def box_fields[] = {
	{ .name = "note", .label = "Note", .kind = FIELD_LINE, .required = true },
	{ .name = NULL },
};

static struct batch *box_save(struct view *view, struct form *form, const char *request_id)
{
	(void)view;
	return session_change_password(request_id, form_value(form, "note"));
}

static const char *box_text(struct view *view)
{
	(void)view;
	return "Why is that?";
}

static const struct form_spec box_spec = { .fields = box_fields,
	                                   .save = box_save,
	                                   .text = box_text };
static const struct view_ops box = {
	.name = "form", .title = "Reason", .flags = VIEW_OVERLAY, FORM_VIEW(box_spec)
};

static void test_form__box_stands_over_the_screen_that_asks(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	fake_answer("clients_next", "key|name|name_folded\n1|ACME|acme\n");
	view_push(fake.app, &box, NULL);
	assert_shows("Trato  Clients");
	assert_shows("Reason");
	assert_shows("Why is that?");
	assert_shows("ACME");
	fake_press("F1");
	assert_shows("Keys and commands");
	fake_press("Esc");
	fake_press("Ctrl-s");
	assert_int_equal(fake_waiting("change_password"), 0);
	fake_type("because");
	fake_press("Enter");
	fake_refuse("change_password", "TR001", "reason_note_required", "");
	assert_shows("needs a note");
	fake_press("Ctrl-s");
	fake_answer("change_password", "result\nt\n");
	assert_hides("Why is that?");
}

/* Candidates that come late. */
static const struct field_def pick_fields[] = {
	{ .name = "client", .label = "Client", .kind = FIELD_PICK },
	{ .name = "area", .label = "Area", .kind = FIELD_PICK },
	{ .name = NULL },
};

static struct batch *pick_search(struct view *view, const char *field, const char *text)
{
	(void)view;
	return client_read(field[0] == 'a' ? "area" : text);
}

static const struct form_spec picks_spec = { .fields = pick_fields,
	                                     .save = box_save,
	                                     .search = pick_search };
static const struct view_ops picks = { .name = "form", .title = "Picks", FORM_VIEW(picks_spec) };

static void test_form__candidates_for_an_earlier_text_are_not_taken(void **state)
{
	struct view *view;

	(void)state;
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	view = view_push(fake.app, &picks, NULL);
	fake_type("ac");
	fake_answer("client_read", "id|label|note\n1|Acid SL|\n");
	assert_string_equal(fake_parameter(1), "a");
	fake_press("Enter");
	assert_null(form_value(form_view_form(view), "client"));
	fake_answer("client_read", "id|label|note\n2|ACME|\n");
	assert_string_equal(fake_parameter(1), "ac");
	fake_press("Enter");
	assert_string_equal(form_value(form_view_form(view), "client"), "2");
	fake_type("x");
	form_go(form_view_form(view), "area");
	fake_type("y");
	fake_answer("client_read", "id|label|note\n3|Client X|\n");
	assert_hides("Client X");
	fake_answer("client_read", "id|label|note\n4|Area Y|\n");
	assert_string_equal(fake_parameter(1), "area");
	assert_shows("Area Y");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_form__saves_once_and_returns, fake_teardown),
		cmocka_unit_test_teardown(test_form__request_id_is_new_after_a_refusal_only,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_form__refusal_stands_at_its_field, fake_teardown),
		cmocka_unit_test_teardown(test_form__lost_connection_says_that_it_is_being_checked,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_form__saved_without_a_server_says_that_it_is_not_sent_yet,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_form__what_is_being_saved_is_not_changed,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_form__escape_asks_only_when_something_would_be_lost,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_form__leaving_while_it_is_saved_lets_the_write_go_on,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_form__loads_what_it_changes, fake_teardown),
		cmocka_unit_test_teardown(test_form__what_is_not_loaded_cannot_be_saved,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_form__candidates_for_an_earlier_text_are_not_taken,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_form__saved_too_early_is_saved_when_it_is_loaded,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_form__box_stands_over_the_screen_that_asks,
		                          fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
