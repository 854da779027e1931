/*
 * The table of options, and how one setting of a file gets into struct conf.
 * Only the reader beside it and the manual page's generator need it.
 */
#include <conf/conf.h>

#include <stddef.h>
#include <string.h>

#include <base/arena.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>

#include "reader.h"

enum kind { KIND_STRING, KIND_CHOICE, KIND_BOOL, KIND_INT, KIND_HOURS };

struct entry {
	struct conf_option option;
	enum kind kind;
	size_t offset;
	int least, most;
};

#define STRING(name, standard, help)                         \
	{ { #name, "string", "\"" standard "\"", "", help }, \
	  KIND_STRING,                                       \
	  offsetof(struct conf, name),                       \
	  0,                                                 \
	  0 },
#define CHOICE(name, standard, allowed, help)                     \
	{ { #name, "choice", "\"" standard "\"", allowed, help }, \
	  KIND_CHOICE,                                            \
	  offsetof(struct conf, name),                            \
	  0,                                                      \
	  0 },
#define BOOL(name, standard, help)                             \
	{ { #name, "boolean", #standard, "true|false", help }, \
	  KIND_BOOL,                                           \
	  offsetof(struct conf, name),                         \
	  0,                                                   \
	  0 },
#define INT(name, standard, least, most, help)                     \
	{ { #name, "number", #standard, #least ".." #most, help }, \
	  KIND_INT,                                                \
	  offsetof(struct conf, name),                             \
	  least,                                                   \
	  most },
#define HOURS(name, help)                    \
	{ { #name, "hours", "\"\"", "", help }, \
	  KIND_HOURS,                        \
	  offsetof(struct conf, name),       \
	  0,                                 \
	  0 },
static const struct entry entries[] = {
#include <conf/options.def>
};
#undef STRING
#undef CHOICE
#undef BOOL
#undef INT
#undef HOURS

#define ENTRY_COUNT (sizeof entries / sizeof *entries)

const struct conf_option *conf_option_at(int index)
{
	if (index < 0 || (size_t)index >= ENTRY_COUNT)
		return NULL;
	return &entries[index].option;
}

struct conf *conf_new(void)
{
	struct conf *conf = mem_alloc(sizeof *conf);

	conf->arena = arena_new();
#define STRING(name, standard, help) conf->name = standard;
#define CHOICE(name, standard, allowed, help) conf->name = standard;
#define BOOL(name, standard, help) conf->name = standard;
#define INT(name, standard, least, most, help) conf->name = standard;
#define HOURS(name, help) conf->name = (struct hours){ 0, 0 };
#include <conf/options.def>
#undef STRING
#undef CHOICE
#undef BOOL
#undef INT
#undef HOURS
	return conf;
}

static bool is_choice(const char *allowed, const char *value)
{
	size_t length = strlen(value);

	while (*allowed) {
		size_t choice = strcspn(allowed, "|");

		if (choice == length && !strncmp(allowed, value, length))
			return true;
		allowed += choice + (allowed[choice] == '|');
	}
	return false;
}

/* What may be written, as part of a sentence. */
static const char *describe(struct arena *arena, const struct entry *entry)
{
	const char *rest = entry->option.allowed;
	const char *list = "";

	switch (entry->kind) {
	case KIND_STRING: return _("a text in quotation marks, in UTF-8 and on one line");
	case KIND_BOOL: return _("true or false");
	case KIND_HOURS: return _("two times such as \"20:00-08:00\", or \"\"");
	case KIND_INT:
		return arena_printf(arena, _("a whole number from %d to %d"), entry->least,
		                    entry->most);
	case KIND_CHOICE: break;
	}
	while (*rest) {
		size_t length = strcspn(rest, "|");
		bool last = !rest[length];

		list = arena_printf(arena, "%s%s\"%.*s\"", list,
		                    !*list ? ""
		                    : last ? _(" or ")
		                           : ", ",
		                    (int)length, rest);
		rest += length + !last;
	}
	return list;
}

static bool take_string(struct conf *conf, const struct entry *entry,
                        const config_setting_t *setting, const char **out)
{
	const char *value = config_setting_get_string(setting);
	const char *clean;

	if (!value)
		return false;
	clean = text_clean(conf->arena, value, TEXT_ONE_LINE);
	if (strcmp(clean, value) != 0)
		return false;
	if (entry->kind == KIND_CHOICE && !is_choice(entry->option.allowed, value))
		return false;
	*out = clean;
	return true;
}

static bool take_number(const struct entry *entry, const config_setting_t *setting, int *out)
{
	int type = config_setting_type(setting);
	long long value;

	if (type != CONFIG_TYPE_INT && type != CONFIG_TYPE_INT64)
		return false;
	value = config_setting_get_int64(setting);
	if (value < entry->least || value > entry->most)
		return false;
	*out = (int)value;
	return true;
}

static bool take_hours(const config_setting_t *setting, struct hours *out)
{
	const char *value = config_setting_get_string(setting);
	struct err err = { 0 };

	return value && hours_parse(value, out, &err);
}

static bool take_value(struct conf *conf, const struct entry *entry,
                       const config_setting_t *setting)
{
	void *member = (char *)conf + entry->offset;

	switch (entry->kind) {
	case KIND_STRING:
	case KIND_CHOICE: return take_string(conf, entry, setting, member);
	case KIND_INT: return take_number(entry, setting, member);
	case KIND_HOURS: return take_hours(setting, member);
	case KIND_BOOL:
		if (config_setting_type(setting) != CONFIG_TYPE_BOOL)
			return false;
		*(bool *)member = config_setting_get_bool(setting);
		return true;
	}
	return false;
}

static bool refuse_unknown(struct conf *conf, const char *name, const char *place, struct err *err)
{
	const char *list = "";

	for (size_t i = 0; i < ENTRY_COUNT; i++)
		list = arena_printf(conf->arena, "%s%s, ", list, entries[i].option.name);
	return err_set(err, ERR_USAGE, _("%s: there is no option \"%s\". There are: %skeys."),
	               place, name, list);
}

bool conf_take_option(struct conf *conf, const config_setting_t *setting, const char *path,
                      struct err *err)
{
	const char *name = config_setting_name(setting);
	const char *place;

	for (size_t i = 0; i < ENTRY_COUNT; i++) {
		if (strcmp(name, entries[i].option.name) != 0)
			continue;
		place = conf_place(conf, setting, path);
		if (!take_value(conf, &entries[i], setting))
			return err_set(err, ERR_USAGE, _("%s: %s must be %s."), place, name,
			               describe(conf->arena, &entries[i]));
		if (entries[i].offset == offsetof(struct conf, connection))
			conf->connection_place = place;
		return true;
	}
	return refuse_unknown(conf, name, conf_place(conf, setting, path), err);
}
