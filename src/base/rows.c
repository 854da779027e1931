/*
 * Reading a table of text by column name. Models and screens use it.
 */
#include <base/rows.h>

#include <stdlib.h>
#include <string.h>

int rows_column(const struct rows *rows, const char *name)
{
	for (int i = 0; i < rows->columns; i++)
		/* Most differ in the first letter: asked for each cell of each frame. */
		if (rows->names[i][0] == name[0] && !strcmp(rows->names[i], name))
			return i;
	return -1;
}

const char *rows_get(const struct rows *rows, int row, const char *name)
{
	int column = rows_column(rows, name);

	if (column < 0 || row < 0 || row >= rows->count)
		return NULL;
	return rows->cells[(size_t)row * (size_t)rows->columns + (size_t)column];
}

const char *rows_text(const struct rows *rows, int row, const char *name)
{
	const char *cell = rows_get(rows, row, name);

	return cell ? cell : "";
}

int64_t rows_int(const struct rows *rows, int row, const char *name)
{
	return strtoll(rows_text(rows, row, name), NULL, 10);
}

bool rows_bool(const struct rows *rows, int row, const char *name)
{
	return !strcmp(rows_text(rows, row, name), "t");
}
