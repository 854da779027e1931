/*
 * Divisions: which are free, who holds the others, and the wish to join who
 * holds one. Parameters are texts as SQL reads them.
 */
#ifndef TRATO_MODEL_DIVISION_H
#define TRATO_MODEL_DIVISION_H

#include <stdbool.h>

#include <base/arena.h>
#include <base/rows.h>
#include <db/batch.h>

/* Rows with id, label, area, status, holder, action_number, held_on, quiet_days, blocked, mine. */
struct batch *division_status(const char *client);
/* The rows above with a column "note" for a check list: "free", or "held by NAME since DATE,
 * action N". In the arena. */
const struct rows *division_items(struct arena *arena, const struct rows *status);
/* What a conflict box says of the row: who, since when, which action, how quiet; where it is the
 * asker's own action, what to do. */
const char *division_conflict(struct arena *arena, const struct rows *status, int row);

/* A page of the divisions that are held, the longest first; area and rep (the action's owner) may
 * be NULL. The edge is the columns "held_at" and "key". */
struct batch *division_page_held(bool forward, const char *held_at, const char *key,
                                 const char *limit, const char *typed, const char *area,
                                 const char *rep);
/* Two results: the division (id, version, client_id, name, area, notes, active; none for id NULL)
 * and the choices of area. */
struct batch *division_read(const char *id);
/* id NULL: a new one of that client. Answers id, name, version. */
struct batch *division_save(const char *request_id, const char *id, const char *version,
                            const char *client, const char *name, const char *area,
                            const char *notes, const char *active);
/* Asks the owner of the action that holds the division. */
struct batch *division_ask(const char *request_id, const char *division, const char *message);

#endif
