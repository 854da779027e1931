/*
 * What a person sets for himself: it holds at once and at the next login; what
 * cannot be kept or read costs nothing else.
 */
#include "fake.h"

#include <sys/stat.h>

#include <view/app.h>

#define NEWS "kind|id|label|cents|currency\nr|7|ACME|4520000|EUR\n"

static char folder[64];

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/trato-me.XXXXXX");
	assert_non_null(mkdtemp(folder));
	return 0;
}

static int tear_down(void **state)
{
	char command[80];

	snprintf(command, sizeof(command), "rm -r '%s'", folder);
	assert_int_equal(system(command), 0);
	return fake_teardown(state);
}

static void log_in(const char *email)
{
	fake_app();
	setenv("XDG_STATE_HOME", folder, 1);
	fake_log_in(email, "rep");
	fake_answer("clients_next", "key|name|name_folded\n1|ACME|acme\n");
}

/* Whether there is a tick beside that label. */
static bool ticked(const char *label)
{
	const char *line = strstr(fake_picture(), label);

	assert_non_null(line);
	return strncmp(strchr(line, '['), "[x]", 3) == 0;
}

static void test_me__holds_at_the_next_login(void **state)
{
	log_in("ana@trato.example");
	fake_press("M");
	assert_shows("ana@trato.example. What is set here holds for you alone");
	assert_shows("for a dark terminal");
	assert_true(ticked("Mouse"));
	fake_press("Tab");
	fake_press("Right");
	fake_press("Tab");
	fake_press("Space");
	fake_press("Tab");
	fake_press("Space");
	fake_press("Tab");
	fake_type("20-8");
	fake_press("Ctrl-s");
	assert_shows("It is set, and will be at the next login.");
	fake_teardown(state);

	log_in("ana@trato.example");
	fake_press("M");
	assert_shows("for a light terminal");
	assert_false(ticked("Mouse"));
	assert_false(ticked("Bell"));
	assert_shows("20:00-08:00");
	fake_teardown(state);

	/* It is nobody else's. */
	log_in("luis@trato.example");
	fake_press("M");
	assert_shows("for a dark terminal");
}

static void test_me__the_language_changes_at_once(void **state)
{
	(void)state;
	log_in("ana@trato.example");
	fake_answer("rep_news", NEWS);
	assert_string_equal(i18n_language(), "en");
	assert_shows("1 notice returned to you: ACME 45,200.00 €");
	fake_press("M");
	fake_press("e"); /* español */
	fake_press("Ctrl-s");
	assert_string_equal(i18n_language(), "es");
	assert_hides("45,200.00"); /* the catalogue itself is not here */
	fake_answer("rep_news", NEWS);
	assert_shows("ACME 45.200,00 €");
	assert_int_equal(app_bells(fake.app), 1);
	fake_answer("clients_next", "key|name|name_folded\n");
}

static void test_me__hours_are_two_times(void **state)
{
	(void)state;
	log_in("ana@trato.example");
	fake_press("M");
	for (int i = 0; i < 4; i++)
		fake_press("Tab");
	fake_type("at night");
	fake_press("Ctrl-s");
	assert_shows("Type two times such as 20:00-08:00");
	assert_shows("at night");
}

static void test_me__leads_to_a_new_password(void **state)
{
	(void)state;
	log_in("ana@trato.example");
	fake_press("M");
	assert_shows("F6 password");
	fake_press("F6");
	assert_ptr_equal(app_top(fake.app)->ops, &view_password);
}

static void test_me__what_cannot_be_kept(void **state)
{
	(void)state;
	log_in("ana@trato.example");
	setenv("XDG_STATE_HOME", "/dev/null", 1);
	fake_press("M");
	fake_press("Ctrl-s");
	assert_shows("cannot be written");
	assert_ptr_equal(app_top(fake.app)->ops, &view_me);
}

static void test_me__nonsense_in_the_file_is_left_out(void **state)
{
	char path[128];
	FILE *file;

	(void)state;
	snprintf(path, sizeof(path), "%s/trato", folder);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/trato/person-ana@trato.example", folder);
	file = fopen(path, "we");
	fputs("option theme\tpink\noption mouse\t\noption language\t\x1b[2J\n\n\toption bell\n", file);
	fclose(file);
	log_in("ana@trato.example");
	fake_press("M");
	assert_shows("for a dark terminal");
	assert_true(ticked("Mouse"));
}

static void test_mouse__is_switched_while_one_works(void **state)
{
	(void)state;
	log_in("ana@trato.example");
	fake_press("F12");
	assert_shows("it selects text");
	fake_press("F12");
	assert_shows("The mouse works in Trato.");
	fake_press("n");
	fake_press("F12");
	assert_shows("it selects text");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_me__holds_at_the_next_login),
		TEST(test_me__the_language_changes_at_once),
		TEST(test_me__hours_are_two_times),
		TEST(test_me__leads_to_a_new_password),
		TEST(test_me__what_cannot_be_kept),
		TEST(test_me__nonsense_in_the_file_is_left_out),
		TEST(test_mouse__is_switched_while_one_works),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
