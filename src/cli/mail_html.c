/*
 * HTML mail as plain text; see mail_text.h. No parser of HTML: mail has every
 * kind of broken markup, and a reader wants its words. One pass, in which no
 * search for the end of something is made twice in vain.
 */
#include "mail_text.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <base/text.h>

struct reducer {
	struct buf *out;
	size_t start; /* of the text in out */
	const char *at;
	bool blank;     /* whitespace came, none was written yet */
	int pre;        /* depth of <pre> */
	bool no_end[3]; /* behind here no script, style, title ends */
	bool no_comment_end, no_tag_end, odd_quotes;
};

/* ---- writing ---- */

static size_t newlines_at_end(const struct reducer *reducer)
{
	size_t count = 0;

	while (reducer->out->length > reducer->start + count &&
	       reducer->out->text[reducer->out->length - 1 - count] == '\n')
		count++;
	return count;
}

/* At least that many ends of lines stand before what comes; none at the beginning. */
static void begin_line(struct reducer *reducer, size_t wanted)
{
	reducer->blank = false;
	if (reducer->out->length == reducer->start)
		return;
	for (size_t have = newlines_at_end(reducer); have < wanted; have++)
		buf_add(reducer->out, "\n");
}

static void put(struct reducer *reducer, const char *bytes, size_t length)
{
	if (reducer->blank && reducer->out->length > reducer->start &&
	    newlines_at_end(reducer) == 0)
		buf_add(reducer->out, " ");
	reducer->blank = false;
	buf_add_n(reducer->out, bytes, length);
}

/* What fills previews and allows hyphens is nothing to read. */
static bool is_filling(uint32_t c)
{
	return c == 0xAD || c == 0x34F || (c >= 0x200B && c <= 0x200D) || c == 0x2060 ||
	       c == 0xFEFF;
}

static void put_character(struct reducer *reducer, uint32_t c)
{
	char bytes[4];

	if (is_filling(c))
		return;
	if (c == 0xA0 || c == ' ' || c == '\t' || c == '\n') {
		reducer->blank = true;
		return;
	}
	put(reducer, bytes, text_encode(bytes, c));
}

/* ---- entities ---- */

static const char *const latin[96] = {
	"nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
	"copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
	"sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
	"raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
	"Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
	"Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
	"Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
	"szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
	"egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
	"ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
	"uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};

static const struct {
	const char *name;
	uint32_t c;
} others[] = {
	{ "amp", '&' },       { "lt", '<' },       { "gt", '>' },        { "quot", '"' },
	{ "apos", '\'' },     { "euro", 0x20AC },  { "hellip", 0x2026 }, { "ndash", 0x2013 },
	{ "mdash", 0x2014 },  { "lsquo", 0x2018 }, { "rsquo", 0x2019 },  { "sbquo", 0x201A },
	{ "ldquo", 0x201C },  { "rdquo", 0x201D }, { "bdquo", 0x201E },  { "lsaquo", 0x2039 },
	{ "rsaquo", 0x203A }, { "bull", 0x2022 },  { "trade", 0x2122 },  { "larr", 0x2190 },
	{ "rarr", 0x2192 },   { "ensp", ' ' },     { "emsp", ' ' },      { "thinsp", ' ' },
	{ "zwnj", 0x200C },   { "zwj", 0x200D },   { "OElig", 0x152 },   { "oelig", 0x153 },
	{ "Scaron", 0x160 },  { "scaron", 0x161 }, { "check", 0x2713 },  { "minus", 0x2212 },
};

static bool find_entity(const char *name, size_t length, uint32_t *c)
{
	for (uint32_t i = 0; i < 96; i++)
		if (strlen(latin[i]) == length && strncmp(latin[i], name, length) == 0) {
			*c = 160 + i;
			return true;
		}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strlen(others[i].name) == length &&
		    strncmp(others[i].name, name, length) == 0) {
			*c = others[i].c;
			return true;
		}
	return false;
}

/* Numbers between 128 and 159 are those of windows-1252, whatever the standard of HTML once said. */
static uint32_t of_number(unsigned long number)
{
	static const uint16_t windows[32] = {
		0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
		0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
	};

	if (number >= 128 && number < 160)
		return windows[number - 128];
	return number == 0 || number > 0x10FFFF ? 0xFFFD : (uint32_t)number;
}

/* At an ampersand, which stands for itself where nothing known follows. */
static void take_entity(struct reducer *reducer)
{
	const char *name = reducer->at + 1;
	size_t length = 0;
	uint32_t c = 0;
	char *end;

	if (name[0] == '#' && (isdigit((unsigned char)name[1]) ||
	                       ((name[1] | 32) == 'x' && isxdigit((unsigned char)name[2])))) {
		c = of_number(name[1] == 'x' || name[1] == 'X' ? strtoul(name + 2, &end, 16)
		                                               : strtoul(name + 1, &end, 10));
		length = (size_t)(end - name);
	} else {
		while (length < 8 && isalnum((unsigned char)name[length]))
			length++;
		if (!find_entity(name, length, &c)) {
			put(reducer, "&", 1);
			reducer->at++;
			return;
		}
	}
	put_character(reducer, c);
	reducer->at = name + length + (name[length] == ';');
}

