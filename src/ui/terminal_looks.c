/*
 * Curses says each attribute and colour by a sequence of its own, and takes a
 * colour back before it takes everything back: a third of a row's bytes, which
 * count on a slow line. Here those that follow each other become one sequence,
 * without what is void, and back to plain waits while only blanks follow. It
 * never goes to the next row by a line feed, either. Only what ECMA-48 has is
 * touched (CSI ... m, CSI ... d), whatever TERM says.
 */
#include "terminal_looks.h"

#include <stdlib.h>
#include <string.h>

/* Terminals that keep only 16 parameters of a sequence are common. */
enum { PARAMETERS = 16, PARAMETERS_SIZE = 64 };

struct look {
	bool reset; /* before the parameters */
	bool letters; /* the parameters have a colour of these, */
	bool weight;  /* bold or dim, */
	bool other;   /* more */
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

/* The bytes of another sequence, or those up to the next one; one at least. */
static size_t piece_length(const char *text, size_t length)
{
	const char *next = memchr(text + 1, '\033', length - 1);
	size_t most = next ? (size_t)(next - text) : length, at = 2;

	if (most < 3 || text[0] != '\033' || text[1] != '[')
		return most;
	while (at < most && text[at] >= ' ' && text[at] < '@')
		at++;
	return at < most ? at + 1 : most;
}

/* What ends a control sequence, and so says what it does; 0 where the piece is none, or one of DEC's. */
static char piece_does(const char *piece, size_t length)
{
	if (length < 3 || piece[0] != '\033' || piece[1] != '[' || strchr("<=>?", piece[2]))
		return 0;
	return piece[length - 1];
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
		looks->light = looks->coloured = true;
	if (looks->plain || (looks->coloured && look->letters))
		look->reset = false;
	if (look->reset || look->length > 0) {
		used = put(to, "\033[", 2);
		if (look->reset && look->length > 0)
			used += put(to + used, "0;", 2);
		used += put(to + used, look->parameters, look->length);
		to[used++] = 'm';
		looks->plain = look->length == 0;
		looks->light = (looks->light || look->reset) && !look->other;
		looks->coloured = (looks->coloured || look->reset) && !look->other && !look->weight;
	}
	*look = (struct look){ 0 };
	return used;
}

/* The number of a colour for letters, in a sequence of its own as curses says it. */
static bool is_letters(const char *parameters, size_t length)
{
	if (length == 2)
		return (parameters[0] == '3' || parameters[0] == '9') && parameters[1] < '8';
	if (length > 3 && memcmp(parameters, "38:", 3) == 0)
		return !memchr(parameters, ';', length);
	return length > 5 && memcmp(parameters, "38;5;", 5) == 0 &&
	       !memchr(parameters + 5, ';', length - 5) && !memchr(parameters, ':', length);
}

static void look_note(struct look *look, const char *parameters, size_t length)
{
	if (is_letters(parameters, length))
		look->letters = true;
	else if (length == 1 && (parameters[0] == '1' || parameters[0] == '2'))
		look->weight = true;
	else
		look->other = true;
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
	look_note(look, parameters, length);
	if (look->length > 0)
		look->parameters[look->length++] = ';';
	look->length += put(look->parameters + look->length, parameters, length);
	look->count += count;
	return true;
}

/* Whether a look that is due makes no difference to the piece: it takes back what blanks do not show. */
static bool can_wait(const struct look *look, const struct looks *looks, const char *piece,
                     size_t length)
{
	char does = piece_does(piece, length);

	if (!look->reset || look->length > 0 || !looks->light)
		return false;
	if (does)
		return strchr("ABCDGHKXbd", does);
	for (size_t i = 0; i < length; i++)
		if (piece[i] != ' ' && piece[i] != '\r')
			return false;
	return true;
}

/* Where the cursor is behind the piece. Curses says where to go when it has written into the last column. */
static void follow(struct looks *looks, const char *piece, size_t length)
{
	char does = piece_does(piece, length);
	int by = does ? atoi(piece + 2) : 0;

	if (does == 'H' || does == 'd')
		looks->row = by > 0 ? by : 1;
	else if (does == 'A' && looks->row > 0)
		looks->row -= by > 0 ? by : 1;
	else if (does ? !strchr("CDGJKPX@bm", does)
	              : piece[0] == '\033' || memchr(piece, '\n', length))
		looks->row = 0;
}

/* Whether the piece goes to the row below, from the beginning of one, behind what has been written so far. */
static bool is_next_row(struct looks *looks, const char *written, size_t length, const char *piece,
                        size_t piece_size)
{
	int row = looks->row;

	follow(looks, piece, piece_size);
	return piece_does(piece, piece_size) == 'd' && row > 0 && looks->row == row + 1 &&
	       length > 0 && written[length - 1] == '\r';
}

/* Puts the look there, and a line feed in the place of what stands from `down` on. That only before a sequence:
 * before text it could be taken for one of the text's own. */
static size_t put_look(struct look *look, struct looks *looks, char *text, size_t to, size_t down)
{
	size_t used = look_end(look, looks, text + to);

	if (used == 0 || down == 0)
		return to + used;
	text[down++] = '\n';
	return down + put(text + down, text + to, used);
}

/* Letters are ASCII's already. */
static bool is_void(struct looks *looks, const char *text, size_t length)
{
	bool known = looks->ascii;

	if (length < 3 || text[0] != '\033' || text[1] != '(')
		return false;
	looks->ascii = text[2] == 'B';
	return known && looks->ascii;
}

size_t looks_join(struct looks *looks, char *text, size_t length)
{
	struct look look = { 0 };
	size_t from = 0, to = 0, down = 0;

	while (from < length) {
		size_t bytes = sequence_length(text + from, length - from);

		if (bytes > 0) {
			if (!look_add(&look, text + from + 2, bytes - 3)) {
				to = put_look(&look, looks, text, to, down);
				down = 0;
				if (!look_add(&look, text + from + 2, bytes - 3)) {
					to += put(text + to, text + from, bytes);
					looks->plain = looks->light = looks->coloured = false;
				}
			}
		} else if (is_void(looks, text + from, length - from)) {
			bytes = 3;
		} else {
			bytes = piece_length(text + from, length - from);
			if (!can_wait(&look, looks, text + from, bytes))
				to = put_look(&look, looks, text, to, down);
			down = is_next_row(looks, text, to, text + from, bytes) ? to : 0;
			to += put(text + to, text + from, bytes);
		}
		from += bytes;
	}
	return put_look(&look, looks, text, to, down);
}
