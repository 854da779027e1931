/*
 * What a form does when somebody else has saved the same row. For form_view.c.
 */
#ifndef TRATO_VIEW_FORM_MERGE_H
#define TRATO_VIEW_FORM_MERGE_H

#include "form_screen.h"

/* The row has come: this is what "before" is. After the form took it. */
void form_merge_remember(struct view *view, struct answer *answer);
/* Whether the refusal says that somebody was quicker; what he has done is looked at then. */
bool form_merge_refused(struct view *view, const struct refusal *refusal);
/* Whether that is on its way: the form stays as it was sent. */
bool form_merge_is_looking(const struct view *view);
/* Before a save: whether it has to wait for a look at what somebody else has done. */
bool form_merge_is_due(struct view *view);
/* The answer to FORM_THEIRS. */
void form_merge_answer(struct view *view, struct answer *answer);
void form_merge_free(struct form_merge **held);

#endif
