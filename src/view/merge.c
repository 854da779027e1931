/*
 * Three sides into rows: field by field, line by line, and cell by cell where
 * both have changed the same line. What comes of them is in merge_result.c.
 */
#include "merge.h"

#include <stdlib.h>
#include <string.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <base/mem.h>

/* ---- what is compared ---- */

struct merge_list merge_text_lines(const struct form_part *part, struct arena *arena)
{
	const char *at = part->content.value;
	const char **lines;
	int count = 0;

	if (at == NULL)
		return (struct merge_list){ 0, NULL };
	for (const char *c = at; *c != '\0'; c++)
		count += *c == '\n';
	lines = arena_alloc(arena, (size_t)(count + 1) * sizeof(*lines));
	for (int i = 0; i <= count; i++) {
		size_t length = strcspn(at, "\n");

		lines[i] = arena_copy_n(arena, at, length);
		at += length + (i < count);
	}
	return (struct merge_list){ count + 1, lines };
}

static const char *meaning(const struct form_content *content)
{
	return content->value != NULL ? content->value : content->text;
}

static struct merge_list grid_items(const struct form_part *part, struct arena *arena)
{
	const char **lines = arena_alloc(arena, (size_t)(part->lines + 1) * sizeof(*lines));
	struct buf line = { 0 };

	for (int i = 0; i < part->lines; i++) {
		buf_clear(&line);
		for (int column = 0; column < part->columns; column++)
			if (!part->def->columns[column].read_only) {
				buf_add(&line, meaning(&part->cells[i * part->columns + column]));
				buf_add(&line, "\x1f");
			}
		lines[i] = arena_copy(arena, line.text);
	}
	buf_free(&line);
	return (struct merge_list){ part->lines, lines };
}

static struct merge_list items_of(const struct form_part *part, struct arena *arena)
{
	const char **single;

	if (part->def->kind == FIELD_TEXT)
		return merge_text_lines(part, arena);
	if (part->def->kind == FIELD_GRID)
		return grid_items(part, arena);
	single = arena_alloc(arena, sizeof(*single));
	single[0] = meaning(&part->content);
	return (struct merge_list){ single[0][0] != '\0', single };
}

/* ---- rows ---- */

static struct merge_row *add_row(struct merge *merge,
                                 const struct form_part *const parts[MERGE_SIDES])
{
	struct merge_row *row;

	if ((merge->count & (merge->count - 1)) == 0)
		merge->rows =
		    mem_resize(merge->rows, (size_t)(merge->count > 0 ? 2 * merge->count : 1),
		               sizeof(*merge->rows));
	row = &merge->rows[merge->count++];
	memset(row, 0, sizeof(*row));
	row->label = _(parts[MERGE_MINE]->def->label);
	row->column = -1;
	for (int side = 0; side < MERGE_SIDES; side++) {
		row->parts[side] = parts[side];
		row->words[side] = row->text[side] = "";
	}
	return row;
}

/* Nobody has to choose between what is the same. */
static void choose(struct merge_row *row)
{
	static const enum merge_choice choices[] = {
		[MERGE_SAME] = CHOICE_MINE,      [MERGE_BY_THEM] = CHOICE_THEIRS,
		[MERGE_BY_ME] = CHOICE_MINE,     [MERGE_ALIKE] = CHOICE_MINE,
		[MERGE_CONFLICT] = CHOICE_OPEN,
	};

	row->choice = choices[row->piece.kind];
}

/* One line of a grid: its cells behind each other, or below each other with their headings. */
static void add_line(struct buf *out, const struct form_part *part, int line, bool headings)
{
	bool first = true;

	for (int i = 0; i < part->columns; i++) {
		const struct field_def *column = &part->def->columns[i];
		const char *cell = part->cells[line * part->columns + i].text;

		if (cell[0] == '\0' || column->read_only)
			continue;
		if (!first)
			buf_add(out, headings ? "\n" : " · ");
		if (headings)
			buf_printf(out, "%s: ", _(column->label));
		buf_add(out, cell);
		first = false;
	}
}

