/*
 * The comparison behind "mine, theirs, before": each side is matched with the
 * state before by their longest common subsequence, the same items first and
 * similar ones between them, and what both have matched holds the pieces apart.
 */
#include <base/merge.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>

/* Cells of the table of lengths; where it would have more, what lies there counts as different. */
enum { CELLS_SAME = 4000000, CELLS_SIMILAR = 40000 };

struct range {
	int from, from_end, to, to_end;
};

static bool is_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

/* A line that was changed, rather than another one: it begins and ends like it for the most part. */
static bool is_similar(const char *a, const char *b)
{
	size_t length_a = strlen(a), length_b = strlen(b), common = 0, end = 0;
	size_t shorter = length_a < length_b ? length_a : length_b;
	size_t longer = length_a < length_b ? length_b : length_a;

	while (common < shorter && a[common] == b[common])
		common++;
	while (end < shorter - common && a[length_a - end - 1] == b[length_b - end - 1])
		end++;
	common += end;
	return common > 0 && (2 * common >= longer || common == shorter);
}

/* For each item of `from` in the range its partner in `to`: the longest common subsequence. */
static void match_range(const struct merge_list *from, const struct merge_list *to,
                        const struct range *range, bool (*alike)(const char *, const char *),
                        long long most, int *partner)
{
	int rows = range->from_end - range->from, columns = range->to_end - range->to;
	const char *const *left = from->items + range->from, *const *right = to->items + range->to;
	int width = columns + 1, i = 0, j = 0;
	unsigned short *length;

	if (rows <= 0 || columns <= 0 || (long long)rows * columns > most)
		return;
	length = mem_array((size_t)(rows + 1) * (size_t)width, sizeof(*length));
	for (int row = rows - 1; row >= 0; row--) {
		for (int column = columns - 1; column >= 0; column--) {
			unsigned short *cell = &length[row * width + column];

			if (alike(left[row], right[column]))
				*cell = (unsigned short)(cell[width + 1] + 1);
			else
				*cell = cell[width] > cell[1] ? cell[width] : cell[1];
		}
	}
	while (i < rows && j < columns) {
		const unsigned short *cell = &length[i * width + j];

		if (alike(left[i], right[j])) {
			partner[range->from + i++] = range->to + j++;
		} else if (cell[width] >= cell[1]) {
			i++;
		} else {
			j++;
		}
	}
	free(length);
}

/* Between what is the same, what is similar belongs together. */
static void match_similar(const struct merge_list *from, const struct merge_list *to, int *partner)
{
	struct range gap = { 0, 0, 0, 0 };

	for (int i = 0; i <= from->count; i++) {
		if (i < from->count && partner[i] < 0)
			continue;
		gap.from_end = i;
		gap.to_end = i < from->count ? partner[i] : to->count;
		match_range(from, to, &gap, is_similar, CELLS_SIMILAR, partner);
		gap.from = i + 1;
		gap.to = gap.to_end + 1;
	}
}

/* For each item of `from` its partner in `to`, or -1. */
static int *match(struct arena *arena, const struct merge_list *from, const struct merge_list *to)
{
	int *partner = arena_alloc(arena, (size_t)(from->count + 1) * sizeof(*partner));
	struct range rest = { 0, from->count, 0, to->count };

	for (int i = 0; i < from->count; i++)
		partner[i] = -1;
	while (rest.from < rest.from_end && rest.to < rest.to_end &&
	       is_same(from->items[rest.from], to->items[rest.to]))
		partner[rest.from++] = rest.to++;
	while (rest.from_end > rest.from && rest.to_end > rest.to &&
	       is_same(from->items[rest.from_end - 1], to->items[rest.to_end - 1]))
		partner[--rest.from_end] = --rest.to_end;
	match_range(from, to, &rest, is_same, CELLS_SAME, partner);
	match_similar(from, to, partner);
	return partner;
}

static bool is_alike(const struct merge_list lists[MERGE_SIDES], const struct merge_piece *piece,
                     enum merge_side a, enum merge_side b)
{
	if (piece->count[a] != piece->count[b])
		return false;
	for (int i = 0; i < piece->count[a]; i++)
		if (strcmp(lists[a].items[piece->at[a] + i], lists[b].items[piece->at[b] + i]) != 0)
			return false;
	return true;
}

static enum merge_kind kind_of(const struct merge_list lists[MERGE_SIDES],
                               const struct merge_piece *piece)
{
	bool theirs = !is_alike(lists, piece, MERGE_BEFORE, MERGE_THEIRS);
	bool mine = !is_alike(lists, piece, MERGE_BEFORE, MERGE_MINE);

	if (!theirs)
		return mine ? MERGE_BY_ME : MERGE_SAME;
	if (!mine)
		return MERGE_BY_THEM;
	return is_alike(lists, piece, MERGE_THEIRS, MERGE_MINE) ? MERGE_ALIKE : MERGE_CONFLICT;
}

