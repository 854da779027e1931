/*
 * One entry of the pipeline: a batch (or statements of our own) up to its
 * Sync, and the answer that is put together from libpq's results.
 */
#include "internal.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>

enum { PARAMETERS_MAX = 64 };

struct request *request_new(struct batch *batch)
{
	struct request *request = mem_alloc(sizeof(*request));

	request->batch = batch;
	return request;
}

void request_free(struct request **request)
{
	if (!*request)
		return;
	arena_free(&(*request)->arena);
	batch_free(&(*request)->batch);
	free(*request);
	*request = NULL;
}

void request_reset(struct request *request)
{
	arena_free(&request->arena);
	request->results = NULL;
	request->refusal = NULL;
	request->within = false;
	request->seen = 0;
}

static int batch_size(const struct request *request)
{
	return request->batch ? batch_count(request->batch) : 0;
}

static bool is_repeated(const struct request *request)
{
	return request->batch && batch_is_repeated(request->batch);
}

/* A statement whose result is dropped. */
static bool put_own(struct request *request, PGconn *conn, const char *sql)
{
	request->dropped++;
	return PQsendQueryParams(conn, sql, 0, NULL, NULL, NULL, NULL, 0);
}

/* Two at most: what is refused again and again would leave plan after plan. Not by their names, since
 * nobody knows whether they came to be. */
static struct plan *put_plan(struct request *request, PGconn *conn, struct kept *kept)
{
	const struct statement *statement = batch_statement(request->batch, 0);
	struct plan *plan;

	if (kept->refused || kept->count == PLANS_MAX) {
		if (!put_own(request, conn, "DEALLOCATE ALL"))
			return NULL;
		kept->refused = false;
		kept->count = 0;
	}
	plan = &kept->plans[kept->count++];
	plan->statement = NULL;
	snprintf(plan->name, sizeof(plan->name), "plan_%u", ++kept->last);
	request->dropped++;
	if (!PQsendPrepare(conn, plan->name, statement->sql, statement->parameters, NULL))
		return NULL;
	return plan;
}

/* Planning takes the server several times as long as reading a few rows, and at a doorbell all ask at
 * once. */
static bool choose_plan(struct request *request, PGconn *conn, struct kept *kept)
{
	const struct plan *plan = NULL;

	for (int i = 0; i < kept->count && !plan; i++)
		if (kept->plans[i].statement == batch_statement(request->batch, 0))
			plan = &kept->plans[i];
	if (!plan)
		plan = put_plan(request, conn, kept);
	if (plan)
		snprintf(request->plan, sizeof(request->plan), "%s", plan->name);
	return plan;
}

void request_keep(const struct request *request, struct kept *kept)
{
	for (int i = 0; is_repeated(request) && i < kept->count; i++) {
		struct plan *plan = &kept->plans[i];

		if (strcmp(request->plan, plan->name) != 0)
			continue;
		plan->statement = request->refusal ? NULL : batch_statement(request->batch, 0);
		kept->refused = kept->refused || request->refusal;
	}
}

static bool put_statement(struct request *request, PGconn *conn, int index)
{
	const struct statement *statement = batch_statement(request->batch, index);
	const char *values[PARAMETERS_MAX];

	assert(statement->parameters <= PARAMETERS_MAX);
	for (int i = 0; i < statement->parameters; i++)
		values[i] = batch_parameter(request->batch, index, i);
	if (is_repeated(request))
		return PQsendQueryPrepared(conn, request->plan, statement->parameters, values, NULL,
		                           NULL, 0);
	/* Unnamed, so that each is planned for its own values: search depends on it.
	 */
	return PQsendQueryParams(conn, statement->sql, statement->parameters, NULL, values, NULL,
	                         NULL, 0);
}

bool request_put(struct request *request, PGconn *conn, struct kept *kept)
{
	request_reset(request);
	request->dropped = 0;
	request->sent = true;
	request->sent_at = loop_now();
	for (int i = 0; i < request->leads; i++) {
		if (!put_own(request, conn, request->lead[i]))
			return false;
	}
	if (is_repeated(request) && !choose_plan(request, conn, kept))
		return false;
	for (int i = 0; i < batch_size(request); i++) {
		if (!put_statement(request, conn, i))
			return false;
	}
#ifdef LIBPQ_HAS_SEND_PIPELINE_SYNC
	return PQsendPipelineSync(conn); /* flushed once, with all that follows */
#else
	return PQpipelineSync(conn);
#endif
}

void request_take(struct request *request, const PGresult *result)
{
	if (!result) {
		request->seen++;
		request->within = false;
		return;
	}
	request->within = true;
	if (!request->arena) {
		request->arena = arena_new();
		request->results = arena_alloc(request->arena, ((size_t)batch_size(request) + 1) *
		                                                   sizeof(*request->results));
	}
	switch (PQresultStatus(result)) {
	case PGRES_TUPLES_OK:
	case PGRES_COMMAND_OK:
	case PGRES_EMPTY_QUERY:
		if (request->seen >= request->dropped)
			request->results[request->seen - request->dropped] =
			    result_rows(request->arena, result);
		break;
	case PGRES_PIPELINE_ABORTED: break;
	default:
		if (!request->refusal)
			request->refusal = result_refusal(request->arena, result);
		break;
	}
}

bool request_is_write(const struct request *request)
{
	return request->batch && batch_kind(request->batch) == BATCH_WRITE;
}

void request_end(struct request **request, enum answer_status status)
{
	struct request *r = *request;
	struct answer answer = { .status = status, .purpose = r->purpose };

	if (r->done) {
		answer.arena = r->arena ? r->arena : arena_new();
		if (status == ANSWER_DONE) {
			answer.count = batch_size(r);
			answer.results = r->results;
		} else if (status == ANSWER_REFUSED) {
			answer.refusal = r->refusal;
		}
		r->arena = NULL;
		r->done(r->ctx, &answer);
		arena_free(&answer.arena);
	}
	request_free(request);
}
