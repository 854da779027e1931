/*
 * The kinds of characters: the C library knows widths and marks, the table below
 * what it counts as visible and is not. Only text.c and text_clean.c ask.
 */
#include "character.h"

#include <stddef.h>
#include <wchar.h>
#include <wctype.h>

bool character_is_hidden(uint32_t c)
{
	/* Format, filler, selector, tag and private characters (Unicode 15: Cf, Co and
	 * Default_Ignorable_Code_Point), and blanks that are no space. */
	static const struct {
		uint32_t first, last;
	} hidden[] = {
		{ 0xAD, 0xAD },       { 0x34F, 0x34F },      { 0x600, 0x605 },
		{ 0x61C, 0x61C },     { 0x6DD, 0x6DD },      { 0x70F, 0x70F },
		{ 0x890, 0x891 },     { 0x8E2, 0x8E2 },      { 0x115F, 0x1160 },
		{ 0x17B4, 0x17B5 },   { 0x180B, 0x180F },    { 0x200B, 0x200F },
		{ 0x2028, 0x202E },   { 0x2060, 0x206F },    { 0x2800, 0x2800 },
		{ 0x3164, 0x3164 },   { 0xE000, 0xF8FF },    { 0xFE00, 0xFE0F },
		{ 0xFEFF, 0xFEFF },   { 0xFFA0, 0xFFA0 },    { 0xFFF0, 0xFFFB },
		{ 0x110BD, 0x110BD }, { 0x110CD, 0x110CD },  { 0x13430, 0x1343F },
		{ 0x16FE4, 0x16FE4 }, { 0x1BCA0, 0x1BCA3 },  { 0x1D159, 0x1D159 },
		{ 0x1D173, 0x1D17A }, { 0xE0000, 0x10FFFF },
	};
	size_t low = 0;
	size_t high = sizeof hidden / sizeof *hidden;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c > hidden[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < sizeof hidden / sizeof *hidden && c >= hidden[low].first;
}

bool character_is_mark(uint32_t c)
{
	if (c < 0x300 || character_is_hidden(c) || wcwidth((wchar_t)c) != 0)
		return false;
	return iswctype((wint_t)c, wctype("combining")) || (c >= 0x1160 && c <= 0x11FF) ||
	       (c >= 0xD7B0 && c <= 0xD7FB);
}

int character_width(uint32_t c)
{
	int width;

	if (c < 0x7F)
		return c >= 0x20;
	width = character_is_hidden(c) ? 0 : wcwidth((wchar_t)c);
	return width > 0 ? width : 0;
}
