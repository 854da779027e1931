/*
 * The terminal on a real pty: what keys arrive, how frames leave, and that it
 * is given back in every case. The program under test is a child of this one
 * that reports its events through a pipe; nothing here waits without a sign.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <ui/terminal.h>

enum { PATIENCE_MS = 30000 };

/* ---- The child */

static struct {
	struct loop *loop;
	struct terminal *terminal;
	int reports;
	int frames;
	bool big;
} child;

static int terminal_writes;

/* In place of the C library's, for curses too: how often is the terminal written to? */
/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
ssize_t write(int fd, const void *bytes, size_t length)
{
	terminal_writes += isatty(fd);
	return syscall(SYS_write, fd, bytes, length);
}

static void child_draw(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	child.frames++;
	canvas_textf(canvas, 0, 0, -1, STYLE_BAR, "frame %d", child.frames);
	for (int row = 1; child.big && row < canvas_height(canvas); row++)
		canvas_textf(canvas, row, 0, -1, STYLE_ERROR, "%0*d", canvas_width(canvas),
		             child.frames);
	canvas_text(canvas, 1, 0, -1, STYLE_BOX, canvas_glyph(canvas, "─", "-"));
}

static void child_key(void *ctx, const struct key_event *event)
{
	char name[32];

	(void)ctx;
	key_to_name(event->code, false, name);
	if (event->code == KEYS_PASTE)
		dprintf(child.reports, "paste %s.\n", event->paste);
	else if (event->code == KEYS_MOUSE)
		dprintf(child.reports, "mouse %d %d %d\n", event->button, event->row,
		        event->column);
	else if (event->code == KEYS_RESIZE)
		dprintf(child.reports, "resize\n");
	else
		dprintf(child.reports, "key %s\n", name);
	switch (event->code) {
	case 'w': dprintf(child.reports, "writes %d\n", terminal_writes); break;
	case 'B': child.big = true; break;
	case 'q':
		terminal_close(&child.terminal);
		loop_stop(child.loop);
		return;
	case 'E': exit(0);
	case 'A': abort();
	case 'S': raise(SIGSEGV); break;
	case 'b': terminal_bell(child.terminal); break;
	case 'c': terminal_copy(child.terminal, "Año\033[1m"); break;
	default: break;
	}
	terminal_redraw(child.terminal);
}

static void child_gone(void *ctx)
{
	(void)ctx;
	dprintf(child.reports, "gone\n");
	loop_stop(child.loop);
}

static int child_run(bool ascii)
{
	const struct terminal_config config = {
		.theme = "dark",   .colour = true,   .mouse = true,
		.ascii = ascii,    .frame_marks = true, .announce = "off",
	};
	const struct terminal_events events = { .key = child_key,
		                                .draw = child_draw,
		                                .gone = child_gone };
	struct err err;

	/* cmocka catches some; the child is to die of them. */
	for (int signal_number = 1; signal_number < NSIG; signal_number++)
		signal(signal_number, SIG_DFL);
	terminal_writes = 0;
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	child.loop = loop_new();
	child.terminal = terminal_open(child.loop, &config, &events, &err);
	if (!child.terminal) {
		dprintf(child.reports, "error %s\n", err.text);
		return 2;
	}
	loop_run(child.loop);
	terminal_close(&child.terminal);
	loop_free(&child.loop);
	return 0;
}

/* ---- The test's side */

struct session {
	pid_t process;
	int pty, reports;
	int slave; /* keeps the pty's settings alive when the child is gone */
	struct termios before;
	struct buf output, lines;
	bool deaf; /* does not take the child's output */
};

struct options {
	const char *term;
	bool ascii, no_terminal, no_colour;
};

static struct session *start_with(const struct options *options)
{
	struct session *s = calloc(1, sizeof *s);
	struct winsize size = { .ws_row = 10, .ws_col = 40 };
	int reports[2];

