/*
 * Forms that save one row, a new one or one that is there, or change its state:
 * which row it is, and the version that the save is based on. Areas, reasons,
 * holidays and settings have nothing but that; others have it as a part of their
 * state.
 */
#ifndef TRATO_VIEW_RECORD_FORM_H
#define TRATO_VIEW_RECORD_FORM_H

#include <ui/table.h>
#include <view/form_view.h>

struct record {
	char id[24];      /* "" for a new one */
	char version[24]; /* "" until it is loaded */
};

/* id 0: a new one. */
void record_begin(struct record *record, int64_t id);
/* One that a list or a screen shows, in the version in which it was seen there. */
void record_see(struct record *record, int64_t id, int64_t version);
/* For acts_on, of the form that changes the state of a row in that table. */
struct form_row record_row(struct record *record, const char *table);
/* As parameters: NULL for a new one. */
const char *record_id(const struct record *record);
const char *record_version(const struct record *record);
/* What `load` returns: nothing for a new one. */
struct batch *record_load(const struct record *record, struct batch *(*read)(const char *id));
/* In `loaded`: the version, and each field whose name is a column's. */
void record_take(struct record *record, struct form *form, const struct field_def *fields,
                 const struct rows *rows);

/* For a form_spec whose state is a struct record and whose arg is the id, 0 for a new one, which is
 * not asked whether it is in use (the field "active"). */
#define RECORD_FORM(fields_of) \
	.fields = (fields_of), .size = sizeof(struct record), .open = record_open, .loaded = record_loaded
bool record_open(struct view *view, struct form *form, const void *arg, struct err *err);
void record_loaded(struct view *view, struct form *form, struct answer *answer);

/* What act() of their lists returns, where `enters` is the command for a new one. */
enum command record_enter(struct view *view, enum command command, enum command enters,
                          const struct view_ops *form);
/* The column "active" of their lists. */
void record_in_use(struct table_cell *cell);

#endif
