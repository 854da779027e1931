/*
 * The least that a list on a terminal can be, for `make bench` to compare with: log in, ask the
 * same question, draw, move a cursor; pages, the last rows and a search of the list of clients.
 * bare NEXT.sql PREVIOUS.sql [PARAMETER...], "-" for NULL; the third is how many rows.
 */
#include <curses.h>
#include <libpq-fe.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { PARAMETERS = 8 };

static char statements[2][8192];
static const char *parameters[PARAMETERS];
static int parameter_count;
static PGconn *conn;
static PGresult *rows;
static int at, last;

/* Behind (0) or before (1) what the parameters say. Where there is nothing, the rows stay. */
static bool ask(int statement)
{
	PGresult *result = PQexecParams(conn, statements[statement], parameter_count, NULL,
	                                parameters, NULL, NULL, 0);

	fputs(PQresultErrorMessage(result), stderr);
	if (PQntuples(result) == 0) {
		PQclear(result);
		return false;
	}
	PQclear(rows);
	rows = result;
	return true;
}

static void draw(int row, attr_t style)
{
	attrset(style);
	mvhline(row + 2, 0, ' ', COLS);
	for (int i = 1; i < 5; i++)
		mvaddnstr(row + 2, (i - 1) * 20 + 2, PQgetvalue(rows, row, i), 18);
}

static void draw_all(void)
{
	attrset(A_NORMAL);
	erase();
	mvaddstr(0, 1, "Clients");
	last = PQntuples(rows) < LINES - 4 ? PQntuples(rows) - 1 : LINES - 5;
	at = 0;
	for (int i = 0; i <= last; i++)
		draw(i, i == at ? A_REVERSE : A_NORMAL);
}

/* Another page of the clients: beyond the row, or (-1) the first or last of all. */
static void turn(int statement, int row)
{
	static char kept[4][512], limit[16];
	static const struct {
		int parameter;
		const char *column;
	} edges[] = { { 0, "name_folded" }, { 1, "key" }, { 4, "rank" }, { 5, "word" } };

	snprintf(limit, sizeof(limit), "%d", LINES - 4);
	parameters[2] = limit;
	parameter_count = 6;
	for (int i = 0; i < 4; i++) {
		int column = PQfnumber(rows, edges[i].column);

		if (row >= 0)
			snprintf(kept[i], sizeof(kept[i]), "%s", PQgetvalue(rows, row, column));
		parameters[edges[i].parameter] =
		    row >= 0 && !PQgetisnull(rows, row, column) ? kept[i] : NULL;
	}
	if (ask(statement))
		draw_all();
}

static void search(void)
{
	static char text[64];
	size_t length = 0;
	int key;

	while ((key = getch()) != '\n' && key != ERR) {
		if (key == '\b' && length > 0)
			text[--length] = '\0';
		else if (key >= ' ' && key < 127 && length < sizeof(text) - 1)
			text[length++] = (char)key, text[length] = '\0';
		parameters[3] = length > 0 ? text : NULL;
		turn(0, -1);
		mvaddstr(1, 1, text);
		refresh();
	}
}

static void press(int key)
{
	switch (key) {
	case ' ': turn(0, last); break;
	case 'b' & 31: turn(1, 0); break;
	case 'g': turn(0, -1); break;
	case 'G': turn(1, -1); break;
	case '/': search(); break;
	case KEY_RESIZE: draw_all(); break;
	default:
		draw(at, A_NORMAL);
		at = key == 'j' && at < last ? at + 1 : key == 'k' && at > 0 ? at - 1 : at;
		draw(at, A_REVERSE);
	}
}

int main(int argc, char **argv)
{
	int key;

	setlocale(LC_ALL, "C.UTF-8");
	for (int i = 0; i < 2; i++) {
		FILE *file = fopen(argv[i + 1], "r");

		if (file) {
			statements[i][fread(statements[i], 1, sizeof(statements[i]) - 1, file)] =
			    '\0';
			fclose(file);
		}
	}
	for (; parameter_count < argc - 3 && parameter_count < PARAMETERS; parameter_count++)
		if (strcmp(argv[parameter_count + 3], "-") != 0)
			parameters[parameter_count] = argv[parameter_count + 3];
	conn = PQconnectdb("dbname=trato");
	fputs(PQerrorMessage(conn), stderr);
	if (!ask(0))
		return 1;
	initscr();
	raw();
	noecho();
	draw_all();
	refresh();
	while ((key = getch()) != 'q' && key != ERR) {
		press(key);
		refresh();
	}
	endwin();
	return 0;
}
