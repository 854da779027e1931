/*
 * What the files of src/conf/ offer to each other, and to their tests.
 */
#ifndef TRATO_CONF_READER_H
#define TRATO_CONF_READER_H

#include <libconfig.h>
#include <stdbool.h>

#include <conf/conf.h>

enum conf_origin {
	CONF_REQUIRED,  /* named by the user: it must be there */
	CONF_OPTIONAL,  /* looked for: it may be missing */
	CONF_PROTECTED, /* may be missing, and must be root's alone */
};

/* Reads one file over what conf holds already. */
bool conf_read_file(struct conf *conf, const char *path, enum conf_origin origin, struct err *err);

/* Takes one setting of the top level; refuses what is no option or has a wrong value. */
bool conf_take_option(struct conf *conf, const config_setting_t *setting, const char *path,
                      struct err *err);
/* Takes the group `keys`. */
bool conf_take_keys(struct conf *conf, const config_setting_t *group, const char *path,
                    struct err *err);
/* "FILE, line N" of a setting, in the arena; an included file has its own name. */
const char *conf_place(struct conf *conf, const config_setting_t *setting, const char *path);

#endif
