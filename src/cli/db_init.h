/*
 * What db init looks at and asks before it makes anything. Only for db_init*.c
 * and its test.
 */
#ifndef TRATO_CLI_DB_INIT_H
#define TRATO_CLI_DB_INIT_H

#include "cli_private.h"

struct init_server {
	const char *version;  /* "15.14" */
	const char *hba_file; /* the server's, for advice */
	bool has_roles;       /* of ours, from another database */
};

/* ---- db_init_look.c */

/* Whether the schema can be made where the script is, or, where `missing` names a database, on that
 * server; else a sentence that says what to do. Texts live in the arena. */
bool init_look(struct script *script, struct arena *arena, const char *missing,
               struct init_server *server, struct err *err);
/* Its judgement of the one row that it has asked for. */
bool init_judge(const struct rows *facts, const char *missing, struct err *err);

/* ---- db_init_ask.c: the first manager */

struct init_manager {
	char *email; /* in lower case; NULL: none is made */
	char *name;
	char *password, *verifier;
};

/* What the options say; ERR_USAGE. */
bool init_take_options(const struct cli_arguments *arguments, struct init_manager *manager,
                       struct err *err);
/* What they do not say, from a person at the terminal: ask. */
bool init_ask(bool ask, struct init_manager *manager, struct err *err);
/* The password is typed when all else is settled. */
bool init_ask_password(bool ask, struct init_manager *manager, struct err *err);
void init_forget(struct init_manager *manager);
/* Whether the answer is yes. */
bool init_consent(const char *question);

#endif
