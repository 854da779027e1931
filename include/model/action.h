/*
 * Commercial actions: the requests that lists, the action's screen and its
 * forms send. Parameters are texts as SQL reads them, NULL where there is
 * nothing.
 */
#ifndef TRATO_MODEL_ACTION_H
#define TRATO_MODEL_ACTION_H

#include <stdbool.h>

#include <db/batch.h>

/*
 * One page of the asker's actions, earliest next step first: behind (forward) or before the row
 * with this due and number; NULL for the first (last) page. which: "mine", "shared", "closed".
 */
struct batch *action_page_mine(bool forward, const char *due, const char *number,
                               const char *limit, const char *search, const char *which);
/* The same over everybody's, newest first. which: "open", "closed". */
struct batch *action_page_all(bool forward, const char *number, const char *limit,
                              const char *search, const char *which);

/* Candidates for a choice by typing: columns id, label, note. */
struct batch *action_client_candidates(const char *typed);
struct batch *action_rep_candidates(const char *typed);

/* divisions: an array literal of ids. owner NULL: the asker. Answers id, number, version. */
struct batch *action_open(const char *request_id, const char *client, const char *title,
                          const char *divisions, const char *expected_close, const char *notes,
                          const char *owner);

#endif
