/*
 * Pairing the lines of two revisions. Lines have no identity of their own that
 * would outlive a revision, so it is what they say that tells.
 */
#include <model/offer_diff.h>

#include <stdlib.h>
#include <string.h>

const char *const offer_diff_columns[] = { "description", "quantity", "unit_price",
	                                   "discount",    "vat",      NULL };

struct pairing {
	const struct rows *before, *after;
	int *to;   /* [before->count]: the row of `after`; -1: none yet */
	int *from; /* the other way round */
};

static int *nobody(struct arena *arena, int count)
{
	int *partners = arena_alloc(arena, (size_t)(count + 1) * sizeof(*partners));

	for (int i = 0; i < count; i++)
		partners[i] = -1;
	return partners;
}

static bool is_alike(const struct pairing *pairing, int before, int after)
{
	for (int i = 0; offer_diff_columns[i] != NULL; i++)
		if (strcmp(rows_text(pairing->before, before, offer_diff_columns[i]),
		           rows_text(pairing->after, after, offer_diff_columns[i])) != 0)
			return false;
	return true;
}

static bool is_same_thing(const struct pairing *pairing, int before, int after)
{
	return strcmp(rows_text(pairing->before, before, "description"),
	              rows_text(pairing->after, after, "description")) == 0;
}

static void pair(struct pairing *pairing, int before, int after)
{
	pairing->to[before] = after;
	pairing->from[after] = before;
}

/* What is alike at the beginning and at the end stands where it stood. */
static void pair_ends(struct pairing *pairing)
{
	int old = pairing->before->count, new = pairing->after->count, start = 0;

	for (; start < old && start < new &&is_alike(pairing, start, start); start++)
		pair(pairing, start, start);
	while (old > start && new > start && is_alike(pairing, old - 1, new - 1))
		pair(pairing, --old, --new);
}

/* The first with the first, where there are several. */
static void pair_those(struct pairing *pairing, bool (*fit)(const struct pairing *, int, int))
{
	for (int before = 0; before < pairing->before->count; before++)
		for (int after = 0; pairing->to[before] < 0 && after < pairing->after->count;
		     after++)
			if (pairing->from[after] < 0 && fit(pairing, before, after))
				pair(pairing, before, after);
}

/* ---- similar descriptions */

enum { WORDS_MAX = 100, PAIRS_MAX = 250000 };

struct words {
	int count;
	unsigned hash[WORDS_MAX]; /* in order, so that two can be walked through together */
};

static int compare_hashes(const void *left, const void *right)
{
	unsigned a = *(const unsigned *)left, b = *(const unsigned *)right;

	return (a > b) - (a < b);
}

static struct words words_of(const char *text)
{
	struct words words = { 0 };

	for (text += strspn(text, " \n"); *text != '\0' && words.count < WORDS_MAX;
	     text += strspn(text, " \n")) {
		size_t length = strcspn(text, " \n");
		unsigned hash = 5381;

		for (size_t i = 0; i < length; i++)
			hash = hash * 33 + (unsigned char)text[i];
		words.hash[words.count++] = hash;
		text += length;
	}
	qsort(words.hash, (size_t)words.count, sizeof(words.hash[0]), compare_hashes);
	return words;
}

static struct words *all_words(struct arena *arena, const struct rows *rows)
{
	struct words *words = arena_alloc(arena, (size_t)(rows->count + 1) * sizeof(*words));

	for (int i = 0; i < rows->count; i++)
		words[i] = words_of(rows_text(rows, i, "description"));
	return words;
}

/* Per cent of the words of both that are in both. */
static int likeness(const struct words *a, const struct words *b)
{
	int i = 0, j = 0, common = 0;

	while (i < a->count && j < b->count) {
		if (a->hash[i] == b->hash[j]) {
			common++;
			i++;
			j++;
		} else if (a->hash[i] < b->hash[j]) {
			i++;
		} else {
			j++;
		}
	}
	return a->count + b->count > 0 ? 200 * common / (a->count + b->count) : 0;
}

static int count_left(const int *partners, int count)
{
	int left = 0;

	for (int i = 0; i < count; i++)
		left += partners[i] < 0;
	return left;
}

