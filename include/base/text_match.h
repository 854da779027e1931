/*
 * Finding something short by typing a part of it: commands by their names. Case
 * and accents do not matter. (Clients and the like are found in the database.)
 */
#ifndef TRATO_BASE_TEXT_MATCH_H
#define TRATO_BASE_TEXT_MATCH_H

#include <stdbool.h>

#include <base/arena.h>

/* Lower case, Latin letters without their accents; for the functions below. Owned by the arena. */
char *text_fold(struct arena *arena, const char *text);
/*
 * How well what was typed fits, the more the better: its characters stand in the text in this
 * order; best at beginnings of words and without gaps. Negative: they do not. Both are folded;
 * blanks in `typed` do not count. Looks at the first 200 bytes of the text.
 */
int text_fuzzy(const char *typed, const char *text);
/* Whether every word of `typed` begins a word of the text. Both are folded. */
bool text_has_words(const char *typed, const char *text);

#endif
