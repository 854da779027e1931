/*
 * Where the configuration's files lie and how they are read: libconfig parses,
 * options.c judges. main calls it once.
 */
#include <conf/conf.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/arena.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>

#include "reader.h"

#define SYSTEM_FILE "/etc/trato.conf"

const char *conf_place(struct conf *conf, const config_setting_t *setting, const char *path)
{
	const char *file = config_setting_source_file(setting);

	return arena_printf(conf->arena, _("%s, line %u"),
	                    text_clean(conf->arena, file ? file : path, TEXT_ONE_LINE),
	                    config_setting_source_line(setting));
}

static bool refuse_keys(struct conf *conf, const config_setting_t *setting, const char *path,
                        struct err *err)
{
	return err_set(
	    err, ERR_USAGE,
	    _("%s: keys are written as keys = { SECTION: { COMMAND = \"KEY KEY\"; }; };"),
	    conf_place(conf, setting, path));
}

static bool take_section(struct conf *conf, const config_setting_t *section, const char *path,
                         struct err *err)
{
	int count = config_setting_length(section);

	conf->keys =
	    mem_resize(conf->keys, (size_t)conf->key_count + (size_t)count, sizeof *conf->keys);
	for (int i = 0; i < count; i++) {
		const config_setting_t *setting = config_setting_get_elem(section, (unsigned)i);
		const char *keys = config_setting_get_string(setting);
		const char *file = config_setting_source_file(setting);

		if (!keys || strcmp(text_clean(conf->arena, keys, TEXT_ONE_LINE), keys) != 0)
			return refuse_keys(conf, setting, path, err);
		conf->keys[conf->key_count++] = (struct conf_keys){
			.section = arena_copy(conf->arena, config_setting_name(section)),
			.command = arena_copy(conf->arena, config_setting_name(setting)),
			.keys = arena_copy(conf->arena, keys),
			.file = text_clean(conf->arena, file ? file : path, TEXT_ONE_LINE),
			.line = (int)config_setting_source_line(setting),
		};
	}
	return true;
}

bool conf_take_keys(struct conf *conf, const config_setting_t *group, const char *path,
                    struct err *err)
{
	if (!config_setting_is_group(group))
		return refuse_keys(conf, group, path, err);
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *section = config_setting_get_elem(group, (unsigned)i);

		if (!config_setting_is_group(section))
			return refuse_keys(conf, section, path, err);
		if (!take_section(conf, section, path, err))
			return false;
	}
	return true;
}

static bool is_roots_alone(const struct stat *status)
{
	return status->st_uid == 0 && !(status->st_mode & (S_IWGRP | S_IWOTH));
}

/* The file, which is no link, and each folder that leads to it: so nobody but root can have put
 * another one in its place, also while it was read. */
static bool is_protected(const char *path)
{
	char *copy = mem_copy(path);
	struct stat status;
	bool good = path[0] == '/' && lstat(path, &status) == 0 && S_ISREG(status.st_mode) &&
	            is_roots_alone(&status);

	for (char *slash; good && (slash = strrchr(copy, '/'));) {
		slash[slash == copy] = '\0';
		good =
		    lstat(copy, &status) == 0 && S_ISDIR(status.st_mode) && is_roots_alone(&status);
		slash[0] = '\0';
	}
	free(copy);
	return good;
}

static bool refuse_unprotected(const char *shown, struct err *err)
{
	return err_set(err, ERR_USAGE,
	               _("The configuration %s must be a file of root's, not a link, and nobody "
	                 "else may write it or a folder that leads to it."),
	               shown);
}

/* The open file, or NULL; *missing tells an absent one from one that was refused. */
static FILE *open_file(const char *path, const char *shown, enum conf_origin origin, bool *missing,
                       struct err *err)
{
	struct stat status;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	*missing = false;
	if (fd < 0) {
		*missing = origin != CONF_REQUIRED && (errno == ENOENT || errno == ENOTDIR);
		if (!*missing)
			err_set(err, ERR_USAGE, _("The configuration %s cannot be read: %s."),
			        shown, strerror(errno));
		return NULL;
	}
	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
		err_set(err, ERR_USAGE, _("The configuration %s must be an ordinary file."), shown);
	else if (origin == CONF_PROTECTED && !is_protected(path))
		refuse_unprotected(shown, err);
	else
		return fdopen(fd, "r");
	close(fd);
	return NULL;
}

