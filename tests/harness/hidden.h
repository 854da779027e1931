/*
 * What a person would not see, or would see in another place than where it
 * stands, in a text that a program has shown. Written beside the program's own
 * cleaning and not with it, so that the one can be held against the other.
 */
#ifndef TRATO_TESTS_HIDDEN_H
#define TRATO_TESTS_HIDDEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The name of the first such thing, or NULL where there is none: bytes that are no UTF-8, controls
 * (a line feed only where `lines`), bidirectional, zero-width, tag and other invisible characters,
 * private use, noncharacters. Static. */
const char *hidden_in(const char *text, bool lines);
const char *hidden_in_n(const char *text, size_t length, bool lines);
/* Of one code point. */
bool hidden_is(uint32_t code);

#endif
