/*
 * Fills a struct err. Everyone uses it to refuse with one sentence.
 */
#include <base/err.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <base/arena.h>
#include <base/text.h>

/* Names of files, what somebody typed, what a server said: whatever is in it, it becomes one line of
 * visible text, on the screen as on the standard error. */
__attribute__((format(printf, 2, 0))) static void set_text(struct err *err, const char *format,
                                                           va_list values)
{
	char text[2 * sizeof err->text];
	struct arena *arena = arena_new();
	const char *visible;
	size_t length;

	vsnprintf(text, sizeof text, format, values);
	visible = text_clean(arena, text, TEXT_ONE_LINE);
	length = strlen(visible);
	/* A sentence that is too long ends at a whole character. */
	if (length >= sizeof err->text) {
		length = sizeof err->text - 1;
		while (((unsigned char)visible[length] & 0xC0) == 0x80)
			length--;
	}
	memcpy(err->text, visible, length);
	err->text[length] = '\0';
	arena_free(&arena);
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
