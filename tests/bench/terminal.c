/*
 * Plays one person at a terminal, any program, and measures; for tests/bench/run only. The terminal
 * is 80×24, or what TERMINAL_SIZE says (60x200: rows, columns).
 * What arrives is not interpreted, but where bytes are weighed: that would cost as much as what is
 * measured. A screen is complete with the last byte before a silence.
 *
 *   terminal start TIMES TEXT COMMAND...        p50 and p99 in ms from the start until TEXT comes
 *   terminal keys TIMES KEYS COMMAND...         types KEYS, then j and k in turns of 15:
 *                                               p50 and p99 in ms, bytes for each j
 *   terminal key TIMES KEY BACK KEYS COMMAND... types KEYS, makes the terminal 80×24 where it was not,
 *                                               then KEY and BACK ("" for none) in turns: p50 and
 *                                               p99 in ms for KEY
 *   terminal bytes TIMES SILENCE DOWN UP KEYS COMMAND...
 *                                               types KEYS, then DOWN and UP in turns, SILENCE ms
 *                                               apart: bytes for each DOWN, and the least for it:
 *                                               the changed cells' UTF-8 and one move to each run
 *   terminal idle SECONDS KEYS COMMAND...       what arrives in so long, in bytes, and the
 *                                               processor's time that it takes, in ms
 *   terminal memory KEYS COMMAND...             PSS in KiB when idle for a while
 *   terminal show KEYS COMMAND...               what arrives, as it comes
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

/* Rested: an open list has been looked at again, and freed memory is given back. */
enum { PATIENCE_MS = 20000, SETTLED_MS = 300, RESTED_MS = 9000 };

struct terminal {
	pid_t pid;
	int fd;
	bool show;
	struct winsize size;
	VTerm *picture; /* NULL where nobody looks at it */
};

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "terminal: %s\n", what);
	exit(1);
}

static struct terminal terminal_start(char **argv)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	const char *wanted = getenv("TERMINAL_SIZE");
	struct terminal t = { 0 };

	if (wanted && sscanf(wanted, "%hux%hu", &size.ws_row, &size.ws_col) != 2)
		die("TERMINAL_SIZE is rows x columns");
	t.size = size;
	t.pid = forkpty(&t.fd, NULL, NULL, &size);
	if (t.pid < 0)
		die(strerror(errno));
	if (t.pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	fcntl(t.fd, F_SETFD, FD_CLOEXEC);
	return t;
}

static void terminal_end(struct terminal *t)
{
	double deadline = now_ms() + 3000;

	close(t->fd);
	while (waitpid(t->pid, NULL, WNOHANG) == 0) {
		if (now_ms() > deadline)
			kill(t->pid, SIGKILL);
		poll(NULL, 0, 2);
	}
}

/* Waits for a first byte, then until nothing comes for so long. When the last one came; 0 where
 * there was none. */
static double terminal_settle(struct terminal *t, int patience_ms, int silence_ms, long *bytes)
{
	struct pollfd fd = { .fd = t->fd, .events = POLLIN };
	double last = 0;
	char data[65536];

	while (poll(&fd, 1, last > 0 ? silence_ms : patience_ms) > 0) {
		ssize_t length = read(t->fd, data, sizeof(data));

		if (length <= 0)
			break;
		last = now_ms();
		if (bytes)
			*bytes += length;
		if (t->show)
			fwrite(data, 1, (size_t)length, stdout);
		if (t->picture)
			vterm_input_write(t->picture, data, (size_t)length);
	}
	return last;
}

