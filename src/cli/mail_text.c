/*
 * Character sets and lengths of the texts in a mail; see mail_text.h.
 */
#include "mail_text.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

#include <base/text.h>

#define BROKEN "\xEF\xBF\xBD"   /* U+FFFD */
#define NUL_MARK "\xE2\x90\x80" /* U+2400 */

/* ---- UTF-8 ---- */

/* The input is text that iconv made, or that claims to be UTF-8. */
static void add_utf8(struct buf *out, const char *bytes, size_t length)
{
	size_t at = 0;

	while (at < length) {
		size_t plain = at, step;
		uint32_t c;
		char piece[5] = "";

		while (plain < length && (unsigned char)bytes[plain] < 0x80 && bytes[plain] &&
		       bytes[plain] != '\r')
			plain++;
		buf_add_n(out, bytes + at, plain - at);
		at = plain;
		if (at == length)
			break;
		if (bytes[at] == '\0' || bytes[at] == '\r') {
			if (bytes[at] == '\0')
				buf_add(out, NUL_MARK);
			else if (at + 1 == length || bytes[at + 1] != '\n')
				buf_add(out, "\n");
			at++;
			continue;
		}
		/* The last character may be cut where the bytes end. */
		memcpy(piece, bytes + at, length - at < 4 ? length - at : 4);
		step = text_decode(piece, &c);
		if (step > 0)
			buf_add_n(out, bytes + at, step);
		else
			buf_add(out, BROKEN);
		at += step > 0 ? step : 1;
	}
}

static bool is_utf8(const char *bytes, size_t length)
{
	/* NUL is marked and no reason to doubt. */
	for (const char *end = bytes + length; bytes < end;) {
		const char *nul = memchr(bytes, '\0', (size_t)(end - bytes));
		const char *stop = nul != NULL ? nul : end;

		if (!text_is_valid(bytes, (size_t)(stop - bytes)))
			return false;
		bytes = nul != NULL ? nul + 1 : end;
	}
	return true;
}

/* ---- other character sets ---- */

static bool add_by_iconv(struct buf *out, const char *bytes, size_t length, const char *charset)
{
	iconv_t conversion = iconv_open("UTF-8", charset);
	struct buf made = { 0 };
	/* iconv's prototype is older than const. */
	char *from;
	size_t left = length;
	bool flushed = false;

	if (conversion == (iconv_t)-1)
		return false;
	memcpy(&from, &bytes, sizeof(from));
	while (!flushed) {
		char piece[4096], *to = piece;
		size_t room = sizeof(piece), result;

		flushed = left == 0;
		result =
		    iconv(conversion, flushed ? NULL : &from, flushed ? NULL : &left, &to, &room);
		buf_add_n(&made, piece, (size_t)(to - piece));
		if (result != (size_t)-1 || errno == E2BIG)
			continue;
		if (flushed || left == 0)
			break;
		/* Neither readable nor the beginning of something: one byte is marked. */
		buf_add(&made, BROKEN);
		from++;
		left--;
		iconv(conversion, NULL, NULL, NULL, NULL);
	}
	iconv_close(conversion);
	if (made.length > 0)
		add_utf8(out, made.text, made.length);
	buf_free(&made);
	return true;
}

/* Names come from outside, and iconv looks for files by them. */
static bool is_name(const char *charset)
{
	size_t length = strspn(charset, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                                "0123456789-_.:+");

	return length > 0 && length <= 40 && charset[length] == '\0';
}

static bool is_one_of(const char *charset, const char *const *names)
{
	while (*names != NULL && strcasecmp(charset, *names) != 0)
		names++;
	return *names != NULL;
}

static void add_ascii(struct buf *out, const char *bytes, size_t length)
{
	struct buf marked = { 0 };

	for (size_t i = 0; i < length; i++) {
		if ((unsigned char)bytes[i] < 0x80)
			buf_add_n(&marked, bytes + i, 1);
		else
			buf_add(&marked, BROKEN);
	}
	if (marked.length > 0)
		add_utf8(out, marked.text, marked.length);
	buf_free(&marked);
}

bool mail_add_text(struct buf *out, const char *bytes, size_t length, const char *charset)
{
	static const char *const none[] = { "us-ascii",
		                            "ascii",
		                            "ansi_x3.4-1968",
		                            "default",
		                            "unknown-8bit",
		                            "x-unknown",
		                            "unknown",
		                            "",
		                            NULL };
	static const char *const unicode[] = { "utf-8", "utf8", "unicode-1-1-utf-8", NULL };
	/* Programs that say the first mean the second (WHATWG's Encoding Standard). */
	static const char *const latin[] = { "iso-8859-1", "iso8859-1", "latin1", "iso_8859-1",
		                             NULL };

	if (charset == NULL || is_one_of(charset, none)) {
		if (is_utf8(bytes, length) || !add_by_iconv(out, bytes, length, "WINDOWS-1252"))
			add_utf8(out, bytes, length);
		return true;
	}
	if (is_one_of(charset, unicode)) {
		add_utf8(out, bytes, length);
		return true;
	}
	if (is_name(charset) &&
	    add_by_iconv(out, bytes, length, is_one_of(charset, latin) ? "WINDOWS-1252" : charset))
		return true;
	if (is_utf8(bytes, length)) {
		add_utf8(out, bytes, length);
		return true;
	}
	add_ascii(out, bytes, length);
	return false;
}

/* ---- lines ---- */

void mail_unflow(char *text, bool del_sp)
{
	char *to = text;

	for (char *line = text; *line != '\0';) {
		char *end = strchrnul(line, '\n');
		size_t quotes = strspn(line, ">"), length = (size_t)(end - line);
		bool signature = length == 3 && strncmp(line, "-- ", 3) == 0;
		bool soft = length > 0 && end[-1] == ' ' && *end == '\n' && !signature &&
		            strspn(end + 1, ">") == quotes;

		memmove(to, line, length - (soft && del_sp));
		to += length - (soft && del_sp);
		line = end + (*end == '\n');
		if (!soft && *end == '\n')
			*to++ = '\n';
		else if (soft)
			/* What is quoted goes on in the same line. */
			line += quotes + (line[quotes] == ' ');
	}
	*to = '\0';
}

size_t mail_prefix(const char *text, size_t characters)
{
	size_t at = 0;

	while (text[at] != '\0' && characters > 0) {
		at++;
		while (((unsigned char)text[at] & 0xC0) == 0x80)
			at++;
		characters--;
	}
	return at;
}

size_t mail_characters(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

const char *mail_one_line(struct arena *arena, const char *text, size_t most)
{
	struct buf line = { 0 };
	const char *copy;

	for (; *text != '\0'; text++) {
		bool blank = (unsigned char)*text <= ' ' || *text == 0x7F;

		if (!blank)
			buf_add_n(&line, text, 1);
		else if (line.length > 0 && line.text[line.length - 1] != ' ')
			buf_add(&line, " ");
	}
	while (line.length > 0 && line.text[line.length - 1] == ' ')
		line.text[--line.length] = '\0';
	if (line.length == 0) {
		buf_free(&line);
		return "";
	}
	if (mail_characters(line.text) > most)
		copy =
		    arena_printf(arena, "%.*s…", (int)mail_prefix(line.text, most - 1), line.text);
	else
		copy = arena_copy_n(arena, line.text, line.length);
	buf_free(&line);
	return copy;
}
