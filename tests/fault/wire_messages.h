/*
 * What of PostgreSQL's messages the line needs to know to stop at a point of
 * its choice: where one ends, and which request it belongs to. For wire.c.
 */
#ifndef TRATO_TESTS_WIRE_MESSAGES_H
#define TRATO_TESTS_WIRE_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>

#include "wire.h"

/* Bytes of one end that have not been passed on to the other one. */
struct stream {
	char *bytes;
	size_t length, room;
	size_t passable; /* the first ones, which nothing holds */
};

/* One connection's talk. */
struct talk {
	struct stream client, server;
	bool started;           /* its first message, which has no type, went by */
	bool within, is_write;  /* of a request: its first statement went by, and what it is */
	int requests, answered; /* ends of requests that went by each way */
	enum wire_order hold;   /* WIRE_OPEN: nothing */
	bool stops;             /* before the end of this request */
	bool held;              /* the point is reached */
	int held_answer;        /* the answer with this number is kept back, 0: none */
};

/* Where length more bytes may be put. */
char *stream_room(struct stream *stream, size_t length);
void stream_drop(struct stream *stream, size_t length);

/* Says again how much of both is passable. */
void talk_look(struct talk *talk);
/* Nothing is held any more. */
void talk_open(struct talk *talk);
void talk_free(struct talk *talk);

#endif
