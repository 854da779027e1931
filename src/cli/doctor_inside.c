/*
 * What trato doctor finds when it is logged in: the database, the server's clock,
 * and what this login may.
 */
#include "doctor.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <base/i18n.h>
#include <base/money.h>
#include <model/check.h>
#include <model/person.h>
#include <model/session.h>
#include <queries.h>

/* Beyond it "today" differs at midnight, and certificates begin or end too early. */
enum { CLOCK_SECONDS = 60 };

/* ---- Clock */

static double now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_REALTIME, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void tell_clock(struct doctor *doctor, struct script *script)
{
	const struct rows *rows = NULL;
	struct err err = { 0 };
	double before = now(), trip, ahead;
	char taken[40];

	if (!script_query(script, doctor->arena,
	                  "SELECT extract(epoch FROM pg_catalog.clock_timestamp()) AS at", 0, NULL,
	                  &rows, NULL, &err)) {
		doctor_tell(doctor, CHECK_CONNECTION, DOCTOR_FAULT, err.text, "");
		return;
	}
	trip = now() - before;
	ahead = before + trip / 2 - strtod(rows_text(rows, 0, "at"), NULL);
	money_format((int64_t)(trip * 1000 * 100), taken);
	if (ahead < CLOCK_SECONDS && ahead > -CLOCK_SECONDS)
		doctor_tell(doctor, CHECK_CLOCK, DOCTOR_OK,
		            arena_printf(doctor->arena,
		                         _("The same as the server's; a round trip to it takes "
		                           "%s ms."),
		                         taken),
		            "");
	else
		doctor_tell(doctor, CHECK_CLOCK, DOCTOR_WARNING,
		            arena_printf(doctor->arena,
		                         ahead > 0
		                             ? _("This computer is %.0f s ahead of the server.")
		                             : _("This computer is %.0f s behind the server."),
		                         ahead > 0 ? ahead : -ahead),
		            _("Let both be set by the network: timedatectl set-ntp true"));
}

/* ---- Schema */

static void tell_extensions(struct doctor *doctor, struct script *script)
{
	const struct rows *rows = NULL;
	const char *missing;
	struct err ignored = { 0 };

	if (!script_query(script, doctor->arena, migrate_missing_extensions, 0, NULL, &rows, NULL,
	                  &ignored))
		return;
	missing = rows_text(rows, 0, "missing");
	if (missing[0] != '\0')
		doctor_tell(doctor, CHECK_SCHEMA, DOCTOR_FAULT,
		            arena_printf(doctor->arena, _("The database lacks the extensions: %s."),
		                         missing),
		            _("Its administrator adds each: CREATE EXTENSION NAME SCHEMA trato"));
}

/* Whoever does not see all rows would count what is not there. */
static void tell_rules(struct doctor *doctor, struct script *script)
{
	const struct rows *rows = NULL;
	struct err ignored = { 0 };
	int broken = 0;

	if (!cli_call(script, doctor->arena, &sql_checks, NULL, &rows, &ignored)) {
		doctor_tell(doctor, CHECK_SCHEMA, DOCTOR_WARNING,
		            _("There was not enough time to see whether all rules are kept."),
		            _("Without a limit of time the server's administrator sees it: trato db status"));
		return;
	}
	for (int i = 0; i < rows->count; i++) {
		if (rows_int(rows, i, "wrong") > 0 && broken++ == 0)
			doctor_tell(
			    doctor, CHECK_SCHEMA, DOCTOR_FAULT,
			    arena_printf(doctor->arena, "%s: %s.",
			                 check_sentence(rows_text(rows, i, "name")),
			                 rows_text(rows, i, "wrong")),
			    _("Somebody has gone round the database's rules; trato db status "
			      "tells all of them."));
	}
	if (broken == 0)
		doctor_tell(doctor, CHECK_SCHEMA, DOCTOR_OK,
		            arena_printf(doctor->arena, _("All %d rules are kept."), rows->count),
		            "");
}

