/*
 * The terminal as the program sees it: opened and given back, frames out, events
 * in. What curses writes goes through terminal_output.c, what it reads through
 * terminal_input.c, and terminal_rescue.c stands by for sudden ends.
 */
#include <ui/terminal.h>

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <base/i18n.h>
#include <base/mem.h>

#include "canvas_frame.h"
#include "terminal_input.h"
#include "terminal_output.h"
#include "terminal_rescue.h"

struct terminal {
	struct loop *loop;
	struct terminal_config config;
	struct terminal_events events;
	int tty;
	int tty_flags;           /* of the file, as found */
	struct termios mode;     /* as found */
	SCREEN *screen;
	FILE *in;                /* the terminal again, for curses to read */
	struct output output;
	struct input input;
	struct frame frame;
	bool mouse;
	bool shown;              /* in full-screen mode */
	bool due, bell;
	bool entering;           /* the next frame switches the modes on */
	bool lost;               /* gone was told */
	unsigned long frames;
	unsigned paste_timer;
	unsigned long paste_seen;
	int empty_reads;
	int depth;               /* events under way */
	bool closed;
	struct buf farewell;     /* what gives the terminal back */
};

enum { MOST_ROWS = 500, MOST_COLUMNS = 1000, FALL_BACK_ROWS = 24, FALL_BACK_COLUMNS = 80 };

static const char modes_on[] = "\033[?2004h";
static const char modes_off[] = "\033[?2004l";
static const char mouse_on[] = "\033[?1000h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1000l";

static void on_tty(void *ctx, short revents);
static void release(struct terminal *t);

/* ---- Size and mode */

static void adopt_size(struct terminal *t)
{
	struct winsize size = {0};
	int rows, columns;

	ioctl(t->tty, TIOCGWINSZ, &size);
	rows = size.ws_row > 0 ? size.ws_row : FALL_BACK_ROWS;
	columns = size.ws_col > 0 ? size.ws_col : FALL_BACK_COLUMNS;
	resize_term(rows < MOST_ROWS ? rows : MOST_ROWS,
	            columns < MOST_COLUMNS ? columns : MOST_COLUMNS);
	clearok(curscr, TRUE);
	t->due = true;
}

static void set_mode(int tty, const struct termios *mode)
{
	while (tcsetattr(tty, TCSANOW, mode) != 0 && errno == EINTR)
		continue;
}

