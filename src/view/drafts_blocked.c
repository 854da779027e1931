/*
 * Drafts of people whose data have been blocked or erased: what is typed of them
 * is not kept on a disk either.
 */
#include "drafts_blocked.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <base/buf.h>
#include <model/contact.h>

static int64_t contact_in(const struct draft_parts *parts)
{
	for (int i = 0; i < parts->count; i++)
		if (strcmp(parts->parts[i].name, "contact") == 0 &&
		    parts->parts[i].content.value != NULL)
			return strtoll(parts->parts[i].content.value, NULL, 10);
	return 0;
}

/* Whom it is about, or whom it names as the other side; 0: nobody. */
static int64_t contact_of(const struct draft *draft)
{
	int64_t contact;

	if (strcmp(draft->form, "contact") == 0)
		return draft->args == 2 ? draft->arg[1] : 0;
	contact = contact_in(&draft->now);
	return contact != 0 ? contact : contact_in(&draft->before);
}

struct batch *drafts_blocked_ask(const struct draft_entry *entries, int count)
{
	struct batch *batch = NULL;
	struct buf ids = { 0 };

	for (int i = 0; i < count; i++) {
		int64_t contact = contact_of(entries[i].draft);

		if (contact != 0)
			buf_printf(&ids, "%s%" PRId64, ids.length > 0 ? "," : "{", contact);
	}
	if (ids.length > 0) {
		buf_add(&ids, "}");
		batch = contact_blocked(ids.text);
	}
	buf_free(&ids);
	return batch;
}

bool drafts_is_blocked(const struct draft *draft, const struct rows *blocked)
{
	int64_t contact = contact_of(draft);

	for (int row = 0; contact != 0 && row < blocked->count; row++)
		if (rows_int(blocked, row, "id") == contact)
			return true;
	return false;
}