static bool tell_schema(struct doctor *doctor, struct script *script)
{
	struct err err = { 0 };
	bool there = false;
	int version, missing;

	if (!migrate_is_initialised(script, &there, &err)) {
		doctor_tell(doctor, CHECK_SCHEMA, DOCTOR_FAULT, err.text, "");
		return false;
	}
	if (!there) {
		doctor_tell(doctor, CHECK_SCHEMA, DOCTOR_FAULT,
		            _("This database has not been set up yet. To do it: trato db init"),
		            "");
		return false;
	}
	if (!migrate_compare(script, &version, &missing, &err)) {
		doctor_tell(doctor, CHECK_SCHEMA, DOCTOR_FAULT, err.text, "");
		return false;
	}
	if (missing > 0) {
		doctor_tell(doctor, CHECK_SCHEMA, DOCTOR_FAULT,
		            arena_printf(doctor->arena, _("%s has version %d of %d."),
		                         script_database(script), version, version + missing),
		            _("The database is older than this program. To bring it up to date: "
		              "trato db migrate"));
		return false;
	}
	doctor_tell(doctor, CHECK_SCHEMA, DOCTOR_OK,
	            arena_printf(doctor->arena, _("%s has version %d, that of this program."),
	                         script_database(script), version),
	            "");
	tell_extensions(doctor, script);
	return true;
}

/* ---- Rights */

static const char *roles_of(struct doctor *doctor, const struct session *session)
{
	static const struct {
		enum role role;
		const char *name;
	} roles[] = { { ROLE_REP, "rep" },
		      { ROLE_BACKOFFICE, "backoffice" },
		      { ROLE_SUPERVISOR, "supervisor" },
		      { ROLE_MANAGER, "manager" } };
	const char *list = "";

	for (int i = 0; i < 4; i++)
		if (session->roles & roles[i].role)
			list = arena_printf(doctor->arena, "%s%s%s", list, list[0] ? "," : "",
			                    roles[i].name);
	return person_roles_words(doctor->arena, list);
}

static void tell_person(struct doctor *doctor, const struct session *session)
{
	const char *found = arena_printf(doctor->arena, _("%s is %s: %s."), session->email,
	                                 session->name, roles_of(doctor, session));

	if (session->must_change_password)
		doctor_tell(doctor, CHECK_RIGHTS, DOCTOR_WARNING, found,
		            _("Somebody else has set the password of this account. "
		              "Choose its own first: trato user password"));
	else
		doctor_tell(doctor, CHECK_RIGHTS, DOCTOR_OK, found, "");
}

static void tell_rights(struct doctor *doctor, struct script *script)
{
	struct session session = { 0 };
	struct refusal refusal = { 0 };
	const struct rows *rows = NULL;
	struct err err = { 0 };
	bool administrator = cli_is_administrator(script, doctor->arena), person = false;

	if (script_query(script, doctor->arena, sql_greeting.sql, 0, NULL, &rows, &refusal, &err)) {
		const struct answer answer = { .count = 1, .results = &rows };

		person = session_read(&session, &answer, &err);
	}
	if (person)
		tell_person(doctor, &session);
	else if (administrator)
		doctor_tell(doctor, CHECK_RIGHTS, DOCTOR_OK,
		            _("This login is the server's administrator, and no person of Trato."),
		            "");
	else
		doctor_tell(doctor, err.kind == ERR_CONNECT ? CHECK_SCHEMA : CHECK_RIGHTS,
		            DOCTOR_FAULT, err.text, "");
	if (administrator || (session.roles & ROLE_MANAGER && !session.must_change_password))
		tell_rules(doctor, script);
}

void doctor_inside(struct doctor *doctor, struct script *script)
{
	tell_clock(doctor, script);
	if (tell_schema(doctor, script))
		tell_rights(doctor, script);
}
