/*
 * What is set for the whole team, and the days that it does not work: the
 * requests of the managers' screens. Parameters are texts as SQL reads them,
 * NULL where there is nothing.
 */
#ifndef TRATO_MODEL_SETTING_H
#define TRATO_MODEL_SETTING_H

#include <stdbool.h>

#include <db/batch.h>

/* Pages with key, name, value, meaning, behind or before a name. */
struct batch *setting_page(bool forward, const char *name, const char *limit);
/* One row, or none: id, version, name, value, meaning. */
struct batch *setting_read(const char *id);
struct batch *setting_save(const char *request_id, const char *id, const char *version,
                           const char *value);
/* What a setting is for, in the language of the screens; meaning: the database's own words, for one
 * that this program does not know. */
const char *setting_words(const char *name, const char *meaning);

/* Pages with key, day, name, active, the latest first, behind or before a day. */
struct batch *holiday_page(bool forward, const char *day, const char *limit);
/* One row, or none: id, version, day, name, active. */
struct batch *holiday_read(const char *id);
/* id and version are NULL for a new one. */
struct batch *holiday_save(const char *request_id, const char *id, const char *version,
                           const char *day, const char *name, const char *active);

#endif