	assert_int_equal(openpty(&s->pty, &s->slave, NULL, NULL, &size), 0);
	fcntl(s->pty, F_SETFD, FD_CLOEXEC);
	tcgetattr(s->slave, &s->before);
	assert_int_equal(pipe(reports), 0);
	s->process = fork();
	assert_true(s->process >= 0);
	if (s->process == 0) {
		close(s->pty);
		close(reports[0]);
		child.reports = reports[1];
		setenv("TERM", options->term ? options->term : "xterm-256color", 1);
		setenv("LANG", "C.UTF-8", 1);
		unsetenv("LC_ALL");
		unsetenv("NO_COLOR");
		if (options->no_colour)
			setenv("NO_COLOR", "1", 1);
		login_tty(s->slave);
		if (options->no_terminal)
			dup2(open("/dev/null", O_RDWR), STDIN_FILENO);
		_exit(child_run(options->ascii));
	}
	close(reports[1]);
	s->reports = reports[0];
	return s;
}

/* Takes in what there is; false when the child has ended and all is read. */
static bool pump(struct session *s)
{
	struct pollfd files[] = { { s->reports, POLLIN, 0 }, { s->deaf ? -1 : s->pty, POLLIN, 0 } };
	char bytes[4096];

	if (poll(files, 2, PATIENCE_MS) == 0)
		fail_msg("nothing happens; reports: %s", s->lines.text ? s->lines.text : "none");
	if (files[1].revents) {
		ssize_t got = read(s->pty, bytes, sizeof bytes);

		if (got > 0)
			buf_add_n(&s->output, bytes, (size_t)got);
	}
	if (files[0].revents) {
		ssize_t got = read(s->reports, bytes, sizeof bytes);

		if (got <= 0)
			return false;
		buf_add_n(&s->lines, bytes, (size_t)got);
	}
	return true;
}

static void wait_for(struct session *s, struct buf *where, const char *text)
{
	while (!where->text || !strstr(where->text, text)) {
		if (!pump(s))
			fail_msg("ended before “%s”; reports: %s", text,
			         s->lines.text ? s->lines.text : "none");
	}
}

static void expect_report(struct session *s, const char *line)
{
	wait_for(s, &s->lines, line);
	buf_clear(&s->lines);
}

static void expect_output(struct session *s, const char *text)
{
	wait_for(s, &s->output, text);
}

static struct session *start(void)
{
	struct session *s = start_with(&(struct options){ 0 });

	expect_output(s, "\033]7772;1;0\033\\");
	return s;
}

static void type(struct session *s, const char *bytes)
{
	size_t length = strlen(bytes);

	assert_int_equal(write(s->pty, bytes, length), length);
}

static void type_and_expect(struct session *s, const char *bytes, const char *report)
{
	type(s, bytes);
	expect_report(s, report);
}

/* Waits for the end and returns the status; checks that the settings are as before. */
static int finish(struct session *s)
{
	struct termios after;
	int status;

	while (pump(s))
		continue;
	assert_int_equal(waitpid(s->process, &status, 0), s->process);
	assert_int_equal(tcgetattr(s->slave, &after), 0);
	assert_int_equal(after.c_lflag, s->before.c_lflag);
	assert_int_equal(after.c_iflag, s->before.c_iflag);
	assert_int_equal(after.c_oflag, s->before.c_oflag);
	/* What was sent last may still be on its way to us. */
	fcntl(s->pty, F_SETFL, O_NONBLOCK);
	for (;;) {
		char bytes[4096];
		ssize_t got = read(s->pty, bytes, sizeof bytes);

		if (got <= 0)
			break;
		buf_add_n(&s->output, bytes, (size_t)got);
	}
	return status;
}

static void assert_restored(struct session *s)
{
	static const char *const needed[] = { "\033[?1049l", "\033[?25h", "\033[?2004l",
		                              "\033[?1000l", "\033[?1l" };

	for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
		if (!s->output.text || !strstr(s->output.text, needed[i]))
			fail_msg("ESC%s was not sent at the end", needed[i] + 1);
	}
}

static void discard(struct session *s)
{
	close(s->pty);
	close(s->slave);
	close(s->reports);
	buf_free(&s->output);
	buf_free(&s->lines);
	free(s);
}

static void quit(struct session *s)
{
	type(s, "q");
	assert_int_equal(finish(s), 0);
	assert_restored(s);
	discard(s);
}

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
