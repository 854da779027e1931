/*
 * Logging what passed with a client, together with the next step: what is sent,
 * and what happens when somebody else changed the action meanwhile.
 */
#include "fake.h"

#define BEGIN                                                                                \
	"id|number|title|client_id|client|state|version|next_step|next_step_on|today|clock|" \
	"contact_id|contact\n"
#define NOBODY "name|moment|mine\n"

static const int64_t action_id = 3, communication_id = 9;

static void open_form(void)
{
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_communication, &action_id);
	fake_answer("communication_begin", BEGIN
	            "3|1042|Formación 2026|4|ACME|open|8|Send prices|2026-11-25|2026-11-23|09:30|"
	            "\\N|\\N\n");
	assert_string_equal(fake_parameter(1), "3");
}

static void to_subject(void)
{
	for (int i = 0; i < 5; i++)
		fake_press("Tab");
}

static void to_next_step(void)
{
	for (int i = 0; i < 3; i++)
		fake_press("Tab");
}

static void test_communication__begins_now_with_the_next_step(void **state)
{
	(void)state;
	open_form();
	assert_shows(" ACME · action 1042 · Formación 2026\n"
	             "\n"
	             "Channel *       ‹ Phone ›\n"
	             "Direction *     ‹ We contacted the client ›\n"
	             "Contact         type a part of the name; Space shows them\n"
	             "Day *           23/11/2026\n"
	             "Hour *          09:30\n"
	             "Subject *\n"
	             "Text\n"
	             "\n\n\n"
	             "Duration        minutes\n"
	             "Next step       Send prices\n"
	             "Its day         25/11/2026\n");
	fake.height = 60;
	fake.width = 200;
	assert_shows("Next step       Send prices\n");
}

/* Phone, e-mail, visit, meeting, letter, message, other: in this order. */
static void test_communication__each_channel_has_its_fields(void **state)
{
	static const struct {
		const char *channel, *field;
	} channels[] = {
		{ "E-mail", "Message-ID" }, { "Visit", "Duration" }, { "Meeting", "Duration" },
		{ "Letter", "Tracking number" }, { "Message", NULL }, { "Other", NULL },
	};
	static const char *const fields[] = { "Message-ID", "Duration", "Tracking number" };

	(void)state;
	open_form();
	for (size_t i = 0; i < sizeof(channels) / sizeof(channels[0]); i++) {
		fake_press("Right");
		assert_shows(channels[i].channel);
		for (size_t f = 0; f < sizeof(fields) / sizeof(fields[0]); f++)
			if (channels[i].field != NULL && strcmp(channels[i].field, fields[f]) == 0)
				assert_shows(fields[f]);
			else
				assert_hides(fields[f]);
	}
}

static void test_communication__what_was_typed_for_a_channel_comes_back_with_it(void **state)
{
	(void)state;
	open_form();
	to_subject();
	fake_type("Call");
	fake_press("Tab");
	fake_press("Tab");
	fake_type("12");
	for (int i = 0; i < 7; i++)
		fake_press("Backtab");
	fake_press("Right");
	assert_hides("Duration");
	to_subject();
	fake_press("Tab");
	fake_press("Tab");
	fake_type("<a@b.example>");
	for (int i = 0; i < 7; i++)
		fake_press("Backtab");
	fake_press("Left");
	assert_shows("Duration        12");
	assert_hides("Message-ID");
	fake_press("Ctrl-s");
	fake_refuse("log_communication", "23514", "communication_happened_at_past", "");
	assert_string_equal(fake_parameter(10), "12");
	assert_string_equal(fake_parameter(16), "");
	for (int i = 0; i < 3; i++)
		fake_press("Backtab");
	fake_press("Right");
	assert_shows("Message-ID      <a@b.example>");
	fake_press("Ctrl-s");
	fake_answer("log_communication", "id\n9\n");
	assert_string_equal(fake_parameter(4), "email");
	assert_string_equal(fake_parameter(10), "");
	assert_string_equal(fake_parameter(16), "<a@b.example>");
}