static void terminal_type(struct terminal *t, const char *keys)
{
	for (; *keys; keys++) {
		if (write(t->fd, keys, 1) != 1)
			die("the program is gone");
		terminal_settle(t, SETTLED_MS, SETTLED_MS, NULL);
	}
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print_percentiles(double *values, int count)
{
	qsort(values, (size_t)count, sizeof(*values), compare);
	printf("%.3f %.3f ", values[count / 2], values[(count * 99 + 99) / 100 - 1]);
}

/* When the text has come; it must not be cut by the program's cursor movements. */
static double terminal_wait(struct terminal *t, const char *text)
{
	struct pollfd fd = { .fd = t->fd, .events = POLLIN };
	static char data[1 << 20];
	size_t length = 0;

	while (length < sizeof(data) && poll(&fd, 1, PATIENCE_MS) > 0) {
		ssize_t got = read(t->fd, data + length, sizeof(data) - length);

		if (got <= 0)
			break;
		length += (size_t)got;
		if (memmem(data, length, text, strlen(text)))
			return now_ms();
	}
	die("the text does not come");
}

static void measure_start(int times, const char *text, char **argv)
{
	double *values = calloc((size_t)times, sizeof(*values));

	for (int i = 0; i < times; i++) {
		double begin = now_ms();
		struct terminal t = terminal_start(argv);

		values[i] = terminal_wait(&t, text) - begin;
		terminal_settle(&t, SETTLED_MS, SETTLED_MS, NULL);
		terminal_end(&t);
	}
	print_percentiles(values, times);
	free(values);
}

static void measure_keys(int times, const char *keys, char **argv)
{
	double *values = calloc((size_t)times, sizeof(*values));
	struct terminal t = terminal_start(argv);
	long bytes = 0, ignored = 0;
	int downs = 0;

	terminal_settle(&t, PATIENCE_MS, SETTLED_MS, NULL);
	terminal_type(&t, keys);
	for (int i = 0; i < times; i++) {
		bool down = i / 15 % 2 == 0;
		double begin = now_ms(), end;

		if (write(t.fd, down ? "j" : "k", 1) != 1)
			die("the program is gone");
		end = terminal_settle(&t, PATIENCE_MS, 3, down ? &bytes : &ignored);
		if (end <= 0)
			die("a key changes nothing");
		values[i] = end - begin;
		downs += down;
	}
	terminal_end(&t);
	print_percentiles(values, times);
	printf("%ld\n", downs > 0 ? bytes / downs : 0);
	free(values);
}

/* Waits less after each of the keys before, since there may be hundreds of them. */
static void measure_key(int times, const char *key, const char *back, const char *keys, char **argv)
{
	enum { TURNED_MS = 50, SILENCE_MS = 50 };
	const struct winsize usual = { .ws_row = 24, .ws_col = 80 };
	double *values = calloc((size_t)times, sizeof(*values));
	struct terminal t = terminal_start(argv);

	terminal_settle(&t, PATIENCE_MS, SETTLED_MS, NULL);
	for (; *keys; keys++)
		if (write(t.fd, keys, 1) == 1)
			terminal_settle(&t, SETTLED_MS, TURNED_MS, NULL);
	ioctl(t.fd, TIOCSWINSZ, &usual);
	terminal_settle(&t, SETTLED_MS, SETTLED_MS, NULL);
	for (int i = 0; i < times; i++) {
		double begin = now_ms(), end;

		if (write(t.fd, key, strlen(key)) != (ssize_t)strlen(key))
			die("the program is gone");
		end = terminal_settle(&t, PATIENCE_MS, SILENCE_MS, NULL);
		if (end <= 0)
			die("a key changes nothing");
		values[i] = end - begin;
		if (*back)
			terminal_type(&t, back);
	}
	terminal_end(&t);
	print_percentiles(values, times);
	putchar('\n');
	free(values);
}

/* ---- Bytes, and how few they could be */

static void picture_start(struct terminal *t)
{
	VTermScreen *screen;

	t->picture = vterm_new(t->size.ws_row, t->size.ws_col);
	vterm_set_utf8(t->picture, 1);
	screen = vterm_obtain_screen(t->picture);
	vterm_screen_enable_altscreen(screen, 1);
	vterm_screen_reset(screen, 1);
}

static VTermScreenCell picture_cell(const struct terminal *t, int row, int column)
{
	VTermScreenCell cell = { 0 };

	vterm_screen_get_cell(vterm_obtain_screen(t->picture),
	                      (VTermPos){ .row = row, .col = column }, &cell);
	return cell;
}

static void picture_keep(const struct terminal *t, VTermScreenCell *cells)
{
	for (int row = 0; row < t->size.ws_row; row++)
		for (int column = 0; column < t->size.ws_col; column++)
			*cells++ = picture_cell(t, row, column);
}

static bool same_look(const VTermScreenCell *a, const VTermScreenCell *b)
{
	return a->attrs.bold == b->attrs.bold && a->attrs.underline == b->attrs.underline &&
	       a->attrs.italic == b->attrs.italic && a->attrs.reverse == b->attrs.reverse &&
	       vterm_color_is_equal(&a->fg, &b->fg) && vterm_color_is_equal(&a->bg, &b->bg);
}

/* A blank is one byte; the second half of a wide character is none. */
static long utf8_length(const VTermScreenCell *cell)
{
	long length = 0;

	if (cell->chars[0] == (uint32_t)-1)
		return 0;
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
		uint32_t code = cell->chars[i];

		length += 1 + (code >= 0x80) + (code >= 0x800) + (code >= 0x10000);
	}
	return length > 0 ? length : 1;
}

/* What a program must send that knows only how to go to a cell and to write text there: neither
 * colours, nor erasing, nor scrolling. */
