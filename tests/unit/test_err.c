/*
 * Sentences that quote what came from elsewhere.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <base/err.h>
#include <base/i18n.h>

#include "harness/hidden.h"
#include "harness/hostile.h"

static void test_err_set__hides_nothing(void **state)
{
	(void)state;
	for (int i = 0; i < hostile_count(); i++) {
		const struct hostile *hostile = hostile_text(i);
		struct err err = { 0 }, field = { 0 };
		const char *flaw;

		err_set(&err, ERR_USAGE, "%s cannot be read.", hostile->text);
		err_set_field(&field, "name", "%s cannot be read.", hostile->text);
		flaw = hidden_in(err.text, false);
		if (flaw)
			fail_msg("%s: %s in «%s»", hostile->name, flaw, err.text);
		assert_string_equal(err.text, field.text);
	}
}

static void test_err_set__keeps_what_is_visible(void **state)
{
	struct err err = { 0 };

	(void)state;
	err_set(&err, ERR_USAGE, "«%s», 漢 %d", "Núñez", 7);
	assert_string_equal(err.text, "«Núñez», 漢 7");
}

static void test_err_set__ends_at_a_whole_character(void **state)
{
	static const char *const characters[] = { "€", "😀" };

	(void)state;
	for (int i = 0; i < 2; i++) {
		size_t size = strlen(characters[i]);

		for (size_t pad = 0; pad < 5; pad++) {
			char text[2100] = "";
			struct err err;

			memset(text, 'a', pad);
			for (int count = 0; count < 500; count++)
				strcat(text, characters[i]);
			err_set(&err, ERR_REFUSED, "%s", text);
			assert_int_equal((strlen(err.text) - pad) % size, 0);
			assert_true(strlen(err.text) > sizeof err.text - size - 2);
			assert_null(strstr(err.text, "\uFFFD"));
		}
	}
}

static int set_up(void **state)
{
	(void)state;
	i18n_init("en");
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_err_set__hides_nothing),
		cmocka_unit_test(test_err_set__keeps_what_is_visible),
		cmocka_unit_test(test_err_set__ends_at_a_whole_character),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
