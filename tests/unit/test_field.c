/* Fields: typing by grapheme clusters, paste, and what SQL gets of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/text.h>
#include <ui/field.h>

static const struct field_choice channels[] = {
	{ "email", "E-mail" },    { "letter", "Letter" }, { "visit", "Visit" },
	{ "meeting", "Meeting" }, { NULL, NULL },
};
static const struct field_def line = { .name = "line", .label = "", .kind = FIELD_LINE, .max = 10 };
static const struct field_def text = { .name = "text", .label = "", .kind = FIELD_TEXT };
static const struct field_def secret = { .name = "s", .label = "", .kind = FIELD_SECRET };
static const struct field_def date = { .name = "date", .label = "", .kind = FIELD_DATE };
static const struct field_def hour = { .name = "time", .label = "", .kind = FIELD_TIME };
static const struct field_def amount = { .name = "amount", .label = "", .kind = FIELD_AMOUNT };
static const struct field_def quantity = {
	.name = "quantity", .label = "", .kind = FIELD_DECIMAL, .scale = 3
};
static const struct field_def integer = { .name = "integer", .label = "", .kind = FIELD_INTEGER };
static const struct field_def choice = {
	.name = "choice", .label = "", .kind = FIELD_CHOICE, .choices = channels
};
static const struct field_def needed = {
	.name = "choice", .label = "", .kind = FIELD_CHOICE, .choices = channels, .required = true
};

static enum field_did press(struct field *field, key_code code)
{
	return field_key(field, &(struct key_event){ .code = code });
}

static void type(struct field *field, const char *keys)
{
	uint32_t code;

	for (size_t step; (step = text_decode(keys, &code)) > 0; keys += step)
		press(field, code);
}

static enum field_did paste(struct field *field, const char *pasted)
{
	return field_key(field, &(struct key_event){ .code = KEYS_PASTE, .paste = pasted });
}

static void assert_text(struct field **field, const char *expected)
{
	assert_string_equal(field_text(*field), expected);
	field_free(field);
}

static struct field *typed(const struct field_def *def, const char *keys)
{
	struct field *field = field_new(def);

	type(field, keys);
	return field;
}

static void assert_value(const struct field_def *def, const char *keys, const char *value)
{
	struct field *field = typed(def, keys);
	struct err err;

	if (value) {
		assert_true(field_check(field, &err));
		assert_string_equal(field_value(field), value);
	} else {
		assert_null(field_value(field));
	}
	field_free(&field);
}

static void test_field_key__accent_stays_with_its_letter(void **state)
{
	struct field *field = typed(&line, "ae\xcc\x81i");

	(void)state;
	press(field, KEYS_LEFT);
	press(field, KEYS_LEFT);
	type(field, "x");
	assert_string_equal(field_text(field), "axe\xcc\x81i");
	press(field, KEYS_DELETE);
	assert_string_equal(field_text(field), "axi");
	press(field, KEYS_END);
	type(field, "n\xcc\x83");
	press(field, KEYS_BACKSPACE);
	assert_text(&field, "axi");
}

static void test_field_key__edges_are_left_to_the_owner(void **state)
{
	struct field *field = typed(&line, "ñ");

	(void)state;
	assert_int_equal(press(field, KEYS_RIGHT), FIELD_IGNORED);
	assert_int_equal(press(field, KEYS_LEFT), FIELD_MOVED);
	assert_int_equal(press(field, KEYS_LEFT), FIELD_IGNORED);
	assert_int_equal(press(field, KEYS_BACKSPACE), FIELD_MOVED);
	assert_int_equal(press(field, KEYS_TAB), FIELD_IGNORED);
	assert_int_equal(press(field, KEYS_ENTER), FIELD_IGNORED);
	assert_int_equal(press(field, KEYS_ESCAPE), FIELD_IGNORED);
	assert_int_equal(press(field, KEYS_CTRL | 'r'), FIELD_IGNORED);
	assert_text(&field, "ñ");
}

static void test_field_key__words_and_lines_are_erased(void **state)
{
	struct field *field = typed(&text, "one two  three");

	(void)state;
	press(field, KEYS_CTRL | 'w');
	assert_string_equal(field_text(field), "one two  ");
	press(field, KEYS_CTRL | 'w');
	assert_string_equal(field_text(field), "one ");
	press(field, KEYS_ENTER);
	type(field, "below");
	press(field, KEYS_CTRL | KEYS_LEFT);
	press(field, KEYS_CTRL | 'k');
	assert_string_equal(field_text(field), "one \n");
	press(field, KEYS_CTRL | 'u');
	assert_string_equal(field_text(field), "one \n");
	press(field, KEYS_UP);
	press(field, KEYS_END);
	press(field, KEYS_CTRL | 'u');
	assert_text(&field, "\n");
}

static void test_field_key__up_and_down_keep_the_column(void **state)
{
	struct field *field = typed(&text, "abcdef");

	(void)state;
	press(field, KEYS_ENTER);
	type(field, "x");
	press(field, KEYS_ENTER);
	type(field, "uvwxyz");
	press(field, KEYS_LEFT);
	assert_int_equal(press(field, KEYS_UP), FIELD_MOVED);
	assert_int_equal(press(field, KEYS_UP), FIELD_MOVED);
	assert_int_equal(press(field, KEYS_UP), FIELD_IGNORED);
	type(field, "|");
	assert_text(&field, "abcde|f\nx\nuvwxyz");
}

static void test_field_paste__is_filtered(void **state)
{
	struct field *one = field_new(&line), *many = field_new(&text);

	(void)state;
	assert_int_equal(paste(one, "a\tb\r\nc\x1b[31m\xe2\x80\xae"
	                            "d\xff\n"),
	                 FIELD_CHANGED);
	assert_text(&one, "a b c[31md");
	assert_int_equal(paste(many, "a\r\nb\rc\xe2\x80\x8b\n"), FIELD_CHANGED);
	assert_text(&many, "a\nb\nc\n");
}

static void test_field_paste__nothing_is_left_of_it(void **state)
{
	struct field *field = field_new(&line);

	(void)state;
	assert_int_equal(paste(field, "\x07\xe2\x80\xae"), FIELD_MOVED);
	assert_null(field_value(field));
	assert_int_equal(paste(field, ""), FIELD_MOVED);
	assert_text(&field, "");
}

static void test_field_check__too_long_keeps_the_text(void **state)
{
	struct field *field = typed(&line, "ñññññññññññ");
	struct err err;

	(void)state;
	assert_false(field_check(field, &err));
	assert_non_null(strstr(err.text, "11"));
	assert_string_equal(err.field, "line");
	press(field, KEYS_BACKSPACE);
	assert_true(field_check(field, &err));
	field_free(&field);
}

static void test_field_value__blanks(void **state)
{
	(void)state;
	assert_value(&line, "  a b ", "a b");
	assert_value(&line, "   ", NULL);
	assert_value(&text, "  a \n", "  a");
	assert_value(&secret, "  a ", "  a ");
}

static void test_field_value__figures(void **state)
{
	(void)state;
	i18n_init("es");
	assert_value(&amount, "1.234,56", "1234.56");
	assert_value(&amount, "1234.5", "1234.50");
	assert_value(&amount, "mil", NULL);
	assert_value(&quantity, "1,234", "1.234");
	assert_value(&integer, "12", "12");
	assert_value(&integer, "1,5", NULL);
	assert_value(&hour, "905", "09:05");
	assert_value(&hour, "25:00", NULL);
}

static void test_field_leave__shows_the_usual_form(void **state)
{
	struct field *field;
	char today[11];

	(void)state;
	i18n_init("es");
	field = typed(&amount, "1234.5");
	field_leave(field);
	assert_text(&field, "1.234,50");
	field = typed(&quantity, "2,50");
	field_leave(field);
	assert_text(&field, "2,5");
	field = typed(&date, "hoy");
	field_leave(field);
	date_format(date_today(), today);
	assert_text(&field, today);
	field = typed(&date, "31/2/2026");
	field_leave(field);
	assert_text(&field, "31/2/2026");
}

/* What is proposed need not be deleted first, and can be mended too. */
static void test_field_set__what_is_typed_takes_its_place(void **state)
{
	struct field *field = field_new(&date);

	(void)state;
	field_set(field, "2026-11-23");
	assert_int_equal(press(field, KEYS_TAB), FIELD_IGNORED);
	type(field, "+7");
	assert_string_equal(field_text(field), "+7");
	field_set(field, "2026-11-23");
	press(field, KEYS_BACKSPACE);
	type(field, "7");
	assert_string_equal(field_value(field), "2027-11-23");
	/* Once read and shown in its usual form it is a proposal again; a wrong one never is. */
	field_leave(field);
	type(field, "31/13");
	field_leave(field);
	type(field, "x");
	assert_text(&field, "31/13x");
	field = field_new(&line);
	field_set(field, "a");
	type(field, "b");
	assert_text(&field, "ab");
}

