/*
 * The terminal on a real pty: what keys arrive, how frames leave, and that it
 * is given back in every case. The program under test is a child of this one
 * that reports its events through a pipe; nothing here waits without a sign.
 */
#include "pty.h"

static void test_terminal_open__keys(void **state)
{
	struct session *s = start();

	(void)state;
	type_and_expect(s, "j", "key j\n");
	type_and_expect(s, "ñ", "key ñ\n");
	type_and_expect(s, "\033[A", "key Up\n");
	type_and_expect(s, "\033OA", "key Up\n");
	type_and_expect(s, "\033[1;5C", "key Ctrl-Right\n");
	type_and_expect(s, "\033[1;3D", "key Alt-Left\n");
	type_and_expect(s, "\033[6~", "key PageDown\n");
	type_and_expect(s, "\033[4~", "key End\n");
	type_and_expect(s, "\033OP", "key F1\n");
	type_and_expect(s, "\033[24~", "key F12\n");
	type_and_expect(s, "\033[Z", "key BackTab\n");
	type_and_expect(s, "\r", "key Enter\n");
	type_and_expect(s, "\x7f", "key Backspace\n");
	type_and_expect(s, "\x12", "key Ctrl-r\n");
	type_and_expect(s, "\x03", "key Ctrl-c\n");
	type_and_expect(s, "\x11", "key Ctrl-q\n");
	type_and_expect(s, "\033x", "key Alt-x\n");
	type_and_expect(s, "\033ñ", "key Alt-ñ\n");
	type_and_expect(s, "\033", "key Esc\n");
	/* Two at once are not one with Alt. */
	type_and_expect(s, "\033\033", "key Esc\nkey Esc\n");
	/* Unknown and broken input types nothing. */
	type_and_expect(s,
	                "\033[99;7Q\xff\xfe\xc3"
	                "a",
	                "key a\n");
	assert_int_equal(s->lines.length, 0);
	quit(s);
}

static void test_terminal_open__character_in_pieces(void **state)
{
	struct session *s = start();

	(void)state;
	/* The frame in between shows that the first half was read alone. */
	type(s, "x\xe2\x82");
	expect_output(s, "\033]7772;2;1\033\\");
	type_and_expect(s, "\xac", "key €\n");
	quit(s);
}

static void test_terminal_open__paste(void **state)
{
	struct session *s = start();

	(void)state;
	type_and_expect(s, "\033[200~uno\rdos\r\ntres \033[31m \033[20ñ\033[201~",
	                "paste uno\ndos\ntres \033[31m \033[20ñ.\n");
	type_and_expect(s, "\033[200~\033[201~x", "paste .\nkey x\n");
	/* An end that never comes. */
	type_and_expect(s, "\033[200~abc", "paste abc.\n");
	quit(s);
}

static void test_terminal_open__mouse(void **state)
{
	struct session *s = start();

	(void)state;
	expect_output(s, "\033[?1006h");
	type_and_expect(s, "\033[<0;5;3M\033[<0;5;3m\033[<0;5;3M", "mouse 1 2 4\nmouse 2 2 4\n");
	type_and_expect(s, "\033[<64;1;1M\033[<69;300;2M", "mouse 3 0 0\nmouse 4 1 299\n");
	/* Other buttons, moves and nonsense are no events. */
	type_and_expect(s, "\033[<2;1;1M\033[<32;1;1M\033[<0;0;0M\033[<;;Mx", "key x\n");
	assert_null(strstr(s->lines.text, "mouse"));
	quit(s);
}

static void test_terminal_redraw__one_write_a_frame(void **state)
{
	struct session *s = start();

	(void)state;
	type_and_expect(s, "w", "writes 1\n");
	expect_output(s, "\033]7772;2;1\033\\");
	type(s, "B");
	expect_output(s, "\033]7772;3;2\033\\");
	type(s, "b");
	expect_output(s, "\033]7772;4;3\033\\\a");
	/* "Año␛[1m": the escape is a mark where it is pasted, too. */
	type(s, "c");
	expect_output(s, "\033]52;c;QcOxb+KQm1sxbQ==\033\\");
	/* Several keys together make one frame. */
	type(s, "jjjjjjjj");
	expect_output(s, "\033]7772;6;12\033\\");
	type_and_expect(s, "w", "writes 6\n");
	quit(s);
}

static void test_terminal_redraw__slow_terminal(void **state)
{
	struct session *s = start();

	(void)state;
	type_and_expect(s, "B", "key B\n");
	s->deaf = true;
	/* More frames than a pty holds; each key is still heard at once. */
	for (int i = 0; i < 400; i++)
		type_and_expect(s, i % 2 ? "j" : "k", i % 2 ? "key j\n" : "key k\n");
	s->deaf = false;
	/* Frames were left out, and the last one comes when there is room. */
	type_and_expect(s, "w", "writes ");
	quit(s);
}

/* Somebody else may have written to it, and switched to other letters. */
static void test_terminal_repaint__says_all_again(void **state)
{
	static const struct winsize other = { 12, 50, 0, 0 };
	struct session *s = start();

	(void)state;
	buf_clear(&s->output);
	type(s, "R");
	expect_output(s, "\033]7772;2;1\033\\");
	assert_non_null(strstr(s->output.text, "\033(B"));
	buf_clear(&s->output);
	assert_int_equal(ioctl(s->pty, TIOCSWINSZ, &other), 0);
	expect_output(s, "\033]7772;3;1\033\\");
	assert_non_null(strstr(s->output.text, "\033(B"));
	quit(s);
}

