/*
 * The palette of commands: found by a few letters in any language, the most
 * fitting first, also over a form in which something is typed.
 */
#include "fake.h"

static void open_list(const char *roles)
{
	fake_app();
	fake_log_in("ana@trato.example", roles);
	fake_answer("clients_next", "key|name|name_folded\n1|ACME|acme\n");
}

static void test_palette__the_most_fitting_is_under_the_cursor(void **state)
{
	static const struct {
		const char *typed, *first;
	} cases[] = {
		{ "ncl", "▸ new client" },  { "CLIENT", "▸ clients" }, { "sav fil", "▸ save filter" },
		{ "passw", "▸ password" }, { "agenda", "▸ agenda" },   { "go-clients", "▸ clients" },
		{ "leave", "▸ quit" },
	};

	(void)state;
	open_list("rep");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fake_press(":");
		fake_type(cases[i].typed);
		assert_shows(cases[i].first);
		fake_press("Esc");
	}
}

static void test_palette__has_only_what_the_role_may(void **state)
{
	(void)state;
	open_list("rep");
	fake_press("F2");
	fake_type("take-notice");
	assert_shows("Nothing is found.");
	fake_press("Esc");
	/* What belongs to another screen is there, and says so. */
	fake_press("F2");
	fake_type("present-offer");
	assert_shows("▸ present");
	assert_shows("(offer)");
	fake_press("Enter");
	assert_shows("“present” is for these screens: offer.");
	assert_ptr_equal(app_top(fake.app)->ops, &view_clients);
}

static void test_palette__what_works_here_comes_first(void **state)
{
	(void)state;
	open_list("rep");
	fake_press(":");
	fake_type("history"); /* that of one record is called so, but there is none here */
	assert_shows("▸ changes");
	assert_shows("history  ");
}

static void test_palette__accents_and_case_do_not_matter(void **state)
{
	(void)state;
	open_list("rep");
	fake_press(":");
	fake_type("ACTIÓN");
	assert_shows("▸ actions");
}

static void test_palette__works_over_a_form(void **state)
{
	(void)state;
	open_list("rep");
	fake_press("n");
	fake_type("Bodegas: S.L.");
	fake_press("F2");
	assert_shows("Commands");
	assert_shows("Bodegas: S.L.");
	fake_type("save");
	fake_press("Enter");
	assert_int_equal(fake_waiting("save_client"), 1);
	fake_refuse("save_client", "TR001", "", "");
	fake_press("Alt-x");
	fake_type("go-actions");
	fake_press("Enter");
	assert_shows("Leave this form?"); /* nothing typed is lost */
}

static void test_palette__mouse_and_keys(void **state)
{
	struct key_event event = { .code = KEYS_MOUSE, .row = 6, .column = 20, .button = MOUSE_LEFT };

	(void)state;
	open_list("rep");
	fake_press(":");
	fake_type("go");
	fake_picture();
	app_key(fake.app, &event);
	fake_press("Ctrl-p");
	fake_press("Down");
	fake_press("Up");
	event.button = MOUSE_WHEEL_DOWN;
	app_key(fake.app, &event);
	event.button = MOUSE_DOUBLE;
	app_key(fake.app, &event);
	assert_hides("a few letters");
}

static char folder[64];

static void test_palette__what_was_run_last_comes_first(void **state)
{
	char command[80];

	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/trato-palette.XXXXXX");
	assert_non_null(mkdtemp(folder));
	open_list("rep");
	setenv("XDG_STATE_HOME", folder, 1);
	fake_press(":");
	fake_type("repaint");
	fake_press("Enter");
	fake_press(":");
	fake_type("reload");
	fake_press("Enter");
	fake_answer("clients_next", "key|name|name_folded\n1|ACME|acme\n");
	fake_press(":");
	assert_shows("▸ reload");
	fake_press("Down");
	assert_shows("▸ repaint");
	snprintf(command, sizeof(command), "rm -r '%s'", folder);
	assert_int_equal(system(command), 0);
}

#define TEST(function) cmocka_unit_test_teardown(function, fake_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_palette__the_most_fitting_is_under_the_cursor),
		TEST(test_palette__has_only_what_the_role_may),
		TEST(test_palette__what_works_here_comes_first),
		TEST(test_palette__accents_and_case_do_not_matter),
		TEST(test_palette__works_over_a_form),
		TEST(test_palette__mouse_and_keys),
		TEST(test_palette__what_was_run_last_comes_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
