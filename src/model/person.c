/*
 * The requests about people, and what their roles are called.
 */
#include <model/person.h>

#include <string.h>

#include <model/words.h>
#include <queries.h>

struct batch *person_page(bool forward, const char *folded, const char *key, const char *limit,
                          const char *typed, const char *which)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_people_next : &sql_people_previous, folded, key, limit,
	           typed, which);
	return batch;
}

struct batch *person_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_person_read, id);
	return batch;
}

struct batch *person_create(const char *request_id, const char *email, const char *name,
                            const char *roles, const char *verifier)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_person_create, request_id, email, name, roles, verifier);
	return batch;
}

struct batch *person_set_roles(const char *request_id, const char *email, const char *roles,
                               const char *version)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_person_roles, request_id, email, roles, version);
	return batch;
}

struct batch *person_disable(const char *request_id, const char *email)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_person_disable, request_id, email);
	return batch;
}

struct batch *person_enable(const char *request_id, const char *email)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_person_enable, request_id, email);
	return batch;
}

struct batch *person_end_sessions(const char *email)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_person_end_sessions, email);
	return batch;
}

struct batch *person_reset_password(const char *request_id, const char *email, const char *verifier)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_person_reset_password, request_id, email, verifier);
	return batch;
}

const char *person_roles_words(struct arena *arena, const char *roles)
{
	const char *words = "";

	while (*roles != '\0') {
		size_t length = strcspn(roles, ",");

		words = arena_printf(arena, "%s%s%s", words, words[0] != '\0' ? ", " : "",
		                     words_role(arena_copy_n(arena, roles, length)));
		roles += length + (roles[length] == ',');
	}
	return words;
}
