/*
 * Text: what foreign text may become on its way to the terminal, and how it is
 * measured and broken. The hostile table is the proof of text_clean.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <base/arena.h>
#include <base/i18n.h>
#include <base/text.h>

static struct arena *arena;

static void assert_clean(const char *foreign, enum text_lines lines, const char *expected)
{
	assert_string_equal(text_clean(arena, foreign, lines), expected);
}

static void test_text_clean__hostile(void **state)
{
	static const struct {
		const char *foreign, *expected;
	} table[] = {
		/* nothing to do */
		{ "", "" },
		{ "plain ~ text", "plain ~ text" },
		{ "Cerámicas Peñíscola — 45.200 €", "Cerámicas Peñíscola — 45.200 €" },
		{ "日本語 한국어 العربية עברית Ελλάδα", "日本語 한국어 العربية עברית Ελλάδα" },
		{ "a\u00A0b\u3000c", "a\u00A0b\u3000c" },
		{ "😀👍", "😀👍" },
		/* C0, DEL, C1 */
		{ "\x01\x02\x07\x08", "␁␂␇␈" },
		{ "a\x1b[31mb", "a␛[31mb" },
		{ "\x1b]52;c;Zm9v\x07", "␛]52;c;Zm9v␇" },
		{ "a\nb\tc\rd\r\n", "a␊b␉c␍d␍␊" },
		{ "\v\f\x0e\x0f\x7f", "␋␌␎␏␡" },
		{ "\xc2\x80\xc2\x85\xc2\x90\xc2\x9b"
		  "31m\xc2\x9c\xc2\x9d\xc2\x9f",
		  "<U+0080><U+0085><U+0090><U+009B>31m<U+009C><U+009D><U+009F>" },
		{ "\x9b"
		  "31m",
		  "�31m" },
		/* bidirectional */
		{ "\u202Agnp.exe", "<U+202A>gnp.exe" },
		{ "a\u202Eb\u202Dc\u202Cd", "a<U+202E>b<U+202D>c<U+202C>d" },
		{ "\u2066\u2067\u2068\u2069", "<U+2066><U+2067><U+2068><U+2069>" },
		{ "\u200E\u200F\u061C", "<U+200E><U+200F><U+061C>" },
		/* zero width and invisible */
		{ "pay\u200Bpal", "pay<U+200B>pal" },
		{ "a\u200Cb\u200Dc\u2060d\uFEFFe", "a<U+200C>b<U+200D>c<U+2060>d<U+FEFF>e" },
		{ "so\u00ADft", "so<U+00AD>ft" },
		{ "a\u034Fb", "a<U+034F>b" },
		{ "\u115F\u1160\u3164\uFFA0", "<U+115F><U+1160><U+3164><U+FFA0>" },
		{ "\u2800", "<U+2800>" },
		{ "\u17B4\u17B5\u180B\u180E\u180F", "<U+17B4><U+17B5><U+180B><U+180E><U+180F>" },
		{ "\u2061\u2062\u2063\u2064\u2065", "<U+2061><U+2062><U+2063><U+2064><U+2065>" },
		{ "\u206A\u206F", "<U+206A><U+206F>" },
		{ "\u2028\u2029", "<U+2028><U+2029>" },
		{ "❤\uFE0F x\uFE00", "❤<U+FE0F> x<U+FE00>" },
		{ "x\U000E0100", "x<U+E0100>" },
		{ "👨\u200D👩", "👨<U+200D>👩" },
		{ "\uFFF9a\uFFFAb\uFFFB", "<U+FFF9>a<U+FFFA>b<U+FFFB>" },
		{ "\u0600\u06DD\u070F", "<U+0600><U+06DD><U+070F>" },
		{ "\U0001D173\U0001BCA0\U00013430", "<U+1D173><U+1BCA0><U+13430>" },
		/* tags, private use, not assigned, no characters */
		{ "\U000E0001\U000E0041\U000E007F", "<U+E0001><U+E0041><U+E007F>" },
		{ "\uE000\uF8FF\U000F0000\U0010FFFD", "<U+E000><U+F8FF><U+F0000><U+10FFFD>" },
		{ "\u0378\uFDD0\uFFFE\uFFFF", "<U+0378><U+FDD0><U+FFFE><U+FFFF>" },
		{ "\U0001FFFE\U0010FFFF", "<U+1FFFE><U+10FFFF>" },
		/* broken UTF-8: one mark a byte */
		{ "\x80", "�" },
		{ "\xbf\xbf", "��" },
		{ "\xc3", "�" },
		{ "\xc3(", "�(" },
		{ "a\xe2\x82", "a��" },
		{ "\xf0\x9f\x98", "���" },
		{ "\xc0\xaf", "��" },
		{ "\xc1\x9b", "��" },
		{ "\xe0\x80\xaf", "���" },
		{ "\xe0\x9f\xbf", "���" },
		{ "\xf0\x80\x80\x9b", "����" },
		{ "\xf0\x8f\xbf\xbf", "����" },
		{ "\xed\xa0\x80", "���" },
		{ "\xed\xbf\xbf", "���" },
		{ "\xed\xa0\xbd\xed\xb8\x80", "������" },
		{ "\xf4\x90\x80\x80", "����" },
		{ "\xf5\x80\x80\x80", "����" },
		{ "\xf8\x88\x80\x80\x80", "�����" },
		{ "\xfe\xff", "��" },
		{ "caf\xe9", "caf�" },
		{ "\xc2\x1b[m", "�␛[m" },
		{ "\xe2\x80\x1b", "��␛" },
		/* combining marks */
		{ "e\u0301", "e\u0301" },
		{ "\u0301x", "<U+0301>x" },
		{ "\n\u0301", "␊<U+0301>" },
		{ "\u202E\u0301", "<U+202E><U+0301>" },
		{ "\xff\u0301", "�<U+0301>" },
		{ "a\u0301\u200B\u0301", "a\u0301<U+200B><U+0301>" },
		{ "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307",
		  "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307" },
		{ "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030Ab\u0301",
		  "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307�b\u0301" },
		{ "\u1100\u1161\u11A8", "\u1100\u1161\u11A8" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_clean(table[i].foreign, TEXT_ONE_LINE, table[i].expected);
}

