/*
 * What is different between the lines of two revisions of an offer: which line
 * became which, and where.
 */
#ifndef TRATO_MODEL_OFFER_DIFF_H
#define TRATO_MODEL_OFFER_DIFF_H

#include <stdbool.h>

#include <base/arena.h>
#include <base/rows.h>

struct offer_diff_line {
	int before, after; /* rows; -1: it is not there */
	bool changed;      /* in both, and something in it is different */
	bool moved;        /* in both, and among the others it stands elsewhere */
};

struct offer_diff {
	int count;
	struct offer_diff_line *lines; /* in the order of `after`, what was removed at its place */
};

/*
 * Lines as offer_lines gives them. Those that are alike in all columns are the same; of the others
 * those of one description, then those whose descriptions have most words in common.
 */
struct offer_diff offer_diff_lines(struct arena *arena, const struct rows *before,
                                   const struct rows *after);
/* The columns of a line in their order, ending with NULL: what may be different. */
extern const char *const offer_diff_columns[];

/* The bytes at the beginning and at the end that two texts share, in whole words. */
void offer_diff_words(const char *before, const char *after, size_t *start, size_t *end);

#endif
