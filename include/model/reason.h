/* The catalogue of reasons, for a choice. */
#ifndef TRATO_MODEL_REASON_H
#define TRATO_MODEL_REASON_H

#include <db/batch.h>

/* kind: "action_lost", "offer_rejected", "offer_withdrawn", "notice_returned". Columns id, label in
 * the language of the screens, needs_note. */
struct batch *reason_choices(const char *kind);

#endif
