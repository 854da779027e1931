/*
 * What trato doctor finds on the way to the server: which ones there are, whether
 * they answer, and how the line to them is protected.
 */
#include "doctor.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/date.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <db/db.h>
#include <db/probe.h>

enum { DAY_SECONDS = 24 * 60 * 60, CERTIFICATE_DAYS = 14 };

/* ---- Connection */

static const char *cause_words(enum probe_cause cause)
{
	switch (cause) {
	case PROBE_NO_NAME: return _("this name is not known");
	case PROBE_REFUSED: return _("nothing listens there");
	case PROBE_NO_SOCKET: return _("there is no server");
	case PROBE_SILENT: return _("it does not answer");
	case PROBE_OTHER: break;
	}
	return NULL;
}

static const char *cause_advice(enum probe_cause cause)
{
	switch (cause) {
	case PROBE_NO_NAME:
		return _("Check how host is spelt in the connection, and the names that this "
		         "computer knows.");
	case PROBE_REFUSED:
		return _("Check host and port in the connection, and on the server whether "
		         "PostgreSQL runs and listen_addresses has that address.");
	case PROBE_NO_SOCKET:
		return _("Start PostgreSQL on this computer, or write into the connection where it "
		         "is: host=NAME, port=NUMBER.");
	case PROBE_SILENT: return _("Check the network, and what filters it in between.");
	case PROBE_OTHER: break;
	}
	return _("Check the network, or ask whoever looks after the server.");
}

/* Of a name with several addresses one is enough. */
static bool name_works(const struct probe_list *list, const struct probe *probe)
{
	for (int i = 0; i < list->count; i++)
		if (list->all[i].answered && strcmp(list->all[i].name, probe->name) == 0)
			return true;
	return false;
}

static void tell_unreachable(struct doctor *doctor, const struct probe_list *list,
                             const struct probe *probe)
{
	const char *words = cause_words(probe->cause);

	if (name_works(list, probe))
		return;
	doctor_tell(doctor, CHECK_CONNECTION, list->script ? DOCTOR_WARNING : DOCTOR_FAULT,
	            arena_printf(doctor->arena, "%s: %s.", probe->server,
	                         words ? words : probe->text),
	            cause_advice(probe->cause));
}

static bool is_about_protection(enum db_fault fault)
{
	return fault == DB_FAULT_NO_TLS || fault == DB_FAULT_UNKNOWN_CERTIFICATE ||
	       fault == DB_FAULT_OTHER_NAME || fault == DB_FAULT_WEAK_LOGIN ||
	       fault == DB_FAULT_OTHER_OWNER;
}

static bool is_told_elsewhere(enum db_fault fault)
{
	return fault == DB_FAULT_NONE || fault == DB_FAULT_PASSWORD || fault == DB_FAULT_DISABLED ||
	       fault == DB_FAULT_NO_DATABASE || is_about_protection(fault);
}

static void tell_answer(struct doctor *doctor, const struct probe *probe)
{
	struct arena *arena = doctor->arena;
	const char *found;

	if (probe->version[0] != '\0')
		found =
		    arena_printf(arena,
		                 probe->only_reads
		                     ? _("%s answers in %d ms: PostgreSQL %s, which only reads.")
		                     : _("%s answers in %d ms: PostgreSQL %s."),
		                 probe->server, probe->milliseconds, probe->version);
	else
		found = arena_printf(arena, _("%s answers in %d ms."), probe->server,
		                     probe->milliseconds);
	if (is_told_elsewhere(probe->fault)) {
		doctor_tell(doctor, CHECK_CONNECTION, DOCTOR_OK, found, "");
		return;
	}
	doctor_tell(doctor, CHECK_CONNECTION, DOCTOR_FAULT,
	            arena_printf(arena, "%s: %s.", probe->server, probe->text),
	            !probe->no_entry ? db_fault_sentence(probe->fault)
	            : probe->socket
	                ? _("pg_hba.conf of the server needs a line for people, behind that of "
	                    "postgres, such as: local trato all scram-sha-256")
	                : _("pg_hba.conf of the server needs a line for people, such as: hostssl "
	                    "trato all ADDRESS scram-sha-256"));
}

/* ---- Encryption */

static void tell_certificate(struct doctor *doctor, const struct probe *probe)
{
	struct tm day;
	char text[16];

	if (probe->certificate_end == 0)
		return;
	gmtime_r(&probe->certificate_end, &day);
	strftime(text, sizeof(text), "%Y-%m-%d", &day);
	if (probe->certificate_end > time(NULL) + CERTIFICATE_DAYS * DAY_SECONDS)
		doctor_tell(doctor, CHECK_TLS, DOCTOR_OK,
		            arena_printf(doctor->arena,
		                         _("The server's certificate is good until %s."), text),
		            "");
	else
		doctor_tell(doctor, CHECK_TLS, DOCTOR_WARNING,
		            arena_printf(doctor->arena, _("The server's certificate ends on %s."),
		                         text),
		            _("Renew it, and let the server read it: systemctl reload postgresql"));
}

