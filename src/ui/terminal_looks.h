/*
 * Fewer bytes for the same looks. Only for terminal*.c.
 */
#ifndef TRATO_UI_TERMINAL_LOOKS_H
#define TRATO_UI_TERMINAL_LOOKS_H

#include <stdbool.h>
#include <stddef.h>

/* What the terminal has been told; false and 0 where that is not known. Curses says with each attribute
 * that letters are ASCII's, too. */
struct looks {
	bool ascii;
	bool plain;    /* no attribute and no colour */
	bool light;    /* nothing but what blanks do not show: the letters' colour, bold, dim */
	bool coloured; /* nothing but the letters' colour */
	int row;       /* of the cursor, from 1 */
};

/* Joins sequences of attributes and colours (SGR) that follow each other, and goes to the beginning of the
 * next row in fewer bytes, in place; returns the new length, which is never more. Blanks may have another
 * colour of letters than they were given. */
size_t looks_join(struct looks *looks, char *text, size_t length);

#endif
