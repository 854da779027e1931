/*
 * Character sets and HTML of mail as text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <base/i18n.h>
#include <base/mem.h>

#include "cli/mail_text.h"

static void expect_text(const char *bytes, size_t length, const char *charset, const char *text,
                        bool known)
{
	struct buf out = { 0 };

	assert_int_equal(mail_add_text(&out, bytes, length, charset), known);
	assert_string_equal(out.length > 0 ? out.text : "", text);
	buf_free(&out);
}
#define TEXT(bytes, charset, text, known) \
	expect_text(bytes, sizeof(bytes) - 1, charset, text, known)

static void test_mail_add_text__known_sets(void **state)
{
	(void)state;
	TEXT("ma\xC3\xB1"
	     "ana",
	     "UTF-8", "mañana", true);
	TEXT("ma\xF1"
	     "ana",
	     "ISO-8859-15", "mañana", true);
	TEXT("12 \x80", "iso-8859-1", "12 €", true); /* what programs mean by that */
	TEXT("\x93\x81\x94", "windows-1252", "“\uFFFD”", true);
	TEXT("\x1B$B8+\x1B(B!", "iso-2022-jp", "見!", true);
	TEXT("\xFF\xFE"
	     "a\0\xF1\0",
	     "utf-16", "añ", true);
	TEXT("a+APE-o", "utf-7", "año", true);
	TEXT("\xB4\xAB", "big5", "換", true);
	TEXT("", "big5", "", true);
}

static void test_mail_add_text__none_said(void **state)
{
	(void)state;
	TEXT("ma\xC3\xB1"
	     "ana",
	     NULL, "mañana", true);
	TEXT("ma\xC3\xB1"
	     "ana",
	     "us-ascii", "mañana", true);
	TEXT("ma\xF1"
	     "ana",
	     "us-ascii", "mañana", true);
	TEXT("ma\xF1"
	     "ana",
	     "", "mañana", true);
}

static void test_mail_add_text__broken_bytes_are_marked(void **state)
{
	(void)state;
	TEXT("a\xF1"
	     "b",
	     "utf-8", "a\uFFFDb", true);
	TEXT("a\xC3", "utf-8", "a\uFFFD", true);
	TEXT("\xED\xA0\x80", "utf-8", "\uFFFD\uFFFD\uFFFD", true); /* half a surrogate pair */
	TEXT("a\0b", "utf-8", "a␀b", true);
	TEXT("a\xF1\0", NULL, "añ␀", true);
	TEXT("\xFF\xFE"
	     "a",
	     "utf-16", "\uFFFD", true);
}

static void test_mail_add_text__unknown_sets(void **state)
{
	(void)state;
	TEXT("a\xF1"
	     "b",
	     "x-klingon", "a\uFFFDb", false);
	TEXT("a\xC3\xB1", "x-klingon", "añ", true);
	TEXT("a\xF1", "../../etc/passwd", "a\uFFFD", false);
	TEXT("a\xF1", "utf-8//IGNORE", "a\uFFFD", false);
	TEXT("a\xF1", "a very long name that no character set has had in the whole world",
	     "a\uFFFD", false);
}

static void test_mail_add_text__lines_end_alike(void **state)
{
	(void)state;
	TEXT("a\r\nb\rc\n\r", NULL, "a\nb\nc\n\n", true);
}

static void html(const char *source, const char *text)
{
	struct buf out = { 0 };

	mail_add_html(&out, source);
	while (out.length > 0 && out.text[out.length - 1] == '\n')
		out.text[--out.length] = '\0';
	assert_string_equal(out.length > 0 ? out.text : "", text);
	buf_free(&out);
}

static void test_mail_add_html__paragraphs(void **state)
{
	(void)state;
	html("", "");
	html("<p>one<p>two</p>  <p>three", "one\n\ntwo\n\nthree");
	html("a<br>b<BR/>c<br><br><br>d", "a\nb\nc\n\nd");
	html("<div>a</div><div>b</div>", "a\nb");
	html(" a \n\t b<b> c</b> ", "a b c");
	html("<ul><li>one</li><li>two</ul>x", "- one\n- two\nx");
	html("<tr><td>a</td><td>b</td></tr><tr><td>c", "a b\nc");
	html("<h1>T</h1>text", "T\n\ntext");
	html("<pre>a\n  b</pre>c  d", "a\n  b\n\nc d");
	html("<prefix>a  b", "a b");
}

