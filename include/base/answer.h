/*
 * What came of a request to the database, in words that any screen can read
 * without knowing libpq. Valid during the callback that hands it over; who
 * wants to keep the rows takes the arena (answer_keep).
 */
#ifndef TRATO_BASE_ANSWER_H
#define TRATO_BASE_ANSWER_H

#include <base/arena.h>
#include <base/rows.h>

enum answer_status {
	ANSWER_DONE,      /* results are complete */
	ANSWER_REFUSED,   /* the database said no: see refusal */
	ANSWER_LOST,      /* a read whose connection broke; the screen asks again when it is back */
	ANSWER_CANCELLED, /* the user pressed Esc */
};

/* The fields of PostgreSQL's error report; "" where it sent none. */
struct refusal {
	const char *sqlstate;
	const char *message;
	const char *detail;
	const char *hint;
	const char *constraint;
	const char *table;
	const char *column;
};

struct answer {
	enum answer_status status;
	int purpose;                  /* as given with the request */
	int count;                    /* of results, one for each statement */
	const struct rows *const *results;
	const struct refusal *refusal; /* NULL unless refused */
	struct arena *arena;           /* owns all of the above */
};

/* Takes over the arena: the caller frees it. The answer's rows stay valid with it. */
struct arena *answer_keep(struct answer *answer);

#endif
