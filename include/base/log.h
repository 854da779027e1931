/*
 * The log: one line an event, time first, cleaned, to a file or nowhere. Never
 * to the terminal, never a password. Used by everyone.
 */
#ifndef TRATO_BASE_LOG_H
#define TRATO_BASE_LOG_H

#include <stdbool.h>

#include <base/err.h>

/* Appends to path (mode 0600); NULL or "" switches logging off. */
bool log_open(const char *path, struct err *err);
void log_close(void);
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
