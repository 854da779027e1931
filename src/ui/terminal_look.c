/*
 * What a terminal can do, asked without taking it over: its description, its
 * size, and whether it draws UTF-8. For trato doctor, before and without
 * terminal_open.
 */
#include <ui/terminal.h>

#include <curses.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include <base/loop.h>

/* Over a slow line, too; a terminal that cannot answer is waited for in vain. */
enum { ANSWER_MS = 2000 };

static bool capable(const char *name)
{
	const char *value = tigetstr(name);

	return value && value != (const char *)-1;
}

static void read_description(struct traits *traits)
{
	int status;

	traits->known = setupterm(traits->kind, STDOUT_FILENO, &status) == OK;
	if (!traits->known)
		return;
	traits->full_screen = capable("cup") && capable("clear");
	traits->mouse = capable("kmous");
	traits->colours = tigetnum("colors") > 0 ? tigetnum("colors") : 0;
	del_curterm(cur_term);
}

/* The column in "ESC [ ROW ; COLUMN R"; 0: it did not come. */
static int read_column(void)
{
	char answer[32];
	size_t length = 0;
	long long end = loop_now() + ANSWER_MS;
	int row, column;

	while (length < sizeof(answer) - 1) {
		struct pollfd pfd = { .fd = STDIN_FILENO, .events = POLLIN };
		long long left = end - loop_now();

		if (left <= 0 || poll(&pfd, 1, (int)left) <= 0 ||
		    read(STDIN_FILENO, answer + length, 1) != 1)
			return 0;
		/* Whatever was typed before is not for us. */
		if (length == 0 && answer[0] != '\033')
			continue;
		if (answer[length++] == 'R')
			break;
	}
	answer[length] = '\0';
	return sscanf(answer, "\033[%d;%dR", &row, &column) == 2 ? column : 0;
}

/* Two letters of two bytes each and one of three that is two columns wide: 4 columns. */
static enum traits_letters try_letters(void)
{
	static const char asked[] = "\r\xC3\xB1\xC3\xA9\xE6\xBC\xA2\033[6n", wiped[] = "\r\033[K";
	struct termios before, raw;
	int column = 0;

	if (tcgetattr(STDIN_FILENO, &before) != 0)
		return LETTERS_UNKNOWN;
	raw = before;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
	if (write(STDOUT_FILENO, asked, strlen(asked)) == (ssize_t)strlen(asked))
		column = read_column();
	if (write(STDOUT_FILENO, wiped, strlen(wiped)) < 0)
		column = 0;
	/* An answer that comes too late would be taken for a command. */
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	return column == 0 ? LETTERS_UNKNOWN : column == 5 ? LETTERS_DRAWN : LETTERS_BROKEN;
}

void terminal_look(struct traits *traits)
{
	struct winsize size = { 0 };
	const char *kind = getenv("TERM");

	*traits = (struct traits){ .terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) };
	if (!traits->terminal)
		return;
	snprintf(traits->kind, sizeof(traits->kind), "%s", kind ? kind : "");
	ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	traits->height = size.ws_row;
	traits->width = size.ws_col;
	read_description(traits);
	if (traits->full_screen)
		traits->letters = try_letters();
}
