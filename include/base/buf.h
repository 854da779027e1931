/*
 * A string that grows. `text` is always NUL-terminated and never NULL once
 * something was added; start with `struct buf b = {0}` and end with buf_free.
 */
#ifndef TRATO_BASE_BUF_H
#define TRATO_BASE_BUF_H

#include <stddef.h>

struct buf {
	char *text;
	size_t length; /* bytes without the NUL */
	size_t size;   /* bytes allocated */
};

void buf_add(struct buf *buf, const char *text);
void buf_add_n(struct buf *buf, const char *bytes, size_t length);
void buf_printf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3), nonnull(2)));
/* Valid UTF-8 as a string of JSON, with its quotation marks. */
void buf_add_json(struct buf *buf, const char *text);
/* Empties it and keeps the memory. */
void buf_clear(struct buf *buf);
void buf_free(struct buf *buf);

#endif
