/*
 * The file of a draft: what is read is written the same way again, and fits no
 * form that it was not made for. Once as it comes and once with the checksum
 * that it ought to have, since nobody finds one by chance.
 */
#include "fuzz.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <view/draft.h>

static const struct field_def cells[] = {
	{ .name = "a", .kind = FIELD_LINE },
	{ .name = "b", .kind = FIELD_AMOUNT },
	{ .name = NULL },
};
static const struct field_choice choices[] = { { "1", "one" }, { "2", "two" }, { NULL, NULL } };
static const struct field_def fields[] = {
	{ .name = "line", .kind = FIELD_LINE },
	{ .name = "text", .kind = FIELD_TEXT },
	{ .name = "date", .kind = FIELD_DATE },
	{ .name = "amount", .kind = FIELD_AMOUNT },
	{ .name = "choice", .kind = FIELD_CHOICE, .choices = choices },
	{ .name = "flag", .kind = FIELD_FLAG },
	{ .name = "pick", .kind = FIELD_PICK },
	{ .name = "list", .kind = FIELD_CHECKLIST },
	{ .name = "grid", .kind = FIELD_GRID, .columns = cells },
	{ .name = "secret", .kind = FIELD_SECRET },
	{ .name = NULL },
};

static void put_back(const struct draft *draft, struct arena *arena)
{
	struct form *form = form_new(fields);
	const struct form_snapshot *snapshot = draft_snapshot(draft, &draft->now, arena, fields);
	const struct form_snapshot *taken;
	struct draft again = *draft;

	form_snapshot_put(form, snapshot, NULL);
	form_snapshot_go(form, snapshot);
	taken = form_snapshot_take(form, arena);
	draft_take(&again, arena, taken, draft_snapshot(draft, &draft->before, arena, fields));
	form_free(&form);
}

static void check(const char *bytes, size_t length)
{
	struct arena *arena = arena_new();
	struct draft *draft = draft_read(arena, bytes, length);
	struct buf first = { 0 }, second = { 0 };

	if (draft) {
		/* Escapes and numbers may have been written otherwise. */
		draft_write(draft, &first);
		draft = draft_read(arena, first.text, first.length);
		fuzz_assert(draft);
		draft_write(draft, &second);
		fuzz_assert(strcmp(first.text, second.text) == 0);
		put_back(draft, arena);
	}
	buf_free(&first);
	buf_free(&second);
	arena_free(&arena);
}

void fuzz_one(const uint8_t *bytes, size_t length)
{
	uint64_t sum = 0xcbf29ce484222325u;
	struct buf whole = { 0 };

	i18n_init("en");
	check((const char *)bytes, length);
	for (size_t i = 0; i < length; i++)
		sum = (sum ^ bytes[i]) * 0x100000001b3u;
	buf_add_n(&whole, (const char *)bytes, length);
	buf_printf(&whole, "end %016" PRIx64 "\n", sum);
	check(whole.text, whole.length);
	buf_free(&whole);
}
