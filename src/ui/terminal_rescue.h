/*
 * Gives the terminal back as it was found, from anywhere: a signal handler, an
 * exit, the end of memory. Only for terminal.c.
 */
#ifndef TRATO_UI_TERMINAL_RESCUE_H
#define TRATO_UI_TERMINAL_RESCUE_H

#include <stddef.h>
#include <termios.h>

/* Once per process: hooks into deadly signals, exit and mem_on_exhaustion. */
void rescue_prepare(void);
/* Undoes rescue_prepare's signals. */
void rescue_unhook(void);
/* From now on the terminal is to be restored: text is what to send, then mode and file flags. */
void rescue_arm(int tty, const struct termios *mode, int flags, const char *text, size_t length);
/* It has been restored in the ordinary way. */
void rescue_disarm(void);

#endif
