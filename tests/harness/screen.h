/*
 * A person at a terminal, for tests: starts a program on a pty, types into it
 * and reads its screen back through libvterm. Waits for what is visible and
 * never sleeps; waiting on one screen keeps all of them going, so that several
 * people can be played in one test. For cmocka tests only: what goes wrong,
 * fails the test and shows the screen.
 */
#ifndef TRATO_TESTS_SCREEN_H
#define TRATO_TESTS_SCREEN_H

#include <stdbool.h>

struct screen;

struct screen_cell {
	char text[32];          /* the character with its combining marks, "" for a blank */
	int width;              /* 1 or 2 */
	bool bold, underline, reverse, italic;
	int foreground, background; /* number in the palette, -1 the terminal's own, -2 any other */
};

/* The program under test: $TRATO_PROGRAM, else $BUILD/trato. */
const char *screen_program(void);

/*
 * Starts argv[0] (looked for in PATH) on a terminal of that size, TERM=xterm-256color, in
 * C.UTF-8 with frame marks on (TRATO_FRAMES=1). Of the environment it gets PATH, HOME, PGHOST,
 * PGPORT, TRATO_* and what the sanitizers need; env ("NAME=value" sets, "NAME" takes away,
 * NULL-terminated, may be NULL) comes on top.
 */
struct screen *screen_start(int rows, int columns, const char *const argv[],
                            const char *const env[]);
/* From now on a byte that is neither visible text nor a sequence of Trato's own (stream.h) fails the
 * test. Trato itself is watched from its start. */
void screen_watch(struct screen *screen);
/* Hangs up where that is still to do, waits for the end, frees. NULL is fine. */
void screen_close(struct screen **held);
/* As teardown of a test: closes all that are still open, also after a failure. */
int screen_teardown(void **state);

/* Input. UTF-8 text as if typed; keys by the names of ui/key.h ("Enter", "Ctrl-s", "F5"). */
void screen_type(struct screen *screen, const char *text);
void screen_key(struct screen *screen, const char *name);
void screen_paste(struct screen *screen, const char *text);
/* A click of the left button (1), wheel up (4) or down (5); from 0. */
void screen_click(struct screen *screen, int row, int column, int button);
/* Bytes as they are, for what no honest terminal sends. */
void screen_send(struct screen *screen, const char *bytes, int length);
void screen_resize(struct screen *screen, int rows, int columns);
void screen_signal(struct screen *screen, int signal);
/* The terminal goes away: SIGHUP for its session, end of file for its readers. */
void screen_hang_up(struct screen *screen);

/* Output, as it is now. Text: rows separated by line feeds, trailing blanks cut; valid until
 * the next call. */
const char *screen_text(struct screen *screen);
const char *screen_line(struct screen *screen, int row);
bool screen_shows(struct screen *screen, const char *text);
/* Where the text stands first, in cells from 0; a failure where it does not. */
void screen_find(struct screen *screen, const char *text, int *row, int *column);
struct screen_cell screen_cell(struct screen *screen, int row, int column);
void screen_cursor(struct screen *screen, int *row, int *column, bool *visible);
int screen_bells(const struct screen *screen);
/* The number of the newest frame mark (OSC 7772), 0 before the first. */
unsigned long screen_frame(const struct screen *screen);
/* Whether it shows that frame alone, and not the beginning of the next one, too: a large one comes in
 * several pieces. */
bool screen_is_whole(const struct screen *screen);
/* Bytes the program has written so far. */
unsigned long screen_bytes(const struct screen *screen);
/* What was copied last through OSC 52, still in base64, or "". */
const char *screen_clipboard(const struct screen *screen);
/* The last title (OSC 2) and notification (OSC 9), or "". */
const char *screen_title(const struct screen *screen);
const char *screen_notified(const struct screen *screen);

/* Waiting: up to 30 s, then the test fails, as it does at once when the program ends. */
#define screen_wait_text(screen, text) screen_wait_text_at(screen, text, __FILE__, __LINE__)
#define screen_wait_gone(screen, text) screen_wait_gone_at(screen, text, __FILE__, __LINE__)
#define screen_wait_bells(screen, count) screen_wait_bells_at(screen, count, __FILE__, __LINE__)
/* The first frame after the one with this number. */
#define screen_wait_frame(screen, after) screen_wait_frame_at(screen, after, __FILE__, __LINE__)
/* Any condition; what: in words, for the failure. */
#define screen_wait(screen, what, ready, ctx) \
	screen_wait_at(screen, what, ready, ctx, __FILE__, __LINE__)
/* Presses a key and waits for the frame that follows. */
#define screen_press(screen, name) screen_press_at(screen, name, __FILE__, __LINE__)
/* Waits for the end of the program: its exit code, or 128 + the signal that ended it. */
#define screen_wait_exit(screen) screen_wait_exit_at(screen, __FILE__, __LINE__)

void screen_wait_text_at(struct screen *screen, const char *text, const char *file, int line);
void screen_wait_gone_at(struct screen *screen, const char *text, const char *file, int line);
void screen_wait_bells_at(struct screen *screen, int count, const char *file, int line);
void screen_wait_frame_at(struct screen *screen, unsigned long after, const char *file, int line);
void screen_wait_at(struct screen *screen, const char *what,
                    bool (*ready)(struct screen *screen, void *ctx), void *ctx,
                    const char *file, int line);
void screen_press_at(struct screen *screen, const char *name, const char *file, int line);
int screen_wait_exit_at(struct screen *screen, const char *file, int line);

#endif