static void set_raw_mode(struct terminal *t)
{
	struct termios raw = t->mode;

	raw.c_iflag &= ~(tcflag_t)(BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
	raw.c_oflag &= ~(tcflag_t)OPOST;
	raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	set_mode(t->tty, &raw);
}

/* ---- Full-screen mode and back */

static void watch(struct terminal *t)
{
	short events = POLLIN;

	if (output_is_waiting(&t->output))
		events |= POLLOUT;
	loop_watch(t->loop, t->tty, t->lost || !t->shown ? 0 : events, on_tty, t);
}

static void enter(struct terminal *t)
{
	rescue_arm(t->tty, &t->mode, t->tty_flags, t->farewell.text, t->farewell.length);
	fcntl(t->tty, F_SETFL, t->tty_flags | O_NONBLOCK);
	set_raw_mode(t);
	keypad(t->input.keys, TRUE);
	t->shown = t->entering = true;
	adopt_size(t);
	watch(t);
}

static void leave(struct terminal *t)
{
	if (!t->shown)
		return;
	output_drop(&t->output);
	endwin();
	output_collect(&t->output);
	buf_add(&t->output.waiting, modes_off);
	if (t->mouse)
		buf_add(&t->output.waiting, mouse_off);
	/* A terminal that takes nothing must not keep the program from ending. */
	for (int patience = 10; patience > 0 && !t->lost && output_is_waiting(&t->output); patience--) {
		struct pollfd ready = {t->tty, POLLOUT, 0};

		if (!output_send(&t->output))
			break;
		if (output_is_waiting(&t->output))
			poll(&ready, 1, 50);
	}
	output_drop(&t->output);
	buf_clear(&t->output.waiting);
	fcntl(t->tty, F_SETFL, t->tty_flags);
	set_mode(t->tty, &t->mode);
	rescue_disarm();
	t->shown = false;
	watch(t);
}

/* ---- Frames */

static void tell_gone(struct terminal *t)
{
	if (t->lost)
		return;
	t->lost = true;
	watch(t);
	t->events.gone(t->events.ctx);
}

static void send(struct terminal *t)
{
	if (output_send(&t->output))
		watch(t);
	else
		tell_gone(t);
}

static void draw(struct terminal *t)
{
	/* Drawing may find that something else has to be drawn; it must not go on for ever. */
	for (int rounds = 0; t->due && rounds < 3; rounds++) {
		t->due = false;
		t->events.draw(t->events.ctx, frame_begin(&t->frame));
	}
	if (t->frame.cursor_shown) {
		leaveok(stdscr, FALSE);
		wmove(stdscr, t->frame.cursor_row, t->frame.cursor_column);
		curs_set(1);
	} else {
		leaveok(stdscr, TRUE);
		curs_set(0);
	}
	if (t->entering)
		buf_printf(&t->output.waiting, "%s%s", modes_on, t->mouse ? mouse_on : "");
	t->entering = false;
	wnoutrefresh(stdscr);
	doupdate();
	output_collect(&t->output);
	if (t->config.frame_marks)
		buf_printf(&t->output.waiting, "\033]7772;%lu\033\\", ++t->frames);
}

static void begin_event(struct terminal *t)
{
	t->depth++;
}

static void end_event(struct terminal *t)
{
	if (--t->depth == 0 && t->closed)
		release(t);
}

static void on_idle(void *ctx)
{
	struct terminal *t = ctx;

	if (t->lost || !t->shown || output_is_waiting(&t->output) || !(t->due || t->bell))
		return;
	begin_event(t);
	if (t->due)
		draw(t);
	if (!t->closed) {
		if (t->bell)
			buf_add(&t->output.waiting, "\a");
		t->bell = false;
		send(t);
	}
	end_event(t);
}

/* ---- Events */

static void suspend(struct terminal *t)
{
	struct sigaction standard = {.sa_handler = SIG_DFL}, ours;
	struct timespec at_once = {0};
	sigset_t stop, go_on, before;

	if (t->config.no_suspend || !t->shown)
		return;
	leave(t);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigaction(SIGTSTP, &standard, &ours);
	/* The whole job: a shell waits for all of `make demo`, not for us. */
	kill(0, SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &stop, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
	sigaction(SIGTSTP, &ours, NULL);
	/* The SIGCONT that woke us has done its work. */
	sigemptyset(&go_on);
	sigaddset(&go_on, SIGCONT);
	while (sigtimedwait(&go_on, NULL, &at_once) < 0 && errno == EINTR)
		continue;
	enter(t);
}

static void dispatch(struct terminal *t, const struct key_event *event)
{
	if (event->code == ('z' | KEYS_CTRL))
		suspend(t);
	else
		t->events.key(t->events.ctx, event);
}

static void on_paste_timer(void *ctx)
{
	struct terminal *t = ctx;
	struct key_event event;

	t->paste_timer = 0;
	if (!t->input.pasting)
		return;
	begin_event(t);
	if (t->input.consumed != t->paste_seen) {
		t->paste_seen = t->input.consumed;
		t->paste_timer = loop_after(t->loop, 1000, on_paste_timer, t);
	} else if (input_end_paste(&t->input, &event)) {
		dispatch(t, &event);
	}
	end_event(t);
}

static void read_input(struct terminal *t, short revents)
{
	unsigned long before = t->input.consumed;
	struct key_event event;

	while (!t->closed && t->shown && input_read(&t->input, &event))
		dispatch(t, &event);
	if (t->closed || !t->shown)
		return;
	/* A terminal that is gone is readable for ever and gives nothing. */
	t->empty_reads = t->input.consumed == before ? t->empty_reads + 1 : 0;
	if (revents & (POLLHUP | POLLERR | POLLNVAL) || t->empty_reads > 3)
		tell_gone(t);
	else if (t->input.pasting && !t->paste_timer)
		t->paste_timer = loop_after(t->loop, 1000, on_paste_timer, t);
}

static void on_tty(void *ctx, short revents)
{
	struct terminal *t = ctx;

	begin_event(t);
	if (revents & POLLOUT)
		send(t);
	if (revents & ~POLLOUT && !t->lost)
		read_input(t, revents);
	end_event(t);
}

static void on_signal(void *ctx, int signal)
{
	struct terminal *t = ctx;

	begin_event(t);
	switch (signal) {
	case SIGWINCH:
		if (t->shown) {
			adopt_size(t);
			dispatch(t, &(struct key_event){.code = KEYS_RESIZE});
		}
		break;
	case SIGTSTP:
		suspend(t);
		break;
	case SIGCONT:
		/* Stopped by SIGSTOP, the shell has changed the terminal meanwhile. */
		if (t->shown)
			enter(t);
		break;
	default:
		tell_gone(t);
	}
	end_event(t);
}

static const int watched_signals[] = {SIGHUP,   SIGTERM, SIGINT, SIGQUIT,
                                      SIGWINCH, SIGTSTP, SIGCONT};

static void watch_signals(struct terminal *t, bool yes)
{
	for (size_t i = 0; i < sizeof watched_signals / sizeof watched_signals[0]; i++)
		loop_on_signal(t->loop, watched_signals[i], yes ? on_signal : NULL, t);
}

/* ---- Opening and closing */

/* An own opening of the terminal, whose flags no shell shares; a copy of standard output where
 * that is not allowed, as after su. */
static int open_tty(void)
{
	const char *name = ttyname(STDOUT_FILENO);
	int flags = O_RDWR | O_NOCTTY | O_CLOEXEC;
	int tty = name ? open(name, flags) : -1;

	if (tty < 0)
		tty = open("/dev/tty", flags);
	if (tty < 0)
		tty = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	return tty;
}

/* The person may have a terminal in another character set than the one that we fell back to. */
static bool charset_is_poor(void)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		return true;
	for (int i = 0; i < 3; i++) {
		const char *value = getenv(names[i]);
		const char *charset;

		if (!value || !value[0])
			continue;
		charset = strchr(value, '.');
		return charset && strncasecmp(charset + 1, "utf-8", 5) != 0 &&
		       strncasecmp(charset + 1, "utf8", 4) != 0;
	}
	return false;
}

static bool no_colour(void)
{
	const char *value = getenv("NO_COLOR");

	return value && value[0];
}

static bool capable(const char *name)
{
	const char *value = tigetstr(name);

	return value && value != (const char *)-1;
}

static bool start_curses(struct terminal *t, struct err *err)
{
	const char *kind = getenv("TERM");

	kind = kind ? kind : "";
	use_env(FALSE);
	t->screen = newterm(NULL, t->output.stream, t->in);
	if (!t->screen)
		return err_set(err, ERR_USAGE,
		               _("Trato does not know this kind of terminal: TERM is “%s”. Set TERM to what "
		                 "it is, for example xterm-256color."),
		               kind);
	if (!capable("cup") || !capable("clear"))
		return err_set(err, ERR_USAGE,
		               _("A terminal of the kind “%s” cannot show full screens. Set TERM to what it "
		                 "is, for example xterm-256color."),
		               kind);
	nonl();
	typeahead(-1);
	input_open(&t->input);
	t->mouse = t->config.mouse && capable("kmous");
	t->frame.window = stdscr;
	t->frame.arena = arena_new();
	t->frame.ascii = t->config.ascii || charset_is_poor();
	key_names_in_ascii(t->frame.ascii);
	frame_set_theme(&t->frame, t->config.theme, t->config.colour && !no_colour());
	return true;
}

/* What endwin says now is what has to be said at a sudden end, when nobody can ask curses. */
static void prepare_farewell(struct terminal *t)
{
	struct buf *said = &t->output.waiting;

	output_collect(&t->output);
	buf_clear(said);
	endwin();
	output_collect(&t->output);
	buf_add_n(&t->farewell, said->text ? said->text : "", said->length);
	buf_printf(&t->farewell, "%s%s", modes_off, t->mouse ? mouse_off : "");
	buf_clear(said);
}

struct terminal *terminal_open(struct loop *loop, const struct terminal_config *config,
                               const struct terminal_events *events, struct err *err)
{
	struct terminal *t;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		err_set(err, ERR_USAGE,
		        _("Trato's screens need a terminal as standard input and output. Commands such as "
		          "“trato list” work without one."));
		return NULL;
	}
	t = mem_alloc(sizeof *t);
	t->loop = loop;
	t->config = *config;
	t->events = *events;
	t->tty = open_tty();
	t->in = t->tty < 0 ? NULL : fdopen(fcntl(t->tty, F_DUPFD_CLOEXEC, 3), "r");
	if (!t->in || tcgetattr(t->tty, &t->mode) != 0 || !output_open(&t->output, t->tty)) {
		err_set(err, ERR_USAGE, _("The terminal cannot be opened: %s."), strerror(errno));
		release(t);
		return NULL;
	}
	t->tty_flags = fcntl(t->tty, F_GETFL);
	if (!start_curses(t, err)) {
		release(t);
		return NULL;
	}
	prepare_farewell(t);
	rescue_prepare();
	watch_signals(t, true);
	loop_on_idle(loop, on_idle, t);
	enter(t);
	return t;
}

static void release(struct terminal *t)
{
	input_close(&t->input);
	arena_free(&t->frame.arena);
	if (t->screen)
		delscreen(t->screen);
	output_close(&t->output);
	if (t->in)
		fclose(t->in);
	if (t->tty >= 0)
		close(t->tty);
	buf_free(&t->farewell);
	free(t);
}

void terminal_close(struct terminal **terminal)
{
	struct terminal *t = *terminal;

	if (!t)
		return;
	*terminal = NULL;
	leave(t);
	t->closed = true;
	loop_watch(t->loop, t->tty, 0, NULL, NULL);
	loop_cancel(t->loop, t->paste_timer);
	loop_on_idle(t->loop, NULL, NULL);
	watch_signals(t, false);
	rescue_unhook();
	if (t->depth == 0)
		release(t);
}

void terminal_redraw(struct terminal *terminal)
{
	terminal->due = true;
}

void terminal_repaint(struct terminal *terminal)
{
	clearok(curscr, TRUE);
	terminal->due = true;
}

void terminal_bell(struct terminal *terminal)
{
	terminal->bell = true;
}
