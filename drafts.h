/*
 * All drafts of the person who is logged in: those of forms that are open, and
 * those that were left, by this program or by one that has ended.
 */
#ifndef TRATO_VIEW_DRAFTS_H
#define TRATO_VIEW_DRAFTS_H

#include "form_draft.h"

struct drafts {
	struct app *app;
	struct draft_store *store;
	struct form_draft *all;     /* of this program */
	struct form_draft *opening; /* the next form that begins goes on with it */
	uint64_t ticket;            /* what became of their saves has been asked for */
	bool complained;            /* until one was written again */
};

/* One that can be gone on with. */
struct draft_entry {
	char name[DRAFT_NAME_SIZE];
	struct form_draft *own; /* NULL: of a program that has ended */
	const struct draft *draft;
};

/* folder: with a slash at its end. */
struct drafts *drafts_new(struct app *app, const char *folder);
void drafts_free(struct drafts **held);

/* After a login: what was left is looked for, what became of saves that were never answered is
 * asked, and what is left then is offered. */
void drafts_look(struct app *app);
/* The newest first, owned by the arena. broken: files that are no drafts; may be NULL. */
int drafts_find(struct drafts *drafts, struct arena *arena, struct draft_entry **entries,
                int *broken);
/* Opens its form, in place of that view or, NULL, above all. false: another program has it, or there
 * is no such form; the message line says so. */
bool drafts_go_on(struct drafts *drafts, const struct draft_entry *entry, struct view *instead);
void drafts_discard(struct drafts *drafts, const struct draft_entry *entry);

/* ---- for form_draft.c ---- */

/* A new one, or what somebody goes on with. */
struct form_draft *drafts_begin(struct drafts *drafts, const char *form);
/* The save of its form has just been sent with this purpose: should the form be left before it is
 * answered, the draft hears of it. */
void drafts_await(struct form_draft *draft, int purpose);
/* Its form has gone; it may be freed by that. */
void drafts_leave(struct form_draft *draft);
/* Said once. */
void drafts_complain(struct drafts *drafts, const char *sentence);

#endif
