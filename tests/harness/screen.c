/*
 * The process behind a screen: started on a pty, kept going together with all
 * the others, waited for, hung up. Reading the picture stands in screen_view.c,
 * typing in screen_input.c.
 */
#include "screen_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DEADLINE_MS = 30000, SCREENS_MAX = 512 };

static struct screen *screens;

const char *screen_program(void)
{
	static char path[4096];
	const char *build = getenv("BUILD"), *other = getenv("TRATO_PROGRAM");

	if (other != NULL)
		return other;
	snprintf(path, sizeof(path), "%s/trato", build ? build : "build");
	return path;
}

/* ---- Start */

static bool env_passes(const char *variable)
{
	static const char *const names[] = { "PATH=",          "HOME=",        "PGHOST=",
		                             "PGPORT=",        "TRATO_",       "ASAN_OPTIONS=",
		                             "UBSAN_OPTIONS=", "LSAN_OPTIONS=" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strncmp(variable, names[i], strlen(names[i])))
			return true;
	return false;
}

static void env_prepare(const char *const env[])
{
	static char *kept[256];
	size_t count = 0;

	for (char **variable = environ; *variable && count < 255; variable++)
		if (env_passes(*variable))
			kept[count++] = *variable;
	kept[count] = NULL;
	environ = kept;
	setenv("TERM", "xterm-256color", 1);
	setenv("LANG", "C.UTF-8", 1);
	setenv("TRATO_FRAMES", "1", 1);
	for (; env && *env; env++) {
		const char *equals = strchr(*env, '=');

		if (equals) {
			char *name = strndup(*env, (size_t)(equals - *env));

			setenv(name, equals + 1, 1);
			free(name);
		} else {
			unsetenv(*env);
		}
	}
}

static _Noreturn void child_run(const char *const argv[], const char *const env[])
{
	char *arguments[64];
	size_t count = 0;
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (; count < 63 && argv[count]; count++)
		arguments[count] = strdup(argv[count]);
	arguments[count] = NULL;
	if (count == 0)
		_exit(127);
	env_prepare(env);
	execvp(arguments[0], arguments);
	fprintf(stderr, "%s: %s\n", arguments[0], strerror(errno));
	_exit(127);
}

struct screen *screen_start(int rows, int columns, const char *const argv[],
                            const char *const env[])
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };
	struct screen *screen = calloc(1, sizeof(*screen));

	assert_non_null(screen);
	screen_vterm_new(screen, rows, columns);
	screen->watched = strcmp(argv[0], screen_program()) == 0;
	screen->pid = forkpty(&screen->terminal, NULL, NULL, &size);
	if (screen->pid < 0)
		fail_msg("forkpty: %s", strerror(errno));
	if (screen->pid == 0)
		child_run(argv, env);
	fcntl(screen->terminal, F_SETFD, FD_CLOEXEC);
	fcntl(screen->terminal, F_SETFL, O_NONBLOCK);
	screen->process = pidfd_open(screen->pid, 0);
	if (screen->process < 0)
		fail_msg("pidfd_open: %s", strerror(errno));
	screen->next = screens;
	screens = screen;
	return screen;
}

/* ---- Keeping all of them going */

void screen_queue(struct screen *screen, const char *bytes, size_t length)
{
	if (screen->unsent_length + length > screen->unsent_room) {
		screen->unsent_room = (screen->unsent_length + length) * 2;
		screen->unsent = realloc(screen->unsent, screen->unsent_room);
		assert_non_null(screen->unsent);
	}
	memcpy(screen->unsent + screen->unsent_length, bytes, length);
	screen->unsent_length += length;
}

static void screen_flush(struct screen *screen)
{
	ssize_t sent = write(screen->terminal, screen->unsent, screen->unsent_length);

	if (sent <= 0)
		return;
	screen->unsent_length -= (size_t)sent;
	memmove(screen->unsent, screen->unsent + sent, screen->unsent_length);
}

