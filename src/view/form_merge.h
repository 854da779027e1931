/*
 * What a form does when somebody else has saved the same row. For form_view.c.
 */
#ifndef TRATO_VIEW_FORM_MERGE_H
#define TRATO_VIEW_FORM_MERGE_H

#include <ui/form_snapshot.h>

#include "form_screen.h"

/* The row has come: this is what "before" is. After the form took it. */
void form_merge_remember(struct view *view, struct answer *answer);
/* What the form began with; NULL where that is not known. Valid until the next save. */
const struct form_snapshot *form_merge_before(const struct view *view);
/*
 * After the row has come: what stands in the form by now was written on top of this, by the same
 * person at another time. Of the fields that it has, that is what "before" is from now on; where
 * the row says something else by now, the next save shows it.
 */
void form_merge_based_on(struct view *view, const struct form_snapshot *before);
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
