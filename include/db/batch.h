/*
 * A batch is what goes to the server in one round trip. Models build batches,
 * screens send them; neither sees libpq.
 */
#ifndef TRATO_DB_BATCH_H
#define TRATO_DB_BATCH_H

#include <stdbool.h>

#include <db/statement.h>

enum batch_kind {
	/* All its statements see one snapshot, in a read-only transaction where it is not a single
	 * repeated one. Fails as ANSWER_LOST when the connection breaks: the screen asks again. */
	BATCH_READ,
	/* One transaction. Every statement is a function that takes a request id, so the batch
	 * is sent again after a reconnect until it is answered, and happens once. */
	BATCH_WRITE,
};

struct batch;

struct batch *batch_new(enum batch_kind kind);
/* Only for a batch that was never sent. */
void batch_free(struct batch **batch);
/* Parameters in text form, copied; NULL is SQL's NULL. The number must be the statement's. */
void batch_add(struct batch *batch, const struct statement *statement, int count,
               const char *const *parameters);
/* batch_with(b, &sql_x, "1", NULL): the same with the parameters written out. */
#define batch_with(batch, statement, ...)                                                   \
	batch_add((batch), (statement),                                                     \
	          (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)), \
	          (const char *const[]){__VA_ARGS__})
#define batch_plain(batch, statement) batch_add((batch), (statement), 0, NULL)
/* The only statement of a read is asked again and again in these words: the server keeps its plan with
 * the connection, and no transaction goes with it. For one that calls only functions that are STABLE,
 * and that has no parameters or the same plan for all of them. */
void batch_repeat(struct batch *batch);
/* A batch in a transaction of its own before that of a read, in the same round trip: what leaves a
 * trace of the read. Where it is refused, the read goes on. One at most; taken over. */
void batch_before(struct batch *batch, struct batch *before);
/* Who sends it takes that out, to own it; NULL: nothing stands before it. */
struct batch *batch_take_before(struct batch *batch);

/* What a test looks at. */
enum batch_kind batch_kind(const struct batch *batch);
int batch_count(const struct batch *batch);
const struct statement *batch_statement(const struct batch *batch, int index);
bool batch_is_repeated(const struct batch *batch);
const char *batch_parameter(const struct batch *batch, int index, int parameter);

#endif
