/*
 * --restricted: what the process gives up before it looks at anything that somebody far away may
 * have chosen, so that neither he nor a fault in the program gets at more than Trato. There is no
 * way back. main calls them, before anything else.
 */
#ifndef TRATO_BASE_CONFINE_H
#define TRATO_BASE_CONFINE_H

#include <stdbool.h>

#include <base/err.h>

/*
 * Of the environment only TERM, the language and NO_COLOR stay, and of these only what can be a
 * name. So libraries use what they would use for everybody: the terminals, locales and time zone
 * of the system. HOME goes too, else ncurses would read ~/.terminfo; what needs the home asks the
 * account's entry.
 */
void confine_environment(void);

/*
 * No new privileges, no core dump, no debugger of the same account, no open file but the standard
 * three, files for nobody else, and no job control. ERR_REFUSED where the system does not allow
 * that.
 */
bool confine_process(struct err *err);

/*
 * From here on the kernel refuses (EPERM) to start a program or another process, and what only
 * an attacker would want: see the table in confine_calls.c. ERR_REFUSED where it cannot.
 */
bool confine_calls(struct err *err);

/* Whether the account that runs this program has it as its login shell. */
bool confine_is_login_shell(void);

#endif
