/*
 * The requests about actions.
 */
#include <model/action.h>

#include <stddef.h>

#include <queries.h>

struct batch *action_page_mine(bool forward, const char *due, const char *number,
                               const char *limit, const char *search, const char *which)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_actions_mine_next : &sql_actions_mine_previous, due, number,
	           limit, search, which);
	return batch;
}

struct batch *action_page_all(bool forward, const char *number, const char *limit,
                              const char *search, const char *which)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_actions_all_next : &sql_actions_all_previous, number, limit,
	           search, which);
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

struct batch *action_open(const char *request_id, const char *client, const char *title,
                          const char *divisions, const char *expected_close, const char *notes,
                          const char *owner)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_open_action, request_id, client, title, divisions, expected_close, notes,
	           owner);
	return batch;
}
