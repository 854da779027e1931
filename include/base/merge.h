/*
 * Two people have changed the same list, each from the state before: which
 * pieces of it have changed, and by whom. Items are compared as strings: the
 * lines of a text, say. Knows nothing of screens.
 */
#ifndef TRATO_BASE_MERGE_H
#define TRATO_BASE_MERGE_H

#include <base/arena.h>

enum merge_side { MERGE_BEFORE, MERGE_THEIRS, MERGE_MINE, MERGE_SIDES };

enum merge_kind {
	MERGE_SAME,     /* nobody has changed it */
	MERGE_BY_THEM,  /* only they */
	MERGE_BY_ME,    /* only I */
	MERGE_ALIKE,    /* both, to the same */
	MERGE_CONFLICT, /* both, and differently */
};

struct merge_list {
	int count;
	const char *const *items;
};

/* Items from `at` on; 0 of them where the piece is not there on that side. */
struct merge_piece {
	enum merge_kind kind;
	int at[MERGE_SIDES], count[MERGE_SIDES];
};

/*
 * Returns how many pieces there are; *pieces has them in order, in the arena; together they cover all
 * three lists. Where all sides have as many items in a piece, it is split into single ones: a line
 * that was changed stays that line. Very long lists that have little in common make one large piece,
 * rather than wait.
 */
int merge_pieces(struct arena *arena, const struct merge_list lists[MERGE_SIDES],
                 struct merge_piece **pieces);

#endif
