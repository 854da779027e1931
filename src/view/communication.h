/*
 * What the screens of communications share. Only communication*.c include it.
 */
#ifndef TRATO_VIEW_COMMUNICATION_H
#define TRATO_VIEW_COMMUNICATION_H

#include <model/communication.h>
#include <view/form_view.h>

/* The form that corrects one; arg: its id. */
extern const struct view_ops view_communication_correction;

/* One of the versions that communication_read gives, with marks at what its neighbours have
 * otherwise; returns the row below it. */
int communication_draw_version(struct canvas *canvas, const struct rows *rows, int version, int row,
                               int width);

/* The state of both forms. */
struct communication {
	char id[24]; /* the action's, or that of what is corrected */
	char client[24];
	char version[12]; /* of the action */
	bool done;        /* the next step that stood there is what is logged here */
	char *step;       /* the next step that stood there, "" for none */
	char step_on[12];
	char heading[400];
};

/* For communication_fields.def. */
extern const struct field_choice communication_channels[];
extern const struct field_choice communication_directions[];

/* Parts of both form_specs; for the arg see views.h. */
bool communication_open(struct view *view, struct form *form, const void *arg, struct err *err);
void communication_close(struct view *view);
void communication_header(struct view *view, struct canvas *canvas);
struct batch *communication_search(struct view *view, const char *field, const char *text);
void communication_create(struct view *view, struct form *form, const char *field,
                          const char *text);
void communication_returned(struct view *view, struct form *form, const struct view_ops *child,
                            const void *result);

const char *communication_about(struct view *view);
/* The heading, from the columns that are called so. */
void communication_title(struct communication *state, const struct rows *rows, const char *number,
                         const char *title);
/* true: there is no row, the person has been told and the form closes. */
bool communication_is_gone(struct view *view, const struct rows *rows);
/* Shows the fields of the channel that is chosen and hides those of others, which keep what was
 * typed: in case one comes back. */
void communication_show_fields(struct form *form);
void communication_changed(struct view *view, struct form *form, const char *field);
/* What stands in the form; valid until it changes. */
struct communication_data communication_typed(struct form *form);

#endif
