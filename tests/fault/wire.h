/*
 * A line between a program and its server that breaks as it is told to: now, or
 * held at a certain point of a request, so that nobody has to guess where it
 * was. A process of its own keeps it going. For tests in this folder.
 */
#ifndef TRATO_TESTS_WIRE_H
#define TRATO_TESTS_WIRE_H

#include <stdbool.h>

struct wire;

enum wire_order {
	/* What is connected now ends; whoever connects later gets through. */
	WIRE_CUT = 'c',
	/* The same within a message: one that is held, else one that the server begins. */
	WIRE_TRUNCATE = 't',
	/* What is connected now passes nothing any more, and neither end learns it. */
	WIRE_GO_DEAD = 'd',
	/* The same, and new ones too: all that was sent arrives when it is opened again. */
	WIRE_STALL = 's',
	/* A cut, and nobody gets through. */
	WIRE_REFUSE = 'r',
	/* A few bytes at a time. */
	WIRE_SLOW = 'l',
	/* Passes everything again, what is held too. */
	WIRE_OPEN = 'o',
	/* The next read that is no doorbell's, the next write: the server has all of it but the end, for
	 * which it waits. */
	WIRE_HOLD_READ = 'q',
	WIRE_HOLD_WRITE = 'w',
	/* The server has carried out the next write and said so; the answer is kept back. */
	WIRE_HOLD_ANSWER = 'a',
};

/* From a Unix socket in that folder to the one in the other folder, both under the name that PGPORT
 * gives. NULL: the folder that PGHOST names. */
struct wire *wire_start(const char *folder, const char *server);
/* Returns when it is done. */
void wire_order(struct wire *wire, enum wire_order order);
/* Whether what was to be held by the last order is held. */
bool wire_holds(struct wire *wire);
/* The latest one first. */
void wire_stop(struct wire **wire);

#endif
