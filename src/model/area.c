/*
 * The requests about areas.
 */
#include <model/area.h>

#include <queries.h>

struct batch *area_page(bool forward, const char *folded, const char *limit)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_areas_next : &sql_areas_previous, folded, limit);
	return batch;
}

struct batch *area_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_area_read, id);
	return batch;
}

struct batch *area_save(const char *request_id, const char *id, const char *version,
                        const char *name, const char *active)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_save_area, request_id, id, version, name, active);
	return batch;
}