/* One piece from where the three stand, or as many as there are items where all have the same
 * number. */
static int add_piece(const struct merge_list lists[MERGE_SIDES], struct merge_piece *pieces,
                     int count, int at[MERGE_SIDES], const int sizes[MERGE_SIDES])
{
	int parts = sizes[0] == sizes[1] && sizes[1] == sizes[2] ? sizes[0] : 1;

	for (int part = 0; part < parts; part++) {
		struct merge_piece *piece = &pieces[count++];

		for (int side = 0; side < MERGE_SIDES; side++) {
			piece->count[side] = parts > 1 ? 1 : sizes[side];
			piece->at[side] = at[side];
			at[side] += piece->count[side];
		}
		piece->kind = kind_of(lists, piece);
	}
	return count;
}

/*
 * Where one side has only added something to items that the other one has changed: those items in
 * first, what was added in second, or the other way round. false: it is not so.
 */
static bool split(const struct merge_list lists[MERGE_SIDES], const int at[MERGE_SIDES],
                  const int sizes[MERGE_SIDES], int first[MERGE_SIDES], int second[MERGE_SIDES])
{
	int number = sizes[MERGE_BEFORE];

	for (int side = MERGE_THEIRS; side <= MERGE_MINE; side++) {
		int other = MERGE_THEIRS + MERGE_MINE - side, more = sizes[side] - number;
		struct merge_piece begin = { 0 }, end = { 0 };

		if (number == 0 || more <= 0 || sizes[other] != number)
			continue;
		begin.at[MERGE_BEFORE] = end.at[MERGE_BEFORE] = at[MERGE_BEFORE];
		begin.count[MERGE_BEFORE] = end.count[MERGE_BEFORE] = number;
		begin.count[side] = end.count[side] = number;
		begin.at[side] = at[side];
		end.at[side] = at[side] + more;
		for (int i = 0; i < MERGE_SIDES; i++) {
			first[i] = number;
			second[i] = i == side ? more : 0;
		}
		if (is_alike(lists, &begin, MERGE_BEFORE, (enum merge_side)side))
			return true;
		for (int i = 0; i < MERGE_SIDES; i++) {
			first[i] = i == side ? more : 0;
			second[i] = number;
		}
		if (is_alike(lists, &end, MERGE_BEFORE, (enum merge_side)side))
			return true;
	}
	return false;
}

/* From where the three stand to the given ends. */
static int add_pieces(const struct merge_list lists[MERGE_SIDES], struct merge_piece *pieces,
                      int count, int at[MERGE_SIDES], const int end[MERGE_SIDES])
{
	int sizes[MERGE_SIDES], first[MERGE_SIDES], second[MERGE_SIDES];

	for (int side = 0; side < MERGE_SIDES; side++)
		sizes[side] = end[side] - at[side];
	if (sizes[0] == 0 && sizes[1] == 0 && sizes[2] == 0)
		return count;
	if (!split(lists, at, sizes, first, second))
		return add_piece(lists, pieces, count, at, sizes);
	count = add_piece(lists, pieces, count, at, first);
	return add_piece(lists, pieces, count, at, second);
}

int merge_pieces(struct arena *arena, const struct merge_list lists[MERGE_SIDES],
                 struct merge_piece **pieces)
{
	const struct merge_list *before = &lists[MERGE_BEFORE];
	const int *theirs = match(arena, before, &lists[MERGE_THEIRS]);
	const int *mine = match(arena, before, &lists[MERGE_MINE]);
	int at[MERGE_SIDES] = { 0, 0, 0 }, end[MERGE_SIDES];
	int count = 0;

	/* A piece of its own for each item of before, and one for what is added ahead of it. */
	*pieces = arena_alloc(arena, (size_t)(2 * before->count + 2) * sizeof(**pieces));
	for (int i = 0; i <= before->count; i++) {
		bool last = i == before->count;

		if (!last && (theirs[i] < 0 || mine[i] < 0))
			continue;
		end[MERGE_BEFORE] = i;
		end[MERGE_THEIRS] = last ? lists[MERGE_THEIRS].count : theirs[i];
		end[MERGE_MINE] = last ? lists[MERGE_MINE].count : mine[i];
		count = add_pieces(lists, *pieces, count, at, end);
		if (last)
			break;
		for (int side = 0; side < MERGE_SIDES; side++)
			end[side]++;
		count = add_pieces(lists, *pieces, count, at, end);
	}
	return count;
}
