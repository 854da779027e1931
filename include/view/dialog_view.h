/*
 * Questions and messages in a box over the screen that asks. The answer comes
 * to the asker's `returned` with child == &view_dialog and a dialog_result.
 */
#ifndef TRATO_VIEW_DIALOG_VIEW_H
#define TRATO_VIEW_DIALOG_VIEW_H

#include <ui/dialog.h>
#include <view/view.h>

extern const struct view_ops view_dialog;

struct dialog_result {
	int question; /* as given by the asker */
	int button;   /* 0: Esc */
};

enum { DIALOG_YES = 1, DIALOG_NO = 2 };

enum { DIALOG_BUTTONS_MAX = 24 };

/* title and text are translated and copied; text may have several lines. */
void dialog_ask(struct view *asker, int question, const char *title, const char *text,
                const struct dialog_button *buttons);
/* Two buttons: "yes" is translated and says what will happen; the other one goes back. */
void dialog_confirm(struct view *asker, int question, const char *title, const char *text,
                    const char *yes);
/* Something to read, with one button. */
void dialog_tell(struct view *asker, const char *title, const char *text);
/* What was chosen: the button if `result` is the answer to that question of dialog_ask, else 0. */
int dialog_chosen(const struct view_ops *child, const void *result, int question);

#endif
