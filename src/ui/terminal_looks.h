/*
 * Fewer bytes for the same looks. Only for terminal*.c.
 */
#ifndef TRATO_UI_TERMINAL_LOOKS_H
#define TRATO_UI_TERMINAL_LOOKS_H

#include <stdbool.h>
#include <stddef.h>

/* What the terminal has been told. Curses says with each attribute that letters are ASCII's, too. */
struct looks {
	bool ascii;
	bool plain; /* no attribute and no colour */
};

/* Joins sequences of attributes and colours (SGR) that follow each other, in place; returns the new
 * length, which is never more. */
size_t looks_join(struct looks *looks, char *text, size_t length);

#endif
