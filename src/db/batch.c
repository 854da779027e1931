/*
 * Batches: statements with their parameters, copied, waiting to be sent. Plain
 * data; see include/db/batch.h for who may use it.
 */
#include <db/batch.h>

#include <assert.h>
#include <stdlib.h>

#include <base/mem.h>

struct entry {
	const struct statement *statement;
	char **parameters;
};

struct batch {
	enum batch_kind kind;
	bool repeated;
	int count;
	int size;
	struct entry *entries;
	struct batch *before;
};

struct batch *batch_new(enum batch_kind kind)
{
	struct batch *batch = mem_alloc(sizeof(*batch));

	batch->kind = kind;
	return batch;
}

static void free_one(struct batch *batch)
{
	if (!batch)
		return;
	for (int i = 0; i < batch->count; i++) {
		struct entry *entry = &batch->entries[i];
		for (int p = 0; p < entry->statement->parameters; p++)
			free(entry->parameters[p]);
		free(entry->parameters);
	}
	free(batch->entries);
	free(batch);
}

void batch_free(struct batch **batch)
{
	if (*batch)
		free_one((*batch)->before);
	free_one(*batch);
	*batch = NULL;
}

void batch_add(struct batch *batch, const struct statement *statement, int count,
               const char *const *parameters)
{
	assert(count == statement->parameters);
	if (batch->count == batch->size) {
		batch->size = batch->size ? batch->size * 2 : 4;
		batch->entries =
		    mem_resize(batch->entries, (size_t)batch->size, sizeof(*batch->entries));
	}
	struct entry *entry = &batch->entries[batch->count++];
	entry->statement = statement;
	entry->parameters = count ? mem_array((size_t)count, sizeof(*entry->parameters)) : NULL;
	for (int i = 0; i < count; i++)
		entry->parameters[i] = parameters[i] ? mem_copy(parameters[i]) : NULL;
}

void batch_repeat(struct batch *batch)
{
	assert(batch->kind == BATCH_READ && batch->count == 1);
	batch->repeated = true;
}

bool batch_is_repeated(const struct batch *batch)
{
	return batch->repeated;
}

void batch_before(struct batch *batch, struct batch *before)
{
	assert(batch->kind == BATCH_READ && batch->before == NULL);
	batch->before = before;
}

struct batch *batch_take_before(struct batch *batch)
{
	struct batch *before = batch->before;

	batch->before = NULL;
	return before;
}

enum batch_kind batch_kind(const struct batch *batch)
{
	return batch->kind;
}

int batch_count(const struct batch *batch)
{
	return batch->count;
}

const struct statement *batch_statement(const struct batch *batch, int index)
{
	assert(index >= 0 && index < batch->count);
	return batch->entries[index].statement;
}

const char *batch_parameter(const struct batch *batch, int index, int parameter)
{
	assert(index >= 0 && index < batch->count);
	assert(parameter >= 0 && parameter < batch->entries[index].statement->parameters);
	return batch->entries[index].parameters[parameter];
}
