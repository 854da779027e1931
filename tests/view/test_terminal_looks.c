/* Sequences of attributes and colours joined: the same looks, in fewer bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ui/terminal_looks.h>
#include <vterm.h>

static void assert_joined(struct looks *looks, const char *from, const char *to)
{
	char text[256];
	size_t length;

	snprintf(text, sizeof(text), "%s", from);
	length = looks_join(looks, text, strlen(text));
	text[length] = '\0';
	assert_string_equal(text, to);
	assert_true(length <= strlen(from));
}

static void test_looks_join__neighbours(void **state)
{
	struct looks looks = { .ascii = true };

	(void)state;
	assert_joined(&looks, "a\033[38;5;16m\033[48;5;152mb", "a\033[38;5;16;48;5;152mb");
	assert_joined(&looks, "c\033[39;49m\033(B\033[md", "c\033[md");
	assert_joined(&looks, "\033(B\033[0;1m\033[38;5;210me", "\033[1;38;5;210me");
	assert_joined(&looks, "\033[0;4m\033(B\033[31mf", "\033[0;4;31mf");
	assert_joined(&looks, "\033[39m\033(B\033[m \033[1m\033[0m!", "\033[m !");
	/* Nothing follows: it is said at the end all the same. */
	assert_joined(&looks, "x\033[1m\033[4m", "x\033[1;4m");
	assert_joined(&looks, "", "");
}

static void test_looks_join__what_the_terminal_knows(void **state)
{
	struct looks looks = { 0 };

	(void)state;
	assert_joined(&looks, "\033(B\033[m", "\033(B\033[m");
	assert_joined(&looks, "\033[ma", "a");
	assert_joined(&looks, "\033[0;7mb", "\033[7mb");
	assert_joined(&looks, "\033[0;7mb", "\033[0;7mb");
	/* Other letters, and back. */
	assert_joined(&looks, "\033(0q\033(B\033(Bc", "\033(0q\033(Bc");
}

/* As terminfo has it for foot and for what knows all colours: it is a colour like the others. */
static void test_looks_join__colours_with_colons(void **state)
{
	struct looks looks = { .ascii = true, .plain = true };

	(void)state;
	assert_joined(&looks, "\033[38:5:110ma\033[mb", "\033[38:5:110ma\033[mb");
	assert_joined(&looks, "\033[1m\033[38:2::1:2:3m\033[48:5:24mc",
	              "\033[1;38:2::1:2:3;48:5:24mc");
	assert_joined(&looks, "\033[39;49m\033[0;4:3m", "\033[0;4:3m");
	looks.plain = true;
	assert_joined(&looks, "\033[38:2::1:2:3m\033[48:2::1:2:3m\033[58:2::1:2:3m",
	              "\033[38:2::1:2:3;48:2::1:2:3m\033[58:2::1:2:3m");
}

static void test_looks_join__leaves_the_rest(void **state)
{
	struct looks looks = { .ascii = true };

	(void)state;
	assert_joined(&looks, "\033[1m\033[4;1H\033[4m", "\033[1m\033[4;1H\033[4m");
	assert_joined(&looks, "\033[?25h\033[>4m\033[5", "\033[?25h\033[>4m\033[5");
	assert_joined(&looks, "\033", "\033");
	assert_joined(&looks, "\033(", "\033(");
	assert_joined(&looks, "\033[m\017", "\033[m\017");
}

/* Terminals drop what is behind the sixteenth parameter. */
static void test_looks_join__not_too_many(void **state)
{
	struct looks looks = { .ascii = true };

	(void)state;
	assert_joined(&looks, "\033[0;1;2;3;4;5;6;7;8m\033[9;1;2;3;4;5;6m\033[7m",
	              "\033[0;1;2;3;4;5;6;7;8;9;1;2;3;4;5;6m\033[7m");
	looks.plain = true;
	assert_joined(&looks, "\033[1m\033[1;2;3;4;5;6;7;8;9;1;2;3;4;5;6;7;8m\033[mx",
	              "\033[1m\033[1;2;3;4;5;6;7;8;9;1;2;3;4;5;6;7;8m\033[mx");
}

/* What takes back the letters' colour waits for letters; the next one needs no taking back. */
static void test_looks_join__blanks(void **state)
{
	struct looks looks = { .ascii = true, .plain = true };

	(void)state;
	assert_joined(&looks, "\033[1m\033[38;5;9ma\033[m \033[38;5;8mb", "\033[1;38;5;9ma \033[0;38;5;8mb");
	assert_joined(&looks, "\033[m\033[K\r\033[7X\033[3;4H\033[48;5;7mc",
	              "\033[K\r\033[7X\033[3;4H\033[0;48;5;7mc");
	assert_joined(&looks, "\033[m d", "\033[m d");
	assert_joined(&looks, "\033[31me\033[m \033[92mf\033[m  g", "\033[31me \033[92mf\033[m  g");
	assert_joined(&looks, "\033[31mh\033[m \033[1mi", "\033[31mh \033[0;1mi");
	assert_joined(&looks, "\033[m\033[31mj\033[m  ", "\033[0;31mj  \033[m");
	/* What blanks show. */
	assert_joined(&looks, "\033[31m\033[4mk\033[m \033[31ml", "\033[31;4mk\033[m \033[31ml");
	assert_joined(&looks, "\033[7mm\033[m\033[Kn", "\033[7mm\033[m\033[Kn");
	assert_joined(&looks, "\033[38;5;1;4mo\033[m p", "\033[38;5;1;4mo\033[m p");
}

