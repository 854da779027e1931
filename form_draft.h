/*
 * The draft of a form that is being filled in. For form_view.c; drafts.c keeps
 * them all and knows those whose form has been left.
 */
#ifndef TRATO_VIEW_FORM_DRAFT_H
#define TRATO_VIEW_FORM_DRAFT_H

#include <view/draft.h>
#include <view/draft_store.h>

#include "form_screen.h"

struct form_draft {
	struct form_draft *next; /* of drafts.c */
	struct drafts *drafts;
	struct view *view; /* NULL: its form has been left */
	char name[DRAFT_NAME_SIZE];
	bool stored;   /* there is a file of that name */
	bool awaited;  /* left while it was being saved, and the answer is to come */
	unsigned timer;
	struct arena *arena;
	struct draft head;                 /* what stays the same */
	const struct form_snapshot *start; /* as the form began */
	const struct draft *from;          /* what somebody goes on with; NULL: nothing */
	struct buf last;                   /* the bytes that were written last, but for the time */
};

/* The form is there, with nothing loaded yet; where somebody goes on with a draft, it is put in.
 * Nothing for forms that keep none. */
void form_draft_begin(struct view *view, const void *arg);
/* What the form changes has come, for the first time. */
void form_draft_loaded(struct view *view);
/* Something may be different now: written within half a second. */
void form_draft_touch(struct view *view);
/* One moves on: written now. */
void form_draft_pause(struct view *view);
/* Its save is about to be sent, and has been. */
void form_draft_saving(struct view *view);
void form_draft_sent(struct view *view);
/* It is saved: there is nothing to go on with any more. */
void form_draft_saved(struct view *view);
/* Whether what was typed can be gone on with later. */
bool form_draft_can_wait(struct view *view);
/* The form goes. discard: the person does not want it any more. */
void form_draft_end(struct view *view, bool discard);

#endif
