/*
 * What the database guarantees, counted: of each rule how many rows break it,
 * which has to be none.
 */
#ifndef TRATO_MODEL_CHECK_H
#define TRATO_MODEL_CHECK_H

#include <db/batch.h>

/* One row a rule, all of them: name, wrong (how many), number (of one of them). */
struct batch *check_all(void);
/* "Approved offers without a notice", by the row's name. */
const char *check_sentence(const char *name);

#endif