void screen_take_answers(struct screen *screen)
{
	char bytes[256];
	size_t length;

	while ((length = vterm_output_read(screen->vterm, bytes, sizeof(bytes))) > 0)
		screen_queue(screen, bytes, length);
}

static void screen_read(struct screen *screen)
{
	char bytes[16384];
	ssize_t length;

	while ((length = read(screen->terminal, bytes, sizeof(bytes))) > 0) {
		screen_receive(screen, bytes, (size_t)length);
		screen_take_answers(screen);
	}
	/* EIO: the program and all its children have closed the terminal. */
	if (length == 0 || (errno != EAGAIN && errno != EINTR)) {
		close(screen->terminal);
		screen->terminal = -1;
	}
}

static void screen_reap(struct screen *screen)
{
	if (waitpid(screen->pid, &screen->status, WNOHANG) != screen->pid)
		return;
	screen->ended = true;
	if (screen->terminal >= 0)
		screen_read(screen);
}

/* Waits for something of any screen and takes it in. */
static void screens_pump(int milliseconds)
{
	struct pollfd fds[2 * SCREENS_MAX];
	struct screen *screen;
	nfds_t count = 0;

	for (screen = screens; screen && count < 2 * SCREENS_MAX; screen = screen->next) {
		if (screen->terminal >= 0)
			screen_take_answers(screen);
		fds[count++] = (struct pollfd){
			.fd = screen->terminal,
			.events = (short)(POLLIN | (screen->unsent_length ? POLLOUT : 0)),
		};
		fds[count++] =
		    (struct pollfd){ .fd = screen->ended ? -1 : screen->process, .events = POLLIN };
	}
	if (poll(fds, count, milliseconds) <= 0)
		return;
	count = 0;
	for (screen = screens; screen && count < 2 * SCREENS_MAX; screen = screen->next) {
		if (fds[count].revents & POLLOUT)
			screen_flush(screen);
		if (fds[count].revents & (POLLIN | POLLHUP | POLLERR))
			screen_read(screen);
		if (fds[count + 1].revents)
			screen_reap(screen);
		count += 2;
	}
}

/* ---- Waiting */

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void screen_report(struct screen *screen, const char *what)
{
	int row, column;
	bool visible;

	screen_cursor(screen, &row, &column, &visible);
	print_error("%s\n", what);
	print_error("--- the screen, frame %lu, cursor %d,%d %s---\n", screen->frame, row, column,
	            visible ? "" : "hidden ");
	/* Line by line: cmocka cuts what is longer than 1 KiB. */
	for (const char *at = screen_text(screen); *at;) {
		int length = (int)strcspn(at, "\n");

		print_error("%.*s\n", length, at);
		at += length + (at[length] == '\n');
	}
	print_error("---\n");
	if (screen->ended && WIFSIGNALED(screen->status))
		print_error("The program was ended by signal %d.\n", WTERMSIG(screen->status));
	else if (screen->ended)
		print_error("The program ended with %d.\n", WEXITSTATUS(screen->status));
}

static bool wait_until(struct screen *screen, bool (*ready)(struct screen *, void *), void *ctx,
                       bool till_end)
{
	long long deadline = now_ms() + DEADLINE_MS;

	screens_pump(0);
	while (!ready(screen, ctx)) {
		long long left = deadline - now_ms();

		if (left <= 0 || (screen->ended && !till_end))
			return false;
		screens_pump((int)left);
	}
	return true;
}

void screen_wait_at(struct screen *screen, const char *what,
                    bool (*ready)(struct screen *screen, void *ctx), void *ctx, const char *file,
                    int line)
{
	char sentence[512];

	if (wait_until(screen, ready, ctx, false))
		return;
	snprintf(sentence, sizeof(sentence), "Waited in vain for %s.", what);
	screen_report(screen, sentence);
	_fail(file, line);
}

static bool text_there(struct screen *screen, void *text)
{
	return screen_shows(screen, text);
}

static bool text_gone(struct screen *screen, void *text)
{
	return !screen_shows(screen, text);
}