static void tell_protection(struct doctor *doctor, const struct probe_list *list,
                            const struct probe *probe, const char *weakness)
{
	struct arena *arena = doctor->arena;

	if (is_about_protection(probe->fault)) {
		doctor_tell(doctor, CHECK_TLS, DOCTOR_FAULT, db_fault_sentence(probe->fault),
		            arena_printf(arena, "(%s)", probe->text));
	} else if (probe->socket) {
		doctor_tell(doctor, CHECK_TLS, DOCTOR_OK,
		            _("None is needed: a Unix socket does not leave this computer."), "");
	} else if (weakness) {
		doctor_tell(doctor, CHECK_TLS, DOCTOR_WARNING, weakness,
		            _("Take sslmode and channel_binding out of the connection and the "
		              "environment."));
	} else if (probe->tls[0] != '\0') {
		doctor_tell(doctor, CHECK_TLS, DOCTOR_OK,
		            arena_printf(arena,
		                         list->bound
		                             ? _("%s; the server is checked, and the password "
		                                 "bound to it.")
		                             : _("%s; the server is checked."),
		                         probe->tls),
		            "");
	}
	if (probe->tls[0] != '\0')
		tell_certificate(doctor, probe);
}

/* ---- Without a login */

static void tell_no_login(struct doctor *doctor, const struct probe *probe, bool user_named)
{
	static const char as_whom[] =
	    N_("To look further say who you are: trato -u E-MAIL doctor, at a terminal.");

	switch (probe->fault) {
	case DB_FAULT_NO_DATABASE:
		doctor_tell(doctor, CHECK_SCHEMA, DOCTOR_FAULT, db_fault_sentence(probe->fault),
		            arena_printf(doctor->arena, "(%s)", probe->text));
		break;
	case DB_FAULT_PASSWORD:
		if (probe->needs_password)
			doctor_tell(doctor, CHECK_RIGHTS, DOCTOR_WARNING,
			            _("Nobody is logged in, so database, clock and rights are not "
			              "looked at."),
			            user_named ? _("At a terminal the password is asked for; "
			                           "PGPASSFILE can have it, too.")
			                       : _(as_whom));
		else
			doctor_tell(doctor, CHECK_RIGHTS, DOCTOR_FAULT,
			            db_fault_sentence(probe->fault), "");
		break;
	case DB_FAULT_DISABLED:
		doctor_tell(doctor, CHECK_RIGHTS, DOCTOR_FAULT, db_fault_sentence(probe->fault),
		            "");
		break;
	default: break;
	}
}

static bool wants_password(const struct probe_list *list)
{
	for (int i = 0; i < list->count; i++)
		if (list->all[i].needs_password)
			return list->user_named && !list->script && isatty(STDIN_FILENO);
	return false;
}

/* ---- All of it */

static void look_at_servers(struct doctor *doctor, const char *conninfo, struct probe_list *list)
{
	const char *weakness = db_weakness(conninfo);
	const struct probe *told = NULL;

	for (int i = 0; i < list->count; i++) {
		if (list->all[i].answered)
			tell_answer(doctor, &list->all[i]);
		else
			tell_unreachable(doctor, list, &list->all[i]);
	}
	for (int i = 0; i < list->count; i++) {
		if (list->all[i].answered)
			tell_protection(doctor, list, &list->all[i], weakness);
		if (list->all[i].fault != DB_FAULT_NONE && list->all[i].answered && !told)
			told = &list->all[i];
	}
	if (list->script)
		doctor_inside(doctor, list->script);
	else if (told)
		tell_no_login(doctor, told, list->user_named);
	else if (list->count > 0 && list->all[0].answered)
		doctor_tell(doctor, CHECK_CONNECTION, DOCTOR_FAULT,
		            db_fault_sentence(DB_FAULT_READ_ONLY), "");
}

void doctor_server(struct doctor *doctor)
{
	const char *given = doctor->context->conninfo;
	const char *conninfo = given ? given : doctor->conf->connection;
	const char *place = doctor->conf->connection_place;
	const char *what =
	    given || !place ? "-d" : arena_printf(doctor->arena, "%s: connection", place);
	const char *user =
	    doctor->context->user ? cli_email(doctor->arena, doctor->context->user) : NULL;
	struct probe_list list;
	struct err err = { 0 };
	char *password = NULL;

	db_demand(false, doctor->conf->socket_owner);
	if (!db_check_conninfo(conninfo, what, &err)) {
		doctor_tell(doctor, CHECK_CONFIGURATION, DOCTOR_FAULT, err.text, "");
		return;
	}
	probe_servers(conninfo, user, NULL, doctor->arena, &list);
	if (wants_password(&list))
		password = cli_read_secret(_("Password:"), &err);
	if (password) {
		probe_servers(conninfo, user, password, doctor->arena, &list);
		mem_erase(password, strlen(password));
		free(password);
	}
	look_at_servers(doctor, conninfo, &list);
	script_close(&list.script);
}
