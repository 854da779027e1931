/*
 * The screen of one action in both sizes of window, what its keys open, and
 * why they do not where they do not.
 */
#include "fake.h"

#define HEAD                                                                                            \
	"id|number|client_id|client|title|state|next_step|next_step_on|overdue|expected_close|"         \
	"closed_on|reason_en|reason_es|version|notes|divisions|collaborators|owner|is_member|is_owner|" \
	"live|approved\n"
#define OPEN                                                                                 \
	HEAD "5|1042|7|ACME Industrial|Training 2026|open|Call Eva|2020-11-17|t|2030-01-31|" \
	     "\\N|\\N|\\N|3|By phone|Formación, Planta Norte|Luis Pérez|Ana Ruiz|t|t|1|0\n"
#define OFFERS                                                                           \
	"key|number|title|state|expired|currency|total_cents|valid_until|notice_state\n" \
	"21|2026-00042|Course|presented|f|EUR|4520000|2030-01-15|\\N\n"                  \
	"22|\\N|Course, cheaper|draft|f|EUR|0|\\N|\\N\n"                                 \
	"23|2026-00041/2|Course|superseded|f|EUR|100|2030-01-15|\\N\n"
#define PEOPLE                                                     \
	"key|name|part|job_title|email|phone\n"                    \
	"m1|Ana Ruiz|owner|\\N|ana@trato.example|\\N\n"            \
	"m2|Luis Pérez|collaborator|\\N|luis@trato.example|\\N\n" \
	"c3|Eva Gil|contact|Purchasing|eva@acme.example|600 100 200\n"
#define LINES                                                                                \
	"key|at|moment|kind|row_id|what|detail|text|other|person\n"                          \
	"c9|2026-11-20|20/11/2026 10:00|communication|9|phone|out|Prices|Eva Gil|Ana Ruiz\n" \
	"s4|2026-11-19|19/11/2026 12:00|offer|21|presented|draft|\\N|2026-00042|Ana Ruiz\n"  \
	"a5|2026-11-12|12/11/2026 09:00|action|5|open|\\N|Training 2026|\\N|Ana Ruiz\n"

static const int64_t action = 5;

static void open_action(const char *roles, const char *head, int height, int width)
{
	fake_app();
	fake.height = height;
	fake.width = width;
	fake_log_in("ana@trato.example", roles);
	view_push(fake.app, &view_action, &action);
	fake_answer("action_read", head, OFFERS, PEOPLE, LINES);
	fake_picture();
}

static void test_action__at_80(void **state)
{
	(void)state;
	open_action("rep", OPEN, 24, 80);
	assert_shows("Action · 1042");
	assert_shows(" 1042 · ACME Industrial · Training 2026");
	assert_shows(" Divisions: Formación, Planta Norte");
	assert_shows(
	    " Owner: Ana Ruiz, with Luis Pérez                    Expected close: 31/01/2030");
	assert_shows(" Next step: ! 17/11/2020 Call Eva");
	assert_shows(" Notes: By phone");
	assert_shows("▸ 20/11/2026 10:00 phone, outgoing: Prices (Eva Gil)");
	assert_shows("  19/11/2026 12:00 Offer 2026-00042: presented");
	assert_shows("  12/11/2026 09:00 Action: open — Training 2026");
	fake_press("Tab");
	assert_shows("▸ 2026-00042   Course");
	assert_shows("45,200.00 €");
	assert_shows(" superseded ");
	fake_press("Tab");
	assert_shows("Purchasing");
}

/* What is to be done has its row to itself; who works on it ends before the date beside him. */
static void test_action__narrow_head(void **state)
{
	(void)state;
	open_action("rep",
	            HEAD "5|1042|7|ACME Industrial|Training 2026|open|"
	                 "Check the prices with Management again|2020-11-17|t|2030-01-31|"
	                 "\\N|\\N|\\N|3|By phone|Formación|Luis Pérez|Ana Ruiz|t|t|1|0\n",
	            24, 60);
	assert_shows(" Owner: Ana Ruiz, with Luis P…   Expected close: 31/01/2030");
	assert_shows(" Next step: ! 17/11/2020 Check the prices with Management a…");
}

