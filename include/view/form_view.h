/*
 * A screen that is a form, as a declaration: fields, what loads it, what saves
 * it. Done here: search-as-you-type of picks, one request id per form that is
 * kept across retries, a second submit while saving is ignored, a lost
 * connection loses nothing, refusals come back to their field, Esc on a changed
 * form asks; what is typed into a form that stands in views_forms can be gone on
 * with later, also after the program's end. With VIEW_OVERLAY it is a box over the screen below.
 * src/view/client_form.c is the example.
 *
 *	static const struct form_spec form = { .fields = fields, .save = save, ... };
 *	const struct view_ops view_client_form = {
 *		.name = "form", .title = N_("New client"), FORM_VIEW(form),
 *	};
 */
#ifndef TRATO_VIEW_FORM_VIEW_H
#define TRATO_VIEW_FORM_VIEW_H

#include <ui/form.h>
#include <view/view.h>

/* A row whose state a form changes, and the version that the save is based on. */
struct form_row {
	const char *table; /* action, offer, notice, request or mail */
	const char *id;
	char *version;
	size_t size; /* of version */
};

struct form_spec {
	const struct field_def *fields;
	/*
	 * BATCH_WRITE with what form_value gives for each field. The request id makes it happen
	 * once. NULL: something is wrong, and form_fail has said what.
	 */
	struct batch *(*save)(struct view *, struct form *, const char *request_id);

	/*
	 * For a form that changes a row: the row's table. Then `load` brings that row, with its id, as
	 * its first result, and `loaded` fills in every field that the row has and takes the version
	 * to save against. When somebody else has saved the row meanwhile, it is read again: `loaded`
	 * is called with other forms than the view's, to compare, and the person chooses field by
	 * field what is saved. Optional, as all that follows.
	 */
	const char *edits;
	const char *const *edited; /* only these fields are of the row; ends with NULL. NULL: all */
	/* What a list of drafts says of it, where the screen below does not: "ACME · action 1042". */
	const char *(*about)(struct view *);
	/*
	 * For a form that changes a row's state: then, instead, the person is told what somebody else
	 * has done, keeps what was typed, and may save it again on top of that. Loads again.
	 */
	struct form_row (*acts_on)(struct view *);
	size_t size; /* of the screen's own state: form_view_state */
	/* The arg is the screen's; it may set values already. */
	bool (*open)(struct view *, struct form *, const void *arg, struct err *);
	/* BATCH_READ for what stands in the form at the beginning, NULL for nothing. */
	struct batch *(*load)(struct view *);
	void (*loaded)(struct view *, struct form *, struct answer *);
	/* BATCH_READ: candidates for the text of a PICK; columns id, label, note. */
	struct batch *(*search)(struct view *, const char *field, const char *text);
	/* The line "create" of a PICK was taken. */
	void (*create)(struct view *, struct form *, const char *field, const char *text);
	void (*changed)(struct view *, struct form *, const char *field);
	/* A blocked item of a CHECKLIST was wanted. */
	void (*blocked)(struct view *, struct form *, const char *field, const char *id);
	/* Before the general table of refusals: true where it took care of it (a conflict box). */
	bool (*refused)(struct view *, struct form *, const struct refusal *);
	/* What is said after a save: N_("The client is saved."); NULL: nothing. */
	const char *done;
	/* After a save, instead of view_finish with the first cell of the answer (the new id as text). */
	void (*saved)(struct view *, struct form *, struct answer *);
	/* Other answers of the screen: purposes from 0 on. */
	void (*answer)(struct view *, struct form *, struct answer *);
	enum command (*act)(struct view *, struct form *, enum command); /* before the form's own */
	void (*returned)(struct view *, struct form *, const struct view_ops *child,
	                 const void *result);
	/* What an overlay says above its fields; translated. */
	const char *(*text)(struct view *);
	/* Rows above the form of a whole screen, and their number. */
	void (*header)(struct view *, struct canvas *);
	int header_rows;
	void (*close)(struct view *);
};

#define FORM_VIEW(declaration)                                                  \
	.spec = &(declaration), .open = form_view_open, .draw = form_view_draw, \
	.act = form_view_act, .key = form_view_key, .answer = form_view_answer, \
	.offers = form_view_offers, .returned = form_view_returned,             \
	.may_close = form_view_may_close, .connection = form_view_connection,   \
	.close = form_view_close

/* The screen's own state, form_spec.size bytes, zeroed before `open`; NULL where size is 0. */
void *form_view_state(const struct view *view);
struct form *form_view_form(const struct view *view);
/* Saves as if the person had pressed the key: after a conflict box, for example. */
void form_view_submit(struct view *view);
/* Loads again (load, loaded). */
void form_view_reload(struct view *view);
/* In `loaded`: what has happened to the row apart from its fields, if somebody else has changed it;
 * translated. The person is told even where no field differs. */
void form_merge_news(struct view *view, const char *sentence);
/* What an overlay says above its fields from now on; translated. */
void form_view_explain(struct view *view, const char *text);

/* The framework's own, for FORM_VIEW. */
bool form_view_open(struct view *view, const void *arg, struct err *err);
void form_view_draw(struct view *view, struct canvas *canvas);
void form_view_connection(struct view *view, enum db_state state, enum db_fault fault,
                          const char *text);
enum command form_view_act(struct view *view, enum command command);
bool form_view_key(struct view *view, const struct key_event *event);
void form_view_answer(struct view *view, struct answer *answer);
bool form_view_offers(const struct view *view, enum command command);
void form_view_returned(struct view *view, const struct view_ops *child, const void *result);
bool form_view_may_close(struct view *view);
void form_view_close(struct view *view);

#endif
