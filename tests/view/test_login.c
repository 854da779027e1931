/*
 * The login screen: each fault has its sentence, the first login asks for a
 * password, and a session that may not come back keeps what was typed.
 */
#include "fake.h"

#include <time.h>

#include <base/date.h>

static void enter(const char *email, const char *password)
{
	fake_type(email);
	fake_press("Tab");
	fake_type(password);
	fake_press("Enter");
}

static void test_login__sends_what_was_typed(void **state)
{
	(void)state;
	fake_app();
	assert_shows("Esc quit");
	enter("ana@trato.example", "sesame");
	assert_string_equal(fake.db->user, "ana@trato.example");
	assert_string_equal(fake.db->password, "sesame");
	assert_shows("Connecting");
	assert_hides("sesame");
}

static void test_login__a_name_is_no_e_mail(void **state)
{
	(void)state;
	fake_app();
	fake_type("ana");
	fake_press("Tab");
	fake_type("secret");
	fake_press("Enter");
	fake_state(DB_DOWN, DB_FAULT_PASSWORD, "");
	assert_shows("The e-mail or the password is not right. The e-mail is the");
	assert_shows("such as ana.ruiz@acme.example.");
}

/* What a server says of itself ends with what matters. */
static void test_login__a_long_reason_is_whole(void **state)
{
	static const char reason[] =
	    "The database server cannot be reached. Check the network, or ask whoever looks after the "
	    "server. (connection to server on socket \"/var/run/postgresql/.s.PGSQL.5432\" failed: No "
	    "such file or directory Is the server running locally there?)";

	(void)state;
	fake_app();
	fake_type("ana@trato.example");
	fake_press("Tab");
	fake_type("secret");
	fake_press("Enter");
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, reason);
	assert_shows("running locally there?)");
	fake.height = 16;
	fake_picture();
	assert_shows("Password *");
}

static void test_login__asks_for_both(void **state)
{
	(void)state;
	fake_app();
	fake_press("Ctrl-s");
	assert_int_equal(fake.db->connects, 0);
}

static void test_login__every_fault_has_its_sentence(void **state)
{
	static const struct {
		enum db_fault fault;
		const char *sentence;
	} faults[] = {
		{ DB_FAULT_UNREACHABLE, "unreachable (no route)" },
		{ DB_FAULT_PASSWORD, "wrong password" },
		{ DB_FAULT_DISABLED, "disabled" },
		{ DB_FAULT_NO_DATABASE, "no database" },
		{ DB_FAULT_FULL, "full" },
		{ DB_FAULT_READ_ONLY, "read only" },
		{ DB_FAULT_NO_TLS, "no TLS" },
		{ DB_FAULT_UNKNOWN_CERTIFICATE, "unknown certificate" },
		{ DB_FAULT_OTHER_NAME, "other name" },
		{ DB_FAULT_WEAK_LOGIN, "weak login" },
		{ DB_FAULT_OTHER_OWNER, "other owner" },
		{ DB_FAULT_OTHER, "other (no route)" },
	};

	(void)state;
	fake_app();
	enter("ana@trato.example", "sesame");
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		fake_state(DB_CONNECTING, DB_FAULT_NONE, "");
		fake_state(DB_DOWN, faults[i].fault, "no route");
		assert_shows(faults[i].sentence);
		assert_hides("Connecting");
	}
	fake_press("Enter");
	fake_type("again");
	fake_press("Enter");
	assert_int_equal(fake.db->connects, 2);
	assert_hides("other (no route)");
}

static void test_login__a_weak_connection_is_told(void **state)
{
	fake_app();
	assert_hides("not encrypted");
	fake_teardown(state);
	fake_app_of((struct app_config){ .conninfo = "weak" });
	assert_shows("not encrypted");
	enter("ana@trato.example", "sesame");
	fake_state(DB_DOWN, DB_FAULT_PASSWORD, "");
	assert_shows("wrong password");
}

static void test_login__foreign_words_stay_harmless(void **state)
{
	(void)state;
	fake_app();
	enter("ana@trato.example", "sesame");
	fake_state(DB_DOWN, DB_FAULT_OTHER, "bad \033[2J\u202ething");
	assert_hides("\033");
	assert_hides("\u202e");
}

static void test_login__no_person_of_trato(void **state)
{
	(void)state;
	fake_app();
	enter("postgres", "x");
	assert_false(fake_greet("postgres", ""));
	assert_shows("no role in Trato");
}

static void test_login__first_login_asks_for_a_new_password(void **state)
{
	(void)state;
	fake_app();
	enter("ana@trato.example", "first-password");
	assert_shows("Esc cancel"); /* of connecting */
	assert_true(fake_greet("ana@trato.example", "rep+new"));
	assert_shows("\n Welcome. Please choose a password of your own");
	assert_shows("Esc quit");
	assert_hides("Esc cancel");

	enter("short", "short");
	assert_shows("At least 10");
	fake_press("Esc"); /* there is no way round it but to leave the program */
	assert_shows("choose a password of your own");
	fake_press("Up");
	for (int i = 0; i < 5; i++)
		fake_press("Backspace");
	fake_type("first-password");
	fake_press("Tab");
	for (int i = 0; i < 5; i++)
		fake_press("Backspace");
	fake_type("first-password");
	fake_press("Enter");
	assert_shows("another one than before");
	assert_int_equal(fake_waiting("change_password"), 0);

	fake_type("2");
	fake_press("Ctrl-s");
	assert_shows("not the same");
	fake_type("2");
	fake_press("Enter");
	fake_answer("change_password", "result\nt\n");
	assert_string_equal(fake_parameter(2), "SCRAM of first-password2");
	assert_string_equal(fake.db->password, "first-password2");
	assert_hides("choose a password");
	assert_shows("ana@trato.example");
}

