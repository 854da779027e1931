/*
 * The requests of `trato watch`. Those without a request id come to the same
 * however often they are sent.
 */
#include <model/watch.h>

#include <stddef.h>

#include <queries.h>

struct batch *watch_begin(const char *request_id, const char *name, const char *holder,
                          const char *place, const char *from)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_begin_watch, request_id, name, holder, place, from);
	return batch;
}

struct batch *watch_keep(const char *watcher, const char *holder, const char *place)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_keep_watch, watcher, holder, place);
	return batch;
}

struct batch *watch_leave(const char *watcher, const char *holder)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_leave_watch, watcher, holder);
	return batch;
}

struct batch *watch_take(const char *request_id, const char *watcher, const char *holder)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_take_delivery, request_id, watcher, holder);
	batch_with(batch, &sql_delivery_document, watcher);
	return batch;
}

struct batch *watch_end(const char *request_id, const char *delivery, const char *try, bool given,
                        const char *message)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_end_delivery, request_id, delivery, try, given ? "t" : "f", message);
	return batch;
}
