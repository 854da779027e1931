/*
 * Two clients that are one: a manager chooses the one that is to become a part
 * of this one, sees what will move, and merges them.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <model/action.h>
#include <model/client.h>
#include <model/refusal.h>
#include <view/form_view.h>
#include <view/views.h>

enum { PURPOSE_PREVIEW };

struct merge_client {
	char id[24];
	char version[12];
	char merged[24]; /* whose preview is shown or awaited */
	char merged_version[12]; /* "" until it came */
};

static const struct field_def merge_fields[] = {
	{ .name = "merged",
	  .label = N_("The other client"),
	  .kind = FIELD_PICK,
	  .required = true,
	  .hint = N_("the one that will be archived; type its name") },
	{ .name = NULL },
};

static const char *merge_text(struct view *view)
{
	(void)view;
	return _("Contacts, divisions and actions of the other client become this one's. The other "
	         "one stays as an archived client that names this one. This cannot be undone.");
}

static bool merge_open(struct view *view, struct form *form, const void *arg, struct err *err)
{
	struct merge_client *merge = form_view_state(view);

	(void)form;
	(void)err;
	snprintf(merge->id, sizeof(merge->id), "%" PRId64, *(const int64_t *)arg);
	return true;
}

static struct batch *merge_search(struct view *view, const char *field, const char *text)
{
	(void)view;
	(void)field;
	return action_client_candidates(text);
}

static void merge_changed(struct view *view, struct form *form, const char *field)
{
	struct merge_client *merge = form_view_state(view);
	const char *merged = form_value(form, field);

	merge->merged_version[0] = '\0';
	snprintf(merge->merged, sizeof(merge->merged), "%s", merged != NULL ? merged : "");
	view_forget(view, PURPOSE_PREVIEW);
	if (merged != NULL)
		view_ask(view, PURPOSE_PREVIEW, client_merge_preview(merge->id, merged));
}

static void merge_show(struct view *view, const struct rows *rows)
{
	struct arena *arena = arena_new();
	const char *same = "";

	if (rows_int(rows, 0, "same_names") > 0)
		same = arena_printf(
		    arena, _(" Divisions that both have: %s; of each only the one that is held stays "
		             "in use."),
		    rows_text(rows, 0, "same_names"));
	form_view_explain(
	    view, arena_printf(arena,
	                       _("%s will become a part of this client. Contacts: %s, divisions: %s, "
	                         "actions: %s.%s This cannot be undone."),
	                       rows_text(rows, 0, "name"), rows_text(rows, 0, "contacts"),
	                       rows_text(rows, 0, "divisions"), rows_text(rows, 0, "actions"), same));
	arena_free(&arena);
}

static void merge_answer(struct view *view, struct form *form, struct answer *answer)
{
	struct merge_client *merge = form_view_state(view);

	if (answer->status == ANSWER_LOST && merge->merged[0] != '\0') {
		view_ask(view, PURPOSE_PREVIEW, client_merge_preview(merge->id, merge->merged));
		return;
	}
	if (!view_check(view, answer))
		return;
	if (answer->results[0]->count == 0 || answer->results[1]->count == 0) {
		form_fail(form, "merged", _("This client does not exist any more."));
		return;
	}
	snprintf(merge->merged_version, sizeof(merge->merged_version), "%s",
	         rows_text(answer->results[0], 0, "version"));
	snprintf(merge->version, sizeof(merge->version), "%s",
	         rows_text(answer->results[1], 0, "version"));
	merge_show(view, answer->results[0]);
}

/* What will move is to be seen first. */
static struct batch *merge_save(struct view *view, struct form *form, const char *request_id)
{
	struct merge_client *merge = form_view_state(view);
	const char *merged = form_value(form, "merged");

	if (merge->merged_version[0] == '\0') {
		form_fail(form, "merged", _("Look first at what will move, then save again."));
		merge_changed(view, form, "merged");
		return NULL;
	}
	return client_merge(request_id, merge->id, merge->version, merged, merge->merged_version);
}

/* Somebody has changed one of the two: what would move now is shown. */
static bool merge_refused(struct view *view, struct form *form, const struct refusal *refusal)
{
	if (!refusal_is(refusal, "row_version"))
		return false;
	form_fail(form, "merged",
	          _("Somebody has changed one of the two in the meantime. Look at it, then save again."));
	merge_changed(view, form, "merged");
	return true;
}

static const struct form_spec merge_spec = {
	.fields = merge_fields,
	.size = sizeof(struct merge_client),
	.open = merge_open,
	.search = merge_search,
	.changed = merge_changed,
	.answer = merge_answer,
	.text = merge_text,
	.save = merge_save,
	.refused = merge_refused,
	.done = N_("The two clients are one now."),
};

const struct view_ops view_merge_client = {
	.name = "form",
	.title = N_("Merge another client into this one"),
	.flags = VIEW_OVERLAY,
	FORM_VIEW(merge_spec),
};
