/*
 * What the boxes over an action's screen share: which action they are about and
 * the version that they were read in. Their first result is action_head's row.
 */
#ifndef TRATO_VIEW_ACTION_FORM_H
#define TRATO_VIEW_ACTION_FORM_H

#include <base/rows.h>
#include <view/form_view.h>

/* Stands first in the state of each of them. */
struct action_form {
	char id[24];
	char version[12]; /* "" until it was read */
	char owner[256];
};

/* For form_spec: arg is the action's id. */
bool action_form_open(struct view *view, struct form *form, const void *arg, struct err *err);
/* As form_spec's acts_on. */
struct form_row action_form_row(struct view *view);
/* Takes the version. false: there is no such action, and the box is gone. */
bool action_form_take(struct view *view, const struct rows *head);
/* Whether the action was read; says so if not. Nothing is saved before. */
bool action_form_is_ready(struct view *view);
/* `done` is said, and where the day of the next step is past, that too. NULL: there is none. */
void action_form_say(struct view *view, const char *done, const char *step, const char *on);
/* As form_spec's refused, for what only the owner or a manager may do. */
bool action_form_denied(struct view *view, struct form *form, const struct refusal *refusal);

#endif