static void write_side(struct merge *merge, struct merge_row *row, const struct merge_list *lists,
                       int side)
{
	const struct form_part *part = row->parts[side];
	struct buf words = { 0 }, text = { 0 };

	for (int i = 0; i < row->piece.count[side]; i++) {
		int item = row->piece.at[side] + i;

		buf_add(&words, i > 0 ? " / " : "");
		buf_add(&text, i > 0 ? "\n" : "");
		if (part->def->kind == FIELD_GRID) {
			add_line(&words, part, item, false);
			add_line(&text, part, item, row->piece.count[side] == 1);
		} else {
			const char *line = part->def->kind == FIELD_TEXT ? lists[side].items[item]
			                                                 : part->content.text;

			buf_add(&words, line);
			buf_add(&text, line);
		}
	}
	row->words[side] = arena_copy(merge->arena, words.text != NULL ? words.text : "");
	row->text[side] = arena_copy(merge->arena, text.text != NULL ? text.text : "");
	buf_free(&words);
	buf_free(&text);
}

/* "Lines · 2", counted as I see them. */
static const char *label_of(struct merge *merge, const struct merge_row *row)
{
	int side = row->piece.count[MERGE_MINE] > 0     ? MERGE_MINE
	           : row->piece.count[MERGE_THEIRS] > 0 ? MERGE_THEIRS
	                                                : MERGE_BEFORE;
	int first = row->piece.at[side] + 1, last = row->piece.at[side] + row->piece.count[side];

	if (last > first)
		return arena_printf(merge->arena, "%s · %d–%d", row->label, first, last);
	return arena_printf(merge->arena, "%s · %d", row->label, first);
}

static enum merge_kind kind_of(const char *before, const char *theirs, const char *mine)
{
	bool by_them = strcmp(before, theirs) != 0, by_me = strcmp(before, mine) != 0;

	if (!by_them)
		return by_me ? MERGE_BY_ME : MERGE_SAME;
	if (!by_me)
		return MERGE_BY_THEM;
	return strcmp(theirs, mine) == 0 ? MERGE_ALIKE : MERGE_CONFLICT;
}

/* A line that both have changed, cell by cell: perhaps they have not met at all. */
static void add_cells(struct merge *merge, const struct form_part *const parts[MERGE_SIDES],
                      const struct merge_list *lists, const struct merge_piece *piece)
{
	const struct field_def *columns = parts[MERGE_MINE]->def->columns;

	for (int column = 0; columns[column].name != NULL; column++) {
		const struct form_content *cells[MERGE_SIDES];
		struct merge_row *row;

		if (columns[column].read_only)
			continue;
		row = add_row(merge, parts);
		row->piece = *piece;
		row->column = column;
		for (int side = 0; side < MERGE_SIDES; side++) {
			cells[side] =
			    &parts[side]->cells[piece->at[side] * parts[side]->columns + column];
			write_side(merge, row, lists, side);
			row->words[side] = cells[side]->text;
		}
		row->piece.kind = kind_of(meaning(cells[MERGE_BEFORE]), meaning(cells[MERGE_THEIRS]),
		                          meaning(cells[MERGE_MINE]));
		row->label = arena_printf(merge->arena, "%s · %s", label_of(merge, row),
		                          _(columns[column].label));
		choose(row);
	}
}

static void add_field(struct merge *merge, const struct form_part *const parts[MERGE_SIDES])
{
	enum field_kind kind = parts[MERGE_MINE]->def->kind;
	struct merge_list lists[MERGE_SIDES];
	struct merge_piece *pieces;
	bool single = true;
	int count;

	for (int side = 0; side < MERGE_SIDES; side++) {
		lists[side] = items_of(parts[side], merge->arena);
		single = single && lists[side].count < 2;
	}
	count = merge_pieces(merge->arena, lists, &pieces);
	for (int i = 0; i < count; i++) {
		struct merge_row *row;

		if (kind == FIELD_GRID && pieces[i].kind == MERGE_CONFLICT &&
		    pieces[i].count[MERGE_BEFORE] == 1 && pieces[i].count[MERGE_THEIRS] == 1 &&
		    pieces[i].count[MERGE_MINE] == 1) {
			add_cells(merge, parts, lists, &pieces[i]);
			continue;
		}
		row = add_row(merge, parts);
		row->piece = pieces[i];
		row->lines = kind == FIELD_TEXT || kind == FIELD_GRID;
		choose(row);
		if (!merge_is_shown(row))
			continue;
		for (int side = 0; side < MERGE_SIDES; side++)
			write_side(merge, row, lists, side);
		if (row->lines && !single)
			row->label = label_of(merge, row);
	}
}

