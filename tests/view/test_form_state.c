/*
 * Boxes in which a state is changed, when somebody else was quicker: they say
 * what has happened, keep what was typed and go on only when told again.
 */
#include "fake.h"

#define NOW "version|state\n"
#define BERTA "name|moment|mine\nBerta Gil|2026-11-25 10:12|f\n"
#define GONE NOW, "name|moment|mine\n"

static void test_state__a_notice_was_taken_meanwhile(void **state)
{
	const struct notice_arg notice = { .notice = 7, .version = 2 };

	(void)state;
	fake_app();
	fake_log_in("bruno@trato.example", "backoffice");
	view_push(fake.app, &view_return_notice, &notice);
	fake_answer("reason_choices", "id|label\n4|Tax id is missing\n");
	fake_press("Space");
	fake_press("Tab");
	fake_type("No street number");
	fake_press("Ctrl-s");
	fake_refuse("return_notice", "TR002", "row_version", "version=3");
	assert_string_equal(fake_parameter(3), "2");
	fake_break("row_state");
	fake_answer("row_state", NOW "3|taken\n", BERTA);
	assert_string_equal(fake_parameter(1), "notice");
	assert_string_equal(fake_parameter(2), "7");
	assert_shows("Berta Gil has changed this while you were writing");
	assert_shows("Its state is now: taken.");
	assert_shows("No street number");
	assert_int_equal(fake_waiting("return_notice"), 0);
	fake_answer("reason_choices", "id|label\n4|Tax id is missing\n");
	fake_press("Ctrl-s");
	fake_answer("return_notice", "id|version\n7|4\n");
	assert_string_equal(fake_parameter(3), "3");
	assert_string_equal(fake_parameter(4), "4");
	assert_string_equal(fake_parameter(5), "No street number");
}

static void test_state__the_text_stays_where_it_cannot_be_done_any_more(void **state)
{
	const struct notice_arg notice = { .notice = 7, .version = 2 };

	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_answer_notice, &notice);
	fake_type("B12345678");
	fake_press("Ctrl-s");
	fake_refuse("answer_notice", "TR002", "row_version", "version=3");
	fake_answer("row_state", GONE);
	assert_shows("does not exist any more, or is not yours");
	assert_shows("B12345678");
	fake_press("Ctrl-s");
	fake_refuse("answer_notice", "TR001", "notice_state", "state=pending");
	assert_shows("in another state by now");
	assert_shows("B12345678");
}

static void test_state__closing_shows_what_ends_by_now(void **state)
{
	static const char *const head =
	    "id|number|version|owner|divisions|live|approved|presented\n";
	struct arena *arena = arena_new();
	int64_t id = 3;

	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_close_action, &id);
	fake_answer("action_read", arena_printf(arena, "%s3|1042|8|Ana|North|0|0|0\n", head),
	            "id|label\n1|Too dear\n");
	fake_press("Tab");
	fake_press("Space");
	fake_press("Tab");
	fake_type("They wait");
	fake_press("Ctrl-s");
	fake_refuse("close_action", "TR002", "row_version", "version=9");
	fake_answer("row_state", NOW "9|open\n", BERTA);
	fake_answer("action_read", arena_printf(arena, "%s3|1042|10|Ana|North, South|2|0|0\n", head),
	            "id|label\n1|Too dear\n");
	assert_shows("Berta Gil has changed this");
	assert_shows("North, South");
	assert_shows("2 offers that are still open are withdrawn.");
	assert_shows("They wait");
	fake_press("Ctrl-s");
	fake_answer("close_action", "id|state|version\n3|lost|11\n");
	assert_string_equal(fake_parameter(3), "10");
	assert_string_equal(fake_parameter(6), "They wait");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_state__a_notice_was_taken_meanwhile, fake_teardown),
		cmocka_unit_test_teardown(
		    test_state__the_text_stays_where_it_cannot_be_done_any_more, fake_teardown),
		cmocka_unit_test_teardown(test_state__closing_shows_what_ends_by_now,
		                          fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
