/*
 * See stream.h. The sequences are those of xterm's description that ncurses uses
 * for this program, and of src/ui/terminal_*.c.
 */
#include "stream.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "hidden.h"
#include "hostile.h"

enum { NEEDLE_MOST = 48, NEEDLES_MOST = 200 };

static const char *complain(struct stream *stream, const char *what)
{
	char shown[160] = "";

	for (size_t i = 0, to = 0; i < stream->length && to < sizeof(shown) - 8; i++)
		to += (size_t)snprintf(shown + to, sizeof(shown) - to,
		                       isprint((unsigned char)stream->piece[i]) ? "%c" : "\\x%02X",
		                       (unsigned char)stream->piece[i]);
	snprintf(stream->complaint, sizeof(stream->complaint), "%s: %s", what, shown);
	return stream->complaint;
}

/* ---- Text */

static const char *take_text(struct stream *stream)
{
	unsigned char first = (unsigned char)stream->piece[0];
	size_t wanted = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

	if (first == '\033') {
		stream->state = STREAM_ESCAPE;
		return NULL;
	}
	if (stream->length < wanted)
		return NULL;
	/* The bell, and what ncurses moves the cursor with. */
	if (!strchr("\a\b\t\n\r", first) || first == '\0') {
		const char *flaw = hidden_in_n(stream->piece, stream->length, false);

		if (flaw)
			return complain(stream, flaw);
	}
	stream->length = 0;
	return NULL;
}

/* ---- Sequences */

static const char *take_escape(struct stream *stream)
{
	switch (stream->piece[1]) {
	case '[': stream->state = STREAM_CSI; return NULL;
	case ']': stream->state = STREAM_OSC; return NULL;
	case '(':
	case ')': stream->state = STREAM_CHARSET; return NULL;
	case '7':
	case '8':
	case '=':
	case '>':
	case 'M':
		stream->state = STREAM_TEXT;
		stream->length = 0;
		return NULL;
	default: return complain(stream, "no sequence of this program");
	}
}

static bool is_mode(const char *text)
{
	static const char *const modes[] = { "?1", "?7", "?12", "?25", "?12;25", "?1000", "?1002",
		                             "?1006", "?1000;1006", "?1002;1006", "?1006;1000", "?1049",
		                             "?2004", "4", "20" };

	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++)
		if (strcmp(text, modes[i]) == 0)
			return true;
	return false;
}

/* Not "8": hidden. */
static bool is_colour(const char *text)
{
	char padded[80];

	snprintf(padded, sizeof(padded), ";%s;", text);
	return strspn(text, "0123456789;") == strlen(text) &&
	       (!strstr(padded, ";8;") || strstr(padded, ";38;5;8;") || strstr(padded, ";48;5;8;"));
}

static bool is_csi(char end, const char *text)
{
	size_t digits = strspn(text, "0123456789");
	bool number = digits <= 3 && text[digits] == '\0';

	switch (end) {
	case 'm': return strlen(text) < 64 && is_colour(text);
	case 'h':
	case 'l': return is_mode(text);
	case 'H': return strspn(text, "0123456789;") == strlen(text) && strlen(text) <= 7;
	case 'r': return strspn(text, "0123456789;") == strlen(text) && strcmp(text, "1;1") != 0;
	case 'J': return strcmp(text, "2") == 0 || text[0] == '\0';
	case 't':
		return strcmp(text, "22;0;0") == 0 || strcmp(text, "23;0;0") == 0 ||
		       strcmp(text, "22;2") == 0 || strcmp(text, "23;2") == 0;
	case 'p': return strcmp(text, "!") == 0;
	default: return strchr("ABCDGKLMPSTXZ@bd", end) != NULL && (number || strcmp(text, "1") == 0);
	}
}

static const char *take_csi(struct stream *stream)
{
	unsigned char last = (unsigned char)stream->piece[stream->length - 1];
	char text[80];

	if (stream->length < 3)
		return NULL;
	if (last < 0x20 || last > 0x7E || stream->length > sizeof(text))
		return complain(stream, "no sequence");
	if (last < 0x40)
		return NULL;
	snprintf(text, sizeof(text), "%.*s", (int)stream->length - 3, stream->piece + 2);
	if (!is_csi((char)last, text))
		return complain(stream, "no sequence of this program");
	stream->state = STREAM_TEXT;
	stream->length = 0;
	return NULL;
}

/* Base64, in place. */
static size_t decode(char *text)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t length = 0;
	unsigned bits = 0, count = 0;

	for (const char *at = text; *at && strchr(digits, *at); at++) {
		bits = bits << 6 | (unsigned)(strchr(digits, *at) - digits);
		count += 6;
		if (count >= 8)
			text[length++] = (char)(bits >> (count -= 8));
	}
	return length;
}

