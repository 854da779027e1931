/*
 * Hours of the day from one time to another. Anybody may use it.
 */
#include <base/hours.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <base/date.h>
#include <base/i18n.h>

bool hours_parse(const char *typed, struct hours *out, struct err *err)
{
	const char *dash = strchr(typed, '-');
	struct hours hours = { 0, 0 };
	char from[16];

	if (typed[strspn(typed, " ")] == '\0') {
		*out = hours;
		return true;
	}
	if (dash != NULL && dash - typed < (long)sizeof(from)) {
		snprintf(from, sizeof(from), "%.*s", (int)(dash - typed), typed);
		if (time_parse(from, &hours.from, err) && time_parse(dash + 1, &hours.to, err) &&
		    hours.from != hours.to) {
			*out = hours;
			return true;
		}
	}
	return err_set(err, ERR_REFUSED, "%s",
	               _("Type two times such as 20:00-08:00, or nothing at all."));
}

void hours_format(struct hours hours, char out[12])
{
	out[0] = '\0';
	if (hours.from != hours.to)
		snprintf(out, 12, "%02u:%02u-%02u:%02u", (unsigned)hours.from / 60 % 24,
		         (unsigned)hours.from % 60, (unsigned)hours.to / 60 % 24,
		         (unsigned)hours.to % 60);
}

bool hours_contain(struct hours hours, int minute)
{
	if (hours.from <= hours.to)
		return minute >= hours.from && minute < hours.to;
	return minute >= hours.from || minute < hours.to;
}

int hours_minute_now(void)
{
	time_t now = time(NULL);
	struct tm local;

	localtime_r(&now, &local);
	return local.tm_hour * 60 + local.tm_min;
}
