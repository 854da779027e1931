/*
 * Commands as people read them, and run by name: for help and palette.
 */
#ifndef TRATO_VIEW_COMMAND_WORDS_H
#define TRATO_VIEW_COMMAND_WORDS_H

#include <base/arena.h>
#include <view/view.h>

/* Its keys on that screen (NULL: on the first one that it belongs to), as keymap_keys has them. */
void command_keys(const struct keymap *keymap, const struct view *view, enum command command,
                  char *out, int size);
/* The screens where it works, in words: "actions, action". */
const char *command_screens(struct arena *arena, enum command command);
/* Whether it would do something on that screen. */
bool command_works(const struct app *app, const struct view *view, enum command command);
/* On the uppermost view; says so where it has no use there. */
void command_run(struct app *app, enum command command);

#endif