static void click(const char *text, enum mouse_button button)
{
	struct key_event event = { .code = KEYS_MOUSE, .button = button };
	const char *picture = fake_picture(), *at = strstr(picture, text);

	assert_non_null(at);
	for (const char *c = picture; c < at; c++) {
		event.row += *c == '\n';
		event.column = *c == '\n' ? 0 : event.column + ((*c & 0xC0) != 0x80);
	}
	app_key(fake.app, &event);
}

static void test_action__mouse_at_80(void **state)
{
	(void)state;
	open_action("rep", OPEN, 24, 80);
	click("Offers ", MOUSE_LEFT);
	assert_shows("▸ 2026-00042   Course");
	click("Course, cheaper", MOUSE_LEFT);
	assert_shows("▸ —            Course, cheaper");
	click("Course, cheaper", MOUSE_DOUBLE);
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer);
	fake_press("Esc");
	click("People", MOUSE_LEFT);
	assert_shows("Purchasing");
	click("Purchasing", MOUSE_WHEEL_UP);
	click("Next step", MOUSE_DOUBLE);
	assert_ptr_equal(app_top(fake.app)->ops, &view_action);
}

static void test_action__mouse_at_200(void **state)
{
	(void)state;
	open_action("rep", OPEN, 60, 200);
	click("eva@acme.example", MOUSE_LEFT);
	assert_shows("▸ Eva Gil");
	click("Prices (Eva Gil)", MOUSE_DOUBLE);
	assert_ptr_equal(app_top(fake.app)->ops, &view_communication_read);
}

static void test_action__at_200(void **state)
{
	(void)state;
	open_action("rep", OPEN, 60, 200);
	assert_shows("phone, outgoing: Prices (Eva Gil)");
	assert_shows("2026-00042   Course");
	assert_shows("eva@acme.example");
}

static void test_action__is_one_round_trip_and_refreshes_quietly(void **state)
{
	(void)state;
	open_action("rep", OPEN, 24, 80);
	assert_int_equal(fake_waiting("action_read"), 0);
	fake_press("Down");
	fake_press("Ctrl-r");
	fake_answer("action_read", OPEN, OFFERS, PEOPLE,
	            "key|at|moment|kind|row_id|what|detail|text|other|person\n"
	            "c10|2026-11-21|21/11/2026 10:00|communication|10|email|in|Order|\\N|Ana Ruiz\n"
	            "c9|2026-11-20|20/11/2026 10:00|communication|9|phone|out|Prices|Eva Gil|Ana\n"
	            "s4|2026-11-19|19/11/2026 12:00|offer|21|presented|draft|\\N|2026-00042|Ana\n");
	assert_shows("21/11/2026 10:00 e-mail, incoming: Order");
	assert_shows("▸ 19/11/2026 12:00 Offer 2026-00042: presented");
}

/* On a slow line the keys come before the rows that they are about. */
static void test_action__keys_wait_for_the_rows(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_action, &action);
	fake_press("Tab");
	fake_press("Enter");
	fake_answer("action_read", OPEN, OFFERS, PEOPLE, LINES);
	assert_ptr_equal(app_top(fake.app)->ops, &view_offer);
}

/* On a slow line the clock comes round before the answer does. */
static void test_action__refreshing_waits_for_the_answer(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_action, &action);
	fake_press("Ctrl-r");
	assert_int_equal(fake_waiting("action_read"), 1);
	fake_answer("action_read", OPEN, OFFERS, PEOPLE, LINES);
	assert_shows("ACME Industrial");
	fake_answer("action_read", OPEN, OFFERS, PEOPLE, LINES);
	assert_int_equal(fake_waiting("action_read"), 0);
	fake_press("Ctrl-r");
	fake_press("Ctrl-r");
	fake_break("action_read");
	fake_press("Ctrl-r");
	fake_answer("action_read", OPEN, OFFERS, PEOPLE, LINES);
	assert_shows("phone, outgoing");
}

