/*
 * What a form that changes a row's state does when somebody else was quicker.
 * For form_view.c.
 */
#ifndef TRATO_VIEW_FORM_STATE_H
#define TRATO_VIEW_FORM_STATE_H

#include "form_screen.h"

/* Whether the refusal says that somebody was quicker; what he has done is looked at then. */
bool form_state_refused(struct view *view, const struct refusal *refusal);
/* The answer to FORM_STATE. */
void form_state_answer(struct view *view, struct answer *answer);

#endif
