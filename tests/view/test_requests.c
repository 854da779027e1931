/*
 * Collaboration requests to me and from me: read, answered with one key.
 */
#include "fake.h"

#define ROWS                                                                                      \
	"key|turn|version|state|to_me|message|state_note|asker|owner|action_number|action_id|" \
	"title|client|divisions|age|made_at|answered_at|answered_by\n"
#define TO_ME                                                                                  \
	"17|f|1|open|t|Shall we?|\\N|Luis Pérez|Ana Ruiz|1048|48|Formación|Bodegas Moncayo|" \
	"Formación|10800|2026-11-23 08:06|\\N|\\N\n"
#define FROM_ME                                                                                     \
	"16|f|1|open|f|\\N|\\N|Ana Ruiz|Luis Pérez|1037|\\N|\\N|Azulejos Márquez|Almacén|86400|" \
	"2026-11-22 09:20|\\N|\\N\n"
#define DECLINED                                                                                 \
	"9|t|2|declined|f|Please|Nearly closed|Ana Ruiz|Luis Pérez|1029|\\N|\\N|Porcelánicos|" \
	"Vigilancia|345600|2026-11-19 17:26|2026-11-19 18:26|Luis Pérez\n"

static void open_requests(const char *roles, int height, int width)
{
	fake_app();
	fake.height = height;
	fake.width = width;
	fake_log_in("ana@trato.example", roles);
	view_push(fake.app, &view_requests, NULL);
	fake_picture();
}

static void test_requests__at_80(void **state)
{
	(void)state;
	open_requests("rep", 24, 80);
	fake_answer("requests_mine_next", ROWS TO_ME FROM_ME DECLINED);
	assert_string_equal(fake_parameter(3), "all");
	assert_shows(
	    "\n     Age Who                Client           Action Message        State\n"
	    "▸    3 h from Luis Pérez    Bodegas Moncayo    1048 Shall we?      not answered\n"
	    "     1 d to Luis Pérez      Azulejos Márquez   1037                not answered\n"
	    "     4 d to Luis Pérez      Porcelánicos       1029 Please         declined\n");
	assert_shows("a accept  d decline");
	assert_hides("w withdraw");
	fake_press("Down");
	assert_shows("w withdraw");
	assert_hides("a accept");
}

static void test_requests__at_200(void **state)
{
	(void)state;
	open_requests("rep", 60, 200);
	fake_answer("requests_mine_next", ROWS TO_ME FROM_ME DECLINED);
	assert_shows("Divisions");
	assert_shows("Almacén");
}

static void test_requests__empty_says_how_to_ask(void **state)
{
	(void)state;
	open_requests("rep", 24, 80);
	fake_answer("requests_mine_next", ROWS);
	assert_shows("tick a held division in a new action");
}

static void test_requests__accepted_with_one_key(void **state)
{
	(void)state;
	open_requests("rep", 24, 80);
	fake_answer("requests_mine_next", ROWS TO_ME);
	fake_press("a");
	fake_press("a");
	assert_int_equal(fake_waiting("answer_request"), 1);
	fake_answer("answer_request", "id\n17\n");
	assert_string_equal(fake_parameter(2), "17");
	assert_string_equal(fake_parameter(3), "1");
	assert_string_equal(fake_parameter(4), "t");
	assert_shows("you work in it together now");
}

static void test_requests__declined_with_a_word(void **state)
{
	(void)state;
	open_requests("rep", 24, 80);
	fake_answer("requests_mine_next", ROWS TO_ME);
	fake_press("d");
	fake_type("Nearly closed");
	fake_press("Enter");
	fake_answer("answer_request", "id\n17\n");
	assert_string_equal(fake_parameter(4), "f");
	assert_string_equal(fake_parameter(5), "Nearly closed");
	assert_shows("Declined.");
}

static void test_requests__own_ones_are_withdrawn(void **state)
{
	(void)state;
	open_requests("rep", 24, 80);
	fake_answer("requests_mine_next", ROWS FROM_ME DECLINED);
	fake_press("a");
	assert_shows("the other one answers it");
	fake_press("w");
	fake_answer("withdraw_request", "id\n16\n");
	assert_string_equal(fake_parameter(2), "16");
	assert_shows("Withdrawn.");
	fake_answer("requests_mine_next", ROWS FROM_ME DECLINED);
	fake_press("Down");
	fake_press("w");
	assert_shows("settled already");
	assert_int_equal(fake.db->writes, 0);
}

static void test_requests__enter_shows_the_details(void **state)
{
	(void)state;
	open_requests("rep", 24, 80);
	fake_answer("requests_mine_next", ROWS TO_ME DECLINED);
	fake_press("Enter");
	assert_shows("Luis Pérez would like to collaborate in action 1048");
	assert_shows("Shall we?");
	assert_shows("Open the action");
	fake_press("a");
	assert_int_equal(fake_waiting("answer_request"), 1);
	fake_answer("answer_request", "id\n17\n");
	fake_press("Down");
	fake_press("Enter");
	assert_shows("declined by Luis Pérez on 19/11/2026 18:26: Nearly");
	assert_hides("Open the action");
}

static void test_requests__managers_see_everybodys(void **state)
{
	(void)state;
	open_requests("manager", 24, 80);
	fake_answer("requests_all_next", ROWS TO_ME);
	assert_string_equal(fake_parameter(3), "open");
	assert_shows("everybody's, not answered");
	assert_shows("a accept");
	fake_press("a");
	fake_answer("answer_request", "id\n17\n");
	assert_shows("Accepted: whoever asked works in it now.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_requests__at_80, fake_teardown),
		cmocka_unit_test_teardown(test_requests__at_200, fake_teardown),
		cmocka_unit_test_teardown(test_requests__empty_says_how_to_ask, fake_teardown),
		cmocka_unit_test_teardown(test_requests__accepted_with_one_key, fake_teardown),
		cmocka_unit_test_teardown(test_requests__declined_with_a_word, fake_teardown),
		cmocka_unit_test_teardown(test_requests__own_ones_are_withdrawn, fake_teardown),
		cmocka_unit_test_teardown(test_requests__enter_shows_the_details, fake_teardown),
		cmocka_unit_test_teardown(test_requests__managers_see_everybodys, fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
