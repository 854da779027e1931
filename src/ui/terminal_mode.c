/*
 * How the terminal is opened, put into full-screen mode and given back. Only for
 * terminal.c and terminal_events.c; calls neither.
 */
#include "terminal_state.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <base/i18n.h>

#include "terminal_rescue.h"

enum { MOST_ROWS = 500, MOST_COLUMNS = 1000, FALL_BACK_ROWS = 24, FALL_BACK_COLUMNS = 80 };

static const char modes_off[] = "\033[?2004l";
static const char mouse_off[] = "\033[?1006l\033[?1000l";

void mode_set_mouse(struct terminal *t, bool on)
{
	t->mouse = on && t->can_mouse;
	t->entering = true; /* the next frame says so */
}

/* Others may have written to it meanwhile. */
void mode_repaint(struct terminal *t)
{
	t->output.looks = (struct looks){ 0 };
	clearok(curscr, TRUE);
	t->due = true;
}

void mode_adopt_size(struct terminal *t)
{
	struct winsize size = { 0 };
	int rows, columns;

	ioctl(t->tty, TIOCGWINSZ, &size);
	rows = size.ws_row > 0 ? size.ws_row : FALL_BACK_ROWS;
	columns = size.ws_col > 0 ? size.ws_col : FALL_BACK_COLUMNS;
	resize_term(rows < MOST_ROWS ? rows : MOST_ROWS,
	            columns < MOST_COLUMNS ? columns : MOST_COLUMNS);
	frame_forget(&t->frame);
	mode_repaint(t);
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

void mode_enter(struct terminal *t)
{
	rescue_arm(t->tty, &t->mode, t->tty_flags, t->farewell.text, t->farewell.length);
	fcntl(t->tty, F_SETFL, t->tty_flags | O_NONBLOCK);
	set_raw_mode(t);
	keypad(t->input.keys, TRUE);
	t->shown = t->entering = true;
	mode_adopt_size(t);
}

void mode_leave(struct terminal *t)
{
	if (!t->shown)
		return;
	output_drop(&t->output);
	endwin();
	output_collect(&t->output);
	buf_add(&t->output.waiting, modes_off);
	buf_add(&t->output.waiting, announce_end(t));
	t->titled = false;
	if (t->mouse)
		buf_add(&t->output.waiting, mouse_off);
	/* A terminal that takes nothing must not keep the program from ending. */
	for (int patience = 10; patience > 0 && output_is_waiting(&t->output); patience--) {
		struct pollfd ready = { t->tty, POLLOUT, 0 };

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
}

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
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

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

void mode_set_theme(struct terminal *t, const char *theme)
{
	frame_set_theme(&t->frame, theme, t->config.colour && !no_colour());
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
	/* The size comes from the terminal alone; curses would believe these first. */
	unsetenv("LINES");
	unsetenv("COLUMNS");
	t->screen = newterm(NULL, t->output.stream, t->in);
	if (!t->screen)
		return err_set(
		    err, ERR_USAGE,
		    _("Trato does not know this kind of terminal: TERM is “%s”. Set TERM to what "
		      "it is, for example xterm-256color."),
		    kind);
	if (!capable("cup") || !capable("clear"))
		return err_set(
		    err, ERR_USAGE,
		    _("A terminal of the kind “%s” cannot show full screens. Set TERM to what it "
		      "is, for example xterm-256color."),
		    kind);
	nonl();
	typeahead(-1);
	input_open(&t->input);
	announce_prepare(t);
	t->can_mouse = capable("kmous");
	t->mouse = t->config.mouse && t->can_mouse;
	/* Painted at once into what curses shows next: a window from which that would be copied takes
	 * as much memory again. */
	wresize(stdscr, 1, 1);
	frame_open(&t->frame, newscr);
	t->frame.ascii = t->config.ascii || charset_is_poor();
	key_names_in_ascii(t->frame.ascii);
	mode_set_theme(t, t->config.theme);
	return true;
}

/* What endwin says now is what has to be said at a sudden end, when nobody can ask curses. */
static void prepare_farewell(struct terminal *t)
{
	struct buf *said = &t->output.waiting;

	curs_set(0); /* else endwin sees no need to show it again */
	output_collect(&t->output);
	buf_clear(said);
	endwin();
	output_collect(&t->output);
	buf_add_n(&t->farewell, said->text ? said->text : "", said->length);
	/* It may be switched on later. */
	buf_printf(&t->farewell, "%s%s%s", modes_off, announce_end(t),
	           t->can_mouse ? mouse_off : "");
	buf_clear(said);
}

bool mode_prepare(struct terminal *t, struct err *err)
{
	t->tty = open_tty();
	t->in = t->tty < 0 ? NULL : fdopen(fcntl(t->tty, F_DUPFD_CLOEXEC, 3), "r");
	if (!t->in || tcgetattr(t->tty, &t->mode) != 0 || !output_open(&t->output, t->tty))
		return err_set(err, ERR_USAGE, _("The terminal cannot be opened: %s."),
		               strerror(errno));
	t->tty_flags = fcntl(t->tty, F_GETFL);
	if (!start_curses(t, err))
		return false;
	prepare_farewell(t);
	return true;
}

void mode_release(struct terminal *t)
{
	input_close(&t->input);
	frame_close(&t->frame);
	if (t->screen)
		delscreen(t->screen);
	output_close(&t->output);
	if (t->in)
		fclose(t->in);
	if (t->tty >= 0)
		close(t->tty);
	buf_free(&t->farewell);
	buf_free(&t->copy);
	announce_free(t);
	free(t);
}
