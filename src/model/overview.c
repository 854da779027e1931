/*
 * The request for the overview's figures.
 */
#include <model/overview.h>

#include <stddef.h>

#include <queries.h>

struct batch *overview_read(void)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_plain(batch, &sql_overview_offers);
	batch_plain(batch, &sql_overview_notices);
	batch_plain(batch, &sql_overview_work);
	batch_plain(batch, &sql_overview_approvals);
	batch_plain(batch, &sql_overview_holds);
	return batch;
}