static void test_terminal_open__resize(void **state)
{
	struct session *s = start();
	static const struct winsize sizes[] = { { 1, 1, 0, 0 }, { 60, 200, 0, 0 }, { 2, 3, 0, 0 } };

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(ioctl(s->pty, TIOCSWINSZ, &sizes[i]), 0);
		expect_report(s, "resize\n");
	}
	quit(s);
}

static void test_terminal_open__suspend_without_a_shell(void **state)
{
	struct session *s = start();

	(void)state;
	/* Nobody could wake it up, so it goes on, with the screen painted anew. */
	type(s, "\x1a");
	expect_output(s, "\033[?1049l");
	expect_output(s, "\033]7772;2;1\033\\");
	type_and_expect(s, "j", "key j\n");
	quit(s);
}

static void test_terminal_close__by_signal(void **state)
{
	static const int polite[] = { SIGHUP, SIGTERM, SIGINT, SIGQUIT };
	static const int deadly[] = { SIGUSR1, SIGALRM, SIGPIPE, SIGXCPU, SIGSYS };

	(void)state;
	for (size_t i = 0; i < sizeof polite / sizeof polite[0]; i++) {
		struct session *s = start();

		kill(s->process, polite[i]);
		expect_report(s, "gone\n");
		assert_int_equal(finish(s), 0);
		assert_restored(s);
		discard(s);
	}
	for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++) {
		struct session *s = start();
		int status;

		kill(s->process, deadly[i]);
		status = finish(s);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), deadly[i]);
		assert_restored(s);
		discard(s);
	}
}

static void test_terminal_close__by_crash_and_exit(void **state)
{
	static const char *const ends[] = { "S", "A", "E" };
	static const int expected[] = { SIGSEGV, SIGABRT, 0 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct session *s = start();

		type(s, ends[i]);
		assert_int_equal(finish(s), expected[i]);
		assert_restored(s);
		discard(s);
	}
}

static void test_terminal_close__hang_up(void **state)
{
	struct session *s = start();
	int status;

	(void)state;
	s->deaf = true;
	close(s->slave);
	close(s->pty);
	s->pty = s->slave = -1;
	expect_report(s, "gone\n");
	assert_int_equal(waitpid(s->process, &status, 0), s->process);
	assert_int_equal(status, 0);
	discard(s);
}

static void test_terminal_open__refused(void **state)
{
	static const struct options wrong[] = {
		{ .term = "no-such-terminal" },
		{ .term = "" },
		{ .term = "dumb" },
		{ .no_terminal = true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct session *s = start_with(&wrong[i]);

		expect_report(s, "error ");
		assert_int_equal(WEXITSTATUS(finish(s)), 2);
		/* It has said nothing to the terminal. */
		assert_int_equal(s->output.length, 0);
		discard(s);
	}
}

static void test_terminal_open__other_terminals(void **state)
{
	static const char *const kinds[] = { "vt100", "linux", "screen-256color",
		                             "tmux",  "rxvt",  "xterm-mono",
		                             "ansi" };

	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct session *s =
		    start_with(&(struct options){ .term = kinds[i], .ascii = true });

		expect_output(s, "frame 1");
		type_and_expect(s, "j", "key j\n");
		assert_null(strstr(s->output.text, "─"));
		type(s, "q");
		assert_int_equal(finish(s), 0);
		discard(s);
	}
}

static void test_terminal_open__no_colour(void **state)
{
	static const struct options without[] = { { .no_colour = true },
		                                  { .term = "xterm-mono" },
		                                  { .term = "vt100" } };

	(void)state;
	for (size_t i = 0; i < sizeof without / sizeof without[0]; i++) {
		struct session *s = start_with(&without[i]);

		type_and_expect(s, "B", "key B\n");
		expect_output(s, "\033]7772;2;1\033\\");
		assert_null(strstr(s->output.text, "\033[38;"));
		assert_null(strstr(s->output.text, "\033[39"));
		/* The bar is reverse then. */
		assert_true(strstr(s->output.text, ";7m") || strstr(s->output.text, "[7m"));
		type(s, "q");
		assert_int_equal(finish(s), 0);
		discard(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_terminal_open__keys),
		cmocka_unit_test(test_terminal_open__character_in_pieces),
		cmocka_unit_test(test_terminal_open__paste),
		cmocka_unit_test(test_terminal_open__mouse),
		cmocka_unit_test(test_terminal_redraw__one_write_a_frame),
		cmocka_unit_test(test_terminal_redraw__slow_terminal),
		cmocka_unit_test(test_terminal_repaint__says_all_again),
		cmocka_unit_test(test_terminal_open__resize),
		cmocka_unit_test(test_terminal_open__suspend_without_a_shell),
		cmocka_unit_test(test_terminal_close__by_signal),
		cmocka_unit_test(test_terminal_close__by_crash_and_exit),
		cmocka_unit_test(test_terminal_close__hang_up),
		cmocka_unit_test(test_terminal_open__refused),
		cmocka_unit_test(test_terminal_open__other_terminals),
		cmocka_unit_test(test_terminal_open__no_colour),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
