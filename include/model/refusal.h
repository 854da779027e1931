/*
 * What the database refused, as one sentence for the person at the keyboard
 * and the form field it belongs to. One table, src/model/refusal.def, says it
 * by SQLSTATE and name of constraint; constraints named
 * <table>_<column>_<rule> find their field without a row.
 */
#ifndef TRATO_MODEL_REFUSAL_H
#define TRATO_MODEL_REFUSAL_H

#include <stdbool.h>

#include <base/answer.h>
#include <base/arena.h>
#include <base/err.h>

/* Fills err: kind, field ("" where it belongs to none), sentence in the language of the screens.
 * An unknown refusal gives an honest general sentence with its SQLSTATE. */
void refusal_explain(const struct refusal *refusal, struct err *err);

/* Whether Trato's own rule of that name refused (SQLSTATE class TR, or a constraint). */
bool refusal_is(const struct refusal *refusal, const char *constraint);

/* The parameters of a refusal: lines of key=value in its DETAIL. `nth` counts lines of the same
 * key from 0 (one refusal can name several held divisions). In the arena; "" where there is none. */
const char *refusal_value(const struct refusal *refusal, struct arena *arena, const char *key,
                          int nth);

#endif