static void test_communication__leaves_an_unchanged_step_alone(void **state)
{
	(void)state;
	open_form();
	to_subject();
	fake_type("Prices");
	fake_press("Ctrl-s");
	fake_answer("log_communication", "id\n9\n");
	assert_string_equal(fake_parameter(2), "3");
	assert_string_equal(fake_parameter(3), "");
	assert_string_equal(fake_parameter(4), "phone");
	assert_string_equal(fake_parameter(5), "out");
	assert_string_equal(fake_parameter(6), "2026-11-23");
	assert_string_equal(fake_parameter(7), "09:30");
	assert_string_equal(fake_parameter(8), "Prices");
	assert_string_equal(fake_parameter(12), "f");
	assert_string_equal(fake_parameter(13), "");
	assert_shows("The communication is logged.");
}

static void log_with_step(void)
{
	open_form();
	to_subject();
	fake_type("Prices");
	to_next_step();
	fake_press("Ctrl-u");
	fake_type("Visit");
	fake_press("Ctrl-s");
}

static void test_communication__sets_the_next_step_with_it(void **state)
{
	(void)state;
	log_with_step();
	fake_answer("log_communication", "id\n9\n");
	assert_string_equal(fake_parameter(12), "t");
	assert_string_equal(fake_parameter(13), "8");
	assert_string_equal(fake_parameter(14), "Visit");
	assert_string_equal(fake_parameter(15), "2026-11-25");
	assert_shows("! The communication is logged. The day of the next step is past.");
}

static void test_communication__another_next_step_is_shown_and_nothing_is_lost(void **state)
{
	(void)state;
	log_with_step();
	fake_refuse("log_communication", "TR002", "row_version", "version=9");
	fake_break("communication_begin");
	fake_answer("communication_begin", BEGIN
	            "3|1042|Formación 2026|4|ACME|open|9|Call Eva|2026-12-01|2026-11-24|10:00|"
	            "\\N|\\N\n",
	            NOBODY);
	assert_shows("Somebody else has changed this while you were writing.");
	assert_shows("( ) Send prices");
	assert_shows("( ) Call Eva");
	assert_shows("( ) Visit");
	/* The day is theirs alone, and the communication is no part of it. */
	assert_shows("(x) 01/12/2026");
	assert_hides("Prices");
	assert_hides("10:00");
	fake_press("Esc");
	assert_shows("Visit");
	assert_shows("Prices");
	fake_press("Ctrl-s");
	fake_answer("communication_begin", BEGIN
	            "3|1042|Formación 2026|4|ACME|open|9|Call Eva|2026-12-01|2026-11-24|10:00|"
	            "\\N|\\N\n",
	            NOBODY);
	fake_press("m");
	fake_press("Enter");
	fake_answer("log_communication", "id\n9\n");
	assert_string_equal(fake_parameter(7), "09:30");
	assert_string_equal(fake_parameter(8), "Prices");
	assert_string_equal(fake_parameter(13), "9");
	assert_string_equal(fake_parameter(14), "Visit");
	assert_string_equal(fake_parameter(15), "2026-12-01");
}

static void test_communication__their_next_step_is_left_alone(void **state)
{
	(void)state;
	log_with_step();
	fake_refuse("log_communication", "TR002", "row_version", "version=9");
	fake_answer("communication_begin", BEGIN
	            "3|1042|Formación 2026|4|ACME|open|9|Call Eva|2026-11-25|2026-11-23|09:30|"
	            "\\N|\\N\n",
	            NOBODY);
	fake_press("t");
	fake_press("Enter");
	fake_answer("log_communication", "id\n9\n");
	assert_string_equal(fake_parameter(8), "Prices");
	assert_string_equal(fake_parameter(12), "f");
}