static void test_text_clean__many_lines(void **state)
{
	(void)state;
	assert_clean("a\nb\r\nc\td", TEXT_MANY_LINES, "a\nb\nc    d");
	assert_clean("a\nb\r\nc\td\x1b", TEXT_TABLE, "a\nb\nc\td␛");
	assert_clean("a\rb", TEXT_MANY_LINES, "a␍b");
	assert_clean("\r\r\n\r", TEXT_MANY_LINES, "␍\n␍");
	assert_clean("\n\u0301", TEXT_MANY_LINES, "\n<U+0301>");
	assert_clean("\x1b\n", TEXT_MANY_LINES, "␛\n");
}

/* Every code point alone and after a letter: what comes out is valid, clean, and visible. */
static void test_text_clean__every_code_point(void **state)
{
	(void)state;
	for (uint32_t c = 1; c <= 0x10FFFF; c++) {
		char foreign[8] = "x";
		const char *clean;
		uint32_t out;
		size_t step;

		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		foreign[1 + text_encode(foreign + 1, c)] = '\0';
		clean = text_clean(arena, foreign, TEXT_ONE_LINE);
		assert_true(text_is_valid(clean, strlen(clean)));
		for (const char *at = clean; (step = text_decode(at, &out)) > 0; at += step)
			assert_true(out >= 0x20 && wcwidth((wchar_t)out) >= 0 &&
			            (out < 0x7F || out >= 0xA0));
		assert_string_equal(text_clean(arena, clean, TEXT_ONE_LINE), clean);
		arena_reset(arena);
	}
}

