/*
 * The table of commands, out of commands.def. Read by the key map, the key
 * line, the help screen and whoever documents them.
 */
#include <view/command.h>

#include <string.h>

#include <ui/table.h>

const struct command_info command_table[] = {
	{ COMMAND_NONE, "", "", "", "", "", 0, COMMAND_QUIET },
#define COMMAND(id, name, label, help, sections, keys, roles, flags) \
	{ id, name, label, help, sections, keys, roles, flags },
#include <view/commands.def>
#undef COMMAND
};

bool command_is_permitted(enum command command, unsigned roles)
{
	unsigned wanted = command_table[command].roles;

	return wanted == 0 || (wanted & roles) != 0;
}

/* Asked for most commands at every key. */
bool command_in_section(enum command command, const char *section)
{
	const char *at = command_table[command].sections;
	size_t length = strlen(section);

	for (;;) {
		const char *end = strchrnul(at, ' ');

		if ((size_t)(end - at) == length && memcmp(at, section, length) == 0)
			return true;
		if (*end == '\0')
			return false;
		at = end + 1;
	}
}

bool command_moves(struct table *table, enum command command)
{
	static const struct {
		enum command command;
		enum table_move move;
	} moves[] = {
		{ COMMAND_UP, TABLE_UP },           { COMMAND_DOWN, TABLE_DOWN },
		{ COMMAND_PAGE_UP, TABLE_PAGE_UP }, { COMMAND_PAGE_DOWN, TABLE_PAGE_DOWN },
		{ COMMAND_FIRST, TABLE_FIRST },     { COMMAND_LAST, TABLE_LAST },
	};

	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		if (moves[i].command == command) {
			table_move(table, moves[i].move);
			return true;
		}
	return false;
}
