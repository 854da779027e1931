/*
 * The conflict box, for every form that claims divisions: a division that
 * somebody ticked, or that was taken between the list and the save, is held by
 * somebody else. The form stays as it is below.
 */
#ifndef TRATO_VIEW_CONFLICT_H
#define TRATO_VIEW_CONFLICT_H

#include <base/rows.h>
#include <model/refusal.h>
#include <view/view.h>

/* The question to give to dialog_chosen, and its answers. */
enum { QUESTION_CONFLICT = 1000 };
enum { CONFLICT_ASK = 1, CONFLICT_WITHOUT = 2, CONFLICT_BACK = 3 };

/* The list of a client's divisions for a check list, with what is known of each. */
struct conflict {
	struct arena *arena;
	const struct rows *status; /* of division_status; NULL before it came */
	char division[24];         /* that the box is about */
	char refused[24]; /* held when it was to be saved: the box opens with the new list */
	bool at_save;     /* the box came from a refused save */
	bool whole;       /* all or nothing: no going on without one; set by the form */
};

/* Takes over the answer to division_status. */
void conflict_take(struct conflict *conflict, struct answer *answer);
void conflict_free(struct conflict *conflict);
/* Opens the box about this division; nothing where it is not held (any more). */
void conflict_show(struct view *view, struct conflict *conflict, const char *division);
/* Whether a save was refused because a division is held; remembers which. The caller then asks
 * for the list again, and conflict_take is followed by conflict_show_refused. */
bool conflict_refused(struct conflict *conflict, const struct refusal *refusal);
void conflict_show_refused(struct view *view, struct conflict *conflict);
/* "Go on without it" was chosen: takes the tick away, and repeats the save that was refused where
 * something else is ticked in that field. */
void conflict_go_on(struct view *view, struct conflict *conflict, const char *field);
/* "Ask to collaborate" was chosen: the box for the message. */
void conflict_ask(struct view *view, struct conflict *conflict);

#endif
