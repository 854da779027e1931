/*
 * The help screen and the table behind it: every command is found, those of
 * another role are marked, Enter runs one.
 */
#include "fake.h"

static void test_table__names_and_keys_are_well_formed(void **state)
{
	(void)state;
	for (int i = 1; i < COMMAND_COUNT; i++) {
		assert_int_equal(command_table[i].id, i);
		assert_true(command_table[i].sections[0] != '\0');
		for (int j = 1; j < i; j++)
			assert_string_not_equal(command_table[i].name, command_table[j].name);
	}
}

/* A later row would take the key away from an earlier one in the same section, in silence. */
static void test_table__no_key_is_given_twice_in_a_section(void **state)
{
	(void)state;
	fake_app();
	for (int i = 1; i < COMMAND_COUNT; i++) {
		const char *at = command_table[i].sections;

		while (*at != '\0') {
			char section[32], names[128], wanted[128];
			size_t length = strcspn(at, " ");
			int count = 1;

			snprintf(section, sizeof(section), "%.*s", (int)length, at);
			keymap_keys(view_keymap(app_top(fake.app)), section, i, names,
			            sizeof(names));
			snprintf(wanted, sizeof(wanted), "%s", command_table[i].keys);
			for (const char *c = wanted; *c != '\0'; c++)
				count += *c == ' ';
			for (const char *c = names; *c != '\0'; c++)
				count -= *c == ' ';
			if (wanted[0] != '\0' && count != 1)
				fail_msg("%s in %s has «%s», not «%s»", command_table[i].name,
				         section, names, wanted);
			at += length;
			at += strspn(at, " ");
		}
	}
}

static void test_help__is_searched_and_runs_what_is_found(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	fake_answer("clients_next", "key|name|name_folded\n1|ACME|acme\n");
	fake_press("?");
	fake_type("dra");
	assert_shows("Draft an offer within this action (action)");
	fake_press("Esc");
	fake_press("?");
	fake_type("what to do next");
	assert_shows("and when (actions, agenda, action)");
	fake_press("Esc");
	fake_press("?");
	assert_shows("Enter a new client\n");
	assert_hides("new-client");
	fake_type("take-n");
	assert_hides("Enter a new client");
	assert_shows("(not your role)");
	fake_press("Enter");
	assert_shows("role does not allow");
	fake_press(":");
	fake_type("new-client");
	fake_press("Enter");
	assert_shows("Legal name");
}

/* Words in any order of the sentence, without case and accents. */
static void test_help__is_searched_by_words(void **state)
{
	(void)state;
	fake_app();
	fake_log_in("ana@trato.example", "rep");
	fake_press("?");
	fake_type("DÁY stéps");
	assert_shows("Go to your next steps, by day");
	assert_hides("Close this screen");
}

static void test_help__shows_remapped_keys(void **state)
{
	struct err err = { 0 };

	(void)state;
	fake_app();
	assert_true(keymap_bind(view_keymap(app_top(fake.app)), "clients", "new-client", "Alt-k",
	                        &err));
	fake_log_in("ana@trato.example", "rep");
	assert_shows("Alt-k new client");
	fake_press("F1");
	assert_shows("Alt-k");
}

static void test_app_new__broken_keys_name_file_and_line(void **state)
{
	struct conf_keys keys = { "clients", "no-such-command", "x", "/etc/trato.conf", 12 };
	struct app_config config = { .conninfo = "" };
	struct err err = { 0 };

	(void)state;
	fake.conf = conf_new();
	fake.conf->keys = &keys;
	fake.conf->key_count = 1;
	config.conf = fake.conf;
	assert_null(app_new(&config, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_non_null(strstr(err.text, "/etc/trato.conf:12:"));
	fake.conf->key_count = 0;
	fake.conf->keys = NULL;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table__names_and_keys_are_well_formed),
		cmocka_unit_test_teardown(test_table__no_key_is_given_twice_in_a_section,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_help__is_searched_and_runs_what_is_found,
		                          fake_teardown),
		cmocka_unit_test_teardown(test_help__is_searched_by_words, fake_teardown),
		cmocka_unit_test_teardown(test_help__shows_remapped_keys, fake_teardown),
		cmocka_unit_test_teardown(test_app_new__broken_keys_name_file_and_line,
		                          fake_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
