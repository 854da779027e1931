/*
 * Why something could not be done, as one sentence for the person at the
 * keyboard, already translated and cleaned: one line, whatever is quoted in it.
 * Fallible functions return bool and take a `struct err *` last; on true it is
 * untouched.
 */
#ifndef TRATO_BASE_ERR_H
#define TRATO_BASE_ERR_H

#include <stdbool.h>

enum err_kind { ERR_REFUSED = 1, ERR_USAGE, ERR_CONNECT, ERR_DENIED };

struct err {
	enum err_kind kind; /* the program's exit codes: 1 .. 4 */
	char field[32];     /* the form field it belongs to, or "" */
	char text[1024];
};

/* Returns false, so that a function can end with `return err_set(...)`. err NULL: nobody asks. */
bool err_set(struct err *err, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same for ERR_REFUSED, with the field that the sentence belongs to. */
bool err_set_field(struct err *err, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
