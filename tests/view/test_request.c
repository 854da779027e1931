/*
 * A collaboration request that the banner announces: answered from a box over
 * whatever screen its owner is at, and its answer told to who has asked.
 */
#include "fake.h"

#define NEWS "kind|id|label|cents|currency\n"
#define READ                                                                                       \
	"id|version|state|message|state_note|asker|own|to_me|owner|action_number|action_id|client|" \
	"divisions|made_at|answered_at|answered_by\n"
#define TO_ME                                                                              \
	"17|4|open|Shall we?|\\N|Luis Mora|f|t|Ana Ruiz|1048|48|Bodegas Moncayo|Formación|" \
	"2026-11-23 08:06|\\N|\\N\n"

/* Ana is in the middle of a form. */
static void typing_a_client(const char *news)
{
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_client_form, NULL);
	fake_type("Typed SL");
	fake_answer("rep_news", news);
}

static void test_request__accepted_over_a_form(void **state)
{
	(void)state;
	typing_a_client(NEWS "c|17|Luis Mora|\\N|\\N\n");
	assert_shows("[F8] 1 request to collaborate: Luis Mora");
	fake_press("F8");
	assert_hides("1 request to collaborate");
	fake_answer("request_read", READ TO_ME);
	assert_string_equal(fake_parameter(1), "17");
	assert_shows("Luis Mora would like to collaborate in action 1048");
	assert_shows("Shall we?");
	fake_press("a");
	fake_press("a");
	fake_answer("answer_request", "id\n17\n");
	assert_string_equal(fake_parameter(2), "17");
	assert_string_equal(fake_parameter(3), "4");
	assert_string_equal(fake_parameter(4), "t");
	assert_int_equal(fake_waiting("answer_request"), 0);
	assert_ptr_equal(app_top(fake.app)->ops, &view_client_form);
	assert_shows("Accepted: you work in it together now.");
	assert_shows("Typed SL");
}

/* On a slow line its keys come before the buttons that they press. */
static void test_request__keys_wait_for_the_buttons(void **state)
{
	(void)state;
	typing_a_client(NEWS "c|17|Luis Mora|\\N|\\N\n");
	fake_press("F8");
	fake_press("a");
	assert_int_equal(fake_waiting("answer_request"), 0);
	fake_answer("request_read", READ TO_ME);
	fake_answer("answer_request", "id\n17\n");
	assert_string_equal(fake_parameter(4), "t");
	assert_shows("Typed SL");

	view_push(fake.app, &view_request, &(int64_t){ 17 });
	fake_press("a");
	fake_press("Esc");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client_form);
	assert_int_equal(fake_waiting("answer_request"), 0);
}

static void test_request__declined_with_a_word(void **state)
{
	(void)state;
	typing_a_client(NEWS "c|17|Luis Mora|\\N|\\N\n");
	fake_press("F8");
	fake_answer("request_read", READ TO_ME);
	fake_press("d");
	fake_type("Nearly done");
	fake_press("Ctrl-s");
	fake_answer("answer_request", "id\n17\n");
	assert_string_equal(fake_parameter(4), "f");
	assert_string_equal(fake_parameter(5), "Nearly done");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client_form);
	assert_shows("Declined.");
}

static void test_request__later_and_the_next_one(void **state)
{
	(void)state;
	typing_a_client(NEWS "c|17|Luis Mora|\\N|\\N\nc|18|Eva Gil|\\N|\\N\n");
	assert_shows("2 requests to collaborate: Eva Gil, Luis Mora");
	fake_press("F8");
	fake_answer("request_read", READ TO_ME);
	fake_press("Esc");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client_form);
	assert_shows("1 request to collaborate: Eva Gil");
	fake_press("F8");
	fake_break("request_read");
	fake_answer("request_read", READ TO_ME);
	assert_string_equal(fake_parameter(1), "18");
}

/* A manager was quicker, or the asker has thought better of it. */
static void test_request__settled_meanwhile(void **state)
{
	(void)state;
	typing_a_client(NEWS "c|17|Luis Mora|\\N|\\N\n");
	fake_press("F8");
	fake_answer("request_read", READ TO_ME);
	fake_press("a");
	fake_refuse("answer_request", "TR002", "row_version", "version=5");
	assert_ptr_equal(app_top(fake.app)->ops, &view_client_form);
	assert_shows("Typed SL");

	fake_ring("trato_request");
	fake_answer("rep_news", NEWS);
	assert_hides("request to collaborate");
}

static void test_request__the_asker_hears_the_answer_once(void **state)
{
	(void)state;
	typing_a_client(NEWS);
	fake_ring("trato_request");
	fake_answer("rep_news", NEWS "y|21|Luis Mora|\\N|\\N\n");
	assert_shows("1 request of yours accepted: Luis Mora");
	assert_int_equal(app_bells(fake.app), 1);
	fake_press("F8");
	fake_answer("request_read", READ
	            "21|2|accepted|Please|Gladly|Ana Ruiz|t|f|Luis Mora|1050|50|ACME|Compras|"
	            "2026-11-23 08:06|2026-11-23 08:10|Luis Mora\n");
	fake_answer("hear_answer", "id\n21\n");
	assert_string_equal(fake_parameter(2), "21");
	assert_shows("Gladly");
	assert_hides("Accept ");
	fake_press("o");
	assert_ptr_equal(app_top(fake.app)->ops, &view_action);
}

static void test_request__the_list_shows_all_answers(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	fake_answer("rep_news", NEWS "x|21|Luis Mora|\\N|\\N\nc|17|Eva Gil|\\N|\\N\n");
	assert_shows("1 request to collaborate · 1 request of yours declined");
	fake.width = 100;
	assert_shows("1 request of yours declined: Luis Mora");
	fake.width = 80;
	fake_press("R");
	assert_ptr_equal(app_top(fake.app)->ops, &view_requests);
	assert_hides("of yours declined");
	fake_answer("hear_answer", "id\n21\n");
	assert_string_equal(fake_parameter(2), "21");
	assert_int_equal(fake_waiting("hear_answer"), 0);
}

#define TEST(name) cmocka_unit_test_teardown(name, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_request__accepted_over_a_form),
		TEST(test_request__keys_wait_for_the_buttons),
		TEST(test_request__declined_with_a_word),
		TEST(test_request__later_and_the_next_one),
		TEST(test_request__settled_meanwhile),
		TEST(test_request__the_asker_hears_the_answer_once),
		TEST(test_request__the_list_shows_all_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
