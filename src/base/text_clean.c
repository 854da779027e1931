/*
 * The one cleaning function of the program. All text from outside passes here
 * before it is drawn, logged or exported; only what is known to be visible gets
 * through as it is.
 */
#include <base/text.h>

#include <string.h>
#include <wchar.h>

#include "character.h"

#define MARKS_MAX 8
/* No character grows to more than four times its bytes ("<U+0085>" from two). */
#define GROWTH 4

static size_t span_plain(const char *text)
{
	size_t length = 0;

	while (text[length] >= 0x20 && text[length] < 0x7F)
		length++;
	return length;
}

static char *put_name(char *to, uint32_t c)
{
	static const char digits[] = "0123456789ABCDEF";
	int shift = c > 0xFFFFF ? 20 : c > 0xFFFF ? 16 : 12;

	to = mempcpy(to, "<U+", 3);
	for (; shift >= 0; shift -= 4)
		*to++ = digits[c >> shift & 0xF];
	*to++ = '>';
	return to;
}

static char *put(char *to, uint32_t c)
{
	return to + text_encode(to, c);
}

/* One C0 character or DEL; *used counts its bytes. */
static char *put_control(char *to, const char *from, enum text_lines lines, size_t *used)
{
	unsigned char c = (unsigned char)*from;

	*used = 1;
	if (lines != TEXT_ONE_LINE) {
		if (c == '\t' && lines == TEXT_TABLE)
			return put(to, c);
		if (c == '\t')
			return mempcpy(to, "    ", 4);
		if (c == '\r' && from[1] == '\n')
			*used = 2;
		if (c == '\n' || *used == 2) {
			*to++ = '\n';
			return to;
		}
	}
	return put(to, c == 0x7F ? 0x2421 : 0x2400 + c);
}

/* One character beyond ASCII; *marks counts those since the last base, or is negative
 * where there is none. */
static char *put_character(char *to, uint32_t c, int *marks)
{
	if (c >= 0xA0 && !character_is_hidden(c)) {
		if (wcwidth((wchar_t)c) > 0) {
			*marks = 0;
			return put(to, c);
		}
		if (character_is_mark(c) && *marks >= 0) {
			if (++*marks <= MARKS_MAX)
				return put(to, c);
			return *marks == MARKS_MAX + 1 ? put(to, CHARACTER_BROKEN) : to;
		}
	}
	*marks = -1;
	return put_name(to, c);
}

char *text_clean(struct arena *arena, const char *foreign, enum text_lines lines)
{
	size_t length = span_plain(foreign);
	char *clean;
	char *to;
	int marks;

	if (!foreign[length])
		return arena_copy_n(arena, foreign, length);
	clean = arena_alloc(arena, length + strlen(foreign + length) * GROWTH + 1);
	to = mempcpy(clean, foreign, length);
	marks = length ? 0 : -1;
	foreign += length;
	while (*foreign) {
		uint32_t c;
		size_t used;

		length = span_plain(foreign);
		if (length > 0) {
			to = mempcpy(to, foreign, length);
			foreign += length;
			marks = 0;
			continue;
		}
		used = text_decode(foreign, &c);
		if (!used) {
			used = 1;
			marks = -1;
			to = put(to, CHARACTER_BROKEN);
		} else if (c < 0x20 || c == 0x7F) {
			marks = -1;
			to = put_control(to, foreign, lines, &used);
		} else {
			to = put_character(to, c, &marks);
		}
		foreign += used;
	}
	*to = '\0';
	return clean;
}
