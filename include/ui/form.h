/*
 * A form: declared as a table of fields, drawn as labels with fields, moved
 * through by keys. It keeps all that is typed and knows what is wrong with it;
 * what a save means is the owner's business. The owner hands on every key and
 * acts on the event that comes back.
 *
 * Tab, Shift-Tab, Up, Down and Enter move (Enter on a candidate takes it first); Ctrl-s, or Enter on
 * the last field, submits; Esc cancels (or first closes an open list of candidates).
 */
#ifndef TRATO_UI_FORM_H
#define TRATO_UI_FORM_H

#include <stdbool.h>

#include <ui/field.h>

enum form_outcome {
	FORM_IGNORED, /* not a key of the form: a command of the screen, perhaps */
	FORM_HANDLED,
	FORM_CHANGED, /* the value of `field` is another now (a pick: one was taken) */
	FORM_SUBMIT,  /* only when every field is in order; else the cursor stands on the first
	                * error and this is FORM_HANDLED */
	FORM_CANCEL,
	FORM_SEARCH,  /* PICK: find candidates for `text`, hand them to form_offer with `tag`. What
	                * was picked before is no longer: form_value is NULL */
	FORM_CREATE,  /* PICK: create what is called `text`, then form_set_pick */
	FORM_BLOCKED, /* CHECKLIST: somebody wants the blocked item with the id `text` */
};

/* Valid until the form's next call. */
struct form_event {
	enum form_outcome outcome;
	const char *field; /* name, or NULL */
	const char *text;
	unsigned tag;
};

struct form;

/* The declaration is static. */
struct form *form_new(const struct field_def *fields);
void form_free(struct form **form);

struct form_event form_key(struct form *form, const struct key_event *key);
/* On all of the canvas, scrolled so that the cursor's field is in sight. */
void form_draw(struct form *form, struct canvas *canvas);
/* Rows that it would like to have at that width. */
int form_height(struct form *form, int width);

/*
 * Values by name. Dates are ISO, times HH:MM, amounts decimals, flags "t"/"f", a pick its id, a
 * checklist an array literal: ready to be parameters of a statement. NULL where empty (a
 * checklist: "{}"). Valid until the next call with that name.
 */
const char *form_value(struct form *form, const char *name);
/* What stands in the field, as typed; a pick: the label. */
const char *form_text(struct form *form, const char *name);
/* Takes what form_value gives; not for picks. A grid takes NULL, which empties it. */
void form_set(struct form *form, const char *name, const char *value);
/*
 * Around the setting of what comes late: fields in which something was typed meanwhile keep that.
 * form_end_loading: false where they have hidden a value from the person by it.
 */
void form_begin_loading(struct form *form);
bool form_end_loading(struct form *form);
/* The choices of a CHOICE, instead of its declaration's: columns "id" and "label". Copied. */
void form_set_choices(struct form *form, const char *name, const struct rows *rows);
void form_set_pick(struct form *form, const char *name, const char *id, const char *label);
/* Candidates: columns "id", "label", "note" (may be missing). Copied. Ignored unless tag is that
 * of the latest FORM_SEARCH. */
void form_offer(struct form *form, const char *name, unsigned tag, const struct rows *rows);

/*
 * Items: columns "id", "label", "note", "blocked" (t or f). Copied; ticks of ids that are still
 * there stay, except of those that are blocked now. NULL empties it.
 */
void form_set_items(struct form *form, const char *name, const struct rows *rows);
/* What an empty checklist says; static or translated text. */
void form_set_empty(struct form *form, const char *name, const char *sentence);
void form_tick(struct form *form, const char *name, const char *id, bool ticked);

/* Grids: lines from 0; a last line with nothing in it is not counted. */
int form_grid_lines(struct form *form, const char *name);
const char *form_grid_value(struct form *form, const char *name, int line, const char *column);
/* Adds lines as needed. Read-only columns (a line's total) are shown as given. */
void form_grid_set(struct form *form, const char *name, int line, const char *column,
                   const char *value);
/* Whether the cursor is in a grid; what is done with its line comes back like a key. */
bool form_in_grid(const struct form *form);
struct form_event form_grid_edit(struct form *form, enum grid_edit edit);
/* A whole column as an array literal, {"a","b",NULL}: for unnest() in a statement. Valid until
 * the next call for that column. */
const char *form_grid_array(struct form *form, const char *name, const char *column);

/* Every field's own check. false: sentences stand at the fields, the cursor at the first. */
bool form_check(struct form *form);
/* The sentence stands at that field and the cursor goes there; where there is no such field it
 * stands above the form. It goes when that field changes. */
void form_fail(struct form *form, const char *field, const char *sentence);
void form_fail_cell(struct form *form, const char *field, int line, const char *column,
                    const char *sentence);

/* Whether the declaration has such a field. */
bool form_has(const struct form *form, const char *name);
/* Takes a field out of the form: this person has no use for it. Not for the cursor's field. */
void form_hide(struct form *form, const char *name);
/* Brings it back, with what it had. */
void form_show(struct form *form, const char *name);
const char *form_current(const struct form *form);
void form_go(struct form *form, const char *name);
/* Whether something differs from when it was made or last settled; secrets do not count. */
bool form_is_changed(struct form *form);
void form_settle(struct form *form);

#endif
