/*
 * The requests about offers.
 */
#include <model/offer.h>

#include <stddef.h>

#include <base/i18n.h>
#include <queries.h>

struct batch *offer_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_offer_read, id, i18n_language());
	batch_with(batch, &sql_offer_lines, id);
	batch_with(batch, &sql_offer_divisions, id);
	batch_with(batch, &sql_offer_history, id, i18n_language());
	batch_with(batch, &sql_offer_invoices, id);
	batch_with(batch, &sql_offer_revisions, id);
	return batch;
}

struct batch *offer_sides(const char *before, const char *after)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_offer_revisions, after);
	batch_with(batch, &sql_offer_side, before);
	batch_with(batch, &sql_offer_lines, before);
	batch_with(batch, &sql_offer_side, after);
	batch_with(batch, &sql_offer_lines, after);
	return batch;
}

struct batch *offer_draft(const char *offer, const char *action)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_offer_draft, offer, action);
	batch_with(batch, &sql_offer_lines, offer);
	batch_with(batch, &sql_offer_draft_divisions, offer, action);
	return batch;
}

struct batch *offer_save(const char *request_id, const char *offer, const char *version,
                         const char *action, const struct offer_data *data)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_save_offer, request_id, offer, offer != NULL ? version : NULL,
	           action, data->title, data->divisions, data->descriptions, data->quantities,
	           data->unit_prices, data->discounts, data->vats, data->currency,
	           data->probability, data->expected_close, data->valid_until, data->payment_terms,
	           data->notes);
	return batch;
}

struct batch *offer_present(const char *request_id, const char *offer, const char *version)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_present_offer, request_id, offer, version);
	return batch;
}

struct batch *offer_revise(const char *request_id, const char *offer, const char *version)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_revise_offer, request_id, offer, version);
	return batch;
}

struct batch *offer_copy(const char *request_id, const char *offer, const char *action,
                         const char *divisions)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_copy_offer, request_id, offer, action, divisions);
	return batch;
}

struct batch *offer_copy_targets(const char *typed)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_offer_copy_targets, typed);
	return batch;
}

struct batch *offer_copy_divisions(const char *offer, const char *action)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_offer_copy_divisions, offer, action);
	return batch;
}

struct batch *offer_approve(const char *request_id, const char *offer, const char *version,
                            const char *accepted_on, const char *accepted_by, const char *reference)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_approve_offer, request_id, offer, version, accepted_on, accepted_by,
	           reference);
	return batch;
}

struct batch *offer_reject(const char *request_id, const char *offer, const char *version,
                           const char *reason, const char *note)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_reject_offer, request_id, offer, version, reason, note);
	return batch;
}

struct batch *offer_withdraw(const char *request_id, const char *offer, const char *version,
                             const char *reason, const char *note)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_withdraw_offer, request_id, offer, version, reason, note);
	return batch;
}

struct batch *offer_revoke_approval(const char *request_id, const char *offer, const char *version,
                                    const char *note)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_revoke_approval, request_id, offer, version, note);
	return batch;
}

struct batch *offer_extend(const char *request_id, const char *offer, const char *version,
                           const char *valid_until)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_extend_offer, request_id, offer, version, valid_until);
	return batch;
}

struct batch *offer_contacts(const char *offer)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_offer_contacts, offer);
	return batch;
}

struct batch *offer_page(bool forward, const struct offer_list *list, const char *at,
                         const char *key, const char *limit)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_offers_next : &sql_offers_previous, at, key, limit,
	           list->typed, list->which, list->since, list->until, list->area, list->rep);
	return batch;
}
