/*
 * UTF-8 text: how wide it is, where its characters begin, and the one cleaning
 * function that all text from outside passes before it is drawn, logged or
 * exported. Widths are terminal columns. Character properties come from the C
 * library (mbrtowc, wcwidth), so the locale must be a UTF-8 one.
 */
#ifndef TRATO_BASE_TEXT_H
#define TRATO_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <base/arena.h>

enum text_lines {
	TEXT_ONE_LINE,   /* line feeds and tabs become visible marks */
	TEXT_MANY_LINES, /* line feeds stay, tabs become spaces, CR LF becomes LF */
	TEXT_TABLE,      /* the same, but tabs stay: for the clipboard */
};

/*
 * The cleaning function. Control (C0, C1, DEL), bidirectional, zero-width, tag
 * and other invisible characters, broken UTF-8 and unassigned code points come
 * out as visible marks (U+FFFD for broken bytes, U+2400.. pictures for C0,
 * "<U+202E>" style for the rest); at most 8 combining marks follow one base
 * character, U+FFFD stands for more. A mark without a base is shown by name, so
 * that it cannot change what was drawn before. Never fails; the result is valid
 * UTF-8 and owned by the arena.
 */
char *text_clean(struct arena *arena, const char *foreign, enum text_lines lines);

/* Strict UTF-8 without NUL: what PostgreSQL accepts as text. */
bool text_is_valid(const char *bytes, size_t length);
/* Columns of valid UTF-8; a mark or invisible character counts 0. */
int text_width(const char *text);
int text_width_n(const char *text, size_t length);
/* Bytes of the grapheme cluster (base, marks, joiners, flags) at text; 0 at the end. */
size_t text_next(const char *text);
/* Bytes of the cluster that ends at offset `at`; 0 at the start. */
size_t text_previous(const char *text, size_t at);
/* The bytes that fit in `columns` without cutting a cluster. */
size_t text_fit(const char *text, int columns);
/* At most `columns` wide, with an ellipsis where it was cut. */
char *text_shorten(struct arena *arena, const char *text, int columns);
/* Writes one code point; returns its bytes (1 .. 4). */
size_t text_encode(char out[4], uint32_t code_point);
/* Reads one code point; returns its bytes, or 0 at the end or where it is broken. */
size_t text_decode(const char *text, uint32_t *code_point);

/* Breaks at line feeds and at spaces into lines of at most `columns`, owned by the arena.
 * A line feed ends a line: "" has none, "a\n" one. A longer word is cut. The groups of a number,
 * such as a telephone's, stay together where they fit in a line. */
struct text_block {
	int count;
	const char **lines;
};
struct text_block text_wrap(struct arena *arena, const char *text, int columns);

#endif
