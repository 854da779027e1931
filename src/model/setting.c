/*
 * The requests about settings and holidays, and the words for the settings.
 */
#include <model/setting.h>

#include <stddef.h>
#include <string.h>

#include <base/i18n.h>
#include <queries.h>

static const struct {
	const char *name, *words;
} setting_table[] = {
	{ "blocking_days", N_("Days that blocked data are kept before they can be erased") },
	{ "notice_alarm_hours", N_("Working hours until an untaken notice is very late") },
	{ "notice_warning_hours", N_("Working hours until an untaken notice is late") },
	{ "opening_days", N_("Days for which it is kept who opened which client") },
	{ "quiet_days", N_("Days without contact until an action is quiet") },
	{ "reopen_days", N_("Days in which the owner may reopen an action") },
	{ "timezone", N_("Time zone of the team") },
	{ "working_time", N_("Hours that are worked in a day") },
	{ "working_week", N_("Days of the week that are worked, 1 is Monday") },
};

struct batch *setting_page(bool forward, const char *name, const char *limit)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_settings_next : &sql_settings_previous, name, limit);
	return batch;
}

struct batch *setting_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_setting_read, id);
	return batch;
}

struct batch *setting_save(const char *request_id, const char *id, const char *version,
                           const char *value)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_save_setting, request_id, id, version, value);
	return batch;
}

const char *setting_words(const char *name, const char *meaning)
{
	for (size_t i = 0; i < sizeof(setting_table) / sizeof(setting_table[0]); i++)
		if (strcmp(setting_table[i].name, name) == 0)
			return _(setting_table[i].words);
	return meaning;
}

struct batch *holiday_page(bool forward, const char *day, const char *limit)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, forward ? &sql_holidays_next : &sql_holidays_previous, day, limit);
	return batch;
}

struct batch *holiday_read(const char *id)
{
	struct batch *batch = batch_new(BATCH_READ);

	batch_with(batch, &sql_holiday_read, id);
	return batch;
}

struct batch *holiday_save(const char *request_id, const char *id, const char *version,
                           const char *day, const char *name, const char *active)
{
	struct batch *batch = batch_new(BATCH_WRITE);

	batch_with(batch, &sql_save_holiday, request_id, id, version, day, name, active);
	return batch;
}
