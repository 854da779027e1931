/*
 * The requests about notices.
 */
#include <model/notice.h>

#include <stddef.h>
#include <string.h>

#include <base/i18n.h>
#include <queries.h>

struct batch *notice_page_waiting(bool forward, const struct notice_edge *edge, const char *limit,
                                  const struct notice_list *list)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_notices_waiting_next : &sql_notices_waiting_previous,
	           edge->waits_since, edge->key, limit, list->typed, list->which, i18n_language(),
	           edge->rank, list->area, list->rep);
	return batch;
}

struct batch *notice_page_all(bool forward, const char *key, const char *limit,
                              const struct notice_list *list)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_notices_all_next : &sql_notices_all_previous, key, limit,
	           list->typed, list->which, i18n_language(), list->area, list->rep);
	return batch;
}

struct batch *notice_page_own(bool forward, const struct notice_edge *edge, const char *limit,
                              const struct notice_list *list)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_notices_own_next : &sql_notices_own_previous, edge->key,
	           limit, list->typed, list->which, i18n_language(), edge->rank, list->area,
	           list->rep);
	return batch;
}

struct batch *notice_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_notice_read, id, i18n_language());
	batch_with(batch, &sql_notice_lines, id);
	batch_with(batch, &sql_notice_vat, id);
	batch_with(batch, &sql_notice_contacts, id);
	batch_with(batch, &sql_notice_invoices, id);
	batch_with(batch, &sql_notice_history, id, i18n_language());
	batch_with(batch, &sql_notice_corrections, id);
	return batch;
}

unsigned notice_deeds(unsigned roles, const char *state, bool taken_by_me, bool member)
{
	bool clerk = (roles & ROLE_BACKOFFICE) != 0;
	bool pending = strcmp(state, "pending") == 0;
	bool taken = strcmp(state, "taken") == 0;
	unsigned deeds = 0;

	if (clerk && pending)
		deeds |= NOTICE_TAKE | NOTICE_RETURN;
	if (clerk && taken && taken_by_me)
		deeds |= NOTICE_PUT_BACK | NOTICE_RETURN | NOTICE_INVOICE;
	if (clerk && strcmp(state, "partial") == 0)
		deeds |= NOTICE_INVOICE;
	if ((roles & ROLE_MANAGER) != 0 && taken)
		deeds |= NOTICE_PUT_BACK;
	if ((roles & (ROLE_BACKOFFICE | ROLE_MANAGER)) != 0 &&
	    (strcmp(state, "partial") == 0 || strcmp(state, "invoiced") == 0))
		deeds |= NOTICE_CORRECT;
	if ((roles & ROLE_REP) != 0 && member && strcmp(state, "returned") == 0)
		deeds |= NOTICE_ANSWER;
	return deeds;
}

struct batch *notice_see(const char *request_id, const char *id)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_see_notice, request_id, id);
	return batch;
}

struct batch *notice_take(const char *request_id, const char *id)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_take_notice, request_id, id);
	return batch;
}

struct batch *notice_put_back(const char *request_id, const char *id, const char *version)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_put_back_notice, request_id, id, version);
	return batch;
}

struct batch *notice_return(const char *request_id, const char *id, const char *version,
                            const char *reason, const char *note)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_return_notice, request_id, id, version, reason, note);
	return batch;
}

struct batch *notice_answer(const char *request_id, const char *id, const char *version,
                            const char *note)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_answer_notice, request_id, id, version, note);
	return batch;
}
