/*
 * Headings of imported files; see import_columns.h. The names stand in
 * import_columns.def.
 */
#include "import_columns.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <base/buf.h>
#include <base/text.h>

static const struct {
	const char *entities;
	const char *key;
	const char *names;
} columns[] = {
#define COLUMN(entities, key, names) { entities, key, names },
#include "import_columns.def"
#undef COLUMN
};

enum { COLUMNS = sizeof(columns) / sizeof(columns[0]), NAME_MAX_LENGTH = 40 };

/* The letters that Spanish headings have; marks of their own (NFD) are no letters. */
static char plain_letter(uint32_t c)
{
	static const char from[] = "áàâäãéèêëíìîïóòôöõúùûüñçÁÀÂÄÃÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÑÇªº";
	static const char to[] = "aaaaaeeeeiiiiooooouuuuncaaaaaeeeeiiiiooooouuuuncao";
	uint32_t letter;
	int at = 0;

	if (c < 128)
		return (char)(isalnum((int)c) ? tolower((int)c) : '\0');
	for (const char *next = from; *next; next += text_decode(next, &letter), at++) {
		if (text_decode(next, &letter) > 0 && letter == c)
			return to[at];
	}
	return '\0';
}

/* "" for what is too long to be a name. */
static void fold(const char *heading, char out[NAME_MAX_LENGTH + 1])
{
	size_t length = 0, step;
	uint32_t c;

	while ((step = text_decode(heading, &c)) > 0 && length < NAME_MAX_LENGTH) {
		char letter = plain_letter(c);
		if (letter)
			out[length++] = letter;
		heading += step;
	}
	out[*heading == '\0' ? length : 0] = '\0';
}

static bool has_word(const char *words, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = words; length > 0 && (at = strstr(at, word)); at += length) {
		if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
			return true;
	}
	return false;
}

static char letter_of(const char *entity)
{
	return entity[0] == 'd' ? 'd' : entity[1] == 'o' ? 'o' : 'c';
}

const char *import_column(const char *entity, const char *heading)
{
	char name[NAME_MAX_LENGTH + 1];

	fold(heading, name);
	for (int i = 0; i < COLUMNS; i++) {
		if (strchr(columns[i].entities, letter_of(entity)) &&
		    has_word(columns[i].names, name))
			return columns[i].key;
	}
	return NULL;
}

const char *import_column_names(struct arena *arena, const char *entity)
{
	struct buf names = { 0 };

	for (int i = 0; i < COLUMNS; i++) {
		if (strchr(columns[i].entities, letter_of(entity)))
			buf_printf(&names, "%s%s", names.length ? ", " : "", columns[i].key);
	}
	const char *copy = arena_copy(arena, names.text);
	buf_free(&names);
	return copy;
}
