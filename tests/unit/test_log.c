/*
 * The log: appended, private, cleaned, and refused where it is no file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/i18n.h>
#include <base/log.h>

static char directory[] = "/tmp/trato-log-XXXXXX";
static char path[64];

static void read_all(char *out, size_t size)
{
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	out[fread(out, 1, size - 1, file)] = '\0';
	fclose(file);
}

static void test_log_line__cleaned_and_appended(void **state)
{
	char text[9000];
	char long_text[5000];
	struct stat status;

	(void)state;
	umask(0);
	assert_true(log_open(path, NULL));
	log_line("first %d", 1);
	log_close();
	log_line("nowhere");
	assert_true(log_open(path, NULL));
	log_line("two\nlines \x1b[31m \u202E\xff");
	read_all(text, sizeof text);
	assert_non_null(strstr(text, " first 1\n"));
	assert_non_null(strstr(text, " two␊lines ␛[31m <U+202E>�\n"));
	assert_null(strstr(text, "nowhere"));
	assert_int_equal(strspn(text, "0123456789-T:+"), 24);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	memset(long_text, 'z', sizeof long_text - 1);
	long_text[sizeof long_text - 1] = '\0';
	log_line("%s", long_text);
	read_all(text, sizeof text);
	assert_int_equal(text[strlen(text) - 1], '\n');
	log_close();
}

static void test_log_open__refused(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_false(log_open("/nowhere/at/all", &err));
	assert_int_equal(err.kind, ERR_USAGE);
	assert_non_null(strstr(err.text, "/nowhere/at/all"));
	assert_false(log_open(directory, NULL));
	assert_false(log_open("/dev/null", &err));
	assert_non_null(strstr(err.text, "ordinary file"));
	assert_true(log_open("", NULL));
	assert_true(log_open(NULL, NULL));
}

static int set_up(void **state)
{
	(void)state;
	i18n_init("en");
	if (!mkdtemp(directory))
		return 1;
	snprintf(path, sizeof path, "%s/log", directory);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_log_line__cleaned_and_appended),
		cmocka_unit_test(test_log_open__refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
