/*
 * What a person has set for himself and finds again at the next login: a file of
 * the account for each person who logs in from it. Names and values are single
 * lines.
 */
#ifndef TRATO_VIEW_OWN_H
#define TRATO_VIEW_OWN_H

#include <stdbool.h>

#include <base/arena.h>

struct app;

/* The value of that name, NULL where there is none; in the arena. */
const char *own_get(const struct app *app, struct arena *arena, const char *name);
/* Value NULL removes it. What another program of the same person has set meanwhile stays. false:
 * it could not be written; errno says why. */
bool own_set(const struct app *app, const char *name, const char *value);

#endif