/* Who did a step says what comes next: against the step as it is by now. */
static void test_communication__a_step_that_is_done_meets_another_one(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_step_done, &action_id);
	fake_answer("communication_begin", BEGIN
	            "3|1042|Formación 2026|4|ACME|open|8|Send prices|2026-11-25|2026-11-23|09:30|"
	            "\\N|\\N\n");
	to_subject();
	to_next_step();
	fake_type("Ask for an answer");
	fake_press("Ctrl-s");
	fake_refuse("log_communication", "TR002", "row_version", "version=9");
	fake_answer("communication_begin", BEGIN
	            "3|1042|Formación 2026|4|ACME|open|9|Call Eva|2026-11-25|2026-11-23|09:30|"
	            "\\N|\\N\n",
	            NOBODY);
	assert_shows("( ) Send prices");
	assert_shows("( ) Call Eva");
	assert_shows("( ) Ask for an answer");
	fake_press("m");
	fake_press("Enter");
	fake_answer("log_communication", "id\n9\n");
	assert_string_equal(fake_parameter(8), "Send prices");
	assert_string_equal(fake_parameter(14), "Ask for an answer");
}

static void test_communication__other_changes_of_the_action_do_not_matter(void **state)
{
	(void)state;
	log_with_step();
	fake_refuse("log_communication", "TR002", "row_version", "version=9");
	fake_answer("communication_begin", BEGIN
	            "3|1042|Formación 2026|4|ACME|open|9|Send prices|2026-11-25|2026-11-23|09:30|"
	            "\\N|\\N\n",
	            NOBODY);
	fake_answer("log_communication", "id\n9\n");
	assert_string_equal(fake_parameter(13), "9");
	assert_shows("The communication is logged.");
}

static void test_communication__future_is_refused_at_its_day(void **state)
{
	(void)state;
	open_form();
	to_subject();
	fake_type("Prices");
	fake_press("Ctrl-s");
	fake_refuse("log_communication", "23514", "communication_happened_at_past", "");
	assert_shows("! A communication cannot lie in the future.");
}

static void test_communication__contact_is_found_or_entered(void **state)
{
	(void)state;
	open_form();
	fake_press("Tab");
	fake_press("Tab");
	fake_type("e");
	fake_answer("contact_candidates", "id|label|note\n7|Eva Gil|Directora\n");
	assert_string_equal(fake_parameter(1), "4");
	assert_shows("Enter the contact «e»");
	fake_press("Down");
	fake_press("Enter");
	assert_ptr_equal(app_top(fake.app)->ops, &view_contact_form);
	fake_type("lena");
	fake_press("Ctrl-s");
	fake_answer("save_contact", "id|name|version\n11|elena|1\n");
	assert_ptr_equal(app_top(fake.app)->ops, &view_communication);
	assert_shows("Contact         e");
	fake_press("Tab");
	fake_press("Tab");
	fake_type("Call");
	fake_press("Ctrl-s");
	fake_answer("log_communication", "id\n9\n");
	assert_string_equal(fake_parameter(3), "11");
	assert_string_equal(fake_parameter(8), "Call");
}

/* Of a client whom one does not know yet no name comes to mind. */
static void test_communication__contacts_are_shown_without_a_name(void **state)
{
	(void)state;
	open_form();
	fake_press("Tab");
	fake_press("Tab");
	fake_press("Space");
	fake_press("Space");
	fake_answer("contact_candidates",
	            "id|label|note\n7|Eva Gil|Directora\n8|Juan Gil|Compras\n");
	assert_string_equal(fake_parameter(1), "4");
	assert_string_equal(fake_parameter(2), "");
	assert_shows("▸ Eva Gil");
	assert_hides("Enter the contact");
	fake_press("Down");
	fake_press("Enter");
	assert_shows("Contact         Juan Gil\n");
	assert_int_equal(fake_waiting("contact_candidates"), 0);
}

/* ---- one that was logged ---- */

