/*
 * A string that grows by doubling. Used by everyone through <base/buf.h>.
 */
#include <base/buf.h>

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>

static void reserve(struct buf *buf, size_t more)
{
	size_t size = buf->size ? buf->size : 64;

	if (more >= SIZE_MAX / 2 - buf->length)
		size = SIZE_MAX; /* refused by mem_resize */
	while (size < SIZE_MAX && size <= buf->length + more)
		size *= 2;
	if (size == buf->size)
		return;
	buf->text = mem_resize(buf->text, size, 1);
	buf->size = size;
}

void buf_add_n(struct buf *buf, const char *bytes, size_t length)
{
	reserve(buf, length);
	if (length)
		memcpy(buf->text + buf->length, bytes, length);
	buf->length += length;
	buf->text[buf->length] = '\0';
}

void buf_add(struct buf *buf, const char *text)
{
	buf_add_n(buf, text, strlen(text));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list values;
	int length;

	va_start(values, format);
	length = vsnprintf(NULL, 0, format, values);
	va_end(values);
	if (length < 0)
		length = 0;
	reserve(buf, (size_t)length);
	va_start(values, format);
	vsnprintf(buf->text + buf->length, (size_t)length + 1, format, values);
	va_end(values);
	buf->length += (size_t)length;
}

void buf_add_json(struct buf *buf, const char *text)
{
	buf_add(buf, "\"");
	while (*text) {
		size_t plain = 0;

		while ((unsigned char)text[plain] >= ' ' && text[plain] != '"' &&
		       text[plain] != '\\')
			plain++;
		buf_add_n(buf, text, plain);
		text += plain;
		if (*text)
			buf_printf(buf, "\\u%04x", (unsigned char)*text++);
	}
	buf_add(buf, "\"");
}

void buf_clear(struct buf *buf)
{
	buf->length = 0;
	if (buf->text)
		buf->text[0] = '\0';
}

void buf_free(struct buf *buf)
{
	free(buf->text);
	*buf = (struct buf){ 0 };
}
