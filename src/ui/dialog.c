/*
 * Dialogs: which part of the box gets a key, and how the box finds its size.
 * Views keep one as their model; it runs no loop of its own.
 */
#include <ui/dialog.h>

#include <stdlib.h>

#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>
#include <ui/layout.h>

#define TEXT_WIDTH 60
#define FORM_WIDTH 74

struct dialog {
	char *title, *text;
	const struct dialog_button *buttons; /* NULL where there is a form */
	int count, at;
	struct form *form;
	int first; /* lines of text scrolled away */
	int text_rows, text_height;
	struct rect button_place; /* on the screen */
	int first_button;
};

struct dialog *dialog_new(const char *title, const char *text, const struct dialog_button *buttons)
{
	struct dialog *dialog = mem_alloc(sizeof(*dialog));

	dialog->title = mem_copy(title);
	dialog->text = mem_copy(text);
	dialog->buttons = buttons;
	while (buttons && buttons[dialog->count].id)
		dialog->count++;
	return dialog;
}

struct dialog *dialog_new_form(const char *title, const char *text, const struct field_def *fields)
{
	struct dialog *dialog = dialog_new(title, text, NULL);

	dialog->form = form_new(fields);
	return dialog;
}

void dialog_free(struct dialog **dialog)
{
	struct dialog *old = *dialog;

	if (!old)
		return;
	form_free(&old->form);
	free(old->title);
	free(old->text);
	free(old);
	*dialog = NULL;
}

void dialog_set_title(struct dialog *dialog, const char *title)
{
	char *old = dialog->title;

	dialog->title = mem_copy(title);
	free(old);
}

void dialog_set_text(struct dialog *dialog, const char *text)
{
	char *old = dialog->text;

	dialog->text = mem_copy(text);
	free(old);
}

struct form *dialog_form(struct dialog *dialog)
{
	return dialog->form;
}

/* ---- keys */

static struct dialog_event handled(void)
{
	return (struct dialog_event){ .outcome = DIALOG_HANDLED };
}

static struct dialog_event take(const struct dialog *dialog, int button)
{
	if (button < 0 || button >= dialog->count)
		return handled();
	return (struct dialog_event){ .outcome = DIALOG_BUTTON, .id = dialog->buttons[button].id };
}

static void scroll_text(struct dialog *dialog, int by)
{
	int most = dialog->text_rows - dialog->text_height;

	dialog->first += by;
	dialog->first = dialog->first > most ? most : dialog->first;
	dialog->first = dialog->first < 0 ? 0 : dialog->first;
}

static struct dialog_event mouse(struct dialog *dialog, const struct key_event *event)
{
	if (event->button == MOUSE_WHEEL_UP || event->button == MOUSE_WHEEL_DOWN) {
		scroll_text(dialog, event->button == MOUSE_WHEEL_UP ? -1 : 1);
		return handled();
	}
	if (!layout_contains(dialog->button_place, event->row, event->column))
		return handled();
	return take(dialog, dialog->first_button + event->row - dialog->button_place.row);
}

static void go(struct dialog *dialog, int by)
{
	if (dialog->count > 0)
		dialog->at = (dialog->at + dialog->count + by) % dialog->count;
}

static struct dialog_event button_key(struct dialog *dialog, const struct key_event *event)
{
	int page = dialog->text_height > 1 ? dialog->text_height - 1 : 1;

	switch (event->code) {
	case KEYS_ESCAPE: return (struct dialog_event){ .outcome = DIALOG_CANCEL };
	case KEYS_ENTER: return take(dialog, dialog->at);
	case KEYS_UP:
	case KEYS_LEFT:
	case KEYS_BACKTAB:
		go(dialog, -1);
		return handled();
	case KEYS_DOWN:
	case KEYS_RIGHT:
	case KEYS_TAB:
		go(dialog, 1);
		return handled();
	case KEYS_PAGE_UP: scroll_text(dialog, -page); return handled();
	case KEYS_PAGE_DOWN: scroll_text(dialog, page); return handled();
	case KEYS_MOUSE: return mouse(dialog, event);
	default:
		for (int i = 0; i < dialog->count; i++) {
			if (dialog->buttons[i].key == event->code)
				return take(dialog, i);
		}
		if (event->code == 'j' || event->code == 'l')
			go(dialog, 1);
		if (event->code == 'k' || event->code == 'h')
			go(dialog, -1);
		return handled();
	}
}

struct dialog_event dialog_key(struct dialog *dialog, const struct key_event *event)
{
	struct dialog_event result = { .outcome = DIALOG_FORM };