/* ---- tags ---- */

static bool is_tag(const char *tag, size_t length, const char *names)
{
	const char *found = names;

	/* names: " p div " */
	while ((found = strchr(found, ' ')) != NULL) {
		found++;
		if (strncasecmp(found, tag, length) == 0 && found[length] == ' ')
			return true;
	}
	return false;
}

/* Behind the tag that begins at `at`, or NULL where none ends any more. */
static const char *tag_end(struct reducer *reducer, const char *at)
{
	const char *end = NULL;

	if (reducer->no_tag_end)
		return NULL;
	if (!reducer->odd_quotes) {
		char quote = '\0';

		for (end = at + 1; *end != '\0' && (quote || *end != '>'); end++)
			if (quote ? *end == quote : end[-1] == '=' && (*end == '"' || *end == '\''))
				quote = quote ? '\0' : *end;
		if (*end == '>')
			return end + 1;
		reducer->odd_quotes = true;
	}
	end = strchr(at, '>');
	reducer->no_tag_end = end == NULL;
	return end != NULL ? end + 1 : NULL;
}

/* Behind </name>; or where it was: what does not end hides nothing. */
static const char *behind_element(struct reducer *reducer, const char *from, int which)
{
	static const char *const ends[] = { "</script", "</style", "</title" };
	const char *end = reducer->no_end[which] ? NULL : strcasestr(from, ends[which]);

	if (end == NULL) {
		reducer->no_end[which] = true;
		return from;
	}
	return end;
}

static void take_comment(struct reducer *reducer)
{
	const char *end = reducer->no_comment_end ? NULL : strstr(reducer->at + 4, "-->");

	reducer->no_comment_end = end == NULL;
	if (end == NULL)
		end = strchr(reducer->at, '>');
	else
		end += 2;
	/* Without any end it is one to its last byte, as for browsers. */
	reducer->at = end != NULL ? end + 1 : strchr(reducer->at, '\0');
}

static void take_tag(struct reducer *reducer)
{
	static const char *const hidden[] = { " script ", " style ", " title " };
	const char *tag = reducer->at + 1, *end = tag_end(reducer, reducer->at);
	bool closing = *tag == '/';
	size_t length;

	if (end == NULL) {
		put(reducer, "<", 1);
		reducer->at++;
		return;
	}
	tag += closing;
	for (length = 0; isalnum((unsigned char)tag[length]);)
		length++;
	reducer->at = end;
	if (length == 0)
		return;
	for (int i = 0; i < 3; i++)
		if (!closing && is_tag(tag, length, hidden[i]))
			reducer->at = behind_element(reducer, end, i);
	if (is_tag(tag, length, " br ")) {
		reducer->blank = false;
		if (reducer->out->length > reducer->start && newlines_at_end(reducer) < 2)
			buf_add(reducer->out, "\n");
	} else if (is_tag(tag, length, " p h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl table ")) {
		begin_line(reducer, is_tag(tag, length, " table ul ol ") ? 1 : 2);
	} else if (is_tag(tag, length,
	                  " div tr li dt dd hr address center section article "
	                  "header footer main nav aside form fieldset body ")) {
		begin_line(reducer, 1);
		if (!closing && is_tag(tag, length, " li "))
			put(reducer, "- ", 2);
	} else if (is_tag(tag, length, " td th option ")) {
		reducer->blank = true;
	}
	if (is_tag(tag, length, " pre "))
		reducer->pre = closing ? 0 : 1;
}

static void take_text(struct reducer *reducer)
{
	uint32_t c;
	size_t step = text_decode(reducer->at, &c);

	if (step == 0) {
		put(reducer, reducer->at, 1);
		step = 1;
	} else if (reducer->pre && (c == '\n' || c == ' ' || c == '\t')) {
		reducer->blank = false;
		if (c != '\n' || reducer->out->length > reducer->start)
			buf_add_n(reducer->out, reducer->at, step);
	} else {
		put_character(reducer, c);
	}
	reducer->at += step;
}

void mail_add_html(struct buf *out, const char *html)
{
	struct reducer reducer = { .out = out, .start = out->length, .at = html };

	while (*reducer.at != '\0') {
		if (strncmp(reducer.at, "<!--", 4) == 0)
			take_comment(&reducer);
		else if (*reducer.at == '<' &&
		         (isalpha((unsigned char)reducer.at[1]) ||
		          (reducer.at[1] != '\0' && strchr("/!?", reducer.at[1]))))
			take_tag(&reducer);
		else if (*reducer.at == '&')
			take_entity(&reducer);
		else
			take_text(&reducer);
	}
}

const char *mail_html_charset(struct arena *arena, const char *bytes, size_t length)
{
	static const char key[] = "charset=";
	const char *at = arena_copy_n(arena, bytes, length < 2048 ? length : 2048);
	size_t name;

	at = strcasestr(at, key);
	if (at == NULL)
		return NULL;
	at += strlen(key);
	at += strspn(at, "\"' ");
	name = strcspn(at, "\"'; />");
	return name > 0 ? arena_copy_n(arena, at, name) : NULL;
}