static bool bells_rung(struct screen *screen, void *count)
{
	return screen->bells >= *(int *)count;
}

static bool frame_came(struct screen *screen, void *after)
{
	return screen->frame > *(unsigned long *)after;
}

struct press {
	unsigned long frame, keys;
};

/* A frame may come for another reason while the key is still on its way, Esc most of all. */
static bool key_was_taken(struct screen *screen, void *ctx)
{
	const struct press *before = ctx;

	return screen->frame > before->frame &&
	       (!screen->counts_keys || screen->keys > before->keys);
}

static bool program_ended(struct screen *screen, void *ctx)
{
	(void)ctx;
	return screen->ended;
}

void screen_wait_text_at(struct screen *screen, const char *text, const char *file, int line)
{
	char what[256], *copy = strdup(text);

	snprintf(what, sizeof(what), "«%s» to appear", text);
	screen_wait_at(screen, what, text_there, copy, file, line);
	free(copy);
}

void screen_wait_gone_at(struct screen *screen, const char *text, const char *file, int line)
{
	char what[256], *copy = strdup(text);

	snprintf(what, sizeof(what), "«%s» to disappear", text);
	screen_wait_at(screen, what, text_gone, copy, file, line);
	free(copy);
}

void screen_wait_bells_at(struct screen *screen, int count, const char *file, int line)
{
	screen_wait_at(screen, "the bell", bells_rung, &count, file, line);
}

void screen_wait_frame_at(struct screen *screen, unsigned long after, const char *file, int line)
{
	screen_wait_at(screen, "a new frame", frame_came, &after, file, line);
}

void screen_press_at(struct screen *screen, const char *name, const char *file, int line)
{
	struct press before;

	screens_pump(0);
	before = (struct press){ screen->frame, screen->keys };
	screen_key(screen, name);
	screen_wait_at(screen, "a frame after the key", key_was_taken, &before, file, line);
}

int screen_wait_exit_at(struct screen *screen, const char *file, int line)
{
	if (!wait_until(screen, program_ended, NULL, true)) {
		screen_report(screen, "The program does not end.");
		_fail(file, line);
	}
	return WIFSIGNALED(screen->status) ? 128 + WTERMSIG(screen->status)
	                                   : WEXITSTATUS(screen->status);
}

/* ---- From outside, and the end */

void screen_resize(struct screen *screen, int rows, int columns)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };

	screens_pump(0);
	vterm_set_size(screen->vterm, rows, columns);
	if (screen->terminal < 0 || ioctl(screen->terminal, TIOCSWINSZ, &size) < 0)
		fail_msg("The terminal cannot be resized: %s", strerror(errno));
}

void screen_signal(struct screen *screen, int signal)
{
	if (!screen->ended && kill(screen->pid, signal) < 0)
		fail_msg("kill: %s", strerror(errno));
}

void screen_hang_up(struct screen *screen)
{
	if (screen->terminal >= 0)
		close(screen->terminal);
	screen->terminal = -1;
}

void screen_watch(struct screen *screen)
{
	screen->watched = true;
}

void screen_close(struct screen **held)
{
	struct screen *screen = *held, **link = &screens;

	if (!screen)
		return;
	*held = NULL;
	screen_hang_up(screen);
	if (!wait_until(screen, program_ended, NULL, true)) {
		kill(screen->pid, SIGKILL);
		waitpid(screen->pid, &screen->status, 0);
		print_error("The program did not end by a hang-up and was killed.\n");
	}
	while (*link != screen)
		link = &(*link)->next;
	*link = screen->next;
	close(screen->process);
	vterm_free(screen->vterm);
	free(screen->unsent);
	free(screen->text);
	free(screen);
}

int screen_teardown(void **state)
{
	(void)state;
	/* All at once: several that do not end cost one deadline. */
	for (struct screen *screen = screens; screen; screen = screen->next)
		screen_hang_up(screen);
	while (screens) {
		struct screen *screen = screens;

		screen_close(&screen);
	}
	return 0;
}
