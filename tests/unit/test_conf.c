/*
 * The configuration: what each file may say, which one wins, and that every
 * mistake is answered with file, line and what is allowed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/i18n.h>
#include <conf/conf.h>

#include "conf/reader.h"

static char directory[] = "/tmp/trato-conf-XXXXXX";
static char file[64];     /* the one that is tried */
static char personal[64]; /* below XDG_CONFIG_HOME */

static void write_file(const char *path, const char *text)
{
	FILE *to = fopen(path, "w");

	assert_non_null(to);
	fputs(text, to);
	fclose(to);
}

static void test_conf_new__defaults(void **state)
{
	struct conf *conf = conf_new();

	(void)state;
	assert_string_equal(conf->connection, "dbname=trato");
	assert_string_equal(conf->language, "auto");
	assert_string_equal(conf->theme, "dark");
	assert_true(conf->colour && conf->mouse && conf->bell && !conf->ascii);
	assert_int_equal(conf->quiet_hours.from, conf->quiet_hours.to);
	assert_string_equal(conf->notify, "auto");
	assert_int_equal(conf->refresh, 5);
	assert_string_equal(conf->log_file, "");
	assert_int_equal(conf->key_count, 0);
	conf_free(&conf);
	assert_null(conf);
	conf_free(&conf);
}

static void test_conf_read_file__all_options(void **state)
{
	struct conf *conf = conf_new();
	struct err err = { 0 };

	(void)state;
	write_file(file, "connection = \"host=db.example\";\nlanguage: \"es\"\ntheme=\"contrast\"\n"
	                 "colour=false; mouse=FALSE; bell=false; ascii=true;\n"
	                 "quiet_hours=\"20:00-08:00\"; notify=\"off\";\n"
	                 "refresh = 300; log_file = \"/tmp/cañón \\\"1\\\".log\";\n");
	if (!conf_read_file(conf, file, CONF_REQUIRED, &err))
		fail_msg("%s", err.text);
	assert_string_equal(conf->connection, "host=db.example");
	assert_string_equal(conf->language, "es");
	assert_string_equal(conf->theme, "contrast");
	assert_true(!conf->colour && !conf->mouse && !conf->bell && conf->ascii);
	assert_int_equal(conf->quiet_hours.from, 20 * 60);
	assert_int_equal(conf->quiet_hours.to, 8 * 60);
	assert_string_equal(conf->notify, "off");
	assert_int_equal(conf->refresh, 300);
	assert_string_equal(conf->log_file, "/tmp/cañón \"1\".log");
	write_file(file, "refresh = 2L;\n"); /* a later file changes only what it names */
	assert_true(conf_read_file(conf, file, CONF_REQUIRED, &err));
	assert_int_equal(conf->refresh, 2);
	assert_string_equal(conf->language, "es");
	write_file(file, "");
	assert_true(conf_read_file(conf, file, CONF_REQUIRED, &err));
	conf_free(&conf);
}