#define READ                                                                                     \
	"id|action_id|action_number|action_title|client_id|client|channel|direction|contact_id|" \
	"contact|job_title|moment|subject|body|duration_minutes|tracking_number|author|logged|"  \
	"is_member\n"
#define LAST                                                                                     \
	"9|3|1042|Formación 2026|4|ACME|phone|out|7|Eva Gil|Directora|2026-11-20 10:00|Prices|" \
	"She likes them.|15|\\N|Ana Ruiz|2026-11-20 10:05|t\n"
#define FIRST                                                                                   \
	"8|3|1042|Formación 2026|4|ACME|visit|out|7|Eva Gil|Directora|2026-11-20 10:00|Price|" \
	"\\N|\\N|\\N|Ana Ruiz|2026-11-20 10:01|t\n"

static void test_logged__shows_all_versions(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_communication_read, &communication_id);
	fake_answer("communication_read", READ LAST FIRST);
	assert_shows(" ACME · action 1042 · Formación 2026\n"
	             " Corrected: + is new in a version, - is another one later.\n"
	             "\n"
	             "+Prices\n"
	             "+Channel          phone, outgoing\n"
	             " When             20/11/2026 10:00\n"
	             " Contact          Eva Gil, Directora\n"
	             "+Duration         15 minutes\n"
	             " Logged           20/11/2026 10:05 by Ana Ruiz\n"
	             "\n"
	             "+She likes them.\n");
	assert_shows(" Earlier version\n-Price\n-Channel          visit, outgoing\n When ");
	assert_shows(" Logged           20/11/2026 10:01 by Ana Ruiz\n");
}

static void test_logged__lost_on_its_way_is_asked_again(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_communication_read, &communication_id);
	fake_break("communication_read");
	assert_int_equal(fake_waiting("communication_read"), 1);
	fake_answer("communication_read", READ LAST);
	assert_shows("She likes them.");
}

/* Of a text only the lines that are others now; the middle one of three is compared with both. */
static void test_logged__marks_the_lines_that_differ(void **state)
{
	(void)state;
	fake_app();
	fake.height = 40;
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_communication_read, &communication_id);
	fake_answer("communication_read",
	            "id|channel|direction|subject|body|author|logged|moment\n"
	            "11|phone|out|Price|Two dates.\\nNet of VAT.|Luis|2026-11-22 10:00|\\N\n"
	            "10|phone|out|Price|One date.\\nNet of VAT.|Ana|2026-11-21 10:00|\\N\n"
	            "9|phone|out|Price|Two dates.\\nGross.|Ana|2026-11-20 10:00|\\N\n");
	assert_shows("+Two dates.\n Net of VAT.\n");
	assert_shows("±One date.\n+Net of VAT.\n");
	assert_shows("-Two dates.\n-Gross.\n");
}

static void test_logged__mail_tells_what_came_with_it(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_communication_read, &communication_id);
	fake_answer("communication_read",
	            "id|channel|direction|moment|subject|attachments|message_id|author|logged\n"
	            "9|email|in|2026-11-20 10:00|Prices|plan.pdf (2 KB)|<a@\u202Eacme>|Ana|"
	            "2026-11-20 10:05\n");
	assert_shows(" Message-ID       <a@<U+202E>acme>\n"
	             " Attachments      plan.pdf (2 KB)\n"
	             " Logged           20/11/2026 10:05 by Ana\n");
}

static void test_logged__is_corrected_by_another_version(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_communication_read, &communication_id);
	fake_answer("communication_read", READ LAST);
	fake_press("e");
	fake_answer("communication_read", READ LAST);
	to_subject();
	fake_type("!");
	fake_press("Ctrl-s");
	fake_answer("correct_communication", "id\n12\n");
	assert_string_equal(fake_parameter(2), "9");
	assert_string_equal(fake_parameter(3), "7");
	assert_string_equal(fake_parameter(6), "2026-11-20");
	assert_string_equal(fake_parameter(7), "10:00");
	assert_string_equal(fake_parameter(8), "Prices!");
	assert_string_equal(fake_parameter(10), "15");
	assert_ptr_equal(app_top(fake.app)->ops, &view_communication_read);
	assert_int_equal(fake_waiting("communication_read"), 1);
}