static void test_mail_add_html__nothing_hidden(void **state)
{
	(void)state;
	html("<title>T</title><style>p{}</style><script>if(a<b)x('</p>')</script>a", "a");
	html("a<!-- <p>b</p> -->c<!--[if mso]>x<![endif]-->d", "acd");
	html("<SCRIPT type=\"a>b\">x</script>a", "a");
	/* What does not end hides nothing. */
	html("<style>a", "a");
	html("<script>a<script>b", "ab");
	html("a<!-- b > c", "a c");
	html("a<!-- b", "a");
	html("a &#847;&zwnj;&#8203;&shy;\xEF\xBB\xBF"
	     "b",
	     "a b");
}

static void test_mail_add_html__odd_tags(void **state)
{
	(void)state;
	html("a < b and 1<2", "a < b and 1<2");
	html("a <b", "a <b");
	html("<a title=\"x>y\" href='>'>b</a>", "b");
	html("<a title=\"x>y", "y");
	html("<p title=it's>a</p><p>b's", "a\n\nb's");
	html("<>a</>b<?xml?>c<!DOCTYPE x>d", "<>abcd");
	html("<ñ>", "<ñ>");
}

static void test_mail_add_html__entities(void **state)
{
	(void)state;
	html("&lt;p&gt; &amp;amp; &quot;&apos;", "<p> &amp; \"'");
	html("caf&eacute; &Ntilde;&ntilde; &yuml;&euro;&hellip;", "café Ññ ÿ€…");
	html("&copy2026 &aacute&nbsp;b", "&copy2026 á b");
	html("&#233;&#xE9;&#XE9;&#128;&#x92;", "ééé€’");
	html("&#0;&#55296;&#1114112;&#99999999999999999999;", "\uFFFD\uFFFD\uFFFD\uFFFD");
	html("&unknown; & &; &#; &#x; &", "&unknown; & &; &#; &#x; &");
}

static void test_mail_html_charset__of_meta(void **state)
{
	struct arena *arena = arena_new();
	static const char old[] =
	    "<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-1\">";
	static const char new[] = "<meta charset='utf-8'/>";

	(void)state;
	assert_string_equal(mail_html_charset(arena, old, sizeof(old) - 1), "iso-8859-1");
	assert_string_equal(mail_html_charset(arena, new, sizeof(new) - 1), "utf-8");
	assert_null(mail_html_charset(arena, "<p>x", 4));
	assert_null(mail_html_charset(arena, "charset=", 8));
	arena_free(&arena);
}

static void unflowed(const char *flowed, bool del_sp, const char *text)
{
	char *copy = mem_copy(flowed);

	mail_unflow(copy, del_sp);
	assert_string_equal(copy, text);
	free(copy);
}

static void test_mail_unflow__joins_lines(void **state)
{
	(void)state;
	unflowed("", false, "");
	unflowed("a \nb\nc", false, "a b\nc");
	unflowed("a \nb", true, "ab");
	unflowed("> a \n> b\nc", false, "> a b\nc");
	unflowed("> a \nb", false, "> a \nb");
	unflowed("a \n> b", false, "a \n> b");
	unflowed("a\n-- \nAna", false, "a\n-- \nAna");
	unflowed("a ", false, "a ");
	unflowed("a \n", false, "a ");
}

static void test_mail_one_line__is_one(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(mail_one_line(arena, " a\r\n b\t\x1b[c\x7f ", 100), "a b [c");
	assert_string_equal(mail_one_line(arena, "ñañaña", 4), "ñañ…");
	assert_string_equal(mail_one_line(arena, "ñaña", 4), "ñaña");
	assert_string_equal(mail_one_line(arena, "\n", 4), "");
	assert_int_equal(mail_prefix("ñañ", 2), 3);
	assert_int_equal(mail_prefix("ñañ", 9), 5);
	assert_int_equal(mail_characters("ñañ"), 3);
	arena_free(&arena);
}

static int with_utf8(void **state)
{
	(void)state;
	i18n_init("en");
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mail_add_text__known_sets),
		cmocka_unit_test(test_mail_add_text__none_said),
		cmocka_unit_test(test_mail_add_text__broken_bytes_are_marked),
		cmocka_unit_test(test_mail_add_text__unknown_sets),
		cmocka_unit_test(test_mail_add_text__lines_end_alike),
		cmocka_unit_test(test_mail_add_html__paragraphs),
		cmocka_unit_test(test_mail_add_html__nothing_hidden),
		cmocka_unit_test(test_mail_add_html__odd_tags),
		cmocka_unit_test(test_mail_add_html__entities),
		cmocka_unit_test(test_mail_html_charset__of_meta),
		cmocka_unit_test(test_mail_unflow__joins_lines),
		cmocka_unit_test(test_mail_one_line__is_one),
	};

	return cmocka_run_group_tests(tests, with_utf8, NULL);
}
