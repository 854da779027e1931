/*
 * UTF-8: reading, writing, widths, clusters and breaking. Everyone measures
 * text here; the cleaning of foreign text is in text_clean.c.
 */
#include <base/text.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <base/mem.h>

#include "character.h"

size_t text_encode(char out[4], uint32_t c)
{
	unsigned char *to = (unsigned char *)out;

	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = CHARACTER_BROKEN;
	if (c < 0x80) {
		to[0] = (unsigned char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (unsigned char)(0xC0 | c >> 6);
		to[1] = (unsigned char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (unsigned char)(0xE0 | c >> 12);
		to[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
		to[2] = (unsigned char)(0x80 | (c & 0x3F));
		return 3;
	}
	to[0] = (unsigned char)(0xF0 | c >> 18);
	to[1] = (unsigned char)(0x80 | (c >> 12 & 0x3F));
	to[2] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
	to[3] = (unsigned char)(0x80 | (c & 0x3F));
	return 4;
}

/* Strict: no overlong forms, no surrogates. glibc's mbrtowc lets less strict ones pass. */
size_t text_decode(const char *text, uint32_t *code_point)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *byte = (const unsigned char *)text;
	size_t length;
	uint32_t c;

	if (byte[0] < 0x80) {
		*code_point = byte[0];
		return byte[0] ? 1 : 0;
	}
	if (byte[0] < 0xC2 || byte[0] > 0xF4)
		return 0;
	length = byte[0] < 0xE0 ? 2 : byte[0] < 0xF0 ? 3 : 4;
	c = byte[0] & (0x7FU >> length);
	for (size_t i = 1; i < length; i++) {
		if ((byte[i] & 0xC0) != 0x80) /* the NUL at the end too */
			return 0;
		c = c << 6 | (byte[i] & 0x3F);
	}
	if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 0;
	*code_point = c;
	return length;
}

bool text_is_valid(const char *bytes, size_t length)
{
	size_t at = 0;

	while (at < length) {
		char piece[5] = "";
		uint32_t c;
		size_t step;

		if (bytes[at] && (unsigned char)bytes[at] < 0x80) {
			at++;
			continue;
		}
		memcpy(piece, bytes + at, length - at < 4 ? length - at : 4);
		step = text_decode(piece, &c);
		if (!step)
			return false;
		at += step;
	}
	return true;
}

int text_width_n(const char *text, size_t length)
{
	const char *end = text + length;
	int width = 0;

	while (text < end) {
		uint32_t c;
		size_t step;

		/* Most of all text: nothing has to be looked up for it. */
		if (*text >= ' ' && *text < 0x7F) {
			text++;
			width++;
			continue;
		}
		step = text_decode(text, &c);
		if (!step && !*text)
			break;
		width += step ? character_width(c) : 1;
		text += step ? step : 1;
	}
	return width;
}

int text_width(const char *text)
{
	return text_width_n(text, strlen(text));
}

static bool joins_flag(uint32_t c)
{
	return c >= 0x1F1E6 && c <= 0x1F1FF;
}

/* What a joiner may tie to the cluster before it: pictures, not letters. */
static bool is_picture(uint32_t c)
{
	return (c >= 0x2190 && c <= 0x2BFF) || (c >= 0x1F000 && c <= 0x1FAFF);
}

static bool extends(uint32_t c)
{
	return c == CHARACTER_JOINER || c == 0x200C || (c >= 0xFE00 && c <= 0xFE0F) ||
	       (c >= 0x1F3FB && c <= 0x1F3FF) || (c >= 0xE0020 && c <= 0xE01EF) ||
	       character_is_mark(c);
}

/* A cluster of one column: nothing that extends a character is ASCII. */
static inline bool is_plain_cluster(const char *text)
{
	return *text >= ' ' && *text < 0x7F && (unsigned char)text[1] < 0x80;
}

size_t text_next(const char *text)
{
	uint32_t before;
	uint32_t c;
	size_t step, length;
	bool flag;

	if (is_plain_cluster(text))
		return 1;
	length = step = text_decode(text, &before);
	if (!step)
		return *text ? 1 : 0;
	if (before < 0x20 || before == 0x7F)
		return step;
	flag = joins_flag(before);
	while ((unsigned char)text[length] >= 0x80 && (step = text_decode(text + length, &c)) > 0) {
		if (!extends(c) && !(before == CHARACTER_JOINER && is_picture(c)) &&
		    !(flag && joins_flag(c)))
			break;
		flag = false;
		before = c;
		length += step;
	}
	return length;
}

size_t text_previous(const char *text, size_t at)
{
	size_t start = at;

	if (!at)
		return 0;
	/* An ASCII character always begins a cluster: from there on forwards. */
	do
		start--;
	while (start > 0 && (unsigned char)text[start] >= 0x80);
	for (;;) {
		size_t step = text_next(text + start);

		if (!step || start + step >= at)
			return at - start;
		start += step;
	}
}

/* Bytes that fit, and whether that is all of it. */
static size_t fit(const char *text, int columns, bool *all)
{
	size_t at = 0;
	size_t step;

	do {
		for (; columns > 0 && is_plain_cluster(text + at); columns--)
			at++;
		step = text_next(text + at);
		columns -= text_width_n(text + at, step);
		if (columns < 0)
			break;
		at += step;
	} while (step > 0);
	*all = !step;
	return at;
}

size_t text_fit(const char *text, int columns)
{
	bool all;

	return fit(text, columns, &all);
}

char *text_shorten(struct arena *arena, const char *text, int columns)
{
	bool all;
	size_t length = fit(text, columns, &all);

	if (all)
		return arena_copy_n(arena, text, length);
	if (columns < 1)
		return arena_copy(arena, "");
	length = fit(text, columns - 1, &all);
	return arena_printf(arena, "%.*s…", (int)length, text);
}

/* A number whose groups stand on two lines, as a telephone's, is read wrong. */
static bool is_within_number(const char *text, size_t space)
{
	const char *behind = text + space + 1;

	behind += *behind == '(';
	return space > 0 && (isdigit((unsigned char)text[space - 1]) || text[space - 1] == ')') &&
	       isdigit((unsigned char)*behind);
}

/* What stands before the last space to break at, with it, among the first `at` bytes and one; 0: none. */
static size_t last_break(const char *text, size_t at, bool numbers)
{
	size_t space = at + 1;

	while (space > 0 &&
	       (text[space - 1] != ' ' || (!numbers && is_within_number(text, space - 1))))
		space--;
	return space;
}

/* Takes one line off a paragraph of `length` bytes; *line gets its bytes, the result is
 * what was used up, the spaces at the break included. */
static size_t break_line(const char *text, size_t length, int columns, size_t *line)
{
	size_t at = text_fit(text, columns);
	size_t space;

	if (at >= length) {
		*line = length;
		return length;
	}
	space = last_break(text, at, false);
	if (space <= 1)
		space = last_break(text, at, true);
	if (space > 1) {
		at = space - 1;
		while (at > 0 && text[at - 1] == ' ')
			at--;
	}
	if (!at) /* only spaces before it, or one cluster wider than the line */
		at = text_fit(text, columns);
	*line = at;
	if (!at)
		at = text_next(text);
	while (at < length && text[at] == ' ')
		at++;
	return at;
}

struct text_block text_wrap(struct arena *arena, const char *text, int columns)
{
	const char **lines = NULL;
	size_t count = 0;
	size_t size = 0;
	struct text_block block = { 0 };

	if (columns < 1)
		columns = 1;
	while (*text) {
		size_t length = strcspn(text, "\n");

		do {
			size_t line = 0;
			size_t used = length ? break_line(text, length, columns, &line) : 0;

			if (count == size) {
				size = size ? size * 2 : 16;
				lines = mem_resize(lines, size, sizeof *lines);
			}
			lines[count++] = used && !line ? "…" : arena_copy_n(arena, text, line);
			text += used;
			length -= used;
		} while (length);
		text += *text == '\n';
	}
	block.count = (int)count;
	block.lines = arena_alloc(arena, count * sizeof *lines);
	if (count)
		memcpy(block.lines, lines, count * sizeof *lines);
	free(lines);
	return block;
}