/* Those that have less than half in common are two different things. Of offers of which nearly
 * everything is new nobody wants to know this, so it is not looked for. */
static void pair_similar(struct pairing *pairing, struct arena *arena)
{
	const struct rows *before = pairing->before, *after = pairing->after;
	const struct words *old, *new;

	if (count_left(pairing->to, before->count) * count_left(pairing->from, after->count) >
	    PAIRS_MAX)
		return;
	old = all_words(arena, before);
	new = all_words(arena, after);
	for (int i = 0; i < before->count; i++) {
		int best = 49, found = -1;

		for (int j = 0; pairing->to[i] < 0 && j < after->count; j++) {
			int like = pairing->from[j] < 0 ? likeness(&old[i], &new[j]) : 0;

			if (like > best) {
				best = like;
				found = j;
			}
		}
		if (found >= 0)
			pair(pairing, i, found);
	}
}

/* ---- order */

/* The largest part of the pairs that kept its order stays; what is not in it was moved. */
static bool *find_moved(struct arena *arena, const struct pairing *pairing)
{
	int count = pairing->before->count, last = -1;
	bool *moved = arena_alloc(arena, (size_t)count + 1);
	int *length = nobody(arena, count), *previous = nobody(arena, count);

	for (int i = 0; i < count; i++) {
		moved[i] = pairing->to[i] >= 0;
		if (!moved[i])
			continue;
		length[i] = 1;
		for (int j = 0; j < i; j++)
			if (length[j] >= length[i] && pairing->to[j] < pairing->to[i]) {
				length[i] = length[j] + 1;
				previous[i] = j;
			}
		if (last < 0 || length[i] > length[last])
			last = i;
	}
	for (; last >= 0; last = previous[last])
		moved[last] = false;
	return moved;
}

static void add(struct offer_diff *diff, int before, int after, bool changed, bool moved)
{
	diff->lines[diff->count++] = (struct offer_diff_line){ before, after, changed, moved };
}

/* What was removed stands behind what it stood behind. */
static struct offer_diff in_order(struct arena *arena, const struct pairing *pairing)
{
	const struct rows *before = pairing->before, *after = pairing->after;
	const bool *moved = find_moved(arena, pairing);
	struct offer_diff diff = { 0 };
	int next = 0;

	diff.lines =
	    arena_alloc(arena, (size_t)(before->count + after->count + 1) * sizeof(*diff.lines));
	for (int i = 0; i < after->count; i++) {
		int partner = pairing->from[i];

		for (; partner >= 0 && !moved[partner] && next < partner; next++)
			if (pairing->to[next] < 0)
				add(&diff, next, -1, false, false);
		add(&diff, partner, i, partner >= 0 && !is_alike(pairing, partner, i),
		    partner >= 0 && moved[partner]);
	}
	for (; next < before->count; next++)
		if (pairing->to[next] < 0)
			add(&diff, next, -1, false, false);
	return diff;
}

struct offer_diff offer_diff_lines(struct arena *arena, const struct rows *before,
                                   const struct rows *after)
{
	struct pairing pairing = { before, after, nobody(arena, before->count),
		                   nobody(arena, after->count) };

	pair_ends(&pairing);
	pair_those(&pairing, is_alike);
	pair_those(&pairing, is_same_thing);
	pair_similar(&pairing, arena);
	return in_order(arena, &pairing);
}

static bool is_edge(const char *text, size_t at)
{
	return at == 0 || strchr(" \n", text[at]) != NULL || strchr(" \n", text[at - 1]) != NULL;
}

void offer_diff_words(const char *before, const char *after, size_t *start, size_t *end)
{
	size_t a = strlen(before), b = strlen(after), same = 0;

	*start = *end = 0;
	for (bool alike = true; alike; same++) {
		if (is_edge(before, same) && is_edge(after, same))
			*start = same;
		alike = before[same] != '\0' && before[same] == after[same];
	}
	for (same = 0; same <= a - *start && same <= b - *start; same++) {
		if (same > 0 && before[a - same] != after[b - same])
			break;
		if (is_edge(before, a - same) && is_edge(after, b - same))
			*end = same;
	}
}