/* Random bytes: valid, nothing below space, cleaning twice changes nothing. */
static void test_text_clean__random_bytes(void **state)
{
	unsigned seed = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char foreign[25];
		const char *clean;

		for (size_t i = 0; i < sizeof foreign - 1; i++) {
			seed = seed * 1103515245U + 12345U;
			foreign[i] = (char)(seed >> 16 | (seed >> 28 & 1) << 7);
		}
		foreign[sizeof foreign - 1] = '\0';
		clean = text_clean(arena, foreign, TEXT_ONE_LINE);
		assert_true(text_is_valid(clean, strlen(clean)));
		for (const char *at = clean; *at; at++)
			assert_true((unsigned char)*at >= 0x20 && *at != 0x7F);
		assert_string_equal(text_clean(arena, clean, TEXT_ONE_LINE), clean);
		arena_reset(arena);
	}
}

static void test_text_is_valid__boundaries(void **state)
{
	(void)state;
	assert_true(text_is_valid("", 0));
	assert_true(text_is_valid("ñ€😀", strlen("ñ€😀")));
	assert_true(text_is_valid("\xf4\x8f\xbf\xbf", 4));
	assert_false(text_is_valid("ñ", 1));
	assert_false(text_is_valid("a\0b", 3));
	assert_false(text_is_valid("\xed\xa0\x80", 3));
	assert_false(text_is_valid("\xc0\x80", 2));
	assert_false(text_is_valid("abc\xff", 4));
}

static void test_text_encode__round_trip(void **state)
{
	static const uint32_t edges[] = { 1,      0x7F,   0x80,   0x7FF,   0x800,
		                          0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF };

	(void)state;
	for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
		char bytes[5] = "";
		uint32_t back;
		size_t length = text_encode(bytes, edges[i]);

		assert_int_equal(text_decode(bytes, &back), length);
		assert_int_equal(back, edges[i]);
	}
	for (uint32_t wrong = 0xD800; wrong <= 0xDFFF; wrong += 0x7FF) {
		char bytes[5] = "";

		assert_int_equal(text_encode(bytes, wrong), 3);
		assert_string_equal(bytes, "\uFFFD");
	}
}

static void test_text_width__columns(void **state)
{
	(void)state;
	assert_int_equal(text_width(""), 0);
	assert_int_equal(text_width("abc"), 3);
	assert_int_equal(text_width("ñandú"), 5);
	assert_int_equal(text_width("n\u0303"), 1);
	assert_int_equal(text_width("日本"), 4);
	assert_int_equal(text_width("a\u200Bb"), 2);
	assert_int_equal(text_width_n("ñandú", 2), 1);
	assert_int_equal(text_width_n("日本", 3), 2);
}

