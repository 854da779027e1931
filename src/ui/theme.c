/*
 * The three themes and the one for terminals without colour. The background
 * stays the terminal's own except in bars, fields and the selected row.
 */
#include "theme.h"

#include <string.h>

#define B LOOK_BOLD
#define D LOOK_DIM
#define U LOOK_UNDERLINE
#define R LOOK_REVERSE

struct theme {
	const char *name;
	struct look many[STYLE_COUNT]; /* 256 colours */
	struct look few[STYLE_COUNT];  /* 8 colours */
};

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE };

static const struct theme themes[] = {
	{ "dark",
	  {
	      [STYLE_NORMAL] = { -1, -1, 0 },
	      [STYLE_DIM] = { 246, -1, 0 },
	      [STYLE_STRONG] = { -1, -1, B },
	      [STYLE_BAR] = { 254, 24, 0 },
	      [STYLE_BAR_STRONG] = { 231, 24, B },
	      [STYLE_KEYS] = { 250, 236, 0 },
	      [STYLE_KEY] = { 222, 236, B },
	      [STYLE_HEADING] = { 110, -1, U },
	      [STYLE_CURSOR] = { 16, 152, 0 },
	      [STYLE_MARKED] = { 222, -1, B },
	      [STYLE_LABEL] = { 110, -1, 0 },
	      [STYLE_FIELD] = { 252, 237, 0 },
	      [STYLE_FIELD_ACTIVE] = { 231, 60, 0 },
	      [STYLE_ERROR] = { 210, -1, B },
	      [STYLE_WARNING] = { 222, -1, 0 },
	      [STYLE_GOOD] = { 114, -1, 0 },
	      [STYLE_BANNER] = { 16, 220, B },
	      [STYLE_BOX] = { 67, -1, 0 },
	  },
	  {
	      [STYLE_NORMAL] = { -1, -1, 0 },
	      [STYLE_DIM] = { -1, -1, D },
	      [STYLE_STRONG] = { -1, -1, B },
	      [STYLE_BAR] = { WHITE, BLUE, 0 },
	      [STYLE_BAR_STRONG] = { WHITE, BLUE, B },
	      [STYLE_KEYS] = { -1, -1, 0 },
	      [STYLE_KEY] = { YELLOW, -1, B },
	      [STYLE_HEADING] = { CYAN, -1, U },
	      [STYLE_CURSOR] = { BLACK, CYAN, 0 },
	      [STYLE_MARKED] = { YELLOW, -1, B },
	      [STYLE_LABEL] = { CYAN, -1, 0 },
	      [STYLE_FIELD] = { -1, -1, U },
	      [STYLE_FIELD_ACTIVE] = { WHITE, BLUE, B },
	      [STYLE_ERROR] = { RED, -1, B },
	      [STYLE_WARNING] = { YELLOW, -1, 0 },
	      [STYLE_GOOD] = { GREEN, -1, 0 },
	      [STYLE_BANNER] = { BLACK, YELLOW, 0 },
	      [STYLE_BOX] = { CYAN, -1, 0 },
	  } },
	{ "light",
	  {
	      [STYLE_NORMAL] = { -1, -1, 0 },
	      [STYLE_DIM] = { 241, -1, 0 },
	      [STYLE_STRONG] = { -1, -1, B },
	      [STYLE_BAR] = { 255, 24, 0 },
	      [STYLE_BAR_STRONG] = { 231, 24, B },
	      [STYLE_KEYS] = { 237, 253, 0 },
	      [STYLE_KEY] = { 88, 253, B },
	      [STYLE_HEADING] = { 24, -1, U },
	      [STYLE_CURSOR] = { 231, 25, 0 },
	      [STYLE_MARKED] = { 88, -1, B },
	      [STYLE_LABEL] = { 24, -1, 0 },
	      [STYLE_FIELD] = { 235, 254, 0 },
	      [STYLE_FIELD_ACTIVE] = { 16, 153, 0 },
	      [STYLE_ERROR] = { 124, -1, B },
	      [STYLE_WARNING] = { 94, -1, 0 },
	      [STYLE_GOOD] = { 22, -1, 0 },
	      [STYLE_BANNER] = { 16, 220, B },
	      [STYLE_BOX] = { 24, -1, 0 },
	  },
	  {
	      [STYLE_NORMAL] = { -1, -1, 0 },
	      [STYLE_DIM] = { -1, -1, D },
	      [STYLE_STRONG] = { -1, -1, B },
	      [STYLE_BAR] = { WHITE, BLUE, 0 },
	      [STYLE_BAR_STRONG] = { WHITE, BLUE, B },
	      [STYLE_KEYS] = { -1, -1, 0 },
	      [STYLE_KEY] = { BLUE, -1, B },
	      [STYLE_HEADING] = { BLUE, -1, U },
	      [STYLE_CURSOR] = { WHITE, BLUE, 0 },
	      [STYLE_MARKED] = { MAGENTA, -1, B },
	      [STYLE_LABEL] = { BLUE, -1, 0 },
	      [STYLE_FIELD] = { -1, -1, U },
	      [STYLE_FIELD_ACTIVE] = { BLACK, CYAN, 0 },
	      [STYLE_ERROR] = { RED, -1, B },
	      [STYLE_WARNING] = { MAGENTA, -1, 0 },
	      [STYLE_GOOD] = { BLUE, -1, B },
	      [STYLE_BANNER] = { BLACK, YELLOW, 0 },
	      [STYLE_BOX] = { BLUE, -1, 0 },
	  } },
	{ "contrast",
	  {
	      [STYLE_NORMAL] = { -1, -1, 0 },
	      [STYLE_DIM] = { -1, -1, 0 },
	      [STYLE_STRONG] = { -1, -1, B },
	      [STYLE_BAR] = { -1, -1, R },
	      [STYLE_BAR_STRONG] = { -1, -1, R | B },
	      [STYLE_KEYS] = { -1, -1, 0 },
	      [STYLE_KEY] = { -1, -1, B | U },
	      [STYLE_HEADING] = { -1, -1, B | U },
	      [STYLE_CURSOR] = { 16, 226, B },
	      [STYLE_MARKED] = { -1, -1, B | U },
	      [STYLE_LABEL] = { -1, -1, B },
	      [STYLE_FIELD] = { -1, -1, U },
	      [STYLE_FIELD_ACTIVE] = { 231, 21, B },
	      [STYLE_ERROR] = { 231, 160, B },
	      [STYLE_WARNING] = { 16, 220, B },
	      [STYLE_GOOD] = { -1, -1, B },
	      [STYLE_BANNER] = { 16, 226, B },
	      [STYLE_BOX] = { -1, -1, B },
	  },
	  {
	      [STYLE_NORMAL] = { -1, -1, 0 },
	      [STYLE_DIM] = { -1, -1, 0 },
	      [STYLE_STRONG] = { -1, -1, B },
	      [STYLE_BAR] = { -1, -1, R },
	      [STYLE_BAR_STRONG] = { -1, -1, R | B },
	      [STYLE_KEYS] = { -1, -1, 0 },
	      [STYLE_KEY] = { -1, -1, B | U },
	      [STYLE_HEADING] = { -1, -1, B | U },
	      [STYLE_CURSOR] = { BLACK, YELLOW, 0 },
	      [STYLE_MARKED] = { -1, -1, B | U },
	      [STYLE_LABEL] = { -1, -1, B },
	      [STYLE_FIELD] = { -1, -1, U },
	      [STYLE_FIELD_ACTIVE] = { WHITE, BLUE, B },
	      [STYLE_ERROR] = { WHITE, RED, B },
	      [STYLE_WARNING] = { BLACK, YELLOW, 0 },
	      [STYLE_GOOD] = { -1, -1, B },
	      [STYLE_BANNER] = { BLACK, YELLOW, 0 },
	      [STYLE_BOX] = { -1, -1, B },
	  } },
};