static int find_tick(const struct form_part *part, const char *id)
{
	for (int i = 0; i < part->lines; i++)
		if (strcmp(part->cells[i].value, id) == 0)
			return i;
	return -1;
}

/* Each tick for itself: two people who tick different things do not meet. */
static void add_ticks(struct merge *merge, const struct form_part *const parts[MERGE_SIDES],
                      int side)
{
	for (int i = 0; i < parts[side]->lines; i++) {
		const struct form_content *tick = &parts[side]->cells[i];
		bool has[MERGE_SIDES], known = false;
		struct merge_row *row;

		for (int other = 0; other < side; other++)
			known = known || find_tick(parts[other], tick->value) >= 0;
		if (known)
			continue;
		row = add_row(merge, parts);
		row->label = arena_printf(merge->arena, "%s · %s", row->label, tick->text);
		for (int other = 0; other < MERGE_SIDES; other++) {
			row->piece.at[other] = find_tick(parts[other], tick->value);
			has[other] = row->piece.at[other] >= 0;
			row->piece.count[other] = has[other];
			row->words[other] = row->text[other] = has[other] ? _("yes") : _("no");
		}
		if (has[MERGE_MINE] == has[MERGE_THEIRS])
			row->piece.kind =
			    has[MERGE_MINE] == has[MERGE_BEFORE] ? MERGE_SAME : MERGE_ALIKE;
		else
			row->piece.kind =
			    has[MERGE_MINE] == has[MERGE_BEFORE] ? MERGE_BY_THEM : MERGE_BY_ME;
		choose(row);
	}
}

static bool is_wanted(const char *const *names, const char *field)
{
	if (names == NULL)
		return true;
	while (*names != NULL && strcmp(*names, field) != 0)
		names++;
	return *names != NULL;
}

struct merge *merge_new(const char *const *names,
                        const struct form_snapshot *const sides[MERGE_SIDES])
{
	struct merge *merge = mem_alloc(sizeof(*merge));
	const struct form_snapshot *mine = sides[MERGE_MINE];

	merge->arena = arena_new();
	memcpy(merge->sides, sides, sizeof(merge->sides));
	for (int i = 0; i < mine->count; i++) {
		const struct form_part *parts[MERGE_SIDES] = { NULL };
		const char *name = mine->parts[i].def->name;

		for (int side = 0; side < MERGE_SIDES; side++)
			parts[side] = form_snapshot_part(sides[side], name);
		if (!is_wanted(names, name) || parts[MERGE_BEFORE] == NULL ||
		    parts[MERGE_THEIRS] == NULL)
			continue;
		if (mine->parts[i].def->kind != FIELD_CHECKLIST)
			add_field(merge, parts);
		else
			for (int side = 0; side < MERGE_SIDES; side++)
				add_ticks(merge, parts, side);
	}
	return merge;
}

void merge_free(struct merge **merge)
{
	struct merge *old = *merge;

	if (old == NULL)
		return;
	arena_free(&old->arena);
	free(old->rows);
	free(old);
	*merge = NULL;
}

bool merge_is_shown(const struct merge_row *row)
{
	return row->piece.kind != MERGE_SAME && row->piece.kind != MERGE_ALIKE;
}

bool merge_is_needed(const struct merge *merge)
{
	for (int i = 0; i < merge->count; i++)
		if (merge->rows[i].piece.kind == MERGE_BY_THEM ||
		    merge->rows[i].piece.kind == MERGE_CONFLICT)
			return true;
	return false;
}

int merge_open(const struct merge *merge)
{
	int count = 0;

	for (int i = 0; i < merge->count; i++)
		count += merge->rows[i].choice == CHOICE_OPEN;
	return count;
}

int merge_next_open(const struct merge *merge, int after)
{
	for (int i = 1; i <= merge->count; i++) {
		int row = (after + i) % merge->count;

		if (merge->rows[row].choice == CHOICE_OPEN)
			return row;
	}
	return -1;
}
