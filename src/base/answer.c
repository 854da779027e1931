/*
 * Taking over the arena of an answer, so that its rows outlive the callback.
 */
#include <base/answer.h>

#include <stddef.h>

struct arena *answer_keep(struct answer *answer)
{
	struct arena *arena = answer->arena;

	answer->arena = NULL;
	return arena;
}
