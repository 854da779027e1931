/*
 * The requests about actions.
 */
#include <model/action.h>

#include <stddef.h>
#include <string.h>

#include <base/i18n.h>
#include <model/words.h>
#include <queries.h>

struct batch *action_page_mine(bool forward, const char *due, const char *number, const char *limit,
                               const char *search, const char *which)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_actions_mine_next : &sql_actions_mine_previous, due,
	           number, limit, search, which);
	return batch;
}

struct batch *action_page_sorted(bool up, const char *sort_key, const char *number,
                                 const char *limit, const char *search, const char *which,
                                 const char *column)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, up ? &sql_actions_sorted_up : &sql_actions_sorted_down, sort_key, number,
	           limit, search, which, column);
	return batch;
}

struct batch *action_page_all(bool forward, const char *number, const char *limit,
                              const char *search, const char *which, const char *area,
                              const char *rep)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_actions_all_next : &sql_actions_all_previous, number,
	           limit, search, which, area, rep);
	return batch;
}

struct batch *action_page_waiting(bool forward, const char *at, const char *key, const char *limit,
                                  const char *search, const char *which, const char *area,
                                  const char *rep)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_actions_waiting_next : &sql_actions_waiting_previous, at,
	           key, limit, search, which, area, rep);
	return batch;
}

struct batch *action_client_candidates(const char *typed)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_client_candidates, typed);
	return batch;
}

struct batch *action_rep_candidates(const char *typed)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_rep_candidates, typed);
	return batch;
}

struct batch *action_agenda(bool forward, const char *due, const char *number, const char *limit,
                            const char *search)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_agenda_next : &sql_agenda_previous, due, number, limit,
	           search);
	return batch;
}

struct batch *action_open(const char *request_id, const char *client, const char *title,
                          const char *divisions, const char *expected_close, const char *notes,
                          const char *owner)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_open_action, request_id, client, title, divisions, expected_close,
	           notes, owner);
	return batch;
}

static void action_add_timeline(struct batch *batch, const char *id, bool forward, const char *at,
                                const char *key, const char *limit)
{
	batch_with(batch, forward ? &sql_timeline_next : &sql_timeline_previous, id, at, key,
	           limit);
}

struct batch *action_read(const char *id, bool forward, const char *at, const char *key,
                          const char *limit)
{
	struct batch *batch = action_head(id);

	batch_with(batch, &sql_action_offers, id);
	batch_with(batch, &sql_action_people, id);
	action_add_timeline(batch, id, forward, at, key, limit);
	return batch;
}

struct batch *action_timeline(const char *id, bool forward, const char *at, const char *key,
                              const char *limit)
{
	struct batch *batch = batch_new(BATCH_READ);

	action_add_timeline(batch, id, forward, at, key, limit);
	return batch;
}

struct batch *action_head(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_action_read, id);
	return batch;
}

static const char *event_communication(struct arena *arena, const struct rows *rows, int row)
{
	const char *contact = rows_text(rows, row, "other");

	return arena_printf(arena, contact[0] != '\0' ? "%s, %s: %s (%s)" : "%s, %s: %s%s",
	                    words_channel(rows_text(rows, row, "what")),
	                    words_direction(rows_text(rows, row, "detail")),
	                    rows_text(rows, row, "text"), contact);
}

const char *action_event(struct arena *arena, const struct rows *rows, int row)
{
	const char *kind = rows_text(rows, row, "kind"), *state = rows_text(rows, row, "what");
	const char *note = rows_text(rows, row, "text"), *other = rows_text(rows, row, "other");
	const char *reason =
	    rows_text(rows, row, i18n_language()[1] == 's' ? "reason_es" : "reason_en");
	const char *text;

	if (strcmp(kind, "communication") == 0)
		return event_communication(arena, rows, row);
	if (strcmp(kind, "offer") == 0)
		text = other[0] != '\0'
		         ? arena_printf(arena, _("Offer %s: %s"), other, words_offer_state(state))
		         : arena_printf(arena, _("Offer: %s"), words_offer_state(state));
	else if (strcmp(kind, "notice") == 0)
		text = arena_printf(arena, _("Invoicing notice: %s"), words_notice_state(state));
	else if (strcmp(kind, "request") == 0)
		text =
		    arena_printf(arena, _("Collaboration request: %s"), words_request_state(state));
	else
		text = arena_printf(arena, _("Action: %s"), words_action_state(state));
	if (reason[0] != '\0')
		text = arena_printf(arena, "%s — %s", text, reason);
	return note[0] != '\0' ? arena_printf(arena, "%s — %s", text, note) : text;
}

struct batch *action_set_next_step(const char *request_id, const char *id, const char *version,
                                   const char *step, const char *on)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_set_next_step, request_id, id, version, step, on);
	return batch;
}

struct batch *action_save(const char *request_id, const char *id, const char *version,
                          const char *title, const char *expected_close, const char *notes)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_save_action, request_id, id, version, title, expected_close, notes);
	return batch;
}

struct batch *action_before_closing(const char *id)
{
	struct batch *batch = action_head(id);

	batch_with(batch, &sql_reason_choices, "action_lost", i18n_language());
	return batch;
}

struct batch *action_close(const char *request_id, const char *id, const char *version,
                           const char *outcome, const char *reason, const char *note)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_close_action, request_id, id, version, outcome,
	           strcmp(outcome, "lost") == 0 ? reason : NULL, note);
	return batch;
}

struct batch *action_reopen(const char *request_id, const char *id, const char *version,
                            const char *note)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_reopen_action, request_id, id, version, note);
	return batch;
}

struct batch *action_free_divisions(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_action_divisions, id);
	batch_with(batch, &sql_action_read, id);
	return batch;
}

struct batch *action_hold(const char *request_id, const char *id, const char *divisions)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_hold_divisions, request_id, id, divisions);
	return batch;
}

struct batch *action_held(const char *id)
{
	struct batch *batch = action_head(id);

	batch_with(batch, &sql_held_choices, id);
	return batch;
}

struct batch *action_release(const char *request_id, const char *id, const char *division)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_release_division, request_id, id, division);
	return batch;
}

struct batch *action_collaborators(const char *id)
{
	struct batch *batch = action_head(id);

	batch_with(batch, &sql_collaborator_choices, id);
	return batch;
}

struct batch *action_change_member(const char *request_id, const char *id, const char *person,
                                   enum action_part part)
{
	static const struct statement *const statements[] = {
		[ACTION_COLLABORATES] = &sql_add_collaborator,
		[ACTION_OWNS] = &sql_transfer_action,
		[ACTION_LEAVES] = &sql_remove_collaborator,
	};
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, statements[part], request_id, id, person);
	return batch;
}
