/*
 * The people of a terminal test, and what they do again and again.
 */
#include "people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

void people_sql(const char *statements)
{
	FILE *psql = popen("psql -qX -v ON_ERROR_STOP=1 -d trato >/dev/null", "w");

	assert_non_null(psql);
	fputs(statements, psql);
	assert_int_equal(pclose(psql), 0);
}

void people_expect_at(const char *query, const char *value, const char *file, int line)
{
	char command[4096], answer[1024] = "";
	FILE *psql;

	assert_null(strpbrk(query, "\"$`\\"));
	snprintf(command, sizeof(command), "psql -XAtq -v ON_ERROR_STOP=1 -d trato -c \"%s\"",
	         query);
	psql = popen(command, "r");
	assert_non_null(psql);
	if (fgets(answer, sizeof(answer), psql) != NULL)
		answer[strcspn(answer, "\n")] = '\0';
	assert_int_equal(pclose(psql), 0);
	if (strcmp(answer, value) == 0)
		return;
	print_error("%s\nis «%s» and not «%s».\n", query, answer, value);
	_fail(file, line);
}

void people_server(const char *verb)
{
	char command[512];

	snprintf(command, sizeof(command), "tests/harness/cluster %s '%s' </dev/null", verb,
	         getenv("TRATO_CLUSTER"));
	assert_int_equal(system(command), 0);
}

int people_set_up(void **state)
{
	static const struct {
		const char *email, *name, *role;
	} people[] = {
		{ "ana", "Ana Ruiz", "rep" },
		{ "luis", "Luis Mora", "rep" },
		{ "berta", "Berta Gil", "backoffice" },
		{ "bruno", "Bruno Paz", "backoffice" },
		{ "carmen", "Carmen Oto", "supervisor" },
	};
	char statement[1024];

	(void)state;
	setenv("PGUSER", "postgres", 1);
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
		snprintf(statement, sizeof(statement),
		         "INSERT INTO trato.person (email, name, roles, must_change_password)"
		         " VALUES ('%s@trato.example', '%s', '{%s}', false);"
		         "CREATE ROLE \"%s@trato.example\" LOGIN PASSWORD '" PEOPLE_PASSWORD "'"
		         " IN ROLE trato_%s;",
		         people[i].email, people[i].name, people[i].role, people[i].email,
		         people[i].role);
		people_sql(statement);
	}
	return 0;
}

struct screen *people_start(int rows, int columns, const char *language)
{
	static int count;
	char variable[32], folder[512];
	const char *const env[] = { folder, variable, NULL };
	const char *const argv[] = { screen_program(), NULL };

	snprintf(variable, sizeof(variable), "LANGUAGE=%s", language);
	/* Nobody finds what another one has left. */
	snprintf(folder, sizeof(folder), "XDG_STATE_HOME=%s/people-%d-%d", getenv("HOME"),
	         (int)getpid(), ++count);
	return screen_start(rows, columns, argv, env);
}

struct screen *people_log_in(const char *name, int rows, int columns, const char *language)
{
	struct screen *screen = people_start(rows, columns, language);
	bool spanish = strcmp(language, "es") == 0;

	screen_wait_text(screen, spanish ? "Contraseña" : "Password");
	screen_type(screen, name);
	screen_type(screen, "@trato.example\t" PEOPLE_PASSWORD "\r");
	screen_wait_text(screen, spanish ? "q salir" : "q quit");
	return screen;
}

void people_fill(struct screen *screen, const char *text)
{
	if (text != NULL)
		screen_type(screen, text);
	screen_press(screen, "Tab");
}

void people_pick(struct screen *screen, const char *text, const char *candidate)
{
	screen_type(screen, text);
	screen_wait_text(screen, candidate);
	screen_press(screen, "Enter");
}
