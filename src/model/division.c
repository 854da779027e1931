/*
 * The requests about divisions, and what a held one is called.
 */
#include <model/division.h>

#include <stddef.h>

#include <base/date.h>
#include <base/i18n.h>
#include <queries.h>

struct batch *division_status(const char *client)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_division_status, client);
	return batch;
}

static const char *division_since(struct arena *arena, const struct rows *status, int row)
{
	struct date date;
	char text[11];

	if (!date_from_iso(rows_text(status, row, "held_on"), &date))
		return "";
	date_format(date, text);
	return arena_copy(arena, text);
}

static const char *division_note(struct arena *arena, const struct rows *status, int row)
{
	if (!rows_bool(status, row, "blocked"))
		return _("free");
	if (rows_bool(status, row, "mine"))
		return arena_printf(arena, _("held by yourself, action %s"),
		                    rows_text(status, row, "action_number"));
	return arena_printf(arena, _("held by %s since %s, action %s"),
	                    rows_text(status, row, "holder"), division_since(arena, status, row),
	                    rows_text(status, row, "action_number"));
}

const struct rows *division_items(struct arena *arena, const struct rows *status)
{
	static const char *const names[] = { "id", "label", "note", "blocked" };
	struct rows *items = arena_alloc(arena, sizeof(*items));

	items->count = status->count;
	items->columns = 4;
	items->names = names;
	items->cells = arena_alloc(arena, (size_t)status->count * 4 * sizeof(char *) + 1);
	for (int row = 0; row < status->count; row++) {
		const char **cells = items->cells + row * 4;

		cells[0] = rows_text(status, row, "id");
		cells[1] = rows_text(status, row, "label");
		cells[2] = division_note(arena, status, row);
		cells[3] = rows_bool(status, row, "blocked") ? "t" : "f";
	}
	return items;
}

const char *division_conflict(struct arena *arena, const struct rows *status, int row)
{
	int quiet = (int)rows_int(status, row, "quiet_days");
	const char *contact;

	if (rows_bool(status, row, "mine"))
		return arena_printf(
		    arena,
		    _("%s is held by your own action %s. Work on it there, or give the "
		      "division back there first."),
		    rows_text(status, row, "label"), rows_text(status, row, "action_number"));
	if (quiet <= 0)
		contact = _("It was worked on today.");
	else
		contact =
		    arena_printf(arena,
		                 ngettext("There has been no contact with the client about it for "
		                          "%d day.",
		                          "There has been no contact with the client about it for "
		                          "%d days.",
		                          (unsigned long)quiet),
		                 quiet);
	return arena_printf(arena, _("%s is held by %s since %s, in action %s.\n%s"),
	                    rows_text(status, row, "label"), rows_text(status, row, "holder"),
	                    division_since(arena, status, row),
	                    rows_text(status, row, "action_number"), contact);
}

struct batch *division_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_division_read, id);
	batch_plain(batch, &sql_area_choices);
	return batch;
}

struct batch *division_save(const char *request_id, const char *id, const char *version,
                            const char *client, const char *name, const char *area,
                            const char *notes, const char *active)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_save_division, request_id, id, version, client, name, area, notes,
	           active);
	return batch;
}

struct batch *division_ask(const char *request_id, const char *division, const char *message)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_request_collaboration, request_id, division, message);
	return batch;
}

struct batch *division_page_held(bool forward, const char *held_at, const char *key,
                                 const char *limit, const char *typed, const char *area,
                                 const char *rep)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_holds_next : &sql_holds_previous, held_at, key, limit,
	           typed, area, rep);
	return batch;
}