static const unsigned without_colour[STYLE_COUNT] = {
	[STYLE_STRONG] = B, [STYLE_BAR] = R,     [STYLE_BAR_STRONG] = R | B,
	[STYLE_KEY] = B,    [STYLE_HEADING] = U, [STYLE_CURSOR] = R,
	[STYLE_MARKED] = B, [STYLE_FIELD] = U,   [STYLE_FIELD_ACTIVE] = R,
	[STYLE_ERROR] = B,  [STYLE_WARNING] = B, [STYLE_BANNER] = R | B,
};

/* Signs in the top line: its background, in a colour that reads on it; what is wrong has one of its
 * own. Bars are dark in the themes that colour them. */
static struct look look_on_bar(struct look bar, int colours, enum style style)
{
	bar.flags |= B;
	if (bar.background == -1)
		return bar;
	if (style == STYLE_BAR_ERROR)
		return colours >= 256 ? (struct look){ 231, 160, B }
		                      : (struct look){ WHITE, RED, B };
	if (style == STYLE_BAR_GOOD)
		bar.foreground = colours >= 256 ? 157 : GREEN;
	else
		bar.foreground = colours >= 256 ? 222 : YELLOW;
	return bar;
}

struct look theme_look(const char *theme, int colours, enum style style)
{
	const struct theme *chosen = &themes[0];

	if (style >= STYLE_BAR_GOOD && style <= STYLE_BAR_ERROR)
		return look_on_bar(theme_look(theme, colours, STYLE_BAR), colours, style);

	if (colours < 8)
		return (struct look){ -1, -1, without_colour[style] };
	for (size_t i = 0; i < sizeof themes / sizeof themes[0]; i++) {
		if (theme && strcmp(themes[i].name, theme) == 0)
			chosen = &themes[i];
	}
	return colours >= 256 ? chosen->many[style] : chosen->few[style];
}
