/*
 * Who logged in last from this account, so that the login screen need not ask:
 * one line in $XDG_STATE_HOME/trato/last-user. Only the login screen uses it;
 * when it cannot be read or written, nothing is lost.
 */
#ifndef TRATO_VIEW_LAST_USER_H
#define TRATO_VIEW_LAST_USER_H

#include <stdbool.h>

/* restricted: see base/state_folder.h. */
bool last_user_read(bool restricted, char out[64]);
void last_user_write(bool restricted, const char *email);

#endif
