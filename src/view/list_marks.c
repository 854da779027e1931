/*
 * Marks in a list: setting them, copying what is marked, and doing one thing to
 * all of it. Each row is a write of its own, so that one that is refused holds
 * up no other; it stays marked, and the reason is told.
 */
#include "list_own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/buf.h>
#include <base/mem.h>
#include <base/uuid.h>
#include <model/refusal.h>
#include <view/dialog_view.h>

/* What is being done to the marked rows. */
struct list_run {
	struct arena *arena;
	int count, waiting, done;
	const char **keys, **names;
	const char **reasons; /* NULL where it is not refused */
};

void list_run_free(struct list_run **run)
{
	if (*run != NULL)
		arena_free(&(*run)->arena);
	free(*run);
	*run = NULL;
}

int list_marked(const struct view *view)
{
	return table_marked(list_table(view));
}

/* ---- what became of it ---- */

/* "1042, 1039: This action is closed.", a line for each reason. */
static const char *run_reasons(const struct list_run *run)
{
	const char *text = "";

	for (int i = 0; i < run->count; i++) {
		const char *names = run->names[i];
		bool told = run->reasons[i] == NULL;

		for (int j = 0; j < i && !told; j++)
			told = run->reasons[j] != NULL &&
			       strcmp(run->reasons[j], run->reasons[i]) == 0;
		if (told)
			continue;
		for (int j = i + 1; j < run->count; j++)
			if (run->reasons[j] != NULL &&
			    strcmp(run->reasons[j], run->reasons[i]) == 0)
				names =
				    arena_printf(run->arena, "%s, %s", names, run->names[j]);
		text = arena_printf(run->arena, "%s%s%s: %s", text, text[0] != '\0' ? "\n" : "",
		                    names, run->reasons[i]);
	}
	return text;
}

static void run_report(struct view *view)
{
	struct list *list = view->state;
	struct list_run *run = list->run;
	const char *text;

	if (run->waiting > 0)
		return;
	if (run->done == run->count) {
		view_say(view, SAY_GOOD, ngettext("Done for %d row.", "Done for %d rows.", run->done),
		         run->done);
	} else {
		text = arena_printf(run->arena,
		                    _("Done for %d of %d rows. What was refused stays marked."),
		                    run->done, run->count);
		view_say(view, SAY_WARNING, "%s", text);
		if (view_is_top(view))
			dialog_tell(view, text, run_reasons(run));
	}
	list_run_free(&list->run);
}

static void run_refused(struct list_run *run, int at, const struct err *err)
{
	run->reasons[at] = arena_copy(run->arena, err->text);
}

bool list_marks_answer(struct view *view, const struct answer *answer)
{
	struct list *list = view->state;
	struct err err = { 0 };
	int at = LIST_DEED - answer->purpose;

	if (answer->purpose > LIST_DEED)
		return false;
	if (list->run == NULL || at >= list->run->count)
		return true;
	list->run->waiting--;
	if (answer->status == ANSWER_DONE) {
		list->run->done++;
		table_unmark(list->table, list->run->keys[at]);
	} else {
		if (answer->status == ANSWER_REFUSED)
			refusal_explain(answer->refusal, &err);
		else
			err_set(&err, ERR_CONNECT, "%s",
			        _("What became of it is not known. Look at it, please."));
		run_refused(list->run, at, &err);
		view->stale |= WATCH_DATA; /* it is another by now: show it */
	}
	run_report(view);
	return true;
}

/* ---- doing it ---- */

