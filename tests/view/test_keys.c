/*
 * What trato.conf may do to the keys, and what it is told where that cannot be
 * meant, or surprises.
 */
#include "fake.h"

static struct err fault;

/* false: it was refused, with `fault`. */
static bool start_with(const struct conf_keys *keys, int count)
{
	struct app_config config = { .conninfo = "" };

	setenv("XDG_STATE_HOME", "/dev/null", 1);
	i18n_init("en");
	memset(&fault, 0, sizeof(fault));
	fake.height = 24;
	fake.width = 120;
	fake.conf = conf_new();
	fake.conf->keys = mem_array((size_t)count, sizeof(*keys));
	memcpy(fake.conf->keys, keys, (size_t)count * sizeof(*keys));
	fake.conf->key_count = count;
	config.conf = fake.conf;
	fake.app = app_new(&config, &fault);
	if (fake.app == NULL)
		return false;
	app_start(fake.app);
	fake_picture();
	return true;
}

#define START(...) \
	start_with((const struct conf_keys[]){ __VA_ARGS__ }, \
	           (int)(sizeof((const struct conf_keys[]){ __VA_ARGS__ }) / sizeof(struct conf_keys)))

static void log_in(void)
{
	fake_type("ana@trato.example");
	fake_press("Tab");
	fake_type("secret");
	fake_press("Enter");
	assert_true(fake_greet("ana@trato.example", "rep"));
	fake_picture();
}

static void assert_refused(const char *text)
{
	assert_int_equal(fault.kind, ERR_USAGE);
	if (strstr(fault.text, text) == NULL)
		fail_msg("«%s» is not in «%s»", text, fault.text);
}

/* Whether a word of the one, separated by blanks, is one of the other. */
static bool share_a_word(const char *one, const char *other)
{
	char words[200], *next = NULL;

	snprintf(words, sizeof(words), "%s", one);
	for (char *word = strtok_r(words, " ", &next); word != NULL;
	     word = strtok_r(NULL, " ", &next)) {
		char padded[200], wanted[200];

		snprintf(padded, sizeof(padded), " %s ", other);
		snprintf(wanted, sizeof(wanted), " %s ", word);
		if (strstr(padded, wanted) != NULL)
			return true;
	}
	return false;
}

static void test_keys__no_two_commands_begin_with_the_same(void **state)
{
	(void)state;
	for (int i = 1; i < COMMAND_COUNT; i++)
		for (int other = i + 1; other < COMMAND_COUNT; other++) {
			const struct command_info *one = &command_table[i], *two = &command_table[other];

			if (share_a_word(one->sections, two->sections) &&
			    share_a_word(one->keys, two->keys))
				fail_msg("%s and %s have a key in common, on the same screen",
				         one->name, two->name);
		}
}

/* Offered on the others, and the others on it: what leads to a screen stands in one row in the table.
 * Drafts are not left for another screen, but gone back from. */
static void test_keys__what_leads_to_a_screen_stands_together(void **state)
{
	(void)state;
	for (int i = 1; i < COMMAND_COUNT; i++) {
		bool leads = strncmp(command_table[i].name, "go-", 3) == 0;
		bool together = i >= COMMAND_GO_ACTIONS && i <= COMMAND_GO_DASHBOARD;

		if (i != COMMAND_GO_DRAFTS && leads != together)
			fail_msg("%s stands in the wrong place", command_table[i].name);
		if (leads && views_find((enum command)i) == NULL)
			fail_msg("%s leads nowhere", command_table[i].name);
	}
}

static void test_keys__of_two_commands_name_both_lines(void **state)
{
	(void)state;
	assert_false(START({ "actions", "new-action", "F6 w", "/etc/trato.conf", 3 },
	                   { "inbox", "take-notice", "w", "/etc/trato.conf", 5 },
	                   { "actions", "next-step", "v w", "/home/ana/trato.conf", 9 }));
	assert_refused("/home/ana/trato.conf:9: The key w is given to next-step, but "
	               "/etc/trato.conf:3 gives it to new-action, in actions too.");
}

/* The same key by other names. */
static void test_keys__of_two_commands_are_compared_as_keys(void **state)
{
	(void)state;
	assert_false(START({ "global", "reload", "Return", "a", 1 },
	                   { "global", "open", "Enter", "a", 2 }));
	assert_refused("a:2: The key Enter");
}

static void test_keys__a_later_setting_settles_it(void **state)
{
	(void)state;
	assert_true(START({ "actions", "new-action", "w", "/etc/trato.conf", 3 },
	                  { "actions", "next-step", "w", "own", 1 },
	                  { "actions", "new-action", "n", "own", 2 }));
	log_in();
	assert_hides("was that of");
}

static void test_keys__unknown_names_say_what_there_is(void **state)
{
	(void)state;
	assert_false(START({ "actoins", "new-action", "w", "own", 4 }));
	assert_refused("own:4: There is no screen “actoins”");
	assert_refused("global, actions, client, action");
	fake_teardown(state);
	assert_false(START({ "actions", "new-action", "Ctlr-w", "own", 5 }));
	assert_refused("own:5: “Ctlr-w” is no key");
	fake_teardown(state);
	assert_false(START({ "actions", "nwe", "w", "own", 6 }));
	assert_refused("own:6: There is no command “nwe”");
}

static void test_keys__a_command_without_a_key_is_told(void **state)
{
	(void)state;
	assert_true(START({ "actions", "new-action", "/", "own", 7 }));
	log_in();
	assert_shows("own:7: The key / was that of search, which has no key in actions now.");
	fake_press("Down");
	assert_hides("was that of");
}

static void test_keys__what_was_said_is_not_told(void **state)
{
	(void)state;
	/* search has another key, and of new-action it is said that it has none */
	assert_true(START({ "actions", "log-communication", "/ n", "own", 7 },
	                  { "actions", "new-action", "", "own", 8 },
	                  { "global", "search", "/ F3", "own", 9 }));
	log_in();
	assert_hides("was that of");
}

static void test_keys__useless_ones_are_told(void **state)
{
	(void)state;
	assert_true(START({ "actions", "present-offer", "F7", "own", 2 }));
	log_in();
	assert_shows("own:2: present-offer does nothing in actions. It is for: offer.");
}

static int tear_down(void **state)
{
	if (fake.conf != NULL)
		fake.conf->key_count = 0;
	return fake_teardown(state);
}

#define TEST(function) cmocka_unit_test_teardown(function, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_keys__no_two_commands_begin_with_the_same),
		TEST(test_keys__what_leads_to_a_screen_stands_together),
		TEST(test_keys__of_two_commands_name_both_lines),
		TEST(test_keys__of_two_commands_are_compared_as_keys),
		TEST(test_keys__a_later_setting_settles_it),
		TEST(test_keys__unknown_names_say_what_there_is),
		TEST(test_keys__a_command_without_a_key_is_told),
		TEST(test_keys__what_was_said_is_not_told),
		TEST(test_keys__useless_ones_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
