/*
 * What somebody else has done to a row meanwhile: who has changed it last, from
 * the audit trail, and the state it is in. For who meets that change.
 */
#ifndef TRATO_MODEL_CHANGE_H
#define TRATO_MODEL_CHANGE_H

#include <base/arena.h>
#include <base/rows.h>
#include <db/batch.h>

/* Appends the question to the batch; its result is the last one. */
void change_add_last(struct batch *batch, const char *table, const char *id);
/* "Luis Mora has changed this on 25/11/2026 10:12." Without a name where it is not to be seen. */
const char *change_sentence(struct arena *arena, const struct rows *rows);

/* An action, offer, notice or request: columns version and state, then who has changed it. */
struct batch *change_state(const char *table, const char *id);
/* The word for a state of that table. */
const char *change_state_word(const char *table, const char *state);

#endif