static void test_text_next__clusters(void **state)
{
	static const struct {
		const char *text;
		size_t bytes;
	} table[] = {
		{ "", 0 },
		{ "ab", 1 },
		{ "ñx", 2 },
		{ "n\u0303\u0301x", 5 },
		{ "\n\u0301", 1 },
		{ "🇪🇸🇫🇷", 8 },
		{ "👨\u200D👩\u200D👧x", 18 },
		{ "👍🏽x", 8 },
		{ "❤\uFE0Fx", 6 },
		{ "a\u200Db", 4 },
		{ "\xffx", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_int_equal(text_next(table[i].text), table[i].bytes);
}

/* Backwards meets the same boundaries as forwards. */
static void test_text_previous__mirrors_next(void **state)
{
	static const char text[] =
	    "añ n\u0303\u0301x🇪🇸🇫🇷🇩 👨\u200D👩b日本👍🏽\n\u0301e\u0301é";
	size_t ends[64];
	size_t count = 0;

	(void)state;
	for (size_t at = 0; text[at];) {
		at += text_next(text + at);
		ends[count++] = at;
	}
	assert_int_equal(ends[count - 1], strlen(text));
	while (count-- > 1)
		assert_int_equal(ends[count] - text_previous(text, ends[count]), ends[count - 1]);
	assert_int_equal(text_previous(text, 1), 1);
	assert_int_equal(text_previous(text, 0), 0);
}

static void test_text_fit__whole_clusters(void **state)
{
	(void)state;
	assert_int_equal(text_fit("abc", 2), 2);
	assert_int_equal(text_fit("abc", 0), 0);
	assert_int_equal(text_fit("abc", -1), 0);
	assert_int_equal(text_fit("abc", 9), 3);
	assert_int_equal(text_fit("日本", 3), 3);
	assert_int_equal(text_fit("日本", 1), 0);
	assert_int_equal(text_fit("e\u0301x", 1), 3);
}

static void test_text_shorten__ellipsis(void **state)
{
	(void)state;
	assert_string_equal(text_shorten(arena, "abc", 3), "abc");
	assert_string_equal(text_shorten(arena, "abcd", 3), "ab…");
	assert_string_equal(text_shorten(arena, "abcd", 1), "…");
	assert_string_equal(text_shorten(arena, "abcd", 0), "");
	assert_string_equal(text_shorten(arena, "", 0), "");
	assert_string_equal(text_shorten(arena, "日本語", 5), "日本…");
	assert_string_equal(text_shorten(arena, "日本語", 4), "日…");
	assert_string_equal(text_shorten(arena, "abe\u0301", 3), "abe\u0301");
}

static void assert_wrapped(const char *text, int columns, const char *expected)
{
	struct text_block block = text_wrap(arena, text, columns);
	char joined[256] = "";

	for (int i = 0; i < block.count; i++) {
		assert_true(text_width(block.lines[i]) <= columns || columns < 1);
		strcat(joined, block.lines[i]);
		strcat(joined, "|");
	}
	assert_string_equal(joined, expected);
}

static void test_text_wrap__lines(void **state)
{
	(void)state;
	assert_wrapped("", 10, "");
	assert_wrapped("one", 10, "one|");
	assert_wrapped("one two three", 7, "one two|three|");
	assert_wrapped("one two three", 6, "one|two|three|");
	assert_wrapped("one   two", 4, "one|two|");
	assert_wrapped("a\n\nb\n", 10, "a||b|");
	assert_wrapped("\n", 10, "|");
	assert_wrapped("abcdefgh ij", 3, "abc|def|gh|ij|");
	assert_wrapped("  ab cd", 5, "  ab|cd|");
	assert_wrapped("   abcdefgh", 5, "   ab|cdefg|h|");
	assert_wrapped("        x", 5, "     |x|");
	assert_wrapped("日本語", 4, "日本|語|");
	assert_wrapped("日", 1, "…|");
	assert_wrapped("ab", 0, "a|b|");
	assert_wrapped("división ñandú", 8, "división|ñandú|");
}

static void test_text_wrap__a_number_stays_together(void **state)
{
	(void)state;
	assert_wrapped("Tel. 976 20 30 40, Zaragoza", 13, "Tel.|976 20 30 40,|Zaragoza|");
	assert_wrapped("Eva · +34 (976) 20 30 · x", 18, "Eva ·|+34 (976) 20 30 ·|x|");
	assert_wrapped("a 2 b", 3, "a 2|b|");
	assert_wrapped("in 2026 (action 7)", 13, "in 2026|(action 7)|");
	/* Longer than a line: at its spaces. */
	assert_wrapped("976 20 30 40", 9, "976 20 30|40|");
	assert_wrapped("Tel. 976 20 30 40", 9, "Tel.|976 20 30|40|");
	assert_wrapped(" 976 20 30 40", 9, " 976 20|30 40|");
}

static int set_up(void **state)
{
	(void)state;
	i18n_init("en");
	arena = arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_clean__hostile),
		cmocka_unit_test(test_text_clean__many_lines),
		cmocka_unit_test(test_text_clean__every_code_point),
		cmocka_unit_test(test_text_clean__random_bytes),
		cmocka_unit_test(test_text_is_valid__boundaries),
		cmocka_unit_test(test_text_encode__round_trip),
		cmocka_unit_test(test_text_width__columns),
		cmocka_unit_test(test_text_next__clusters),
		cmocka_unit_test(test_text_previous__mirrors_next),
		cmocka_unit_test(test_text_fit__whole_clusters),
		cmocka_unit_test(test_text_shorten__ellipsis),
		cmocka_unit_test(test_text_wrap__lines),
		cmocka_unit_test(test_text_wrap__a_number_stays_together),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
