/*
 * Folding, and the matching of what was typed with short texts.
 */
#include <base/text_match.h>

#include <ctype.h>
#include <string.h>
#include <wctype.h>

#include <base/text.h>

enum { TEXT_MAX = 200, NONE = -1 };

/* The letters of U+00E0 to U+00FF without their accents; what is no letter with one stays. */
static const char latin[] = "aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0y";

char *text_fold(struct arena *arena, const char *text)
{
	char *folded = arena_alloc(arena, strlen(text) * 2 + 1), *to = folded;
	uint32_t c;

	while (*text != '\0') {
		size_t used = text_decode(text, &c);

		text += used > 0 ? used : 1;
		if (used == 0 || (c >= 0x300 && c < 0x370))
			continue;
		c = (uint32_t)towlower((wint_t)c);
		if (c >= 0xE0 && c <= 0xFF && latin[c - 0xE0] != '\0')
			c = (unsigned char)latin[c - 0xE0];
		to += text_encode(to, c);
	}
	*to = '\0';
	return folded;
}

static bool begins_word(const char *text, int at)
{
	return at == 0 || (!isalnum((unsigned char)text[at - 1]) && (text[at - 1] & 0x80) == 0);
}

/*
 * best[i] is the best value of a fit of the characters typed so far whose last one is text[i].
 * A character gives 2, at the beginning of a word 8 more, right behind the one before 9 more; each
 * character that is passed over costs 1, up to 4.
 */
int text_fuzzy(const char *typed, const char *text)
{
	int length = (int)strnlen(text, TEXT_MAX), best[TEXT_MAX] = { 0 };
	int before[TEXT_MAX], top = 0;
	bool first = true;

	for (; *typed != '\0'; typed++) {
		if (*typed == ' ')
			continue;
		top = NONE;
		memcpy(before, best, sizeof(before));
		for (int i = 0; i < length; i++) {
			int from = first ? 0 : NONE;

			for (int j = 0; j < i && !first; j++) {
				int gap = i - j - 1;
				int value = before[j] == NONE ? NONE
				          : gap == 0          ? before[j] + 9
				                              : before[j] - (gap < 4 ? gap : 4);

				/* A poor fit is still one. */
				value = before[j] != NONE && value < 0 ? 0 : value;
				from = value > from ? value : from;
			}
			best[i] = text[i] != *typed || from == NONE
			            ? NONE
			            : from + 2 + (begins_word(text, i) ? 8 : 0);
			top = best[i] > top ? best[i] : top;
		}
		if (top == NONE)
			return NONE;
		first = false;
	}
	return top;
}

static bool has_word(const char *word, size_t length, const char *text)
{
	for (int i = 0; text[i] != '\0'; i++)
		if (begins_word(text, i) && strncmp(text + i, word, length) == 0)
			return true;
	return false;
}

bool text_has_words(const char *typed, const char *text)
{
	for (typed += strspn(typed, " "); *typed != '\0'; typed += strspn(typed, " ")) {
		size_t length = strcspn(typed, " ");

		if (!has_word(typed, length, text))
			return false;
		typed += length;
	}
	return true;
}
