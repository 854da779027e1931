/*
 * The request for reasons.
 */
#include <model/reason.h>

#include <base/i18n.h>
#include <queries.h>

struct batch *reason_choices(const char *kind)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_reason_choices, kind, i18n_language());
	return batch;
}
