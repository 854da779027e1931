/*
 * What is said outside of the screen, in the terminal's own bytes: title,
 * notification and bell, for which terminals, and that the title is given back.
 */
#include "pty.h"

static const char title_kept[] = "\033[22;2t", title_back[] = "\033[23;2t";

/* But for the one that ends a sequence of curses, which gives xterm's colours back. */
static bool has_rung(const char *output)
{
	static const char colours[] = "\033]104";

	for (const char *at = output; (at = strchr(at, '\a')) != NULL; at++)
		if (at - output < (long)strlen(colours) ||
		    memcmp(at - strlen(colours), colours, strlen(colours)) != 0)
			return true;
	return false;
}

/* Everything that it is able to say; a title comes no later than what follows it. */
static struct session *start_to_announce(const char *term, const char *announce, bool says)
{
	struct session *s =
	    start_with(&(struct options){ .term = term, .ascii = true, .announce = announce });

	expect_output(s, "frame 1");
	type_and_expect(s, "t", "key t\n");
	type_and_expect(s, "n", "key n\n");
	if (says)
		expect_output(s, "\033]9;");
	type(s, "b");
	while (!has_rung(s->output.text))
		assert_true(pump(s));
	return s;
}

static const char *last_of(const char *text, const char *part)
{
	const char *last = NULL;

	for (const char *at = text; (at = strstr(at, part)) != NULL; at++)
		last = at;
	return last;
}

/* The title is whole and clean, lies between what keeps the old one and what brings it back, and
 * nothing that was sent within it is a sequence of its own. */
static void assert_announced(const char *output)
{
	const char *kept = strstr(output, title_kept), *back = last_of(output, title_back);
	const char *title = strstr(output, "\033]2;Trato: 1");

	if (kept == NULL || title == NULL || back == NULL) {
		fail_msg("title: %s kept, %s set, %s given back", kept ? "" : "not",
		         title ? "" : "not", back ? "" : "not");
		return;
	}
	assert_true(kept < title && title < back);
	assert_null(strstr(back + 1, "\033]2;"));
	assert_non_null(strstr(output, "\033]9;Trato: ACME"));
	assert_null(strstr(output, "\033]0;"));
	assert_null(strstr(output, "\033]2;x"));
}

static void test_terminal_title__only_where_it_is_understood(void **state)
{
	static const struct {
		const char *term, *announce;
		bool says;
	} kinds[] = {
		{ "xterm-256color", "auto", true },  { "screen-256color", "auto", true },
		{ "tmux-256color", "auto", true },   { "linux", "auto", false },
		{ "vt100", "auto", false },          { "linux", "on", true },
		{ "xterm-256color", "off", false },  { "tmux-256color", "off", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct session *s = start_to_announce(kinds[i].term, kinds[i].announce, kinds[i].says);

		print_message("%s, %s\n", kinds[i].term, kinds[i].announce);
		type(s, "q");
		assert_int_equal(finish(s), 0);
		if (kinds[i].says) {
			assert_announced(s->output.text);
		} else {
			assert_null(strstr(s->output.text, "\033]2;"));
			assert_null(strstr(s->output.text, "\033]9;"));
			assert_null(strstr(s->output.text, title_kept));
			assert_null(strstr(s->output.text, title_back));
		}
		discard(s);
	}
}

/* However the program ends. */
static void test_terminal_title__is_given_back(void **state)
{
	static const struct {
		const char *key;
		int signal;
	} ends[] = { { "S", 0 }, { "A", 0 }, { "E", 0 }, { NULL, SIGTERM }, { NULL, SIGUSR1 } };

	(void)state;
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		struct session *s = start_to_announce("xterm-256color", "auto", true);

		if (ends[i].key)
			type(s, ends[i].key);
		else
			kill(s->process, ends[i].signal);
		finish(s);
		assert_announced(s->output.text);
		assert_restored(s);
		discard(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_terminal_title__only_where_it_is_understood),
		cmocka_unit_test(test_terminal_title__is_given_back),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
