/*
 * The calendar: which days exist and how far they lie apart. Reading what
 * people type is in date_parse.c. Everyone uses it through <base/date.h>.
 */
#include <base/date.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <base/i18n.h>

#define YEAR_FIRST 1900
#define YEAR_LAST 2199

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool date_is_valid(struct date date)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (date.year < YEAR_FIRST || date.year > YEAR_LAST || date.month < 1 || date.month > 12)
		return false;
	return date.day >= 1 &&
	       date.day <= days[date.month - 1] + (date.month == 2 && is_leap(date.year));
}

/* Days since 1970-01-01; the year begins in March here, so that the leap day ends it. */
static int to_days(struct date date)
{
	int year = date.year - (date.month <= 2);
	int era = year / 400;
	int year_of_era = year - era * 400;
	int day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

static struct date from_days(int days)
{
	int shifted = days + 719468;
	int era = shifted / 146097;
	int day_of_era = shifted - era * 146097;
	int year_of_era =
	    (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month = (5 * day_of_year + 2) / 153;
	struct date date;

	date.day = day_of_year - (153 * month + 2) / 5 + 1;
	date.month = month < 10 ? month + 3 : month - 9;
	date.year = year_of_era + era * 400 + (date.month <= 2);
	return date;
}

/* Beyond the calendar's ends it stays at them, so that every result is valid. */
struct date date_add(struct date date, int days)
{
	static const struct date first = { YEAR_FIRST, 1, 1 };
	static const struct date last = { YEAR_LAST, 12, 31 };
	long long sum = (long long)to_days(date) + days;

	if (sum < to_days(first))
		return first;
	if (sum > to_days(last))
		return last;
	return from_days((int)sum);
}

int date_days_between(struct date a, struct date b)
{
	return to_days(b) - to_days(a);
}

int date_weekday(struct date date)
{
	return ((to_days(date) + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
}

struct date date_today(void)
{
	time_t now = time(NULL);
	struct tm parts;

	localtime_r(&now, &parts);
	return (struct date){ parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday };
}

/* The name comes from a server, and must not lead out of the folder. */
bool date_set_zone(const char *name)
{
	static const char folder[] = "/usr/share/zoneinfo";
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                              "0123456789_+-/";
	char path[128];
	struct stat what;
	int length = snprintf(path, sizeof(path), "%s/%s", folder, name);

	if (name[0] == '\0' || name[0] == '/' || name[strspn(name, letters)] != '\0' ||
	    length >= (int)sizeof(path) || stat(path, &what) != 0 || !S_ISREG(what.st_mode) ||
	    setenv("TZ", name, 1) != 0)
		return false;
	tzset();
	return true;
}

static int number(const char *digits, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++)
		value = value * 10 + digits[i] - '0';
	return value;
}

bool date_from_iso(const char *iso, struct date *out)
{
	struct date date;

	if (!iso || strlen(iso) != 10)
		return false;
	for (int i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? iso[i] != '-' : iso[i] < '0' || iso[i] > '9')
			return false;
	date = (struct date){ number(iso, 4), number(iso + 5, 2), number(iso + 8, 2) };
	if (!date_is_valid(date))
		return false;
	*out = date;
	return true;
}

static void put_digits(char *to, int value, int count)
{
	while (count-- > 0) {
		to[count] = (char)('0' + value % 10);
		value /= 10;
	}
}

void date_to_iso(struct date date, char out[11])
{
	memcpy(out, "0000-00-00", 11);
	put_digits(out, date.year, 4);
	put_digits(out + 5, date.month, 2);
	put_digits(out + 8, date.day, 2);
}

void date_format(struct date date, char out[11])
{
	memcpy(out, "00/00/0000", 11);
	put_digits(out, date.day, 2);
	put_digits(out + 3, date.month, 2);
	put_digits(out + 6, date.year, 4);
}

char *date_show(struct arena *arena, const char *iso)
{
	struct date date;
	char day[11];

	if (!date_from_iso(arena_printf(arena, "%.10s", iso), &date))
		return NULL;
	date_format(date, day);
	return arena_printf(arena, "%s%s", day, iso + 10);
}

void date_age(long seconds, char out[32])
{
	if (seconds < 60)
		snprintf(out, 32, "%s", _("now"));
	else if (seconds < 3600)
		snprintf(out, 32, _("%ld min"), seconds / 60);
	else if (seconds < 86400)
		snprintf(out, 32, _("%ld h"), seconds / 3600);
	else
		snprintf(out, 32, _("%ld d"), seconds / 86400);
}
