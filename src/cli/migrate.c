/*
 * Migrations: what of schema/NNNN_name.sql a database has, and applying the
 * rest, in order, in one transaction each. For db init, migrate and status,
 * and for doctor.
 */
#include "cli_private.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include <base/i18n.h>
#include <migrations.h>

/* Less than the server's deadlock_timeout of a second: where they wait for each other, it is not the
 * person's work that ends. */
#define LOCK_TIMEOUT "'800ms'"
/* Each writing function puts a row there first. So when a migration has this lock nobody is in the
 * middle of one, whose other half would meet tables that are not those any more. */
#define NOBODY_WRITES                                                                            \
	"DO $$ BEGIN IF pg_catalog.to_regclass('trato.write_log') IS NOT NULL THEN"              \
	" LOCK TABLE trato.write_log IN EXCLUSIVE MODE; END IF; END $$"

/* Twenty seconds in all. */
enum { TRIES_MAX = 10, PAUSE_MIN_MS = 250, PAUSE_MAX_MS = 2000 };

const char migrate_missing_extensions[] =
    "SELECT string_agg(wanted, ', ') AS missing FROM unnest(" MIGRATE_EXTENSIONS ") AS wanted"
    " WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = wanted)";

bool migrate_is_initialised(struct script *script, bool *there, struct err *err)
{
	struct arena *arena = arena_new();
	const struct rows *rows = NULL;
	bool done = script_query(script, arena,
	                         "SELECT to_regclass('trato.schema_version') IS NOT NULL AS there",
	                         0, NULL, &rows, NULL, err);

	if (done)
		*there = rows_bool(rows, 0, "there");
	arena_free(&arena);
	return done;
}

static const struct migration *migration_of(int64_t number)
{
	for (const struct migration *m = migrations; m->number; m++) {
		if (m->number == number)
			return m;
	}
	return NULL;
}

/* The database's past must be the one that this program knows. */
static bool compare_rows(const struct rows *rows, int *version, struct err *err)
{
	*version = 0;
	for (int i = 0; i < rows->count; i++) {
		int64_t number = rows_int(rows, i, "version");
		const struct migration *m = migration_of(number);
		if (!m)
			return err_set(err, ERR_REFUSED,
			               _("The database is newer than this program (it has version "
			                 "%lld). Install the new version of Trato."),
			               (long long)number);
		if (strcmp(m->sha256, rows_text(rows, i, "checksum")) != 0)
			return err_set(err, ERR_REFUSED,
			               _("Version %d (%s) of the database is not the one of this "
			                 "program. It was made by another edition of Trato."),
			               m->number, m->name);
		*version = m->number;
	}
	return true;
}

bool migrate_compare(struct script *script, int *version, int *missing, struct err *err)
{
	struct arena *arena = arena_new();
	const struct rows *rows = NULL;
	bool done =
	    script_query(script, arena,
	                 "SELECT version, checksum FROM trato.schema_version ORDER BY version", 0,
	                 NULL, &rows, NULL, err) &&
	    compare_rows(rows, version, err);

	*missing = 0;
	for (const struct migration *m = migrations; done && m->number; m++)
		*missing += m->number > *version;
	arena_free(&arena);
	return done;
}

static bool record(struct script *script, const struct migration *m, struct err *err)
{
	char number[16], from[16], to[16];
	const char *const parameters[] = { number, m->name, m->sha256, from, to };

	snprintf(number, sizeof(number), "%d", m->number);
	snprintf(from, sizeof(from), "%d", m->clients_from);
	snprintf(to, sizeof(to), "%d", m->clients_to);
	return script_query(script, NULL,
	                    "INSERT INTO trato.schema_version"
	                    " (version, name, checksum, client_min, client_max)"
	                    " VALUES ($1, $2, $3, $4, $5)",
	                    5, parameters, NULL, NULL, err);
}

static bool apply_once(struct script *script, const struct migration *m, bool *locked,
                       struct err *err)
{
	struct err ignored;

	if (script_run(script, "BEGIN; SET LOCAL lock_timeout = " LOCK_TIMEOUT, err) &&
	    script_run(script, NOBODY_WRITES, err) &&
	    script_run(script, m->sql, err) && record(script, m, err) &&
	    script_run(script, "COMMIT", err))
		return true;
	*locked = script_was_locked(script);
	script_run(script, "ROLLBACK", &ignored);
	return false;
}

/* Who waits for a table lets nobody else near it: so it waits for a moment only, gives back what it
 * has and comes again. */
