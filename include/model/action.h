/*
 * Commercial actions: the requests that lists, the action's screen and its
 * forms send. Parameters are texts as SQL reads them, NULL where there is
 * nothing.
 */
#ifndef TRATO_MODEL_ACTION_H
#define TRATO_MODEL_ACTION_H

#include <stdbool.h>

#include <base/arena.h>
#include <base/rows.h>
#include <db/batch.h>

/*
 * One page of the asker's actions, earliest next step first: behind (forward) or before the row
 * with this due and number; NULL for the first (last) page. which: "mine", "shared", "closed".
 */
struct batch *action_page_mine(bool forward, const char *due, const char *number, const char *limit,
                               const char *search, const char *which);
/* The same sorted by a column of that list, from the lowest up or from the highest down, which is
 * also the order of the rows. sort_key, number: the edge row's. */
struct batch *action_page_sorted(bool up, const char *sort_key, const char *number,
                                 const char *limit, const char *search, const char *which,
                                 const char *column);
/* The same over everybody's, newest first. which: "open", "closed". area, rep: ids, only those that
 * are of them; NULL: of any. */
struct batch *action_page_all(bool forward, const char *number, const char *limit,
                              const char *search, const char *which, const char *area,
                              const char *rep);

/* The asker's next steps by day, those without one last; as above. Columns key, number, due, client,
 * title, next_step, next_step_on, phone, is_owner, version, part ("overdue", "today", "week",
 * "later", "undated"). */
struct batch *action_agenda(bool forward, const char *due, const char *number, const char *limit,
                            const char *search);

/* A page of open actions that wait. which: "overdue", by the day of the next step, or "quiet", by
 * the last contact. The edge is the columns "at" and "key". */
struct batch *action_page_waiting(bool forward, const char *at, const char *key, const char *limit,
                                  const char *search, const char *which, const char *area,
                                  const char *rep);
/* Candidates for a choice by typing: columns id, label, note. */
struct batch *action_client_candidates(const char *typed);
struct batch *action_rep_candidates(const char *typed);

/* divisions: an array literal of ids. owner NULL: the asker. Answers id, number, version. */
struct batch *action_open(const char *request_id, const char *client, const char *title,
                          const char *divisions, const char *expected_close, const char *notes,
                          const char *owner);

/* What an action's screen asks for in one round trip: one row about it (or none), its offers, its
 * people, and a page of its time line as below. */
struct batch *action_read(const char *id, bool forward, const char *at, const char *key,
                          const char *limit);
/* A further page of the time line, newest first: behind (forward) or before the row with this at
 * and key. Columns key, at, moment, kind, row_id, what, detail, text, other, person, reason_en,
 * reason_es. */
struct batch *action_timeline(const char *id, bool forward, const char *at, const char *key,
                              const char *limit);
/* Only the row about it, for a form. */
struct batch *action_head(const char *id);
/* What a row of the time line says in words: "phone, outgoing: Prices (Eva Gil)". In the arena. */
const char *action_event(struct arena *arena, const struct rows *rows, int row);

/* ---- the writes of the action's forms; version: what the form was read in ---- */

/* step NULL: there is none any more. */
struct batch *action_set_next_step(const char *request_id, const char *id, const char *version,
                                   const char *step, const char *on);
struct batch *action_save(const char *request_id, const char *id, const char *version,
                          const char *title, const char *expected_close, const char *notes);
/* Two results: the row about it, and the choices of reason for losing it. */
struct batch *action_before_closing(const char *id);
/* outcome: "won", "lost", "cancelled"; only the lost have a reason, it is ignored else. */
struct batch *action_close(const char *request_id, const char *id, const char *version,
                           const char *outcome, const char *reason, const char *note);
struct batch *action_reopen(const char *request_id, const char *id, const char *version,
                            const char *note);
/* Two results: the divisions of its client that it does not hold, as division_status has them,
 * and the row about it. */
struct batch *action_free_divisions(const char *id);
/* divisions: an array literal of ids. */
struct batch *action_hold(const char *request_id, const char *id, const char *divisions);
/* Two results: the row about it, and the divisions that it holds as choices. */
struct batch *action_held(const char *id);
struct batch *action_release(const char *request_id, const char *id, const char *division);
/* Two results: the row about it, and its collaborators as choices. */
struct batch *action_collaborators(const char *id);
enum action_part { ACTION_COLLABORATES, ACTION_OWNS, ACTION_LEAVES };
struct batch *action_change_member(const char *request_id, const char *id, const char *person,
                                   enum action_part part);

#endif