/* Two have corrected it: the second one corrects the correction, and sees it first. */
static void test_logged__two_corrections_meet(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	view_push(fake.app, &view_communication_read, &communication_id);
	fake_answer("communication_read", READ
	            "9|3|1042|F|4|ACME|phone|out|\\N|\\N|\\N|2026-11-20 10:00|Price|Tell Eva|\\N|\\N|"
	            "Ana|2026-11-20 10:05|t\n");
	fake_press("e");
	fake_answer("communication_read", READ
	            "9|3|1042|F|4|ACME|phone|out|\\N|\\N|\\N|2026-11-20 10:00|Price|Tell Eva|\\N|\\N|"
	            "Ana|2026-11-20 10:05|t\n");
	for (int i = 0; i < 5; i++)
		fake_press("Tab");
	fake_type("s");
	fake_press("Ctrl-s");
	fake_refuse("correct_communication", "23505", "communication_corrected_once", "");
	fake_answer("communication_read", READ
	            "11|3|1042|F|4|ACME|visit|out|\\N|\\N|\\N|2026-11-20 10:00|Price|Tell Luis|\\N|\\N|"
	            "Luis|2026-11-20 10:07|t\n",
	            "name|moment|mine\nLuis|2026-11-20 10:07|f\n");
	assert_shows("Luis has changed this while you were writing");
	assert_shows("(x) Visit");
	assert_shows("(x) Tell Luis");
	assert_shows("(x) Prices");
	fake_press("Enter");
	fake_answer("correct_communication", "id\n12\n");
	assert_string_equal(fake_parameter(2), "11");
	assert_string_equal(fake_parameter(4), "visit");
	assert_string_equal(fake_parameter(8), "Prices");
	assert_string_equal(fake_parameter(9), "Tell Luis");
}

static void test_logged__others_only_read(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("marta@trato.example", "manager");
	view_push(fake.app, &view_communication_read, &communication_id);
	fake_answer("communication_read", READ
	            "9|3|1042|F|4|ACME|letter|in|\\N|\\N|\\N|2026-11-20 10:00|Order|\\N|\\N|RR1|"
	            "Ana|2026-11-20 10:05|f\n");
	assert_shows("Tracking number  RR1");
	assert_hides("e edit");
	assert_hides("Contact ");
	fake_press("e");
	assert_ptr_equal(app_top(fake.app)->ops, &view_communication_read);
}

#define TEST(name) cmocka_unit_test_teardown(name, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_communication__begins_now_with_the_next_step),
		TEST(test_communication__each_channel_has_its_fields),
		TEST(test_communication__what_was_typed_for_a_channel_comes_back_with_it),
		TEST(test_communication__leaves_an_unchanged_step_alone),
		TEST(test_communication__sets_the_next_step_with_it),
		TEST(test_communication__another_next_step_is_shown_and_nothing_is_lost),
		TEST(test_communication__their_next_step_is_left_alone),
		TEST(test_communication__a_step_that_is_done_meets_another_one),
		TEST(test_communication__other_changes_of_the_action_do_not_matter),
		TEST(test_communication__future_is_refused_at_its_day),
		TEST(test_communication__contacts_are_shown_without_a_name),
		TEST(test_communication__contact_is_found_or_entered),
		TEST(test_logged__shows_all_versions),
		TEST(test_logged__lost_on_its_way_is_asked_again),
		TEST(test_logged__marks_the_lines_that_differ),
		TEST(test_logged__mail_tells_what_came_with_it),
		TEST(test_logged__is_corrected_by_another_version),
		TEST(test_logged__two_corrections_meet),
		TEST(test_logged__others_only_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