static void test_field_set__takes_what_value_gives(void **state)
{
	static const struct {
		const struct field_def *def;
		const char *value, *shown;
	} cases[] = {
		{ &date, "2026-11-25", "25/11/2026" }, { &amount, "1234567.80", "1.234.567,80" },
		{ &amount, "-0.05", "-0,05" },         { &amount, "0", "0,00" },
		{ &quantity, "1.234", "1,234" },       { &quantity, "1000.000", "1.000" },
		{ &integer, "1200", "1.200" },         { &hour, "09:05:00", "09:05" },
		{ &choice, "visit", "Visit" },         { &line, "canción", "canción" },
	};

	(void)state;
	i18n_init("es");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct field *field = field_new(cases[i].def);
		char *again;

		field_set(field, cases[i].value);
		assert_string_equal(field_text(field), cases[i].shown);
		again = strdup(field_value(field));
		field_set(field, again);
		assert_string_equal(field_text(field), cases[i].shown);
		field_set(field, NULL);
		assert_null(field_value(field));
		free(again);
		field_free(&field);
	}
}

static void test_field_choice__goes_round(void **state)
{
	struct field *field = field_new(&choice), *must = field_new(&needed);

	(void)state;
	assert_null(field_value(field));
	press(field, KEYS_LEFT);
	assert_string_equal(field_value(field), "meeting");
	press(field, KEYS_RIGHT);
	assert_null(field_value(field));
	type(field, "l");
	assert_string_equal(field_value(field), "letter");
	type(field, "q");
	assert_string_equal(field_value(field), "letter");
	press(field, KEYS_BACKSPACE);
	assert_null(field_value(field));
	type(must, "M ");
	assert_string_equal(field_value(must), "email");
	press(must, KEYS_BACKSPACE);
	assert_string_equal(field_value(must), "email");
	field_free(&field);
	field_free(&must);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_field_key__accent_stays_with_its_letter),
		cmocka_unit_test(test_field_key__edges_are_left_to_the_owner),
		cmocka_unit_test(test_field_key__words_and_lines_are_erased),
		cmocka_unit_test(test_field_key__up_and_down_keep_the_column),
		cmocka_unit_test(test_field_paste__is_filtered),
		cmocka_unit_test(test_field_paste__nothing_is_left_of_it),
		cmocka_unit_test(test_field_check__too_long_keeps_the_text),
		cmocka_unit_test(test_field_value__blanks),
		cmocka_unit_test(test_field_value__figures),
		cmocka_unit_test(test_field_leave__shows_the_usual_form),
		cmocka_unit_test(test_field_set__what_is_typed_takes_its_place),
		cmocka_unit_test(test_field_set__takes_what_value_gives),
		cmocka_unit_test(test_field_choice__goes_round),
	};

	i18n_init("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