static bool apply(struct script *script, const struct migration *m, struct err *err)
{
	struct err why = { 0 };
	bool locked = false;
	int pause = PAUSE_MIN_MS;

	for (int tries = 1; tries <= TRIES_MAX; tries++) {
		if (apply_once(script, m, &locked, &why)) {
			cli_say("%04d %s", m->number, m->name);
			return true;
		}
		if (!locked)
			return err_set(err, why.kind,
			               _("Migration %04d_%s failed and left nothing behind: %s"),
			               m->number, m->name, why.text);
		if (tries == 1)
			cli_say(_("%04d %s: somebody is at work there; trying again ..."), m->number,
			        m->name);
		if (tries < TRIES_MAX)
			poll(NULL, 0, pause);
		pause = pause * 2 < PAUSE_MAX_MS ? pause * 2 : PAUSE_MAX_MS;
	}
	return err_set(err, ERR_REFUSED,
	               _("Migration %04d_%s did not get the tables that it changes and left nothing "
	                 "behind. Try again; trato db status shows transactions that stay open."),
	               m->number, m->name);
}

/*
 * From PostgreSQL 16 on, trato_admin administers only the logins that it has made, and takes away
 * only the roles that it has given. After a dump from 15, or an upgrade, all of them are the
 * superuser's: he hands over those of persons.
 */
static const char hand_over[] =
    "DO $$"
    "DECLARE it record;"
    "BEGIN"
    " IF current_setting('server_version_num')::integer < 160000"
    "    OR NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN"
    "  RETURN;"
    " END IF;"
    " FOR it IN SELECT login.rolname FROM trato.person JOIN pg_catalog.pg_roles AS login"
    "   ON login.rolname = person.email"
    "  WHERE NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)"
    "    AND NOT pg_has_role('trato_admin', login.oid, 'MEMBER WITH ADMIN OPTION') LOOP"
    "  EXECUTE format('GRANT %I TO trato_admin WITH ADMIN TRUE, INHERIT FALSE, SET FALSE',"
    "                 it.rolname);"
    " END LOOP;"
    " FOR it IN SELECT held.rolname AS role, login.rolname, giver.rolname AS giver"
    "   FROM trato.person JOIN pg_catalog.pg_roles AS login ON login.rolname = person.email"
    "   JOIN pg_catalog.pg_auth_members AS given ON given.member = login.oid"
    "   JOIN pg_catalog.pg_roles AS held ON held.oid = given.roleid"
    "   JOIN pg_catalog.pg_roles AS giver ON giver.oid = given.grantor"
    "  WHERE giver.rolname <> 'trato_admin' AND held.rolname IN"
    "   ('trato_rep', 'trato_backoffice', 'trato_supervisor', 'trato_manager',"
    "    'trato_newcomer') LOOP"
    "  EXECUTE format('REVOKE %I FROM %I GRANTED BY %I', it.role, it.rolname, it.giver);"
    "  EXECUTE format('GRANT %I TO %I GRANTED BY trato_admin', it.role, it.rolname);"
    " END LOOP;"
    "END $$";

/* Until the connection ends: two at once would both see the same one missing. */
static bool be_alone(struct script *script, struct err *err)
{
	return script_run(
	    script, "SELECT pg_catalog.pg_advisory_lock(hashtextextended('trato migrate', 0))",
	    err);
}

bool migrate_apply(struct script *script, struct err *err)
{
	bool there;
	int version = 0, missing;

	if (!be_alone(script, err) || !migrate_is_initialised(script, &there, err) ||
	    (there && !migrate_compare(script, &version, &missing, err)))
		return false;
	for (const struct migration *m = migrations; m->number; m++) {
		if (m->number > version && !apply(script, m, err))
			return false;
	}
	return script_run(script, hand_over, err);
}

/* Each begins as it would by itself. */
static bool apply_in_a_row(struct script *script, struct err *err)
{
	for (const struct migration *m = migrations; m->number; m++) {
		struct err why = { 0 };

		if (!script_run(script, m->sql, &why) || !record(script, m, &why) ||
		    !script_run(script, "RESET ROLE; SET LOCAL search_path = trato, pg_temp", &why))
			return err_set(err, why.kind,
			               _("Migration %04d_%s failed and left nothing behind: %s"),
			               m->number, m->name, why.text);
	}
	return script_run(script, hand_over, err);
}

bool migrate_create(struct script *script, bool (*also)(struct script *, void *ctx, struct err *),
                    void *ctx, struct err *err)
{
	bool there;
	struct err ignored;

	if (!be_alone(script, err) || !migrate_is_initialised(script, &there, err))
		return false;
	if (there)
		return err_set(err, ERR_REFUSED,
		               _("This database has been set up already. To bring it up to date: "
		                 "trato db migrate"));
	if (script_run(script, "BEGIN", err) && apply_in_a_row(script, err) &&
	    (!also || also(script, ctx, err)) && script_run(script, "COMMIT", err))
		return true;
	script_run(script, "ROLLBACK", &ignored);
	return false;
}
