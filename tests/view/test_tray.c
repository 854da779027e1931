/*
 * Mail that waits to be assigned: the list, one message, and what is done with it.
 */
#include "fake.h"

#define ROWS "key|version|state|direction|subject|attachments|state_note|who|moment|clients|person|mine|body\n"
#define UNKNOWN                                                                                     \
	"7|1|waiting|in|Plano de la nave|plano.pdf (2 MB)|\\N|Paz Soler <paz@beta.example>|"        \
	"2026-11-24 18:02|\\N|Ana Ruiz|t|From: Paz\n"
#define SEVERAL                                                                                     \
	"6|1|waiting|out|Re: visita|\\N|\\N|eva@acme.example|2026-11-23 09:00|ACME, Beta|Ana Ruiz|" \
	"t|To: Eva\n"
#define ASIDE "5|2|set_aside|in|News|\\N|advertising|news@z.example|2026-11-20 09:00|\\N|Ana Ruiz|t|x\n"
#define LUIS "4|1|waiting|in|Hola|\\N|\\N|x@z.example|2026-11-19 09:00|\\N|Luis Gil|f|x\n"

#define MAIL                                                                                      \
	"id|version|state|state_note|direction|sender|recipients|subject|body|attachments|"       \
	"message_id|address|moment|settled|clients|person|mine|action_id|action\n"
#define ONE(action)                                                                               \
	"7|1|waiting|\\N|in|Paz Soler <paz@beta.example>|ana@t.es|Plano de la \u202Enave|"        \
	"From: Paz|plano.pdf (2 MB)|<p@x>|paz@beta.example|2026-11-24 18:02|\\N|\\N|Ana Ruiz|t|" \
	action "\n"

static void open_tray(const char *roles)
{
	fake_app();
	fake_log_in("ana@trato.example", roles);
	fake_press("B");
}

static void test_tray__lists_what_waits(void **state)
{
	(void)state;
	open_tray("rep");
	fake_answer("tray_next", ROWS UNKNOWN SEVERAL);
	assert_string_equal(fake_parameter(3), "waiting");
	assert_string_equal(fake_parameter(4), "f");
	assert_shows("Mail to assign");
	assert_shows("24/11/2026 < Paz Soler <paz@b");
	assert_shows("not known");
	assert_shows("> eva@acme.example");
	assert_shows("ACME, Beta");
	assert_shows("a assign");
	assert_shows("d set aside");
	fake_press("2");
	fake_answer("tray_next", ROWS ASIDE);
	assert_string_equal(fake_parameter(3), "set_aside");
	assert_shows("advertisi…");
	assert_shows("a assign"); /* from there, too */
}

static void test_tray__shows_the_text_beside_it(void **state)
{
	(void)state;
	open_tray("rep");
	fake.width = 200;
	fake_picture();
	fake_answer("tray_next", ROWS UNKNOWN);
	assert_shows("plano.pdf (2 MB)");
	assert_shows("From: Paz");
}

static void test_tray__empty_says_what_comes_here(void **state)
{
	(void)state;
	open_tray("rep");
	fake_answer("tray_next", ROWS);
	assert_shows("What trato log-mail cannot assign by itself comes here.");
}

static void test_tray__is_everybodys_to_read_for_managers(void **state)
{
	(void)state;
	open_tray("manager");
	fake_answer("tray_next", ROWS UNKNOWN LUIS);
	assert_string_equal(fake_parameter(3), "waiting");
	assert_string_equal(fake_parameter(4), "t");
	assert_shows("Luis Gil");
	assert_hides("a assign");
	fake_press("a");
	assert_shows("Your role does not allow that.");
}

static void test_tray__of_another_is_not_assigned(void **state)
{
	(void)state;
	open_tray("rep,manager");
	fake_answer("tray_next", ROWS LUIS);
	assert_hides("a assign");
	fake_press("a");
	assert_shows("in somebody else's tray");
}

static void test_tray__assigns_to_an_action(void **state)
{
	(void)state;
	open_tray("rep");
	fake_answer("tray_next", ROWS UNKNOWN);
	fake_press("a");
	fake_answer("mail_read", MAIL ONE("\\N|\\N"));
	assert_shows("Assign the mail");
	assert_shows("Plano de la <U+202E>nave");
	assert_shows("From Paz Soler <paz@beta.example>");
	fake_press("Ctrl-s");
	assert_shows("Please fill this in.");
	fake_type("beta");
	while (fake_waiting("mail_action_candidates") > 0)
		fake_answer("mail_action_candidates", "id|label|note\n3|1042 Beta|Nave\n");
	assert_string_equal(fake_parameter(1), "7");
	fake_press("Enter");
	fake_answer("action_client", "client_id\n9\n");
	assert_string_equal(fake_parameter(1), "3");
	fake_press("Ctrl-s");
	fake_answer("assign_mail", "id|action|client\n21|1042|Beta\n");
	assert_string_equal(fake_parameter(2), "7");
	assert_string_equal(fake_parameter(3), "1");
	assert_string_equal(fake_parameter(4), "3");
	assert_string_equal(fake_parameter(5), "");
	assert_shows("The mail is logged in the action.");
	fake_answer("tray_next", ROWS);
}

static void test_tray__proposes_the_only_action(void **state)
{
	(void)state;
	open_tray("rep");
	fake_answer("tray_next", ROWS UNKNOWN);
	fake_press("a");
	fake_answer("mail_read", MAIL ONE("3|1042 Beta"));
	fake_answer("action_client", "client_id\n9\n");
	assert_shows("1042 Beta");
	fake_press("Ctrl-s");
	fake_answer("assign_mail", "id\n21\n");
	assert_string_equal(fake_parameter(4), "3");
}

