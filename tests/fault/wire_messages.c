/*
 * Messages of PostgreSQL's protocol 3.0, of which each has a type, a length and
 * a text; a client's first one has no type. A request ends with Sync, its
 * answer with ReadyForQuery.
 */
#include "wire_messages.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>

/* src/db puts this before the statements of every read but one whose plan is kept, and only there. */
static const char read_begins[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

char *stream_room(struct stream *stream, size_t length)
{
	if (stream->length + length > stream->room) {
		stream->room = 2 * (stream->length + length);
		stream->bytes = mem_resize(stream->bytes, stream->room, 1);
	}
	return stream->bytes + stream->length;
}

void stream_drop(struct stream *stream, size_t length)
{
	stream->length -= length;
	stream->passable -= stream->passable < length ? stream->passable : length;
	memmove(stream->bytes, stream->bytes + length, stream->length);
}

/* Of the message that begins there with its type; 0 where it is not complete. */
static size_t message_length(const struct stream *stream, size_t at, bool typed)
{
	uint32_t length;
	size_t head = typed ? 1 : 0;

	if (stream->length < at + head + sizeof(length))
		return 0;
	memcpy(&length, stream->bytes + at + head, sizeof(length));
	length = ntohl(length) + (uint32_t)head;
	return stream->length < at + length ? 0 : length;
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* Parse: the name of the statement, which only one has whose plan is kept, and its text. */
static void take_statement(struct talk *talk, const char *message)
{
	const char *name = message + 1 + sizeof(uint32_t), *text = name + strlen(name) + 1;

	if (talk->within || *name != '\0' || begins(text, "DEALLOCATE"))
		return;
	talk->within = true;
	talk->is_write = !begins(text, read_begins) && !begins(text, "COMMIT");
	if ((talk->hold == WIRE_HOLD_READ && begins(text, read_begins)) ||
	    (talk->hold == WIRE_HOLD_WRITE && talk->is_write))
		talk->stops = true;
}

/* Returns false where it stays here. */
static bool take_sync(struct talk *talk)
{
	talk->held = talk->held || talk->stops;
	if (talk->stops)
		return false;
	talk->requests++;
	if (talk->hold == WIRE_HOLD_ANSWER && talk->within && talk->is_write &&
	    talk->held_answer == 0)
		talk->held_answer = talk->requests;
	talk->within = false;
	return true;
}

static void look_at_client(struct talk *talk)
{
	struct stream *stream = &talk->client;
	size_t length;

	while ((length = message_length(stream, stream->passable, talk->started)) > 0) {
		const char *message = stream->bytes + stream->passable;

		if (talk->started && *message == 'P')
			take_statement(talk, message);
		if (talk->started && *message == 'S' && !take_sync(talk))
			return;
		talk->started = true;
		stream->passable += length;
	}
}

/* The server is ready once more than there are requests: after the login. */
static void look_at_server(struct talk *talk)
{
	struct stream *stream = &talk->server;
	size_t at = stream->passable, length;

	while ((length = message_length(stream, at, true)) > 0) {
		bool is_end = stream->bytes[at] == 'Z';

		if (talk->held_answer > 0 && talk->answered == talk->held_answer) {
			talk->held = talk->held || is_end;
			at += length;
			continue;
		}
		talk->answered += is_end;
		at += length;
		stream->passable = at;
	}
}

void talk_look(struct talk *talk)
{
	look_at_client(talk);
	look_at_server(talk);
}

void talk_open(struct talk *talk)
{
	talk->hold = WIRE_OPEN;
	talk->stops = talk->held = false;
	talk->held_answer = 0;
	talk_look(talk);
}

void talk_free(struct talk *talk)
{
	free(talk->client.bytes);
	free(talk->server.bytes);
	*talk = (struct talk){ .hold = WIRE_OPEN };
}
