/*
 * What the files of the form framework share: form_view.c and what stands
 * beside it. Screens do not include this.
 */
#ifndef TRATO_VIEW_FORM_SCREEN_H
#define TRATO_VIEW_FORM_SCREEN_H

#include <time.h>

#include <ui/dialog.h>
#include <view/form_view.h>

/* The framework's purposes and questions lie below those of the screens. */
enum form_purpose {
	FORM_LOAD = -2,
	FORM_SAVE = -3,
	FORM_CANDIDATES = -4,
	FORM_THEIRS = -5, /* what somebody else has made of the row: form_merge.c */
	FORM_STATE = -6,  /* the state that it is in by now: form_state.c */
};

enum form_question { FORM_DISCARD = -1, FORM_LEAVE = -2 };

/* The third answer to FORM_DISCARD, beside DIALOG_YES and DIALOG_NO. */
enum { FORM_LATER = 3 };

struct form_draft;
struct form_merge;

struct form_screen {
	struct form *form;     /* the dialog's, where there is one */
	struct dialog *dialog; /* VIEW_OVERLAY */
	char request_id[37];   /* of what is being saved; a new one after each definite answer */
	bool loading;          /* what is to be changed has not come yet: nothing can be saved */
	bool loaded;           /* once at least */
	bool save_wanted;      /* as soon as it has come */
	bool saving;
	bool unsent; /* saved while there was no server, which has not come back since */
	char *search_field; /* of the candidates that are awaited */
	char *search_text;
	unsigned search_tag;
	bool search_again; /* typed on while they were awaited */
	bool discard;             /* what was typed is not wanted any more */
	time_t sent_at;           /* what is being saved */
	struct form_draft *draft; /* NULL: none is kept */
	struct form_merge *merge; /* NULL until there is something to compare with */
	void *own;
};

static inline const struct form_spec *form_spec_of(const struct view *view)
{
	return view->ops->spec;
}

#endif
