/*
 * What a program may send to a terminal, byte by byte: visible text, and those
 * control sequences that this one has use for. Everything else came from
 * somebody else's text, and so did what looks like one of the hostile texts.
 */
#ifndef TRATO_TESTS_STREAM_H
#define TRATO_TESTS_STREAM_H

#include <stddef.h>
#include <stdint.h>

struct stream {
	enum { STREAM_TEXT, STREAM_ESCAPE, STREAM_CHARSET, STREAM_CSI, STREAM_OSC, STREAM_OSC_END } state;
	char piece[131072]; /* the character or the sequence that is under way */
	size_t length;
	char tail[128]; /* what came last, for texts that come in two pieces */
	size_t tail_length;
	char complaint[256];
};

/* NULL, or what is wrong; from then on always the same. */
const char *stream_take(struct stream *stream, const char *bytes, size_t length);

#endif
