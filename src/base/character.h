/*
 * What kind of thing a code point is, in the eyes of a terminal. Shared by the
 * measuring and the cleaning of text, and by nobody else.
 */
#ifndef TRATO_BASE_CHARACTER_H
#define TRATO_BASE_CHARACTER_H

#include <stdbool.h>
#include <stdint.h>

#define CHARACTER_BROKEN 0xFFFDU
#define CHARACTER_JOINER 0x200DU

/* A combining mark that is drawn onto the character before it. */
bool character_is_mark(uint32_t c);
/* Assigned, and yet nothing to see: format, filler, selector, tag, private use. */
bool character_is_hidden(uint32_t c);
/* Columns; 0 for marks and for all that cannot be seen. */
int character_width(uint32_t c);

#endif
