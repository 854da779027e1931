/*
 * Curses says each attribute and colour by a sequence of its own, and takes a
 * colour back before it takes everything back: a third of a row's bytes, which
 * count on a slow line. Here those that follow each other become one sequence,
 * without what is void. Only what ECMA-48 has is touched (CSI ... m), whatever
 * TERM says.
 */
#include "terminal_looks.h"

#include <string.h>

/* Terminals that keep only 16 parameters of a sequence are common. */
enum { PARAMETERS = 16, PARAMETERS_SIZE = 64 };

struct look {
	bool reset; /* before the parameters */
	int count;
	size_t length;
	char parameters[PARAMETERS_SIZE];
};

static bool is_separator(char c)
{
	return c == ';' || c == ':'; /* the latter within a colour, for foot and others */
}

/* The bytes of a sequence that says how text looks; 0 where there is none. */
static size_t sequence_length(const char *text, size_t length)
{
	size_t at = 2;

	if (length < 3 || text[0] != '\033' || text[1] != '[')
		return 0;
	while (at < length && ((text[at] >= '0' && text[at] <= '9') || is_separator(text[at])))
		at++;
	return at < length && text[at] == 'm' ? at + 1 : 0;
}

/* The bytes up to the next sequence; one at least. */
static size_t text_length(const char *text, size_t length)
{
	const char *next = memchr(text + 1, '\033', length - 1);

	return next ? (size_t)(next - text) : length;
}

static size_t put(char *to, const char *bytes, size_t length)
{
	memmove(to, bytes, length);
	return length;
}

/* Writes what is left of it. */
static size_t look_end(struct look *look, struct looks *looks, char *to)
{
	size_t used = 0;

	if (looks->plain)
		look->reset = false;
	if (look->reset || look->length > 0) {
		used = put(to, "\033[", 2);
		if (look->reset && look->length > 0)
			used += put(to + used, "0;", 2);
		used += put(to + used, look->parameters, look->length);
		to[used++] = 'm';
		looks->plain = look->length == 0;
	}
	*look = (struct look){ 0 };
	return used;
}

/* The sequence's parameters, behind those before; a reset makes those void. false: no room. */
static bool look_add(struct look *look, const char *parameters, size_t length)
{
	bool reset = length == 0 || (parameters[0] == '0' && (length == 1 || parameters[1] == ';'));
	int count = 1;

	if (reset) {
		*look = (struct look){ .reset = true };
		parameters += length > 1 ? 2 : length;
		length -= length > 1 ? 2 : length;
	}
	if (length == 0)
		return true;
	for (size_t i = 0; i < length; i++)
		count += is_separator(parameters[i]);
	/* With the reset's own. */
	if (look->count + count >= PARAMETERS || look->length + 1 + length > PARAMETERS_SIZE)
		return false;
	if (look->length > 0)
		look->parameters[look->length++] = ';';
	look->length += put(look->parameters + look->length, parameters, length);
	look->count += count;
	return true;
}

size_t looks_join(struct looks *looks, char *text, size_t length)
{
	struct look look = { 0 };
	size_t from = 0, to = 0;

	while (from < length) {
		size_t bytes = sequence_length(text + from, length - from);

		if (bytes > 0) {
			if (!look_add(&look, text + from + 2, bytes - 3)) {
				to += look_end(&look, looks, text + to);
				if (!look_add(&look, text + from + 2, bytes - 3)) {
					to += put(text + to, text + from, bytes);
					looks->plain = false;
				}
			}
			from += bytes;
			continue;
		}
		if (length - from >= 3 && text[from] == '\033' && text[from + 1] == '(') {
			bool known = looks->ascii;

			looks->ascii = text[from + 2] == 'B';
			if (known && looks->ascii) {
				from += 3;
				continue;
			}
		}
		to += look_end(&look, looks, text + to);
		bytes = text_length(text + from, length - from);
		to += put(text + to, text + from, bytes);
		from += bytes;
	}
	return to + look_end(&look, looks, text + to);
}
