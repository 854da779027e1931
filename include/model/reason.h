/*
 * The catalogue of reasons: for a choice, and the requests of the managers'
 * screens. Parameters are texts as SQL reads them, NULL where there is nothing.
 */
#ifndef TRATO_MODEL_REASON_H
#define TRATO_MODEL_REASON_H

#include <stdbool.h>

#include <db/batch.h>

/* kind: "action_lost", "offer_rejected", "offer_withdrawn", "notice_returned". Columns id, label in
 * the language of the screens, needs_note. */
struct batch *reason_choices(const char *kind);

/* The row behind (forward) or before which a page begins; all NULL for the first (last) page. */
struct reason_edge {
	const char *kind, *last, *key;
};

/* Pages with key, kind, last, code, needs_note, active, name in the language of the screens and
 * other_name in the other one: by kind (NULL: all), as they are offered. */
struct batch *reason_page(bool forward, const struct reason_edge *edge, const char *limit,
                          const char *kind);
/* One row, or none: id, version, code and the columns below. */
struct batch *reason_read(const char *id);

struct reason_data {
	const char *kind, *name_en, *name_es, *needs_note, *active;
};

/* id and version are NULL for a new one; the kind of an old one stays. */
struct batch *reason_save(const char *request_id, const char *id, const char *version,
                          const struct reason_data *data);

#endif
