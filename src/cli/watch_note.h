/*
 * What a watcher is doing, noted on this computer, so that nothing is done twice
 * because the program was killed. The note is locked while the program or a
 * command that it has started lives: whoever comes next waits for both, and finds
 * the exit code there that nobody was left to hear. Only for watch*.c.
 */
#ifndef TRATO_CLI_WATCH_NOTE_H
#define TRATO_CLI_WATCH_NOTE_H

#include <stdbool.h>

#include <base/err.h>

struct watch_note;

/* NULL where it cannot be: err; or where *busy. database: what tells two of them apart. */
struct watch_note *watch_note_open(const char *name, const char *database, bool *busy,
                                   struct err *err);
void watch_note_close(struct watch_note **held);

/* A random id that stays the same on this computer. */
const char *watch_note_holder(const struct watch_note *note);
/* For a command to write " CODE\n" to when it has ended. */
int watch_note_file(const struct watch_note *note);

bool watch_note_begin(struct watch_note *note, const char *delivery, const char *try);
/* What a command would write itself. */
void watch_note_end(struct watch_note *note, int code);
void watch_note_clear(struct watch_note *note);

enum { WATCH_ID_SIZE = 24, WATCH_UNKNOWN = -1 };

/* What was begun and not cleared; code is WATCH_UNKNOWN where it did not come to its end. false:
 * nothing. */
bool watch_note_read(const struct watch_note *note, char delivery[WATCH_ID_SIZE],
                     char try[WATCH_ID_SIZE], int *code);

#endif
