/*
 * The language, with a real catalogue beside a real executable: the test copies
 * itself into a directory with a locale/ in it, and runs there as a child under
 * every kind of environment. The child prints what it sees.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include <base/date.h>
#include <base/i18n.h>

static char directory[] = "/tmp/trato-i18n-XXXXXX";

static const char catalogue[] =
    "msgid \"\"\n"
    "msgstr \"Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; "
    "plural=(n != 1);\\n\"\n"
    "msgid \"now\"\nmsgstr \"ahora\"\n"
    "msgid \"open\"\nmsgstr \"abrir\"\n"
    "msgctxt \"action\"\nmsgid \"open\"\nmsgstr \"abierta\"\n"
    "msgid \"%d day\"\nmsgid_plural \"%d days\"\nmsgstr[0] \"%d día\"\nmsgstr[1] \"%d días\"\n";

static int run_child(const char *language, const char *then)
{
	char age[32];

	i18n_init(*language ? language : NULL);
	date_age(0, age);
	if (*then)
		i18n_init(then);
	date_age(0, age);
	printf("%s %s %s %s %s %s|%.1f %d", i18n_language(), age, _("open"), C_("action", "open"),
	       ngettext("%d day", "%d days", 2), nl_langinfo(CODESET), 0.5, wcwidth(L'ñ'));
	return 0;
}

struct setting {
	const char *environment; /* arguments of env, the rest is empty */
	const char *language;
	const char *then; /* a second call of i18n_init */
	const char *expected;
};

#define ES "es ahora abrir abierta %d días UTF-8|0.5 1"
#define EN "en now open open %d days UTF-8|0.5 1"

static void check(const struct setting *table, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char command[512];
		char output[256] = "";
		FILE *pipe;

		snprintf(command, sizeof command, "env -i %s %s/program child '%s' '%s' 2>&1",
		         table[i].environment, directory, table[i].language, table[i].then);
		pipe = popen(command, "r");
		assert_non_null(pipe);
		if (!fgets(output, sizeof output, pipe))
			output[0] = '\0';
		assert_int_equal(pclose(pipe), 0);
		if (strcmp(output, table[i].expected) != 0)
			fail_msg("%s: \"%s\"", command, output);
	}
}

/* No Spanish locale is generated on a fresh Debian: nothing here may need one. */
static void test_i18n_init__environment(void **state)
{
	static const struct setting table[] = {
		{ "", "", "", EN },
		{ "LANG=C", "", "", EN },
		{ "LANG=es_ES.UTF-8", "", "", ES },
		{ "LANG=es_ES@euro", "", "", ES },
		{ "LANG=es", "", "", ES },
		{ "LANG=C.UTF-8 LANGUAGE=es", "", "", ES },
		{ "LANG=C LANGUAGE=es", "", "", ES },
		{ "LC_ALL=POSIX LANGUAGE=es_MX:en", "", "", ES },
		{ "LANG=es_ES.UTF-8 LANGUAGE=en:es", "", "", EN },
		{ "LANG=es_ES.UTF-8 LANGUAGE=ca:fr", "", "", ES },
		{ "LANG=C.UTF-8 LANGUAGE=ca:es", "", "", ES },
		{ "LANG=es_ES.UTF-8 LC_MESSAGES=en_GB.UTF-8", "", "", EN },
		{ "LANG=en_GB.UTF-8 LC_MESSAGES=es_ES.UTF-8", "", "", ES },
		{ "LANG=es_ES.UTF-8 LC_ALL=C", "", "", EN },
		{ "LANG=fr_FR.UTF-8", "", "", EN },
		{ "LANG=eso_XX LANGUAGE=::", "", "", EN },
		{ "LC_CTYPE=C.UTF-8 LANGUAGE=es", "", "", ES },
		{ "LC_ALL=nonsense LANGUAGE=", "", "", EN },
		{ "LANG=C LANGUAGE=es LOCPATH=/nonexistent", "", "", ES },
		{ "LANG=es_ES.UTF-8 LOCPATH=/nonexistent", "", "", ES },
	};

	(void)state;
	check(table, sizeof table / sizeof *table);
}

static void test_i18n_init__configured(void **state)
{
	static const struct setting table[] = {
		{ "", "es", "", ES },
		{ "LC_ALL=C", "es", "", ES },
		{ "LANG=es_ES.UTF-8", "en", "", EN },
		{ "LANG=es_ES.UTF-8 LANGUAGE=es", "en", "", EN },
		{ "LANG=es_ES.UTF-8", "auto", "", ES },
		{ "LANG=C.UTF-8", "auto", "", EN },
	};

	(void)state;
	check(table, sizeof table / sizeof *table);
}

/* The second call changes texts that were looked up already, and auto asks the environment
 * as it was, not as the first call left it. */
static void test_i18n_init__again(void **state)
{
	static const struct setting table[] = {
		{ "LANG=C.UTF-8", "en", "es", ES },
		{ "LANG=C.UTF-8", "es", "en", EN },
		{ "LANG=C.UTF-8 LANGUAGE=es", "en", "auto", ES },
		{ "LANG=C.UTF-8", "es", "auto", EN },
	};

	(void)state;
	check(table, sizeof table / sizeof *table);
}

static int set_up(void **state)
{
	char command[512];
	char path[128];
	FILE *file;

	(void)state;
	if (!mkdtemp(directory))
		return 1;
	snprintf(path, sizeof path, "%s/es.po", directory);
	file = fopen(path, "w");
	if (!file || fputs(catalogue, file) < 0 || fclose(file) != 0)
		return 1;
	snprintf(command, sizeof command,
	         "cp /proc/%d/exe %s/program && cd %s && mkdir -p locale/es/LC_MESSAGES && "
	         "cp /usr/lib/locale/C.utf8/LC_MESSAGES/SYS_LC_MESSAGES locale/es/LC_MESSAGES/ && "
	         "msgfmt -o locale/es/LC_MESSAGES/trato.mo es.po",
	         (int)getpid(), directory, directory);
	return system(command);
}

static int tear_down(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof command, "rm -r %s", directory);
	return system(command);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_i18n_init__environment),
		cmocka_unit_test(test_i18n_init__configured),
		cmocka_unit_test(test_i18n_init__again),
	};

	if (argc == 4 && !strcmp(argv[1], "child"))
		return run_child(argv[2], argv[3]);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
