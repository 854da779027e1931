/*
 * Which drafts are of people whose data have been blocked or erased. For
 * drafts.c.
 */
#ifndef TRATO_VIEW_DRAFTS_BLOCKED_H
#define TRATO_VIEW_DRAFTS_BLOCKED_H

#include "drafts.h"

/* Which of the people in them are blocked; NULL: there are none to ask for. */
struct batch *drafts_blocked_ask(const struct draft_entry *entries, int count);
/* Whether it is of one of those that were answered to that. */
bool drafts_is_blocked(const struct draft *draft, const struct rows *const *answers);

#endif