/* Line and what is allowed; %s is the file. */
static void test_conf_read_file__mistakes(void **state)
{
#define KEYS "keys are written as keys = { SECTION: { COMMAND = \"KEY KEY\"; }; };"
#define NUMBER "refresh must be a whole number from 2 to 300."
#define TEXT "must be a text in quotation marks, in UTF-8 and on one line."
	static const struct {
		const char *text, *place, *sentence;
	} table[] = {
		{ "\n\ncolor = true;", "3",
		  "there is no option \"color\". There are: connection, "
		  "socket_owner, language, theme, colour, mouse, bell, quiet_hours, notify, ascii, refresh, offer_template, "
		  "log_file, keys." },
		{ "Refresh = 5;", "1", "there is no option \"Refresh\"" },
		{ "refresh = 1;", "1", NUMBER },
		{ "refresh = 301;", "1", NUMBER },
		{ "refresh = -5;", "1", NUMBER },
		{ "refresh = 5000000000L;", "1", NUMBER },
		{ "refresh = 5.0;", "1", NUMBER },
		{ "refresh = \"5\";", "1", NUMBER },
		{ "refresh = [5];", "1", NUMBER },
		{ "\nrefresh = true;", "2", NUMBER },
		{ "language = \"fr\";", "1", "language must be \"auto\", \"es\" or \"en\"." },
		{ "language = \"\";", "1", "language must be \"auto\", \"es\" or \"en\"." },
		{ "language = \"auto|es\";", "1", "language must be \"auto\", \"es\" or \"en\"." },
		{ "language = 1;", "1", "language must be \"auto\", \"es\" or \"en\"." },
		{ "theme = \"Dark\";", "1", "theme must be \"dark\", \"light\" or \"contrast\"." },
		{ "mouse = 1;", "1", "mouse must be true or false." },
		{ "mouse = \"on\";", "1", "mouse must be true or false." },
		{ "connection = true;", "1", "connection " TEXT },
		{ "connection = \"a\\x1b[31m\";", "1", "connection " TEXT },
		{ "connection = \"a\\nb\";", "1", "connection " TEXT },
		{ "log_file = \"caf\xe9\";", "1", "log_file " TEXT },
		{ "log_file = \"a\u202E\";", "1", "log_file " TEXT },
		{ "log_file = {};", "1", "log_file " TEXT },
		{ "bell = true;\nbell = false;", "2", "duplicate" },
		{ "quiet_hours = \"always\";", "1", "two times such as \"20:00-08:00\"" },
		{ "quiet_hours = 8;", "1", "two times such as" },
		{ "bell = yes please;", "1", "syntax error" },
		{ "bell = true", NULL, NULL },
		{ "\nbell", "2", "syntax error" },
		{ "\x1b[31m", "1", "syntax error" },
		{ "keys = 1;", "1", KEYS },
		{ "keys = { global = \"q\"; };", "1", KEYS },
		{ "keys = {\n global: {\n quit = 1; }; };", "3", KEYS },
		{ "keys = {\n global: { quit = [\"q\"]; }; };", "2", KEYS },
		{ "keys = { global: { quit = \"\\x07\"; }; };", "1", KEYS },
		{ "keys = ( { } );", "1", KEYS },
		{ "@include \"nowhere\"\n", "1", "include" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct conf *conf = conf_new();
		struct err err = { 0 };
		char place[100];

		write_file(file, table[i].text);
		assert_int_equal(conf_read_file(conf, file, CONF_REQUIRED, &err), !table[i].place);
		if (table[i].place) {
			snprintf(place, sizeof place, "%s, line %s: ", file, table[i].place);
			if (strncmp(err.text, place, strlen(place)) != 0 ||
			    !strstr(err.text, table[i].sentence))
				fail_msg("%s", err.text);
			assert_int_equal(err.kind, ERR_USAGE);
		}
		conf_free(&conf);
	}
}

static void test_conf_read_file__keys_in_order(void **state)
{
	struct conf *conf = conf_new();

	(void)state;
	write_file(file, "keys = {\n  actions: { open-action = \"n F2\"; };\n"
	                 "  global: {\n    quit = \"q\";\n    help = \"\"; };\n};\n");
	assert_true(conf_read_file(conf, file, CONF_REQUIRED, NULL));
	write_file(file, "\nkeys: { global: { quit = \"Ctrl-q ñ\"; }; };");
	assert_true(conf_read_file(conf, file, CONF_REQUIRED, NULL));
	assert_int_equal(conf->key_count, 4);
	assert_string_equal(conf->keys[0].section, "actions");
	assert_string_equal(conf->keys[0].command, "open-action");
	assert_string_equal(conf->keys[0].keys, "n F2");
	assert_string_equal(conf->keys[0].file, file);
	assert_int_equal(conf->keys[0].line, 2);
	assert_string_equal(conf->keys[2].keys, "");
	assert_int_equal(conf->keys[2].line, 5);
	assert_string_equal(conf->keys[3].section, "global");
	assert_string_equal(conf->keys[3].keys, "Ctrl-q ñ");
	assert_int_equal(conf->keys[3].line, 2);
	conf_free(&conf);
}

/* A mistake in an included file is named there. */
static void test_conf_read_file__included(void **state)
{
	struct conf *conf = conf_new();
	struct err err = { 0 };
	char included[80];

	(void)state;
	snprintf(included, sizeof included, "%s/more.conf", directory);
	write_file(included, "refresh = 9;\n");
	write_file(file, "@include \"more.conf\"\nbell = false;\n");
	if (!conf_read_file(conf, file, CONF_REQUIRED, &err))
		fail_msg("%s", err.text);
	assert_int_equal(conf->refresh, 9);
	write_file(included, "\n\nrefresh = 1;\n");
	assert_false(conf_read_file(conf, file, CONF_REQUIRED, &err));
	assert_non_null(strstr(err.text, "more.conf, line 3: refresh must be"));
	unlink(included);
	conf_free(&conf);
}

static void test_conf_read_file__not_there(void **state)
{
	struct conf *conf = conf_new();
	struct err err = { 0 };

	(void)state;
	assert_true(conf_read_file(conf, "/nowhere/trato.conf", CONF_OPTIONAL, &err));
	assert_true(conf_read_file(conf, "/nowhere/trato.conf", CONF_PROTECTED, &err));
	assert_true(conf_read_file(conf, "/dev/null/trato.conf", CONF_OPTIONAL, &err));
	assert_string_equal(err.text, "");
	assert_false(conf_read_file(conf, "/nowhere/tr\x1b.conf", CONF_REQUIRED, &err));
	assert_non_null(strstr(err.text, "/nowhere/tr␛.conf"));
	assert_false(conf_read_file(conf, directory, CONF_OPTIONAL, &err));
	assert_non_null(strstr(err.text, "ordinary file"));
	assert_false(conf_read_file(conf, "/dev/zero", CONF_REQUIRED, &err));
	conf_free(&conf);
}

/* Where nobody else may write, in a folder up to the root either: /tmp is not such a place. */
static void test_conf_read_file__protected(void **state)
{
	struct conf *conf = conf_new();
	struct err err = { 0 };

	(void)state;
	write_file(file, "refresh = 7;");
	assert_int_equal(chmod(file, 0644), 0);
	assert_false(conf_read_file(conf, file, CONF_PROTECTED, &err));
	assert_non_null(strstr(err.text, "must be a file of root's"));
	assert_int_equal(conf->refresh, 5);
	unlink(file);
	conf_free(&conf);
}

static bool reads_protected(const char *path, int expected)
{
	struct conf *conf = conf_new();
	struct err err = { 0 };
	bool done = conf_read_file(conf, path, CONF_PROTECTED, &err) && conf->refresh == expected;

	conf_free(&conf);
	return done;
}

static void test_conf_read_file__protected_as_root(void **state)
{
	char folder[] = "/run/trato-conf-XXXXXX", path[64], other[64], link[64], text[80];

	(void)state;
	if (getuid() != 0)
		skip();
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/trato.conf", folder);
	snprintf(other, sizeof(other), "%s/other.conf", folder);
	snprintf(link, sizeof(link), "%s/link.conf", folder);
	write_file(path, "refresh = 7;");
	assert_int_equal(symlink(path, link), 0);
	assert_true(reads_protected(path, 7));
	assert_false(reads_protected(link, 7));
	/* The folder. */
	assert_int_equal(chmod(folder, 0777), 0);
	assert_false(reads_protected(path, 7));
	assert_int_equal(chmod(folder, 0755), 0);
	assert_int_equal(chown(folder, 65534, 65534), 0);
	assert_false(reads_protected(path, 7));
	assert_int_equal(chown(folder, 0, 0), 0);
	/* The file. */
	assert_int_equal(chmod(path, 0664), 0);
	assert_false(reads_protected(path, 7));
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(chown(path, 65534, 65534), 0);
	assert_false(reads_protected(path, 7));
	assert_int_equal(chown(path, 0, 0), 0);
	/* What it includes. */
	write_file(other, "keys = { lists: { down = \"x\"; }; };\nrefresh = 9;");
	write_file(path, "@include \"other.conf\"");
	assert_true(reads_protected(path, 9));
	snprintf(text, sizeof(text), "@include \"%s\"", file);
	write_file(file, "refresh = 9;");
	write_file(path, text);
	assert_false(reads_protected(path, 9));
	unlink(file);
	unlink(path);
	unlink(other);
	unlink(link);
	rmdir(folder);
}

static void test_conf_load__later_file_wins(void **state)
{
	struct conf *conf;
	struct err err = { 0 };

	(void)state;
	write_file(personal, "refresh = 20;\ntheme = \"light\";\n");
	write_file(file, "refresh = 30;\n");
	setenv("XDG_CONFIG_HOME", directory, 1);
	if (!conf_load(&conf, file, false, &err))
		fail_msg("%s", err.text);
	assert_int_equal(conf->refresh, 30);
	assert_string_equal(conf->theme, "light");
	conf_free(&conf);
	assert_true(conf_load(&conf, NULL, false, &err));
	assert_int_equal(conf->refresh, 20);
	conf_free(&conf);
	assert_true(conf_load(&conf, file, true, &err)); /* neither of the two */
	assert_true(conf->refresh != 20 && conf->refresh != 30);
	conf_free(&conf);
	write_file(personal, "refresh = 1;\n");
	assert_false(conf_load(&conf, file, false, &err));
	assert_null(conf);
	setenv("XDG_CONFIG_HOME", "relative", 1);
	setenv("HOME", "/nowhere", 1);
	assert_true(conf_load(&conf, NULL, false, &err));
	conf_free(&conf);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("HOME");
	assert_true(conf_load(&conf, NULL, false, &err));
	conf_free(&conf);
}

static void test_conf_option_at__table(void **state)
{
	int count = 0;

	(void)state;
	for (const struct conf_option *option; (option = conf_option_at(count)); count++)
		assert_true(*option->name && *option->type && *option->standard && *option->help);
	assert_int_equal(count, 13);
	assert_null(conf_option_at(-1));
	assert_string_equal(conf_option_at(0)->standard, "\"dbname=trato\"");
	assert_string_equal(conf_option_at(2)->allowed, "auto|es|en");
	assert_string_equal(conf_option_at(10)->allowed, "2..300");
}

static int set_up(void **state)
{
	char path[64];

	(void)state;
	i18n_init("en");
	umask(022);
	if (!mkdtemp(directory))
		return 1;
	snprintf(file, sizeof file, "%s/tried.conf", directory);
	snprintf(path, sizeof path, "%s/trato", directory);
	snprintf(personal, sizeof personal, "%s/trato/trato.conf", directory);
	return mkdir(path, 0755);
}

static int tear_down(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof command, "rm -r %s", directory);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_conf_new__defaults),
		cmocka_unit_test(test_conf_read_file__all_options),
		cmocka_unit_test(test_conf_read_file__mistakes),
		cmocka_unit_test(test_conf_read_file__keys_in_order),
		cmocka_unit_test(test_conf_read_file__included),
		cmocka_unit_test(test_conf_read_file__not_there),
		cmocka_unit_test(test_conf_read_file__protected),
		cmocka_unit_test(test_conf_read_file__protected_as_root),
		cmocka_unit_test(test_conf_load__later_file_wins),
		cmocka_unit_test(test_conf_option_at__table),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
