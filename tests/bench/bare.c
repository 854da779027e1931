/*
 * The least that a list on a terminal can be, for `make bench` to compare with: log in, ask the
 * same question, draw, move a cursor. bare FILE.sql [PARAMETER...], "-" for NULL.
 */
#include <curses.h>
#include <libpq-fe.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static void draw(PGresult *rows, int row, attr_t style)
{
	attrset(style);
	mvhline(row + 2, 0, ' ', COLS);
	for (int i = 1; i < 5; i++)
		mvaddnstr(row + 2, (i - 1) * 20 + 2, PQgetvalue(rows, row, i), 18);
}

int main(int argc, char **argv)
{
	char sql[8192] = "";
	const char *parameters[8] = { NULL };
	FILE *file = fopen(argv[1], "r");
	int count, at = 0, last, key;
	PGconn *conn;
	PGresult *rows;

	setlocale(LC_ALL, "C.UTF-8");
	sql[file ? fread(sql, 1, sizeof(sql) - 1, file) : 0] = '\0';
	for (count = 0; count < argc - 2 && count < 8; count++)
		parameters[count] = strcmp(argv[count + 2], "-") ? argv[count + 2] : NULL;
	conn = PQconnectdb("dbname=trato");
	rows = PQexecParams(conn, sql, count, NULL, parameters, NULL, NULL, 0);
	fputs(PQerrorMessage(conn), stderr);
	initscr();
	raw();
	noecho();
	mvaddstr(0, 1, "Clients");
	last = PQntuples(rows) < LINES - 4 ? PQntuples(rows) - 1 : LINES - 5;
	for (int i = 0; i <= last; i++)
		draw(rows, i, i == at ? A_REVERSE : A_NORMAL);
	refresh();
	while ((key = getch()) != 'q' && key != ERR) {
		draw(rows, at, A_NORMAL);
		at = key == 'j' && at < last ? at + 1 : key == 'k' && at > 0 ? at - 1 : at;
		draw(rows, at, A_REVERSE);
		refresh();
	}
	endwin();
	return 0;
}
