/*
 * See hidden.h. UTF-8 is read here as RFC 3629 has it, and the kinds stand as
 * Unicode's UnicodeData.txt and PropList.txt name them.
 */
#include "hidden.h"

#include <stdio.h>
#include <string.h>

static const struct {
	uint32_t first, last;
} kinds[] = {
	{ 0x0000, 0x001F },   { 0x007F, 0x009F },   /* Cc */
	{ 0x00AD, 0x00AD },                         /* soft hyphen */
	{ 0x034F, 0x034F },                         /* combining grapheme joiner */
	{ 0x061C, 0x061C },                         /* Arabic letter mark */
	{ 0x115F, 0x1160 },   { 0x17B4, 0x17B5 },   /* fillers */
	{ 0x180B, 0x180F },                         /* Mongolian selectors */
	{ 0x200B, 0x200F },                         /* zero width, LRM, RLM */
	{ 0x2028, 0x202E },                         /* separators, embeddings, overrides */
	{ 0x2060, 0x206F },                         /* word joiner, invisible operators, isolates */
	{ 0x3164, 0x3164 },   { 0xFFA0, 0xFFA0 },   /* Hangul fillers */
	{ 0xD800, 0xF8FF },                         /* surrogates, private use */
	{ 0xFDD0, 0xFDEF },                         /* noncharacters */
	{ 0xFE00, 0xFE0F },                         /* variation selectors */
	{ 0xFEFF, 0xFEFF },                         /* byte order mark */
	{ 0xFFF0, 0xFFFB },                         /* specials */
	{ 0x1BCA0, 0x1BCA3 }, { 0x1D173, 0x1D17A }, /* format controls */
	{ 0xE0000, 0xE0FFF },                       /* tags, selectors */
	{ 0xF0000, 0x10FFFF },                      /* private use */
};

bool hidden_is(uint32_t code)
{
	if ((code & 0xFFFE) == 0xFFFE)
		return true;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (code >= kinds[i].first && code <= kinds[i].last)
			return true;
	return false;
}

/* Bytes of the character, or 0 where it is none. */
static size_t read_character(const unsigned char *at, size_t left, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length = *at < 0x80   ? 1
	                : *at < 0xC0 ? 0
	                : *at < 0xE0 ? 2
	                : *at < 0xF0 ? 3
	                : *at < 0xF8 ? 4
	                             : 0;

	if (length == 0 || length > left)
		return 0;
	*code = length == 1 ? *at : *at & (0xFFU >> (length + 1));
	for (size_t i = 1; i < length; i++) {
		if ((at[i] & 0xC0) != 0x80)
			return 0;
		*code = *code << 6 | (at[i] & 0x3F);
	}
	return *code >= least[length] && *code <= 0x10FFFF ? length : 0;
}

const char *hidden_in_n(const char *text, size_t length, bool lines)
{
	static char name[32];
	const unsigned char *at = (const unsigned char *)text;
	uint32_t code = 0;

	for (size_t used; length > 0; at += used, length -= used) {
		used = read_character(at, length, &code);
		if (used == 0) {
			snprintf(name, sizeof(name), "byte %02X", *at);
			return name;
		}
		if (hidden_is(code) && !(lines && code == '\n')) {
			snprintf(name, sizeof(name), "U+%04X", code);
			return name;
		}
	}
	return NULL;
}

const char *hidden_in(const char *text, bool lines)
{
	return hidden_in_n(text, strlen(text), lines);
}
