/*
 * Where this account keeps what Trato remembers between two runs.
 */
#ifndef TRATO_BASE_STATE_FOLDER_H
#define TRATO_BASE_STATE_FOLDER_H

#include <stdbool.h>

#include <base/buf.h>

/*
 * $XDG_STATE_HOME/trato/ or ~/.local/state/trato/, with the slash at its end; false without a
 * home. restricted: what the account's entry says, since the environment may come from far away.
 */
bool state_folder_find(struct buf *path, bool restricted);
/* Makes it, and what leads to it, where it is missing. errno says why it could not. */
bool state_folder_create(const char *path);

#endif
