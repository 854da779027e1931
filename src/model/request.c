/*
 * The requests about collaboration requests.
 */
#include <model/request.h>

#include <stddef.h>

#include <queries.h>

struct batch *request_page(bool forward, const char *turn, const char *key, const char *limit,
                           bool everybody, bool only_open)
{
	struct batch *batch = batch_new(BATCH_READ);
	const struct statement *statement;

	if (everybody)
		statement = forward ? &sql_requests_all_next : &sql_requests_all_previous;
	else
		statement = forward ? &sql_requests_mine_next : &sql_requests_mine_previous;
	batch_with(batch, statement, key, limit, only_open ? "open" : "all", turn);
	return batch;
}

struct batch *request_answer(const char *request_id, const char *id, const char *version,
                             bool accept, const char *note)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_answer_request, request_id, id, version, accept ? "t" : "f", note);
	return batch;
}

struct batch *request_withdraw(const char *request_id, const char *id)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_withdraw_request, request_id, id);
	return batch;
}

struct batch *request_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_request_read, id);
	return batch;
}

struct batch *request_hear(const char *request_id, const char *id)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_hear_answer, request_id, id);
	return batch;
}
