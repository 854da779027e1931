/*
 * The request that counts what must be none, and the words for it.
 */
#include <model/check.h>

#include <stddef.h>
#include <string.h>

#include <base/i18n.h>
#include <queries.h>

static const struct {
	const char *name, *sentence;
} check_sentences[] = {
	{ "approved_without_notice", N_("Approved offers without a notice") },
	{ "notice_without_approval", N_("Notices without an approved offer") },
	{ "notice_with_other_amount", N_("Notices with another amount than their offer") },
	{ "invoiced_beyond_total", N_("Notices that are invoiced beyond their total") },
	{ "invoices_not_the_sum", N_("Notices whose invoices do not add up to what is invoiced") },
	{ "closed_with_hold", N_("Closed actions that still hold a division") },
	{ "held_twice", N_("Divisions that two actions hold") },
	{ "open_without_hold", N_("Open actions that hold no division") },
	{ "open_without_owner", N_("Open actions without an owner, or with two") },
	{ "closed_with_live_offer", N_("Closed actions with an offer that is still open") },
	{ "figures_not_the_sum", N_("Figures of the dashboard that differ from what they count") },
};

struct batch *check_all(void)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_plain(batch, &sql_checks);
	return batch;
}

const char *check_sentence(const char *name)
{
	for (size_t i = 0; i < sizeof(check_sentences) / sizeof(check_sentences[0]); i++)
		if (strcmp(check_sentences[i].name, name) == 0)
			return _(check_sentences[i].sentence);
	return name;
}
