/*
 * What the terminal at hand can do, in words that need no curses: found out by
 * src/ui, told by trato doctor.
 */
#ifndef TRATO_BASE_TRAITS_H
#define TRATO_BASE_TRAITS_H

#include <stdbool.h>

enum traits_letters {
	LETTERS_UNKNOWN, /* the terminal did not say where its cursor is */
	LETTERS_DRAWN,
	LETTERS_BROKEN, /* it shows the bytes of UTF-8 one by one */
};

struct traits {
	bool terminal; /* input and output are one; else nothing else is set */
	char kind[64]; /* TERM */
	bool known, full_screen, mouse;
	int colours; /* 0: none */
	int height, width;
	enum traits_letters letters;
};

#endif
