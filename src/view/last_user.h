/*
 * Who logged in last from this account, so that the login screen need not ask:
 * one line in $XDG_STATE_HOME/trato/last-user. Only the login screen uses it, and
 * not with --restricted, where many people may share an account; when it cannot
 * be read or written, nothing is lost.
 */
#ifndef TRATO_VIEW_LAST_USER_H
#define TRATO_VIEW_LAST_USER_H

#include <stdbool.h>

/* Without the end of its line. False: nobody is known. */
bool last_user_read(char out[64]);
void last_user_write(const char *email);

#endif