static long picture_difference(const struct terminal *t, const VTermScreenCell *before)
{
	long bytes = 0;

	for (int row = 0; row < t->size.ws_row; row++) {
		bool run = false;

		for (int column = 0; column < t->size.ws_col; column++, before++) {
			VTermScreenCell now = picture_cell(t, row, column);

			if (same_look(&now, before) &&
			    !memcmp(now.chars, before->chars, sizeof(now.chars))) {
				run = false;
				continue;
			}
			if (!run)
				bytes += snprintf(NULL, 0, "\033[%d;%dH", row + 1, column + 1);
			run = true;
			bytes += utf8_length(&now);
		}
	}
	return bytes;
}

static void measure_bytes(int times, int silence_ms, const char *const moves[2], const char *keys,
                          char **argv)
{
	struct terminal t = terminal_start(argv);
	VTermScreenCell *before = calloc((size_t)t.size.ws_row * t.size.ws_col, sizeof(*before));
	long bytes[2] = { 0, 0 }, least[2] = { 0, 0 };

	picture_start(&t);
	terminal_settle(&t, PATIENCE_MS, SETTLED_MS, NULL);
	terminal_type(&t, keys);
	terminal_settle(&t, SETTLED_MS, SETTLED_MS, NULL);
	for (int i = 0; i < 2 * times; i++) {
		const char *move = moves[i % 2];

		picture_keep(&t, before);
		if (write(t.fd, move, strlen(move)) != (ssize_t)strlen(move))
			die("the program is gone");
		if (terminal_settle(&t, PATIENCE_MS, silence_ms, &bytes[i % 2]) <= 0)
			die("a key changes nothing");
		least[i % 2] += picture_difference(&t, before);
	}
	terminal_end(&t);
	vterm_free(t.picture);
	free(before);
	printf("%ld %ld\n", bytes[0] / times, least[0] / times);
}

/* What the process has had of the processor so far. */
static double processor_ms(pid_t pid)
{
	char path[64];
	double ns = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/schedstat", (int)pid);
	file = fopen(path, "r");
	if (!file || fscanf(file, "%lf", &ns) != 1)
		die(path);
	fclose(file);
	return ns / 1e6;
}

static void measure_idle(int seconds, const char *keys, char **argv)
{
	struct terminal t = terminal_start(argv);
	double before, end;
	long bytes = 0;

	terminal_settle(&t, PATIENCE_MS, SETTLED_MS, NULL);
	terminal_type(&t, keys);
	terminal_settle(&t, 1000, 1000, NULL);
	before = processor_ms(t.pid);
	for (end = now_ms() + seconds * 1e3; now_ms() < end;)
		terminal_settle(&t, (int)(end - now_ms()) + 1, 0, &bytes);
	printf("%ld %.3f\n", bytes, processor_ms(t.pid) - before);
	terminal_end(&t);
}

static void measure_memory(const char *keys, char **argv)
{
	struct terminal t = terminal_start(argv);
	char path[64], line[256];
	long kib = 0;
	FILE *file;

	terminal_settle(&t, PATIENCE_MS, SETTLED_MS, NULL);
	terminal_type(&t, keys);
	terminal_settle(&t, RESTED_MS, RESTED_MS, NULL);
	snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)t.pid);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		if (!strncmp(line, "Pss:", 4))
			kib = strtol(line + 4, NULL, 10);
	printf("%ld\n", kib);
	terminal_end(&t);
}

static void show(const char *keys, char **argv)
{
	struct terminal t = terminal_start(argv);

	t.show = true;
	terminal_settle(&t, PATIENCE_MS, SETTLED_MS, NULL);
	terminal_type(&t, keys);
	terminal_end(&t);
}

int main(int argc, char **argv)
{
	const char *verb = argc > 3 ? argv[1] : "";

	signal(SIGPIPE, SIG_IGN);
	if (!strcmp(verb, "start") && argc > 4)
		measure_start(atoi(argv[2]), argv[3], argv + 4);
	else if (!strcmp(verb, "keys") && argc > 4)
		measure_keys(atoi(argv[2]), argv[3], argv + 4);
	else if (!strcmp(verb, "bytes") && argc > 7)
		measure_bytes(atoi(argv[2]), atoi(argv[3]),
		              (const char *const[2]){ argv[4], argv[5] }, argv[6], argv + 7);
	else if (!strcmp(verb, "key") && argc > 6)
		measure_key(atoi(argv[2]), argv[3], argv[4], argv[5], argv + 6);
	else if (!strcmp(verb, "idle") && argc > 4)
		measure_idle(atoi(argv[2]), argv[3], argv + 4);
	else if (!strcmp(verb, "memory"))
		measure_memory(argv[2], argv + 3);
	else if (!strcmp(verb, "show"))
		show(argv[2], argv + 3);
	else
		die("usage: see tests/bench/terminal.c");
	return 0;
}