/* Before 1.7 libconfig tells the name as it was written, and looked for it in the folder. */
static const char *opened_file(struct conf *conf, const config_t *config, const char *name)
{
#if LIBCONFIG_VER_MAJOR == 1 && LIBCONFIG_VER_MINOR < 7
	return arena_printf(conf->arena, "%s/%s", config_get_include_dir(config), name);
#else
	(void)conf;
	(void)config;
	return name;
#endif
}

/* Also of what is included: libconfig tells of each setting where it stood. */
static bool check_files(struct conf *conf, const config_t *config, const config_setting_t *setting,
                        struct err *err)
{
	const char *file = config_setting_source_file(setting);
	int count = config_setting_is_aggregate(setting) ? config_setting_length(setting) : 0;

	if (file && !is_protected(opened_file(conf, config, file)))
		return refuse_unprotected(text_clean(conf->arena, file, TEXT_ONE_LINE), err);
	for (int i = 0; i < count; i++)
		if (!check_files(conf, config, config_setting_get_elem(setting, (unsigned)i), err))
			return false;
	return true;
}

/* libconfig has them in English only. */
static const char *error_words(const char *text)
{
	static const char *const known[] = {
		N_("syntax error"),
		N_("duplicate setting name"),
		N_("mismatched element type in array"),
		N_("cannot open include file"),
		N_("include file nesting too deep"),
		N_("file I/O error"),
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i], text) == 0)
			return _(known[i]);
	return text;
}

static bool parse(struct conf *conf, config_t *config, FILE *file, const char *path,
                  enum conf_origin origin, struct err *err)
{
	const char *place;
	const config_setting_t *root;

	if (!config_read(config, file)) {
		const char *at = config_error_file(config);

		place = text_clean(conf->arena, at ? at : path, TEXT_ONE_LINE);
		return err_set(err, ERR_USAGE, _("%s, line %d: this cannot be read: %s."), place,
		               config_error_line(config), error_words(config_error_text(config)));
	}
	root = config_root_setting(config);
	if (origin == CONF_PROTECTED && !check_files(conf, config, root, err))
		return false;
	for (int i = 0; i < config_setting_length(root); i++) {
		const config_setting_t *setting = config_setting_get_elem(root, (unsigned)i);
		bool keys = !strcmp(config_setting_name(setting), "keys");

		if (!(keys ? conf_take_keys : conf_take_option)(conf, setting, path, err))
			return false;
	}
	return true;
}

bool conf_read_file(struct conf *conf, const char *path, enum conf_origin origin, struct err *err)
{
	const char *shown = text_clean(conf->arena, path, TEXT_ONE_LINE);
	const char *slash = strrchr(path, '/');
	bool missing;
	FILE *file = open_file(path, shown, origin, &missing, err);
	config_t config;
	bool done;

	if (!file)
		return missing;
	config_init(&config);
	/* @include "x" means the file beside this one. */
	config_set_include_dir(&config, slash
	                                    ? arena_copy_n(conf->arena, path,
	                                                   (size_t)(slash - path) + (slash == path))
	                                    : ".");
	done = parse(conf, &config, file, shown, origin, err);
	config_destroy(&config);
	fclose(file);
	return done;
}

/* NULL where the environment names no home. */
static const char *personal_file(struct arena *arena)
{
	const char *base = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	if (base && *base == '/') /* others are to be ignored, says the XDG specification */
		return arena_printf(arena, "%s/trato/trato.conf", base);
	if (home && *home == '/')
		return arena_printf(arena, "%s/.config/trato/trato.conf", home);
	return NULL;
}

const char *conf_file(struct arena *arena, int which)
{
	return which == CONF_SYSTEM ? SYSTEM_FILE : personal_file(arena);
}

bool conf_load(struct conf **out, const char *extra, bool restricted, struct err *err)
{
	struct conf *conf = conf_new();
	const char *personal = personal_file(conf->arena);
	bool done =
	    conf_read_file(conf, SYSTEM_FILE, restricted ? CONF_PROTECTED : CONF_OPTIONAL, err);

	if (done && !restricted && personal)
		done = conf_read_file(conf, personal, CONF_OPTIONAL, err);
	if (done && !restricted && extra)
		done = conf_read_file(conf, extra, CONF_REQUIRED, err);
	if (!done)
		conf_free(&conf);
	*out = conf;
	return done;
}

void conf_free(struct conf **conf)
{
	if (!*conf)
		return;
	free((*conf)->keys);
	arena_free(&(*conf)->arena);
	free(*conf);
	*conf = NULL;
}
