/*
 * A configuration file of any bytes: taken as a whole with clean values and a
 * key map, or refused by a sentence that says where. @include is libconfig's,
 * and would read this computer's files.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>
#include <conf/conf.h>

#include "view/key_settings.h"

static void check_keys(const struct conf *conf)
{
	struct buf warnings = { 0 };
	struct err err = { 0 };
	struct keymap *keymap = key_settings_make(conf, &warnings, &err);

	fuzz_assert(keymap || err.text[0] != '\0');
	fuzz_assert_clean(err.text, false);
	fuzz_assert_clean(warnings.text, true);
	keymap_free(&keymap);
	buf_free(&warnings);
}

void fuzz_one(const uint8_t *bytes, size_t length)
{
	struct conf *conf = NULL;
	struct err err = { 0 };

	if (memmem(bytes, length, "include", strlen("include")))
		return;
	setenv("XDG_CONFIG_HOME", "/nowhere", 1);
	i18n_init("en");
	if (!conf_load(&conf, fuzz_file(bytes, length), false, &err)) {
		fuzz_assert(err.kind == ERR_USAGE && err.text[0] != '\0');
		fuzz_assert_clean(err.text, false);
		return;
	}
	fuzz_assert_clean(conf->connection, false);
	fuzz_assert_clean(conf->log_file, false);
	check_keys(conf);
	conf_free(&conf);
}