/* A line feed stands before a sequence alone: what it is before is no text with one. */
static void test_looks_join__next_row(void **state)
{
	struct looks looks = { .ascii = true };

	(void)state;
	assert_joined(&looks, "a\r\033[2d\033[1m", "a\r\033[2d\033[1m");
	assert_joined(&looks, "a\r\033[3d\033[1mb\r\033[4d\033[m", "a\r\n\033[1mb\r\n\033[m");
	assert_joined(&looks, "a\r\033[5d=1+1", "a\r\033[5d=1+1");
	assert_joined(&looks, "a\r\033[6d\033[m=1+1", "a\r\033[6d=1+1");
	assert_joined(&looks, "\033[31mb\033[m\033[K\r\033[7d\033[4mc", "\033[31mb\033[K\r\n\033[0;4mc");
	assert_joined(&looks, "\r\033[A\033[Ka\r\033[7d\033[1m", "\r\033[A\033[Ka\r\n\033[1m");
	assert_joined(&looks, "\033[5d\r\033[7d\033[2m", "\033[5d\r\033[7d\033[2m");
	assert_joined(&looks, "\033[H\033[?25l\r\033[2d\033[1m", "\033[H\033[?25l\r\033[2d\033[1m");
	assert_joined(&looks, "\nb\r\033[3d\033[1m", "\nb\r\033[3d\033[1m");
	assert_joined(&looks, "\033M\r\033[4d\033[1m", "\033M\r\033[4d\033[1m");
}

/* ---- Anything: a terminal that is given both shows the same */

/* So wide that no line comes to its end: curses says where to go then. */
enum { ROWS = 4, COLUMNS = 200, ROUNDS = 300 };

static VTerm *terminal_new(void)
{
	VTerm *terminal = vterm_new(ROWS, COLUMNS);

	vterm_set_utf8(terminal, 1);
	vterm_screen_reset(vterm_obtain_screen(terminal), 1);
	return terminal;
}

static void assert_same_cells(VTerm *one, VTerm *other)
{
	for (int i = 0; i < ROWS * COLUMNS; i++) {
		VTermPos at = { .row = i / COLUMNS, .col = i % COLUMNS };
		VTermScreenCell a = { 0 }, b = { 0 };

		vterm_screen_get_cell(vterm_obtain_screen(one), at, &a);
		vterm_screen_get_cell(vterm_obtain_screen(other), at, &b);
		assert_memory_equal(a.chars, b.chars, sizeof(a.chars));
		/* Which of a blank are not seen. */
		if ((a.chars[0] != 0 && a.chars[0] != ' ') || a.attrs.reverse || a.attrs.underline) {
			assert_true(vterm_color_is_equal(&a.fg, &b.fg));
			assert_int_equal(a.attrs.bold, b.attrs.bold);
		}
		assert_true(vterm_color_is_equal(&a.bg, &b.bg));
		assert_int_equal(a.attrs.underline, b.attrs.underline);
		assert_int_equal(a.attrs.reverse, b.attrs.reverse);
	}
}

static void test_looks_join__looks_the_same(void **state)
{
	static const char *const pieces[] = {
		"\033[m",
		"\033(B",
		"\033[0;1m",
		"\033[38;5;210m",
		"\033[48;5;24m",
		"\033[38:5:67m",
		"\033[48:2::9:8:7m",
		"\033[39m",
		"\033[49m",
		"\033[39;49m",
		"\033[0;4;7m",
		"\033[1m",
		"\033[K",
		"\033[2;3H",
		"\033[3;1H",
		"word",
		"\033[30m",
		"\033[106m",
		"\033[4m",
		"\033(0",
		"\r",
		"\r\033[2d",
		"\r\033[3d",
		"\033[A",
		"  ",
		"\033[2X",
		"\033[27m",
		"x",
		"\033[0;10;1m",
		"\033[38;5;0m",
	};
	VTerm *plain = terminal_new(), *joined = terminal_new();
	struct looks looks = { 0 };

	(void)state;
	srand(1);
	for (int round = 0; round < ROUNDS; round++) {
		char text[1024] = "\r";
		size_t length;

		for (int i = 0; i < 40; i++)
			strcat(text, pieces[(size_t)rand() % (sizeof(pieces) / sizeof(pieces[0]))]);
		vterm_input_write(plain, text, strlen(text));
		length = looks_join(&looks, text, strlen(text));
		vterm_input_write(joined, text, length);
		assert_same_cells(plain, joined);
	}
	vterm_free(plain);
	vterm_free(joined);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_looks_join__neighbours),
		cmocka_unit_test(test_looks_join__what_the_terminal_knows),
		cmocka_unit_test(test_looks_join__colours_with_colons),
		cmocka_unit_test(test_looks_join__leaves_the_rest),
		cmocka_unit_test(test_looks_join__not_too_many),
		cmocka_unit_test(test_looks_join__blanks),
		cmocka_unit_test(test_looks_join__next_row),
		cmocka_unit_test(test_looks_join__looks_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
