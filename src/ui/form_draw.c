/*
 * How a form looks: labels to the left of the fields, or above those that need
 * the whole width; sentences beside or below; scrolled to the cursor.
 */
#include "form_own.h"

#include <base/i18n.h>
#include <base/text.h>

/* Room that a list of candidates wants below its field. */
#define LIST_ROOM 6

static bool is_block(const struct field *field)
{
	return field->def->kind == FIELD_CHECKLIST || field->def->kind == FIELD_GRID;
}

/* Also of what is hidden: a field that comes must not push the others aside. */
static int label_width(const struct form *form, int width)
{
	int widest = 0;

	for (int i = 0; i < form->count; i++) {
		const struct field_def *def = form->items[i].field->def;
		int label = text_width(_(def->label)) + (def->required ? 2 : 0);

		if (!is_block(form->items[i].field) && label > widest)
			widest = label;
	}
	return (widest < width * 2 / 5 ? widest : width * 2 / 5) + 1;
}

static int sentence_rows(struct arena *arena, const char *sentence, int width)
{
	int rows = text_wrap(arena, sentence, width > 3 ? width - 2 : 1).count;

	return rows > 0 ? rows : 1;
}

static int place_item(struct form_item *item, struct arena *arena, int row, int labels, int width,
                      int height)
{
	bool block = is_block(item->field);
	int most;

	item->top = row;
	item->place.row = row + block;
	item->place.column = block ? 0 : labels;
	item->place.width = field_width(item->field, width - item->place.column);
	item->place.height = field_rows(item->field);
	/* A tall field makes do with the window; its label and a sentence stay in sight. */
	most = height - block - (item->error ? 1 : 0);
	if (item->place.height > most)
		item->place.height = most > 1 ? most : 1;
	item->bottom = item->place.row + item->place.height;
	item->beside = item->error && item->place.height == 1 && !block &&
	               text_width(item->error) + 4 <= width - labels - item->place.width;
	item->error_row = item->beside ? item->place.row : item->bottom;
	if (item->error && !item->beside)
		item->bottom += sentence_rows(arena, item->error, width - item->place.column);
	return item->bottom;
}

/* Rows of the whole form; `height` is what the window has. */
static int place_all(struct form *form, struct arena *arena, int width, int height)
{
	int labels = label_width(form, width);
	int row = form->complaint ? sentence_rows(arena, form->complaint, width) : 0;

	for (int i = 0; i < form->count; i++)
		if (!form->items[i].hidden)
			row = place_item(&form->items[i], arena, row, labels, width, height);
	return row;
}

int form_height(struct form *form, int width)
{
	struct arena *arena = arena_new();
	int rows = place_all(form, arena, width, 10000);
	int wanted = rows;

	for (int i = 0; i < form->count; i++) {
		if (form->items[i].field->def->kind == FIELD_PICK && !form->items[i].hidden &&
		    form->items[i].place.row + 1 + LIST_ROOM > wanted)
			wanted = form->items[i].place.row + 1 + LIST_ROOM;
	}
	arena_free(&arena);
	return wanted;
}

static void draw_sentence(struct canvas *canvas, struct rect part, const char *sentence)
{
	canvas_text(canvas, part.row, part.column, 2, STYLE_ERROR, "! ");
	part.column += 2;
	part.width -= 2;
	canvas_paragraph(canvas, part, 0, STYLE_ERROR, sentence);
}

/* What is wrong comes before what is allowed. */
static void draw_beside(const struct form_item *item, struct canvas *canvas, int row, bool here)
{
	int column = item->place.column + item->place.width + 2;
	const char *hint = item->field->def->hint;

	if (item->beside)
		draw_sentence(canvas,
		              (struct rect){ row, column, 1, canvas_width(canvas) - column },
		              item->error);
	else if (here && hint && !is_block(item->field) &&
	         !field_hint_fits(item->field, item->place.width))
		canvas_text(canvas, row, column, -1, STYLE_DIM, _(hint));
}

static void draw_field(const struct form_item *item, struct canvas *canvas, struct rect place,
                       bool here)
{
	const struct field_def *def = item->field->def;
	struct canvas *part = canvas_part(canvas, place);

	if (def->read_only && !is_block(item->field) && def->kind != FIELD_FLAG)
		canvas_paragraph(part, (struct rect){ 0, 0, place.height, place.width }, 0,
		                 STYLE_NORMAL, field_text(item->field));
	else
		field_draw(item->field, part, here);
}

static void draw_item(struct form *form, struct form_item *item, struct canvas *canvas)
{
	const struct field_def *def = item->field->def;
	bool here = item == form->items + form->current;
	int width = canvas_width(canvas);
	struct rect place = item->place;
	int label_room = is_block(item->field) ? width : place.column - 1, column;

	place.row -= form->first;
	column = canvas_textf(canvas, item->top - form->first, 0, label_room,
	                      here ? STYLE_STRONG : STYLE_LABEL, "%s%s", _(def->label),
	                      def->required ? " *" : "");
	if (here && def->kind == FIELD_CHECKLIST)
		canvas_text(canvas, item->top - form->first, column + 2, -1, STYLE_DIM,
		            _("Space ticks"));
	draw_field(item, canvas, place, here);
	draw_beside(item, canvas, place.row, here);
	if (item->error && !item->beside)
		draw_sentence(canvas,
		              (struct rect){ item->error_row - form->first, place.column,
		                             item->bottom - item->error_row, width - place.column },
		              item->error);
}

static void scroll(struct form *form, int rows, int height)
{
	const struct form_item *item;

	if (form->current < 0) {
		form->first = 0;
		return;
	}
	item = &form->items[form->current];
	form->first = layout_scroll(form->first, item->bottom - 1, rows, height);
	form->first = layout_scroll(form->first, item->top, rows, height);
	/* The first field brings with it what is said above the form. */
	if (form->complaint && item->bottom <= height)
		form->first = 0;
}

void form_draw(struct form *form, struct canvas *canvas)
{
	int width = canvas_width(canvas), height = canvas_height(canvas);
	int rows = place_all(form, canvas_arena(canvas), width, height);
	struct form_item *here;

	scroll(form, rows, height);
	if (form->complaint)
		draw_sentence(canvas,
		              (struct rect){
				  -form->first, 0,
				  sentence_rows(canvas_arena(canvas), form->complaint, width),
				  width },
		              form->complaint);
	for (int i = 0; i < form->count; i++) {
		struct form_item *item = &form->items[i];

		/* A field out of sight must not catch clicks. */
		item->field->place = (struct rect){ 0, 0, 0, 0 };
		if (!item->hidden && item->bottom > form->first && item->top < form->first + height)
			draw_item(form, item, canvas);
	}
	if (form->first > 0)
		canvas_text(canvas, 0, width - 1, 1, STYLE_DIM, canvas_glyph(canvas, "↑", "^"));
	if (form->first + height < rows)
		canvas_text(canvas, height - 1, width - 1, 1, STYLE_DIM,
		            canvas_glyph(canvas, "↓", "v"));
	here = form->current < 0 ? NULL : &form->items[form->current];
	if (here && here->field->def->kind == FIELD_PICK) {
		struct rect place = here->place;

		place.row -= form->first;
		pick_draw_list(here->field, canvas, place);
	}
}
