/*
 * Drafts of people whose data have been blocked or erased: what is typed of them
 * is not kept on a disk either. One that is about somebody goes whenever it was
 * typed; one of his client may name him in its text and goes where it was typed
 * before.
 */
#include "drafts_blocked.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <base/buf.h>
#include <model/contact.h>

/* The forms in which people write about a client, and of which table their first id is. */
static const struct {
	const char *form, *table;
} forms[] = {
	{ "action", "action" },
	{ "answer-notice", "notice" },
	{ "approve-offer", "offer" },
	{ "ask-collaboration", "division" },
	{ "client", "client" },
	{ "close-action", "action" },
	{ "communication", "action" },
	{ "contact", "client" },
	{ "correction", "communication" },
	{ "decline-request", "request" },
	{ "division", "client" },
	{ "extend-offer", "offer" },
	{ "new-action", "client" },
	{ "new-offer", "action" },
	{ "next-step", "action" },
	{ "offer", "offer" },
	{ "reject-offer", "offer" },
	{ "reopen-action", "action" },
	{ "return-notice", "notice" },
	{ "revoke-approval", "offer" },
	{ "step-done", "action" },
	{ "withdraw-offer", "offer" },
};

static int64_t chosen_in(const struct draft_parts *parts, const char *name)
{
	for (int i = 0; i < parts->count; i++)
		if (strcmp(parts->parts[i].name, name) == 0 &&
		    parts->parts[i].content.value != NULL)
			return strtoll(parts->parts[i].content.value, NULL, 10);
	return 0;
}

/* What was chosen, or stood there before; 0: nothing. */
static int64_t chosen(const struct draft *draft, const char *name)
{
	int64_t id = chosen_in(&draft->now, name);

	return id != 0 ? id : chosen_in(&draft->before, name);
}

/* Whom it is about, or whom it names as the other side; 0: nobody. */
static int64_t contact_of(const struct draft *draft)
{
	if (strcmp(draft->form, "contact") == 0)
		return draft->args == 2 ? draft->arg[1] : 0;
	return chosen(draft, "contact");
}

/* The row whose client it is about, and its table; 0: none. */
static int64_t row_of(const struct draft *draft, const char **table)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		if (strcmp(draft->form, forms[i].form) != 0)
			continue;
		*table = forms[i].table;
		if (draft->args > 0 && draft->arg[0] != 0)
			return draft->arg[0];
		return strcmp(draft->form, "new-action") == 0 ? chosen(draft, "client") : 0;
	}
	return 0;
}

struct batch *drafts_blocked_ask(const struct draft_entry *entries, int count)
{
	struct batch *batch = NULL;
	struct buf contacts = { 0 }, tables = { 0 }, rows = { 0 };

	for (int i = 0; i < count; i++) {
		const char *table = NULL;
		int64_t contact = contact_of(entries[i].draft);
		int64_t row = row_of(entries[i].draft, &table);

		if (contact != 0)
			buf_printf(&contacts, "%s%" PRId64, contacts.length > 0 ? "," : "", contact);
		if (row != 0) {
			buf_printf(&tables, "%s%s", tables.length > 0 ? "," : "", table);
			buf_printf(&rows, "%s%" PRId64, rows.length > 0 ? "," : "", row);
		}
	}
	if (contacts.length > 0 || rows.length > 0) {
		struct buf arrays[3] = { { 0 } };
		const struct buf *const lists[] = { &contacts, &tables, &rows };

		for (int i = 0; i < 3; i++)
			buf_printf(&arrays[i], "{%s}", lists[i]->length > 0 ? lists[i]->text : "");
		batch = contact_blocked(arrays[0].text, arrays[1].text, arrays[2].text);
		for (int i = 0; i < 3; i++)
			buf_free(&arrays[i]);
	}
	buf_free(&contacts);
	buf_free(&tables);
	buf_free(&rows);
	return batch;
}

bool drafts_is_blocked(const struct draft *draft, const struct rows *const *answers)
{
	const struct rows *people = answers[0], *clients = answers[1];
	const char *table = NULL;
	int64_t contact = contact_of(draft), id = row_of(draft, &table);

	for (int row = 0; contact != 0 && row < people->count; row++)
		if (rows_int(people, row, "id") == contact)
			return true;
	for (int row = 0; id != 0 && row < clients->count; row++)
		if (rows_int(clients, row, "row_id") == id &&
		    strcmp(rows_text(clients, row, "table_name"), table) == 0)
			return draft->written <= rows_int(clients, row, "since");
	return false;
}
