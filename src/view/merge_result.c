/*
 * What comes of the rows: mine, with what was chosen in its place. The rows are
 * made in merge.c.
 */
#include "merge.h"

#include <string.h>

#include <base/buf.h>

/* Calls put for the rows first .. end: which side, and which item of it. */
static void each_item(const struct merge *merge, int first, int end,
                      void (*put)(void *ctx, const struct form_part *part, int item), void *ctx)
{
	for (int i = first; i < end; i++) {
		const struct merge_row *row = &merge->rows[i];
		bool both = row->choice == CHOICE_BOTH;

		for (int turn = 0; turn < (both ? 2 : 1); turn++) {
			int side = !both ? (int)row->choice : turn == 0 ? MERGE_MINE : MERGE_THEIRS;

			for (int n = 0; n < row->piece.count[side]; n++)
				put(ctx, row->parts[side], row->piece.at[side] + n);
		}
	}
}

struct cells {
	struct form_content *cells;
	int lines, columns;
};

static void put_line(void *ctx, const struct form_part *part, int item)
{
	struct cells *out = ctx;
	size_t columns = (size_t)out->columns;

	memcpy(out->cells + (size_t)out->lines * columns, part->cells + (size_t)item * columns,
	       columns * sizeof(*out->cells));
	out->lines++;
}

/* A line whose cells were chosen one by one; returns the row behind them. */
static int put_chosen_cells(const struct merge *merge, int first, int end, struct cells *out)
{
	const struct merge_row *row = &merge->rows[first];
	int line = row->piece.at[MERGE_MINE], i = first;
	struct form_content *to = out->cells + (size_t)out->lines * (size_t)out->columns;

	put_line(out, row->parts[MERGE_MINE], line);
	for (; i < end && merge->rows[i].column >= 0 && merge->rows[i].piece.at[MERGE_MINE] == line;
	     i++) {
		const struct merge_row *cell = &merge->rows[i];
		int side = (int)cell->choice;

		to[cell->column] =
		    cell->parts[side]->cells[cell->piece.at[side] * out->columns + cell->column];
	}
	return i;
}

/* Grids and checklists: lines of cells. */
static void put_cells(const struct merge *merge, int first, int end, struct arena *arena,
                      struct form_part *part)
{
	const struct merge_row *row = &merge->rows[first];
	struct cells out = { .columns = part->def->kind == FIELD_CHECKLIST ? 1 : part->columns };
	int most = row->parts[0]->lines + row->parts[1]->lines + row->parts[2]->lines;

	out.cells = arena_alloc(arena, (size_t)(most * out.columns) * sizeof(*out.cells) + 1);
	for (int i = first; i < end;) {
		if (merge->rows[i].column >= 0) {
			i = put_chosen_cells(merge, i, end, &out);
		} else {
			each_item(merge, i, i + 1, put_line, &out);
			i++;
		}
	}
	part->cells = out.cells;
	part->lines = out.lines;
}

struct lines {
	struct arena *arena;
	const struct form_part *part; /* that the list is of */
	struct merge_list list;
	struct buf text;
	bool begun;
};

static void put_text_line(void *ctx, const struct form_part *part, int item)
{
	struct lines *out = ctx;

	if (out->part != part) {
		out->part = part;
		out->list = merge_text_lines(part, out->arena);
	}
	buf_add(&out->text, out->begun ? "\n" : "");
	buf_add(&out->text, out->list.items[item]);
	out->begun = true;
}

static void put_text(const struct merge *merge, int first, int end, struct arena *arena,
                     struct form_part *part)
{
	struct lines out = { .arena = arena };

	each_item(merge, first, end, put_text_line, &out);
	part->content.text = arena_copy(arena, out.begun ? out.text.text : "");
	part->content.value = out.begun ? part->content.text : NULL;
	buf_free(&out.text);
}

static void put_rows(const struct merge *merge, int first, int end, struct arena *arena,
                     struct form_part *part)
{
	switch (part->def->kind) {
	case FIELD_GRID:
	case FIELD_CHECKLIST: put_cells(merge, first, end, arena, part); break;
	case FIELD_TEXT: put_text(merge, first, end, arena, part); break;
	default: part->content = merge->rows[first].parts[merge->rows[first].choice]->content; break;
	}
}

struct form_snapshot *merge_result(const struct merge *merge, struct arena *arena)
{
	const struct form_snapshot *mine = merge->sides[MERGE_MINE];
	struct form_snapshot *result = arena_alloc(arena, sizeof(*result));
	struct form_part *parts = arena_alloc(arena, (size_t)mine->count * sizeof(*parts));
	int first = 0;

	*result = *mine;
	result->parts = parts;
	memcpy(parts, mine->parts, (size_t)mine->count * sizeof(*parts));
	for (int i = 0; i < mine->count; i++) {
		bool other = false;
		int end = first;

		while (end < merge->count &&
		       merge->rows[end].parts[MERGE_MINE] == &mine->parts[i]) {
			other = other || merge->rows[end].choice != CHOICE_MINE;
			end++;
		}
		if (other)
			put_rows(merge, first, end, arena, &parts[i]);
		first = end;
	}
	return result;
}