static void test_login__session_that_may_not_return_keeps_the_form(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	fake_answer("clients_next", "key|name|name_folded\n");
	fake_press("n");
	fake_type("Nueva SL");
	fake_state(DB_DOWN, DB_FAULT_ENDED, "");
	assert_shows("offline since");
	assert_shows("Nueva SL");
	fake_state(DB_CONNECTING, DB_FAULT_NONE, "");
	fake_state(DB_DOWN, DB_FAULT_PASSWORD, "");
	assert_shows("log in again");
	assert_shows("ana@trato.example");
	fake_type("changed-elsewhere");
	fake_press("Enter");
	assert_true(fake_greet("ana@trato.example", "rep"));
	assert_hides("log in again");
	assert_shows("Nueva SL");
}

static void test_login__question_over_it_goes_with_it(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	fake_state(DB_DOWN, DB_FAULT_PASSWORD, "");
	fake_state(DB_DOWN, DB_FAULT_PASSWORD, "");
	fake_press("Esc");
	assert_shows("Leave Trato?");
	assert_true(fake_greet("ana@trato.example", "rep"));
	assert_hides("Leave Trato?");
	assert_hides("log in again");
	assert_shows("Clients");
}

static void test_login__password_reset_during_the_first_login(void **state)
{
	(void)state;
	fake_app();
	enter("ana@trato.example", "first-password");
	assert_true(fake_greet("ana@trato.example", "rep+new"));
	fake_state(DB_DOWN, DB_FAULT_PASSWORD, "");
	assert_shows("wrong password");
	fake_type("another-one");
	fake_press("Enter");
	assert_true(fake_greet("ana@trato.example", "rep+new"));
	assert_shows("choose a password of your own");
}

static void test_login__somebody_else_does_not_see_the_screens_before(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	fake_answer("clients_next", "key|name|name_folded\n");
	fake_press("n");
	fake_type("Secreta SL");
	fake_state(DB_DOWN, DB_FAULT_DISABLED, "");
	fake_type("x");
	fake_press("Enter");
	assert_true(fake_greet("luis@trato.example", "rep"));
	assert_hides("Secreta SL");
	assert_shows("luis@trato.example");
}

static void test_login__demo_names_its_accounts(void **state)
{
	(void)state;
	fake_app();
	assert_hides("berta@trato.example");
	setenv("TRATO_DEMO", "1", 1);
	assert_shows("berta@trato.example");
	fake.height = 16;
	fake.width = 60;
	assert_shows("E-mail");
}

/* Between the two there is no screen: those of the first one are closed. */
static void test_login__somebody_else_whose_connection_breaks_at_once(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	fake_state(DB_DOWN, DB_FAULT_PASSWORD, "");
	assert_true(fake_greeting("luis@trato.example", "rep"));
	fake_state(DB_DOWN, DB_FAULT_UNREACHABLE, "");
	assert_shows("Password");
	assert_shows("unreachable");
	assert_true(fake_greet("luis@trato.example", "rep"));
	assert_hides("Password");
}

/* "Today" is the team's, wherever the program runs. */
static void test_login__days_are_those_of_the_team(void **state)
{
	time_t now = time(NULL) + 14 * 3600;
	struct tm there;
	struct date today;

	(void)state;
	fake_app();
	fake.zone = "Pacific/Kiritimati";
	fake_log_in("ana@trato.example", "rep");
	fake.zone = NULL;
	today = date_today();
	gmtime_r(&now, &there);
	assert_int_equal(today.day, there.tm_mday);
	assert_int_equal(today.month, there.tm_mon + 1);
	assert_int_equal(unsetenv("TZ"), 0);
	tzset();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_login__sends_what_was_typed, fake_teardown),
		cmocka_unit_test_teardown(test_login__a_name_is_no_e_mail, fake_teardown),
		cmocka_unit_test_teardown(test_login__a_long_reason_is_whole, fake_teardown),
		cmocka_unit_test_teardown(test_login__asks_for_both, fake_teardown),
		cmocka_unit_test_teardown(test_login__every_fault_has_its_sentence, fake_teardown),
		cmocka_unit_test_teardown(test_login__a_weak_connection_is_told, fake_teardown),
		cmocka_unit_test_teardown(test_login__foreign_words_stay_harmless, fake_teardown),
		cmocka_unit_test_teardown(test_login__no_person_of_trato, fake_teardown),
		cmocka_unit_test_teardown(test_login__first_login_asks_for_a_new_password,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_login__session_that_may_not_return_keeps_the_form,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_login__somebody_else_does_not_see_the_screens_before,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_login__question_over_it_goes_with_it, fake_teardown),
		cmocka_unit_test_teardown(test_login__password_reset_during_the_first_login,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_login__days_are_those_of_the_team, fake_teardown),
		cmocka_unit_test_teardown(test_login__demo_names_its_accounts, fake_teardown),
		cmocka_unit_test_teardown(test_login__somebody_else_whose_connection_breaks_at_once,
		                          fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