/* What is copied is pasted into spreadsheets: with its lines and tabs. */
static const char *find_in_copy(char *text)
{
	size_t length = decode(text);

	for (size_t i = 0; i < length; i++)
		if (text[i] == '\t')
			text[i] = ' ';
	return hidden_in_n(text, length, true);
}

static const char *take_osc(struct stream *stream)
{
	char *text = stream->piece + 2;
	const char *flaw = "no sequence of this program";

	text[stream->length - 2] = '\0';
	if (strncmp(text, "2;", 2) == 0)
		flaw = hidden_in(text + 2, false);
	else if (strncmp(text, "9;Trato: ", 9) == 0)
		flaw = hidden_in(text + 9, false);
	else if (strncmp(text, "52;c;", 5) == 0)
		flaw = find_in_copy(text + 5);
	else if (strcmp(text, "104") == 0 || /* the palette as it was */
	         (strncmp(text, "7772;", 5) == 0 && text[strspn(text, "0123456789;")] == '\0'))
		flaw = NULL;
	if (flaw)
		return complain(stream, flaw);
	stream->state = STREAM_TEXT;
	stream->length = 0;
	return NULL;
}

static const char *take_byte(struct stream *stream, char byte)
{
	if (stream->length + 1 == sizeof(stream->piece))
		return complain(stream, "a sequence without an end");
	stream->piece[stream->length++] = byte;
	switch (stream->state) {
	case STREAM_TEXT: return take_text(stream);
	case STREAM_ESCAPE: return take_escape(stream);
	case STREAM_CSI: return take_csi(stream);
	case STREAM_CHARSET:
		if (byte != 'B' && byte != '0')
			return complain(stream, "no set of characters of this program");
		stream->state = STREAM_TEXT;
		stream->length = 0;
		return NULL;
	case STREAM_OSC:
		if (byte == '\033')
			stream->state = STREAM_OSC_END;
		/* Its ends do not belong to it. */
		if (byte == '\033' || byte == '\a')
			stream->length--;
		return byte == '\a' ? take_osc(stream) : NULL;
	case STREAM_OSC_END:
		stream->length--;
		return byte == '\\' ? take_osc(stream) : complain(stream, "broken off");
	}
	return NULL;
}

/* ---- The hostile texts themselves */

/* It begins with ESC [, and is nothing but that one sequence: the program may send the same. */
static bool is_one_sequence(const char *text)
{
	size_t length = strspn(text + 2, "0123456789;?") + 3;

	return text[0] == '\033' && text[1] == '[' && strlen(text) <= length;
}

static bool is_needle(const char *text)
{
	size_t length = strlen(text);

	/* An ESC at its end may be that of the next sequence. */
	return length >= 3 && length <= NEEDLE_MOST && strpbrk(text, "\a\b\t\n\r\033") &&
	       strspn(text, "\a\b\t\n\r\033") < length && text[length - 1] != '\033' &&
	       !is_one_sequence(text);
}

static const char *find_hostile(const char *bytes, size_t length)
{
	static const char *needles[NEEDLES_MOST];
	static int count = -1;

	if (count < 0) {
		count = 0;
		for (int i = 0; i < hostile_count() && count < NEEDLES_MOST; i++)
			if (is_needle(hostile_text(i)->text))
				needles[count++] = hostile_text(i)->text;
	}
	for (int i = 0; i < count; i++)
		if (memmem(bytes, length, needles[i], strlen(needles[i])))
			return needles[i];
	return NULL;
}

static const char *take_whole(struct stream *stream, const char *bytes, size_t length)
{
	static char both[sizeof(stream->tail) + 65536];
	const char *found;

	if (length > 65536)
		length = 65536;
	memcpy(both, stream->tail, stream->tail_length);
	memcpy(both + stream->tail_length, bytes, length);
	length += stream->tail_length;
	found = find_hostile(both, length);
	stream->tail_length = length < NEEDLE_MOST ? length : NEEDLE_MOST;
	memcpy(stream->tail, both + length - stream->tail_length, stream->tail_length);
	if (!found)
		return NULL;
	stream->length = (size_t)snprintf(stream->piece, sizeof(stream->piece), "%s", found);
	return complain(stream, "a hostile text as it is");
}

const char *stream_take(struct stream *stream, const char *bytes, size_t length)
{
	const char *wrong = stream->complaint[0] ? stream->complaint : NULL;

	for (size_t i = 0; i < length && !wrong; i++)
		wrong = take_byte(stream, bytes[i]);
	return wrong ? wrong : take_whole(stream, bytes, length);
}
