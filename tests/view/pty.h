/*
 * A terminal on a real pty, for the tests of src/ui/terminal*.c: the program is
 * a child that reports its events through a pipe. Included once by each test.
 */
#ifndef TRATO_TESTS_VIEW_PTY_H
#define TRATO_TESTS_VIEW_PTY_H

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

static inline void child_draw(void *ctx, struct canvas *canvas)
{
	(void)ctx;
	child.frames++;
	canvas_textf(canvas, 0, 0, -1, STYLE_BAR, "frame %d", child.frames);
	for (int row = 1; child.big && row < canvas_height(canvas); row++)
		canvas_textf(canvas, row, 0, -1, STYLE_ERROR, "%0*d", canvas_width(canvas),
		             child.frames);
	canvas_text(canvas, 1, 0, -1, STYLE_BOX, canvas_glyph(canvas, "─", "-"));
}

static inline void child_key(void *ctx, const struct key_event *event)
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
	case 'R': terminal_repaint(child.terminal); break;
	case 'c': terminal_copy(child.terminal, "Año\033[1m"); break;
	case 't': terminal_title(child.terminal, "Trato: 1\033]0;x\a"); break;
	case 'n': terminal_notify(child.terminal, "ACME\a\033]2;x"); break;
	default: break;
	}
	terminal_redraw(child.terminal);
}

static inline void child_gone(void *ctx)
{
	(void)ctx;
	dprintf(child.reports, "gone\n");
	loop_stop(child.loop);
}

static inline int child_run(bool ascii, const char *announce)
{
	const struct terminal_config config = {
		.theme = "dark",   .colour = true,   .mouse = true,
		.ascii = ascii,    .frame_marks = true, .announce = announce,
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
	const char *announce; /* NULL: "off" */
};

static inline struct session *start_with(const struct options *options)
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
		_exit(child_run(options->ascii, options->announce ? options->announce : "off"));
	}
	close(reports[1]);
	s->reports = reports[0];
	return s;
}

/* Takes in what there is; false when the child has ended and all is read. */
static inline bool pump(struct session *s)
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

static inline void wait_for(struct session *s, struct buf *where, const char *text)
{
	while (!where->text || !strstr(where->text, text)) {
		if (!pump(s))
			fail_msg("ended before “%s”; reports: %s", text,
			         s->lines.text ? s->lines.text : "none");
	}
}

static inline void expect_report(struct session *s, const char *line)
{
	wait_for(s, &s->lines, line);
	buf_clear(&s->lines);
}

static inline void expect_output(struct session *s, const char *text)
{
	wait_for(s, &s->output, text);
}

static inline struct session *start(void)
{
	struct session *s = start_with(&(struct options){ 0 });

	expect_output(s, "\033]7772;1;0\033\\");
	return s;
}

static inline void type(struct session *s, const char *bytes)
{
	size_t length = strlen(bytes);

	assert_int_equal(write(s->pty, bytes, length), length);
}

static inline void type_and_expect(struct session *s, const char *bytes, const char *report)
{
	type(s, bytes);
	expect_report(s, report);
}

/* Waits for the end and returns the status; checks that the settings are as before. */
static inline int finish(struct session *s)
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

static inline void assert_restored(struct session *s)
{
	static const char *const needed[] = { "\033[?1049l", "\033[?25h", "\033[?2004l",
		                              "\033[?1000l", "\033[?1l" };

	for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
		if (!s->output.text || !strstr(s->output.text, needed[i]))
			fail_msg("ESC%s was not sent at the end", needed[i] + 1);
	}
}

static inline void discard(struct session *s)
{
	close(s->pty);
	close(s->slave);
	close(s->reports);
	buf_free(&s->output);
	buf_free(&s->lines);
	free(s);
}

static inline void quit(struct session *s)
{
	type(s, "q");
	assert_int_equal(finish(s), 0);
	assert_restored(s);
	discard(s);
}

#endif
