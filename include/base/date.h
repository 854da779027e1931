/*
 * Calendar dates as people type and read them. The calendar is the proleptic
 * Gregorian one (days from civil, H. Hinnant's algorithm); years 1900 .. 2199.
 */
#ifndef TRATO_BASE_DATE_H
#define TRATO_BASE_DATE_H

#include <stdbool.h>
#include <time.h>

#include <base/arena.h>
#include <base/err.h>

struct date {
	int year, month, day;
};

/*
 * Accepts 25/11, 25/11/26, 25/11/2026, 2026-11-25, hoy/today, mañana/tomorrow,
 * ayer/yesterday, +7, -3, lun/mon .. dom/sun (the next such day), accents and
 * case aside. A date without a year is the nearest one to `today` within half
 * a year. err gets a sentence that says what is allowed.
 */
bool date_parse(const char *typed, struct date today, struct date *out, struct err *err);
/* "YYYY-MM-DD" from the database; false where it is something else. */
bool date_from_iso(const char *iso, struct date *out);
void date_to_iso(struct date date, char out[11]);
/* 25/11/2026 in every language that Trato speaks. */
void date_format(struct date date, char out[11]);
/* "2026-11-25 14:05" of the database as people read it, with what stands behind the day; NULL where
 * it does not begin with one. */
char *date_show(struct arena *arena, const char *iso);
bool date_is_valid(struct date date);
struct date date_add(struct date date, int days);
/* b - a in days. */
int date_days_between(struct date a, struct date b);
/* 0 = Monday .. 6 = Sunday. */
int date_weekday(struct date date);
/* In this computer's zone, or that of date_set_zone. */
struct date date_today(void);
/* From now on days and times are those of that time zone ("Europe/Madrid"), whatever this
 * computer's is. false: it is not known here, and nothing changes. */
bool date_set_zone(const char *name);

/* "14:05", "1405", "9" into minutes after midnight; err says what is allowed. */
bool time_parse(const char *typed, int *minutes, struct err *err);

/*
 * How long ago, as a short text: "ahora", "5 min", "3 h", "2 d", in the
 * language of the screens. Negative seconds count as now.
 */
void date_age(long seconds, char out[32]);

#endif
