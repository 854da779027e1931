/*
 * The areas of what is sold, a catalogue of the whole company: the requests of
 * the managers' screens. Parameters are texts as SQL reads them, NULL where
 * there is nothing.
 */
#ifndef TRATO_MODEL_AREA_H
#define TRATO_MODEL_AREA_H

#include <stdbool.h>

#include <db/batch.h>

/* Pages by name, with key, folded, name, active; the edge is the column "folded". */
struct batch *area_page(bool forward, const char *folded, const char *limit);
/* One row, or none: id, version, name, active. */
struct batch *area_read(const char *id);
/* id and version are NULL for a new one. Writes answer the id. */
struct batch *area_save(const char *request_id, const char *id, const char *version,
                        const char *name, const char *active);

#endif
