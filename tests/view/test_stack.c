/*
 * The stack of views: answers reach only who lives, views may close
 * themselves anywhere, staleness reaches who watches.
 */
#include "fake.h"

#include <queries.h>

#include <view/dialog_view.h>

/* A view that writes down what happens to it. */
static char journal[1024];

static void note(const struct view *view, const char *what)
{
	size_t at = strlen(journal);

	snprintf(journal + at, sizeof(journal) - at, "%s%s:%s", at > 0 ? " " : "", view->ops->name,
	         what);
}

static struct batch *reading(void)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_plain(batch, &sql_notice_pending);
	return batch;
}

static struct batch *writing(void)
{
	return session_change_password("id", "verifier");
}

static bool probe_open(struct view *view, const void *arg, struct err *err)
{
	if (arg != NULL && strcmp(arg, "refuse") == 0)
		return err_set(err, ERR_REFUSED, "not today");
	note(view, "open");
	return true;
}

static void probe_answer(struct view *view, struct answer *answer)
{
	note(view, answer->status == ANSWER_DONE ? "done" : "failed");
	if (answer->purpose == 9)
		view_close(view);
}

static void probe_refresh(struct view *view)
{
	note(view, "refresh");
}

static void probe_returned(struct view *view, const struct view_ops *child, const void *result)
{
	note(view, child->name);
	note(view, result);
}

static void probe_close(struct view *view)
{
	note(view, "close");
}

static enum command probe_act(struct view *view, enum command command)
{
	if (command == COMMAND_NEXT_STEP) {
		view_close(view);
		assert_int_equal(view_ask(view, 1, reading()), 0);
		assert_int_not_equal(view_ask(view, 1, writing()), 0);
		return COMMAND_NONE;
	}
	if (command != COMMAND_LOG_COMMUNICATION)
		return command;
	view_finish(view, "result");
	return COMMAND_NONE;
}

#define PROBE(called, watched)                                                               \
	{                                                                                    \
		.name = (called), .title = (called), .watch = (watched), .open = probe_open, \
		.answer = probe_answer, .act = probe_act, .refresh = probe_refresh,          \
		.returned = probe_returned, .close = probe_close,                            \
	}

static const struct view_ops actions = PROBE("actions", WATCH_DATA | WATCH_NOTICES);
static const struct view_ops other = PROBE("other", 0);

static struct view *probe(void)
{
	struct view *view;

	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view = view_push(fake.app, &actions, NULL);
	journal[0] = '\0';
	return view;
}

static void test_push__refused_open_says_why(void **state)
{
	(void)state;
	probe();
	assert_null(view_push(fake.app, &other, "refuse"));
	assert_string_equal(app_top(fake.app)->ops->name, "actions");
	assert_shows("not today");
}

static void test_finish__hands_its_result_to_the_one_below(void **state)
{
	(void)state;
	probe();
	view_push(fake.app, &actions, NULL);
	journal[0] = '\0';
	fake_press("c");
	assert_string_equal(journal, "actions:actions actions:result actions:close");
}

static void test_ask__answer_is_dropped_with_its_view(void **state)
{
	struct view *view = probe();

	(void)state;
	view_ask(view, 1, reading());
	assert_true(view_is_asking(view, 1));
	view_close(view);
	assert_int_equal(fake_waiting("notice_pending"), 0);
	assert_string_equal(journal, "actions:close");
}

static void test_ask__write_outlives_its_view_and_makes_others_stale(void **state)
{
	struct view *above;

	(void)state;
	probe();
	above = view_push(fake.app, &other, NULL);
	view_ask(above, 1, writing());
	view_close(above);
	journal[0] = '\0';
	fake_answer("change_password", "result\nt\n");
	assert_string_equal(journal, "actions:refresh");
}

static void test_ask__a_closed_view_hears_nothing(void **state)
{
	(void)state;
	probe();
	view_push(fake.app, &actions, NULL);
	journal[0] = '\0';
	fake_press("s");
	assert_string_equal(journal, "actions:close");
	assert_int_equal(fake_waiting("notice_pending"), 0);
	fake_answer("change_password", "result\nt\n");
	assert_string_equal(journal, "actions:close actions:refresh");
}

static void test_ask__view_may_close_itself_in_its_answer(void **state)
{
	struct view *view = probe();

	(void)state;
	view_ask(view, 9, reading());
	view_ask(view, 1, reading());
	fake_answer("notice_pending", "id\n");
	assert_string_equal(journal, "actions:done actions:close");
	assert_int_equal(fake_waiting("notice_pending"), 0);
}

static void test_refresh__waits_until_the_view_is_in_sight(void **state)
{
	struct view *above;

	(void)state;
	probe();
	above = view_push(fake.app, &other, NULL);
	journal[0] = '\0';
	fake_ring("trato_notice");
	assert_string_equal(journal, "");
	view_close(above);
	assert_string_equal(journal, "actions:refresh other:close");
}

static void test_refresh__comes_with_the_connection(void **state)
{
	(void)state;
	probe();
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "gone");
	fake_ring("trato_notice");
	assert_string_equal(journal, "");
	assert_true(fake_greet("ana@trato.example", "rep"));
	assert_string_equal(journal, "actions:refresh");
}

static void test_slow__says_so_and_escape_cancels_the_read(void **state)
{
	struct view *view = probe();

	(void)state;
	view_ask(view, 1, reading());
	assert_hides("Asking");
	while (strstr(fake_picture(), "Asking the server") == NULL)
		loop_turn(app_loop(fake.app), 1000);
	fake_press("Esc");
	assert_string_equal(journal, "actions:failed");
	assert_hides("Asking");
	assert_string_equal(app_top(fake.app)->ops->name, "actions");
}

static void test_slow__quiet_requests_are_not_announced(void **state)
{
	struct view *view = probe();

	(void)state;
	view_ask_quietly(view, 1, reading());
	view_ask(view, 2, reading());
	fake_answer("notice_pending", "id\n");
	fake_answer("notice_pending", "id\n");
	view_ask_quietly(view, 1, reading());
	fake_press("Esc");
	assert_string_equal(app_top(fake.app)->ops->name, "clients");
}

static void test_dialog__answer_comes_to_the_asker_over_whom_it_stands(void **state)
{
	struct view *view = probe();
	struct dialog_result result = { 5, DIALOG_YES };

	(void)state;
	dialog_confirm(view, 5, "Really?", "It cannot be undone.", "Do it");
	assert_shows("Really?");
	assert_true(dialog_chosen(&view_dialog, &result, 5) == DIALOG_YES);
	assert_true(dialog_chosen(&view_dialog, &result, 6) == 0);
	assert_true(dialog_chosen(&other, &result, 5) == 0);
	view_close(app_top(fake.app));
	assert_hides("Really?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_push__refused_open_says_why, fake_teardown),
		cmocka_unit_test_teardown(test_finish__hands_its_result_to_the_one_below,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_ask__answer_is_dropped_with_its_view, fake_teardown),
		cmocka_unit_test_teardown(test_ask__write_outlives_its_view_and_makes_others_stale,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_ask__a_closed_view_hears_nothing, fake_teardown),
		cmocka_unit_test_teardown(test_ask__view_may_close_itself_in_its_answer,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_refresh__waits_until_the_view_is_in_sight,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_refresh__comes_with_the_connection, fake_teardown),
		cmocka_unit_test_teardown(test_slow__says_so_and_escape_cancels_the_read,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_slow__quiet_requests_are_not_announced,
		                          fake_teardown),
		cmocka_unit_test_teardown(
		    test_dialog__answer_comes_to_the_asker_over_whom_it_stands, fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
