/*
 * What the three files of the screen harness share: one person's terminal.
 */
#ifndef TRATO_TESTS_SCREEN_PRIVATE_H
#define TRATO_TESTS_SCREEN_PRIVATE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <sys/types.h>

#include <cmocka.h>
#include <vterm.h>

#include "screen.h"
#include "stream.h"

struct screen {
	struct screen *next;
	pid_t pid;
	int terminal;           /* our end of the pty, -1 after the hang-up */
	int process;            /* pidfd */
	bool ended;
	int status;             /* of waitpid, where it ended */
	char *unsent;           /* typed and not yet taken by the pty */
	size_t unsent_length, unsent_room;

	VTerm *vterm;
	VTermScreen *picture;
	VTermPos cursor;
	bool cursor_visible;
	int bells;
	bool watched; /* its bytes are held against what Trato may send */
	struct stream stream;
	unsigned long frame, bytes;
	unsigned long keys; /* that the program had taken at that frame */
	bool counts_keys;   /* it is one that tells */
	bool whole;         /* nothing has come behind that frame's mark */

	enum { MARK_NONE, MARK_ESCAPE, MARK_TEXT, MARK_END } mark_state;
	char mark[65536];       /* the OSC being received */
	size_t mark_length;
	char clipboard[65536];
	char title[256], notified[256];

	char *text;             /* what screen_text() gave out last */
};

/* Queues bytes for the program; they leave as soon as the pty takes them. */
void screen_queue(struct screen *screen, const char *bytes, size_t length);
/* Queues what libvterm has to say: keys, and its answers to requests of the program. */
void screen_take_answers(struct screen *screen);
/* Bytes of the program: into libvterm, and the marks among them into the struct. */
void screen_receive(struct screen *screen, const char *bytes, size_t length);
void screen_vterm_new(struct screen *screen, int rows, int columns);
/* One code point as UTF-8, not terminated; its length. */
size_t screen_utf8(uint32_t code, char out[4]);

#endif