static void test_action__keys_open_their_forms(void **state)
{
	static const struct {
		const char *key;
		const struct view_ops *ops;
	} forms[] = {
		{ "c", &view_communication },
		{ "s", &view_next_step },
		{ "o", &view_new_offer },
		{ "d", &view_hold_divisions },
		{ "D", &view_release_division },
		{ "m", &view_add_collaborator },
		{ "M", &view_remove_collaborator },
		{ "x", &view_close_action },
		{ "e", &view_action_form },
		{ "p", &view_contact_form },
		{ "Enter", &view_communication_read },
	};

	(void)state;
	open_action("rep", OPEN, 24, 80);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		fake_press(forms[i].key);
		assert_ptr_equal(app_top(fake.app)->ops, forms[i].ops);
		view_close(app_top(fake.app));
		fake_picture();
	}
	fake_press("X");
	assert_shows("This action is open already.");
}

static void test_action__a_collaborator_is_told_who_may_close(void **state)
{
	(void)state;
	open_action("rep",
	            HEAD
	            "5|1042|7|ACME|T|open|\\N|\\N|\\N|\\N|\\N|\\N|\\N|3|\\N|Formación|Ana Ruiz|"
	            "Luis Pérez|t|f|0|0\n",
	            24, 80);
	assert_shows("none yet: the key s sets it");
	fake_press("x");
	assert_shows("Only Luis Pérez, who owns the action, or a manager may do this.");
	assert_ptr_equal(app_top(fake.app)->ops, &view_action);
}

static void test_action__a_key_before_the_answer_is_not_lost(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_action, &action);
	fake_press("s");
	assert_ptr_equal(app_top(fake.app)->ops, &view_action);
	fake_answer("action_read", OPEN, OFFERS, PEOPLE, LINES);
	assert_ptr_equal(app_top(fake.app)->ops, &view_next_step);
}

static void test_action__closed_says_so(void **state)
{
	(void)state;
	open_action("rep",
	            HEAD
	            "5|1042|7|ACME|T|lost|\\N|\\N|\\N|\\N|2026-11-20|Price|Precio|3|\\N|Formación|"
	            "\\N|Ana Ruiz|t|t|0|0\n",
	            24, 80);
	assert_shows("lost 20/11/2026 · Price");
	fake_press("o");
	assert_shows("That is not possible: this action is closed.");
	fake_press("X");
	assert_ptr_equal(app_top(fake.app)->ops, &view_reopen);
}

static void test_action__says_when_it_can_be_won(void **state)
{
	(void)state;
	open_action("rep",
	            HEAD "5|1042|7|ACME|T|open|\\N|\\N|\\N|\\N|\\N|\\N|\\N|3|\\N|Formación|"
	                 "\\N|Ana Ruiz|t|t|0|1\n",
	            24, 80);
	assert_shows("open · x closes it as won");
}

static void test_action__not_there_any_more(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_action, &action);
	fake_press("p"); /* before anything is known */
	fake_answer("action_read", HEAD, OFFERS, PEOPLE, LINES);
	assert_ptr_not_equal(app_top(fake.app)->ops, &view_action);
	assert_shows("There is no such action, or it is not yours.");
}

static void test_action__hostile_text_and_any_size(void **state)
{
	static const int sizes[][2] = { { 1, 1 }, { 5, 20 }, { 16, 60 }, { 24, 139 }, { 24, 140 } };

	(void)state;
	open_action(
	    "rep",
	    HEAD "5|1042|7|A\x1b[2JCME|T\xe2\x80\xae|open|\\N|\\N|\\N|\\N|\\N|\\N|\\N|3|\\N|F|\\N|"
		 "Ana|t|t|0|0\n",
	    24, 80);
	assert_hides("\x1b");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		fake.height = sizes[i][0];
		fake.width = sizes[i][1];
		fake_picture();
	}
}

#define TEST(function) cmocka_unit_test_teardown(function, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_action__at_80),
		TEST(test_action__at_200),
		TEST(test_action__narrow_head),
		TEST(test_action__mouse_at_80),
		TEST(test_action__mouse_at_200),
		TEST(test_action__is_one_round_trip_and_refreshes_quietly),
		TEST(test_action__keys_wait_for_the_rows),
		TEST(test_action__refreshing_waits_for_the_answer),
		TEST(test_action__keys_open_their_forms),
		TEST(test_action__a_collaborator_is_told_who_may_close),
		TEST(test_action__a_key_before_the_answer_is_not_lost),
		TEST(test_action__closed_says_so),
		TEST(test_action__says_when_it_can_be_won),
		TEST(test_action__not_there_any_more),
		TEST(test_action__hostile_text_and_any_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
