/*
 * Of "104…" and "104…" nobody knows which is which: numbers are whole in the
 * lists, also those of a team that has opened more actions than this one dreams of. (But for an
 * eleventh revision in the inbox of 80 columns, whose column would go for it.)
 */
#include "fake.h"

#define ACTION "12345678901234"
#define OFFER "2026-1234567/12"

static const struct {
	const struct view_ops *ops;
	const char *roles, *statement, *rows, *number;
} lists[] = {
	{ &view_actions, "rep", "actions_mine_next", "key|number|state\n1|" ACTION "|open\n",
	  ACTION },
	{ &view_agenda, "rep", "agenda_next", "key|number|part\n1|" ACTION "|today\n", ACTION },
	{ &view_holds, "supervisor", "holds_next",
	  "key|action_number|age|held_on\n1|" ACTION "|60|2026-11-20\n", ACTION },
	{ &view_requests, "rep", "requests_mine_next",
	  "key|action_number|state|age\n1|" ACTION "|open|60\n", ACTION },
	{ &view_offers, "supervisor", "offers_next", "key|number|state\n1|" OFFER "|presented\n",
	  OFFER },
};

static void test_lists__numbers_are_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		fake_app();
		fake_log_in("ana@trato.example", lists[i].roles);
		view_replace(app_top(fake.app), lists[i].ops, NULL);
		fake_picture();
		fake_answer(lists[i].statement, lists[i].rows);
		assert_shows(lists[i].number);
		fake_teardown(state);
	}
}

static void test_client__numbers_are_whole(void **state)
{
	const int64_t id = 3;

	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_client, &id);
	fake_picture();
	fake_answer("client_show", "id|name\n3|ACME\n", "key|name\n",
	            "key|name|status|action_number\n1|Site|held|" ACTION "\n",
	            "key|number|state\n1|" ACTION "|open\n");
	assert_shows(ACTION);
	fake_press("Tab");
	assert_shows("Site");
	assert_shows(ACTION);
}

#define TEST(function) cmocka_unit_test_teardown(function, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lists__numbers_are_whole),
		TEST(test_client__numbers_are_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
