/*
 * Copying to the clipboard of the person's own terminal (OSC 52), which works
 * through SSH too. Terminals that do not know it ignore it.
 */
#include <string.h>

#include <base/text.h>
#include <ui/terminal.h>

#include "terminal_state.h"

static void copy_base64(struct buf *out, const char *text)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	while (*text != '\0') {
		unsigned char in[3] = { 0 };
		char four[4];
		int length = 0;

		while (length < 3 && text[length] != '\0') {
			in[length] = (unsigned char)text[length];
			length++;
		}
		four[0] = digits[in[0] >> 2];
		four[1] = digits[(in[0] & 3) << 4 | in[1] >> 4];
		four[2] = length > 1 ? digits[(in[1] & 15) << 2 | in[2] >> 6] : '=';
		four[3] = length > 2 ? digits[in[2] & 63] : '=';
		buf_add_n(out, four, sizeof(four));
		text += length;
	}
}

/* So many make 100,000 bytes with the sequence around them, which is what terminals and tmux take; of
 * a longer one some show the rest as text. */
enum { COPY_MAX = 74994 };

bool terminal_copy(struct terminal *terminal, const char *text)
{
	struct arena *arena = arena_new();
	bool fits;

	/* What is pasted somewhere else must be as harmless as what is shown. */
	text = text_clean(arena, text, TEXT_TABLE);
	fits = strlen(text) <= COPY_MAX;
	if (fits) {
		buf_clear(&terminal->copy);
		buf_add(&terminal->copy, "\033]52;c;");
		copy_base64(&terminal->copy, text);
		buf_add(&terminal->copy, "\033\\");
		terminal->due = true;
	}
	arena_free(&arena);
	return fits;
}