static void test_tray__enters_an_unknown_contact(void **state)
{
	(void)state;
	open_tray("rep");
	fake_answer("tray_next", ROWS UNKNOWN);
	fake_press("a");
	fake_answer("mail_read", MAIL ONE("3|1042 Beta"));
	fake_answer("action_client", "client_id\n9\n");
	fake_press("Tab");
	fake_type("Paz Soler");
	while (fake_waiting("contact_candidates") > 0)
		fake_answer("contact_candidates", "id|label|note\n");
	assert_string_equal(fake_parameter(1), "9");
	fake_press("Enter");
	assert_shows("New contact");
	assert_shows("Paz Soler");
	assert_shows("paz@beta.example");
	fake_press("Ctrl-s");
	fake_answer("save_contact", "id|name|version\n33|Paz Soler|1\n");
	assert_string_equal(fake_parameter(4), "9");
	assert_string_equal(fake_parameter(7), "paz@beta.example");
	fake_press("Ctrl-s");
	fake_answer("assign_mail", "id\n21\n");
	assert_string_equal(fake_parameter(5), "33");
}

static void test_tray__says_when_somebody_was_quicker(void **state)
{
	(void)state;
	open_tray("rep");
	fake_answer("tray_next", ROWS UNKNOWN);
	fake_press("a");
	fake_answer("mail_read", MAIL ONE("3|1042 Beta"));
	fake_press("Ctrl-s");
	fake_refuse("assign_mail", "TR001", "mail_is_logged", "");
	assert_shows("This mail is logged already.");
	fake_press("Ctrl-s");
	fake_refuse("assign_mail", "TR002", "row_version", "version=2");
	fake_answer("row_state", "version|state\n2|set_aside\n", "name|moment|mine\nAna|2026-11-25 10:00|t\n");
	assert_string_equal(fake_parameter(1), "mail");
	assert_shows("Its state is now");
	fake_answer("mail_read", MAIL ONE("3|1042 Beta"));
	fake_press("Ctrl-s");
	fake_answer("assign_mail", "id\n21\n");
	assert_string_equal(fake_parameter(3), "2");
}

static void test_tray__sets_aside_with_a_reason(void **state)
{
	(void)state;
	open_tray("rep");
	fake_answer("tray_next", ROWS UNKNOWN);
	fake_press("d");
	fake_press("Ctrl-s");
	assert_shows("Please fill this in.");
	fake_type("advertising");
	fake_press("Ctrl-s");
	fake_answer("set_aside_mail", "id\n7\n");
	assert_string_equal(fake_parameter(2), "7");
	assert_string_equal(fake_parameter(3), "1");
	assert_string_equal(fake_parameter(4), "advertising");
	assert_shows("The mail is set aside.");
}

static void test_mail__is_read_and_assigned(void **state)
{
	(void)state;
	open_tray("rep");
	fake_answer("tray_next", ROWS UNKNOWN);
	fake_press("Enter");
	fake_answer("mail_read", MAIL ONE("\\N|\\N"));
	assert_shows(" Plano de la <U+202E>nave\n"
	             " State            to assign\n"
	             " Tray of          Ana Ruiz\n"
	             " Client           not known by its addresses\n"
	             " When             24/11/2026 18:02, incoming\n"
	             " Attachments      plano.pdf (2 MB)\n"
	             " Message-ID       <p@x>\n"
	             "\n"
	             " From: Paz\n");
	fake_press("d");
	fake_type("private");
	fake_press("Ctrl-s");
	fake_answer("set_aside_mail", "id\n7\n");
	assert_shows("Mail to assign"); /* back in the list */
}

static void test_news__mail_is_announced(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	fake_answer("rep_news", "kind|id|label|cents|currency\nm|7|Plano|\\N|\\N\nm|6|Visita|\\N|\\N\n"
	                        "c|3|Luis|\\N|\\N\n");
	assert_shows("1 request to collaborate: Luis · 2 mails to assign: Visita, Plano");
	fake_press("!"); /* the request first */
	fake_press("Esc");
	assert_int_equal(fake_waiting("tray_next"), 0);
	assert_shows("2 mails to assign: Visita, Plano");
	fake_press("!");
	assert_int_equal(fake_waiting("tray_next"), 1);
	assert_hides("2 mails");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_tray__lists_what_waits, fake_teardown),
		cmocka_unit_test_teardown(test_tray__shows_the_text_beside_it, fake_teardown),
		cmocka_unit_test_teardown(test_tray__empty_says_what_comes_here, fake_teardown),
		cmocka_unit_test_teardown(test_tray__is_everybodys_to_read_for_managers, fake_teardown),
		cmocka_unit_test_teardown(test_tray__of_another_is_not_assigned, fake_teardown),
		cmocka_unit_test_teardown(test_tray__assigns_to_an_action, fake_teardown),
		cmocka_unit_test_teardown(test_tray__proposes_the_only_action, fake_teardown),
		cmocka_unit_test_teardown(test_tray__enters_an_unknown_contact, fake_teardown),
		cmocka_unit_test_teardown(test_tray__says_when_somebody_was_quicker, fake_teardown),
		cmocka_unit_test_teardown(test_tray__sets_aside_with_a_reason, fake_teardown),
		cmocka_unit_test_teardown(test_mail__is_read_and_assigned, fake_teardown),
		cmocka_unit_test_teardown(test_news__mail_is_announced, fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
