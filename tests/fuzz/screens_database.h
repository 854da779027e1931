/*
 * What a server could answer, or a broken or hostile one: rows of any columns
 * that a statement's text names, with cells that fit, or not. For the target of
 * the screens.
 */
#ifndef TRATO_TESTS_SCREENS_DATABASE_H
#define TRATO_TESTS_SCREENS_DATABASE_H

#include <base/answer.h>
#include <db/statement.h>

#include "fuzz.h"

/* Plain and hostile ones, valid UTF-8; any number will do. */
const char *database_text(unsigned number);
const struct rows *database_rows(struct arena *arena, const struct statement *statement,
                                 struct fuzz_input *input);
const struct refusal *database_refusal(struct arena *arena, struct fuzz_input *input);

#endif
