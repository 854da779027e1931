/*
 * Fills a struct err. Everyone uses it to refuse with one sentence.
 */
#include <base/err.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A sentence that is too long ends at a whole character. */
static void trim_broken_end(char *text)
{
	size_t length = strlen(text);
	size_t start = length;

	while (start > 0 && length - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
		start--;
	if (start > 0 && (unsigned char)text[start - 1] >= 0xC0)
		text[start - 1] = '\0';
}

__attribute__((format(printf, 2, 0))) static void set_text(struct err *err, const char *format,
                                                           va_list values)
{
	if (vsnprintf(err->text, sizeof err->text, format, values) >= (int)sizeof err->text)
		trim_broken_end(err->text);
}

bool err_set(struct err *err, enum err_kind kind, const char *format, ...)
{
	va_list values;

	if (!err)
		return false;
	err->kind = kind;
	err->field[0] = '\0';
	va_start(values, format);
	set_text(err, format, values);
	va_end(values);
	return false;
}

bool err_set_field(struct err *err, const char *field, const char *format, ...)
{
	va_list values;

	if (!err)
		return false;
	err->kind = ERR_REFUSED;
	snprintf(err->field, sizeof err->field, "%s", field);
	va_start(values, format);
	set_text(err, format, values);
	va_end(values);
	return false;
}
