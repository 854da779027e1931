/*
 * The table of commands, out of commands.def. Read by the key map, the key
 * line, the help screen and whoever documents them.
 */
#include <view/command.h>

#include <string.h>

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

bool command_in_section(enum command command, const char *section)
{
	const char *at = command_table[command].sections;
	size_t length = strlen(section);

	while (*at != '\0') {
		size_t word = strcspn(at, " ");

		if (word == length && strncmp(at, section, length) == 0)
			return true;
		at += word;
		at += strspn(at, " ");
	}
	return false;
}
