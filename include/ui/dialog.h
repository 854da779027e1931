/*
 * A box over a screen: a title, a text, and below it either buttons or a small
 * form. It is a model that its view feeds with keys, never a loop of its own.
 * It finds its own size, and works (scrolled) in the smallest window.
 */
#ifndef TRATO_UI_DIALOG_H
#define TRATO_UI_DIALOG_H

#include <ui/form.h>

/* A table of them ends with id 0. */
struct dialog_button {
	int id;            /* > 0 */
	key_code key;      /* takes it at once: a letter, mostly */
	const char *label; /* N_() */
};

enum dialog_outcome {
	DIALOG_HANDLED,
	DIALOG_BUTTON, /* a button was taken: its id */
	DIALOG_CANCEL, /* Esc */
	DIALOG_FORM,   /* see form: any outcome but IGNORED, HANDLED and CANCEL */
};

struct dialog_event {
	enum dialog_outcome outcome;
	int id;
	struct form_event form;
};

struct dialog;

/* title and text are already translated and are copied; text may be "" and have several lines. The
 * buttons are borrowed for the dialog's life; the first one is under the cursor. */
struct dialog *dialog_new(const char *title, const char *text, const struct dialog_button *buttons);
struct dialog *dialog_new_form(const char *title, const char *text, const struct field_def *fields);
void dialog_free(struct dialog **dialog);
/* Another title, another text, translated and copied. */
void dialog_set_title(struct dialog *dialog, const char *title);
void dialog_set_text(struct dialog *dialog, const char *text);
/* NULL where it has buttons. Lives as long as the dialog. */
struct form *dialog_form(struct dialog *dialog);
struct dialog_event dialog_key(struct dialog *dialog, const struct key_event *event);
/* The canvas is the whole window; what is outside the box stays. */
void dialog_draw(struct dialog *dialog, struct canvas *canvas);

#endif
