/*
 * The drafts of an account as files, one for each form: "PROCESS-N.draft". A
 * program holds the lock of its "PROCESS.lock" for as long as it runs, however
 * it ends, so that its drafts are offered to nobody else meanwhile and to
 * everybody afterwards. Knows nothing of what a draft says.
 */
#ifndef TRATO_VIEW_DRAFT_STORE_H
#define TRATO_VIEW_DRAFT_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include <base/arena.h>
#include <base/err.h>

enum { DRAFT_NAME_SIZE = 32, DRAFTS_MAX = 200 };

struct draft_store;

/* folder: with a slash at its end. Nothing is made before the first draft is written. */
struct draft_store *draft_store_new(const char *folder);
void draft_store_free(struct draft_store **held);

/* For a new one; given out once. */
void draft_store_name(struct draft_store *store, char out[DRAFT_NAME_SIZE]);
/* Whole or not at all, also where the power fails; the earlier one stays until then. */
bool draft_store_write(struct draft_store *store, const char *name, const char *bytes,
                       size_t length, struct err *err);
/* NULL where it is not there, too long or not a file of this account's own. */
const char *draft_store_read(struct draft_store *store, const char *name, struct arena *arena,
                             size_t *length);
void draft_store_remove(struct draft_store *store, const char *name);

/* Drafts whose program runs no more, in any order; owned by the arena. */
int draft_store_find(struct draft_store *store, struct arena *arena, const char *const **names);
/* Makes such a draft one of this program's, under a name of its own. false: another program was
 * quicker, or the disk refuses. */
bool draft_store_claim(struct draft_store *store, const char *name, char out[DRAFT_NAME_SIZE]);

#endif
