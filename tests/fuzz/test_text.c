/*
 * Foreign text on its way to the screen: what comes out of the cleaning hides
 * nothing, and what measures and cuts it keeps its promises. The first byte
 * says how wide the screen is.
 */
#include "fuzz.h"

#include <string.h>

#include <base/i18n.h>
#include <base/text.h>
#include <base/text_match.h>

/* At any width the pieces are whole characters and no wider than asked for. */
static void check_pieces(struct arena *arena, const char *text, int columns)
{
	size_t length = strlen(text), fits = text_fit(text, columns);
	struct text_block block;
	size_t at = 0;

	fuzz_assert(fits <= length && text_width_n(text, fits) <= columns);
	fuzz_assert(text_width(text_shorten(arena, text, columns)) <= columns);
	fuzz_assert_clean(text_shorten(arena, text, columns), true);
	block = text_wrap(arena, text, columns);
	for (int i = 0; i < block.count; i++) {
		fuzz_assert_clean(block.lines[i], false);
		/* A wide character in one column is all that may be wider. */
		fuzz_assert(text_width(block.lines[i]) <= (columns > 1 ? columns : 2));
	}
	while (at < length) {
		size_t step = text_next(text + at);

		fuzz_assert(step > 0 && at + step <= length);
		at += step;
		fuzz_assert(text_previous(text, at) > 0);
	}
}

/* Fits wherever a text of the program's own stands, such as a key's name. */
static void check_match(struct arena *arena, const char *text, const char *other)
{
	const char *folded = text_fold(arena, text), *typed = text_fold(arena, other);

	fuzz_assert(text_is_valid(folded, strlen(folded)));
	text_fuzzy(typed, folded);
	text_has_words(typed, folded);
}

void fuzz_one(const uint8_t *bytes, size_t length)
{
	struct fuzz_input input = { bytes, length };
	struct arena *arena = arena_new();
	int columns = (int)fuzz_byte(&input) + 1;
	const char *foreign, *clean;

	i18n_init("en");
	foreign = fuzz_text(&input, arena);
	for (int lines = TEXT_ONE_LINE; lines <= TEXT_TABLE; lines++) {
		clean = text_clean(arena, foreign, (enum text_lines)lines);
		fuzz_assert(text_is_valid(clean, strlen(clean)));
		/* Once is enough. */
		fuzz_assert(strcmp(text_clean(arena, clean, (enum text_lines)lines), clean) == 0);
		if (lines == TEXT_TABLE)
			continue;
		fuzz_assert_clean(clean, lines == TEXT_MANY_LINES);
		check_pieces(arena, clean, columns);
	}
	clean = text_clean(arena, foreign, TEXT_ONE_LINE);
	check_match(arena, clean, text_clean(arena, fuzz_text(&input, arena), TEXT_ONE_LINE));
	/* What is measured may be foreign too. */
	if (text_is_valid(foreign, strlen(foreign))) {
		text_width(foreign);
		check_match(arena, foreign, clean);
	}
	arena_free(&arena);
}
