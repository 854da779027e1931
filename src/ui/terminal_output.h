/*
 * What curses wants to say, collected and sent to the terminal as a whole.
 * Only for terminal*.c.
 */
#ifndef TRATO_UI_TERMINAL_OUTPUT_H
#define TRATO_UI_TERMINAL_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include <base/buf.h>

#include "terminal_looks.h"

struct output {
	int tty;      /* non-blocking, not owned */
	int memory;   /* the file that curses takes for the terminal */
	FILE *stream; /* the same for newterm, and its owner */
	off_t collected; /* so far in that file */
	struct buf waiting;
	size_t sent; /* of waiting */
	struct looks looks;
};

bool output_open(struct output *output, int tty);
void output_close(struct output *output);
/* Adds what curses has written since the last call. */
void output_collect(struct output *output);
/* Leaves that out instead. */
void output_forget(struct output *output);
/* Writes once; false when the terminal is gone. */
bool output_send(struct output *output);
/* Part of a frame has not left yet. */
bool output_is_waiting(const struct output *output);
/* Forgets the rest, and ends a control sequence that was cut by it. */
void output_drop(struct output *output);

#endif
