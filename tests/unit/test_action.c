/*
 * What the requests about actions and divisions send, and how their rows are
 * put into words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <model/action.h>
#include <model/division.h>

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	i18n_init("en");
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void check(struct batch *batch, const char *statement, int parameter, const char *value)
{
	const char *sent = batch_parameter(batch, 0, parameter - 1);

	assert_string_equal(batch_statement(batch, 0)->name, statement);
	if (value == NULL)
		assert_null(sent);
	else
		assert_string_equal(sent, value);
	batch_free(&batch);
}

static void test_action_page__direction_chooses_the_statement(void **state)
{
	(void)state;
	check(action_page_mine(true, NULL, NULL, "50", NULL, "mine"), "actions_mine_next", 5,
	      "mine");
	check(action_page_mine(false, "2026-01-01", "7", "50", "ac", "closed"),
	      "actions_mine_previous", 2, "7");
	check(action_page_all(true, NULL, "50", NULL, "open", NULL, NULL), "actions_all_next", 1,
	      NULL);
	check(action_page_all(false, "9", "50", NULL, "open", "5", NULL), "actions_all_previous", 1,
	      "9");
	check(action_page_all(false, "9", "50", NULL, "open", "5", NULL), "actions_all_previous", 5,
	      "5");
	check(action_page_waiting(true, NULL, NULL, "50", NULL, "quiet", "5", "8"),
	      "actions_waiting_next", 7, "8");
}

static void test_action_read__is_one_batch(void **state)
{
	struct batch *batch = action_read("5", true, NULL, NULL, "50");

	(void)state;
	assert_int_equal(batch_kind(batch), BATCH_READ);
	assert_int_equal(batch_count(batch), 4);
	batch_free(&batch);
}

static void test_action_close__only_the_lost_have_a_reason(void **state)
{
	(void)state;
	check(action_close("r", "5", "3", "lost", "1", NULL), "close_action", 5, "1");
	check(action_close("r", "5", "3", "won", "1", NULL), "close_action", 5, NULL);
	check(action_close("r", "5", "3", "cancelled", "1", NULL), "close_action", 5, NULL);
}

static void test_action_change_member__each_part(void **state)
{
	(void)state;
	check(action_change_member("r", "5", "12", ACTION_COLLABORATES), "add_collaborator", 3,
	      "12");
	check(action_change_member("r", "5", "12", ACTION_OWNS), "transfer_action", 3, "12");
	check(action_change_member("r", "5", "12", ACTION_LEAVES), "remove_collaborator", 3, "12");
}

static void event(const char *kind, const char *what, const char *text, const char *other,
                  const char *expected)
{
	static const char *const names[] = { "kind", "what", "detail", "text", "other" };
	const char *cells[] = { kind, what, "out", text, other };
	const struct rows rows = { 1, 5, names, cells };

	assert_string_equal(action_event(arena, &rows, 0), expected);
}

static void test_action_event__in_words(void **state)
{
	(void)state;
	event("communication", "phone", "Prices", "Eva Gil", "phone, outgoing: Prices (Eva Gil)");
	event("communication", "email", "Prices", NULL, "e-mail, outgoing: Prices");
	event("offer", "presented", NULL, "2026-00042", "Offer 2026-00042: presented");
	event("offer", "draft", "Course", NULL, "Offer: draft — Course");
	event("notice", "returned", "No tax id", NULL, "Invoicing notice: returned — No tax id");
	event("request", "declined", NULL, NULL, "Collaboration request: declined");
	event("action", "won", NULL, NULL, "Action: won");
}

static void test_division__who_holds_it(void **state)
{
	static const char *const names[] = { "id",      "label",      "holder",  "action_number",
		                             "held_on", "quiet_days", "blocked", "mine" };
	const char *cells[] = {
		"1", "Compras", NULL,         NULL,   NULL,         NULL, "f", NULL,
		"2", "Norte",   "Luis Pérez", "1050", "2026-11-12", "1",  "t", "f",
		"3", "Sur",     "Ana Ruiz",   "1051", "2026-11-12", "0",  "t", "t",
		"4", "Este",    "Luis Pérez", "1052", "2026-11-12", "-1", "t", "f",
	};
	const struct rows status = { 4, 8, names, cells };
	const struct rows *items = division_items(arena, &status);

	(void)state;
	assert_string_equal(rows_text(items, 0, "note"), "free");
	assert_string_equal(rows_text(items, 1, "note"),
	                    "held by Luis Pérez since 12/11/2026, action 1050");
	assert_true(rows_bool(items, 1, "blocked"));
	assert_string_equal(rows_text(items, 2, "note"), "held by yourself, action 1051");
	assert_non_null(strstr(division_conflict(arena, &status, 1), "for 1 day."));
	assert_non_null(strstr(division_conflict(arena, &status, 2), "your own action 1051"));
	assert_non_null(strstr(division_conflict(arena, &status, 3), "worked on today"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_action_page__direction_chooses_the_statement),
		TEST(test_action_read__is_one_batch),
		TEST(test_action_close__only_the_lost_have_a_reason),
		TEST(test_action_change_member__each_part),
		TEST(test_action_event__in_words),
		TEST(test_division__who_holds_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