static void run_begin(struct view *view, const struct list_deed *deed, const char *const *values)
{
	struct list *list = view->state;
	struct list_run *run = mem_alloc(sizeof(*run));

	list->run = run;
	run->arena = arena_new();
	run->count = run->waiting = list_marked(view);
	run->keys = arena_alloc(run->arena, sizeof(char *) * (size_t)run->count);
	run->names = arena_alloc(run->arena, sizeof(char *) * (size_t)run->count);
	run->reasons = arena_alloc(run->arena, sizeof(char *) * (size_t)run->count);
	for (int i = 0; i < run->count; i++) {
		int row;
		const struct rows *rows = table_marked_row(list->table, i, &row);
		char request_id[37];
		struct err err = { 0 };
		struct batch *batch;

		run->keys[i] = arena_copy(run->arena, table_marked_key(list->table, i));
		run->names[i] = arena_copy(run->arena, rows_text(rows, row, deed->called));
		run->reasons[i] = NULL;
		uuid_make(request_id);
		batch = deed->write(view, rows, row, request_id, values, &err);
		if (batch != NULL) {
			view_ask(view, LIST_DEED - i, batch);
		} else {
			run->waiting--;
			run_refused(run, i, &err);
		}
	}
	run_report(view);
}

static const struct list_deed *find_deed(const struct view *view, enum command command)
{
	const struct list_deed *deed = list_spec_of(view)->deeds;

	while (deed != NULL && deed->command != COMMAND_NONE && deed->command != command)
		deed++;
	return deed != NULL && deed->command != COMMAND_NONE ? deed : NULL;
}

static bool begin_deed(struct view *view, enum command command)
{
	struct list *list = view->state;
	const struct list_deed *deed = find_deed(view, command);
	int count = list_marked(view);
	char text[200];

	if (deed == NULL || count == 0)
		return false;
	if (list->run != NULL) {
		view_say(view, SAY_INFO, "%s", _("What was begun with the marked rows is not done yet."));
		return true;
	}
	list->deed = deed;
	if (deed->form != NULL) {
		view_push(view->app, deed->form, &count);
		return true;
	}
	snprintf(text, sizeof(text),
	         ngettext("It is done for the marked row.", "It is done for all %d marked rows.",
	                  (unsigned long)count),
	         count);
	dialog_confirm(view, LIST_DEED_SURE, _(command_table[command].help), text, _("Do it"));
	return true;
}

bool list_marks_returned(struct view *view, const struct view_ops *child, const void *result)
{
	struct list *list = view->state;
	const struct list_deed *deed = list->deed;
	static const char *const none[2] = { NULL, NULL };

	if (deed == NULL)
		return false;
	if (child == deed->form && result != NULL)
		run_begin(view, deed, result);
	else if (dialog_chosen(child, result, LIST_DEED_SURE) == DIALOG_YES)
		run_begin(view, deed, none);
	else
		return false;
	list->deed = NULL;
	return true;
}

/* ---- marking and copying ---- */

void list_copy_row(struct view *view, const struct table *table)
{
	struct buf text = { 0 };
	int row;
	const struct rows *rows = table_current(table, &row);

	if (rows == NULL)
		return;
	table_copy(table, rows, row, &text);
	view_copy(view, text.text);
	buf_free(&text);
}

static void copy_rows(struct view *view)
{
	struct list *list = view->state;
	struct buf text = { 0 };
	int count = list_marked(view);

	if (count == 0)
		list_copy_row(view, list->table);
	for (int i = 0; i < count; i++) {
		int row;
		const struct rows *rows = table_marked_row(list->table, i, &row);

		table_copy(list->table, rows, row, &text);
		buf_add(&text, "\n");
	}
	if (count > 0)
		view_copy(view, text.text);
	buf_free(&text);
}

enum command list_marks_act(struct view *view, enum command command)
{
	struct list *list = view->state;

	switch (command) {
	case COMMAND_MARK:
		table_mark(list->table);
		table_move(list->table, TABLE_DOWN);
		list_pump(view, true);
		return COMMAND_NONE;
	case COMMAND_MARK_RANGE: table_mark_range(list->table); return COMMAND_NONE;
	case COMMAND_MARK_ALL: table_mark_all(list->table); return COMMAND_NONE;
	case COMMAND_UNMARK_ALL: table_unmark_all(list->table); return COMMAND_NONE;
	case COMMAND_COPY: copy_rows(view); return COMMAND_NONE;
	default: return begin_deed(view, command) ? COMMAND_NONE : command;
	}
}