	if (!dialog->form)
		return button_key(dialog, event);
	result.form = form_key(dialog->form, event);
	switch (result.form.outcome) {
	case FORM_CANCEL: result.outcome = DIALOG_CANCEL; break;
	case FORM_IGNORED:
		/* The form has no use for them, the text above it may. */
		if (event->code == KEYS_PAGE_UP || event->code == KEYS_PAGE_DOWN)
			scroll_text(dialog, event->code == KEYS_PAGE_UP ? -1 : 1);
		result.outcome = DIALOG_HANDLED;
		break;
	case FORM_HANDLED: result.outcome = DIALOG_HANDLED; break;
	default: break;
	}
	return result;
}

/* ---- drawing */

static const char *button_words(const struct dialog *dialog, struct arena *arena, int button)
{
	char key[32];

	key_to_name(dialog->buttons[button].key, true, key);
	return arena_printf(arena, "%s  %s", key, _(dialog->buttons[button].label));
}

/* Columns inside the frame that the content would like to have. */
static int wanted_width(const struct dialog *dialog, struct arena *arena, int most)
{
	struct text_block block;
	int width = text_width(dialog->title) + 2;

	if (dialog->form)
		return FORM_WIDTH;
	block = text_wrap(arena, dialog->text, most < TEXT_WIDTH ? most : TEXT_WIDTH);
	for (int i = 0; i < block.count; i++) {
		int line = text_width(block.lines[i]);

		width = line > width ? line : width;
	}
	for (int i = 0; i < dialog->count; i++) {
		int line = 2 + text_width(button_words(dialog, arena, i));

		width = line > width ? line : width;
	}
	return width;
}

static void draw_text(struct dialog *dialog, struct canvas *canvas, struct rect part)
{
	dialog->text_height = part.height;
	scroll_text(dialog, 0);
	canvas_paragraph(canvas, part, dialog->first, STYLE_NORMAL, dialog->text);
	if (part.height < 1)
		return;
	if (dialog->first > 0)
		canvas_text(canvas, part.row, part.column + part.width, 1, STYLE_DIM,
		            canvas_glyph(canvas, "↑", "^"));
	if (dialog->first + part.height < dialog->text_rows)
		canvas_text(canvas, part.row + part.height - 1, part.column + part.width, 1,
		            STYLE_DIM, canvas_glyph(canvas, "↓", "v"));
}

static void draw_buttons(struct dialog *dialog, struct canvas *canvas, struct rect part)
{
	struct canvas *area = canvas_part(canvas, part);

	dialog->button_place = canvas_place(area);
	dialog->first_button =
	    layout_scroll(dialog->first_button, dialog->at, dialog->count, part.height);
	for (int i = 0; i < part.height && dialog->first_button + i < dialog->count; i++) {
		int button = dialog->first_button + i;
		enum style style = button == dialog->at ? STYLE_CURSOR : STYLE_NORMAL;

		canvas_fill(area, (struct rect){ i, 0, 1, part.width }, style);
		if (button == dialog->at)
			canvas_text(area, i, 0, 1, style, canvas_glyph(canvas, "▸", ">"));
		canvas_text(area, i, 2, -1, style,
		            button_words(dialog, canvas_arena(canvas), button));
	}
}

/* Rows of the lower part: it comes first, the text makes do with what is left. */
static int lower_rows(struct dialog *dialog, int width, int height)
{
	int rows = dialog->form ? form_height(dialog->form, width) : dialog->count;
	int least = dialog->text_rows < 3 ? dialog->text_rows : 3;

	if (dialog->text_rows == 0)
		return rows < height ? rows : height;
	if (rows > height - least - 1)
		rows = height - least - 1;
	return rows > 1 ? rows : height > 0;
}

void dialog_draw(struct dialog *dialog, struct canvas *canvas)
{
	struct rect whole = { 0, 0, canvas_height(canvas), canvas_width(canvas) };
	/* A frame of two lines and two columns, and a blank beside it, where there is room. */
	bool framed = whole.height >= 6 && whole.width >= 20;
	int edge = framed ? 2 : 0;
	int width = wanted_width(dialog, canvas_arena(canvas), whole.width - 2 * edge);
	int lower, gap;
	struct rect box, inside, part;

	width = width < whole.width - 2 * edge ? width : whole.width - 2 * edge;
	dialog->text_rows = text_wrap(canvas_arena(canvas), dialog->text, width).count;
	lower = lower_rows(dialog, width, whole.height - edge);
	gap = dialog->text_rows > 0 && dialog->text_rows + lower < whole.height - edge;
	box = layout_centre(whole, dialog->text_rows + gap + lower + edge, width + 2 * edge);
	inside = box;
	if (framed) {
		canvas_box(canvas, box, dialog->title);
		inside = (struct rect){ box.row + 1, box.column + 2, box.height - 2, width };
	} else {
		canvas_fill(canvas, box, STYLE_NORMAL);
	}
	part = layout_cut_bottom(&inside, lower);
	if (dialog->form)
		form_draw(dialog->form, canvas_part(canvas, part));
	else
		draw_buttons(dialog, canvas, part);
	layout_cut_bottom(&inside, gap);
	draw_text(dialog, canvas, inside);
}
