/*
 * Whether a server can take Trato's database, found out before anything is made:
 * each thing that would stop it in the middle has a sentence here.
 */
#include "db_init.h"

#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>

enum { SERVER_LEAST = 150000 };

#define OUR_ROLES                                                                              \
	"'{trato_owner,trato_admin,trato_rep,trato_backoffice,trato_supervisor,trato_manager," \
	"trato_newcomer}'::name[]"

/* Understood by old servers, too. What stands in to_jsonb is not known to all of them. */
static const char facts_of[] =
    "SELECT current_setting('server_version_num')::integer AS number,"
    "       split_part(current_setting('server_version'), ' ', 1) AS version,"
    "       session_user AS login, login.rolsuper AS superuser,"
    "       pg_is_in_recovery() AS standby,"
    "       current_database() AS database,"
    "       pg_encoding_to_char(here.encoding) AS encoding,"
    "       coalesce(nullif(to_jsonb(here)->>'datlocprovider', ''), 'c') AS provider,"
    "       CASE to_jsonb(here)->>'datlocprovider'"
    "            WHEN 'b' THEN to_jsonb(here)->>'datlocale'"
    "            ELSE here.datcollate || CASE WHEN here.datctype <> here.datcollate"
    "                                         THEN ' / ' || here.datctype ELSE '' END"
    "            END AS collation,"
    "       (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'trato')"
    "           AS schema_owner,"
    "       EXISTS (SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    "                WHERE nspname = 'trato' AND relname = 'schema_version') AS ours,"
    "       (SELECT string_agg(wanted, ', ') FROM unnest(" MIGRATE_EXTENSIONS ") AS wanted"
    "         WHERE NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = wanted))"
    "           AS missing_extensions,"
    "       EXISTS (SELECT FROM pg_roles WHERE rolname = ANY (" OUR_ROLES ")) AS has_roles,"
    "       (SELECT string_agg(rolname, ', ' ORDER BY rolname) FROM pg_roles"
    "         WHERE rolname = ANY (" OUR_ROLES ") AND (rolcanlogin OR rolsuper OR rolcreatedb"
    "           OR rolreplication OR rolbypassrls"
    "           OR rolcreaterole AND rolname <> 'trato_admin')) AS foreign_roles"
    "  FROM pg_roles AS login, pg_database AS here"
    " WHERE login.rolname = session_user AND here.datname = current_database()";

/* Of the database that is there already. */
static bool judge_database(const struct rows *facts, struct err *err)
{
	const char *name = rows_text(facts, 0, "database");
	const char *collation = rows_text(facts, 0, "collation");
	const char *provider = rows_text(facts, 0, "provider");

	if (rows_bool(facts, 0, "ours"))
		return err_set(err, ERR_REFUSED,
		               _("This database has been set up already. To bring it up to date: "
		                 "trato db migrate"));
	if (rows_get(facts, 0, "schema_owner"))
		return err_set(err, ERR_REFUSED,
		               _("The database %s has a schema “trato” that is not of this program "
		                 "(it belongs to %s). Rename that one, or name another database "
		                 "with -d dbname=NAME."),
		               name, rows_text(facts, 0, "schema_owner"));
	if (strcmp(rows_text(facts, 0, "encoding"), "UTF8") != 0)
		return err_set(err, ERR_REFUSED,
		               _("The database %s is in %s and not in UTF8. Drop it if it is empty "
		                 "(dropdb %s): then trato db init makes it right. Or name another "
		                 "one with -d dbname=NAME."),
		               name, rows_text(facts, 0, "encoding"), name);
	if (strcmp(provider, "i") == 0 ||
	    (strcmp(collation, "C.UTF-8") != 0 && strcmp(collation, "C.utf8") != 0))
		return err_set(err, ERR_REFUSED,
		               _("The database %s sorts by %s and not by C.UTF-8. Drop it if it is "
		                 "empty (dropdb %s): then trato db init makes it right. Or name "
		                 "another one with -d dbname=NAME."),
		               name, strcmp(provider, "i") == 0 ? "ICU" : collation, name);
	return true;
}

bool init_judge(const struct rows *facts, const char *missing, struct err *err)
{
	if (rows_int(facts, 0, "number") < SERVER_LEAST)
		return err_set(
		    err, ERR_REFUSED,
		    _("This server is PostgreSQL %s, and Trato needs 15 or later. Install "
		      "a newer one, or name another server with -d host=NAME."),
		    rows_text(facts, 0, "version"));
	if (rows_bool(facts, 0, "standby"))
		return err_set(err, ERR_REFUSED,
		               _("This server is a standby, so read-only. Name the one that it "
		                 "follows with -d host=NAME."));
	if (!rows_bool(facts, 0, "superuser"))
		return err_set(
		    err, ERR_DENIED,
		    _("%s is no superuser of this server, and only one can make roles and "
		      "take rights from everybody. For example: "
		      "runuser -u postgres -- trato db init"),
		    rows_text(facts, 0, "login"));
	if (!missing && !judge_database(facts, err))
		return false;
	if (rows_get(facts, 0, "missing_extensions"))
		return err_set(
		    err, ERR_REFUSED,
		    _("The server lacks the extensions %s of PostgreSQL's contrib. Install "
		      "the package with them, and start again; in Debian they come with "
		      "the server itself."),
		    rows_text(facts, 0, "missing_extensions"));
	if (rows_get(facts, 0, "foreign_roles"))
		return err_set(err, ERR_REFUSED,
		               _("The server has roles of names that Trato needs, and with rights "
		                 "that these must not have: %s. Rename them: ALTER ROLE NAME "
		                 "RENAME TO OTHER"),
		               rows_text(facts, 0, "foreign_roles"));
	return true;
}

bool init_look(struct script *script, struct arena *arena, const char *missing,
               struct init_server *server, struct err *err)
{
	const struct rows *facts = NULL, *file = NULL;

	if (!script_query(script, arena, facts_of, 0, NULL, &facts, NULL, err) ||
	    !init_judge(facts, missing, err) ||
	    !script_query(script, arena, "SELECT current_setting('hba_file') AS name", 0, NULL,
	                  &file, NULL, err))
		return false;
	server->version = rows_text(facts, 0, "version");
	server->has_roles = rows_bool(facts, 0, "has_roles");
	server->hba_file = rows_text(file, 0, "name");
	return true;
}
