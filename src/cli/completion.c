/*
 * trato completion: the commands' usages, which are the one place where their
 * options stand, as a script that completes them in a shell. It is made once,
 * when Trato is built: completing a command starts no program and no connection.
 */
#include "completion.h"

#include <stdlib.h>
#include <string.h>

#include <base/i18n.h>

#include "filter.h"

/* What main() reads itself. */
static const char *const of_main[] = {
	" [-c|--config FILE] [-d|--database CONNINFO] [-u|--user E-MAIL] [--restricted] [--help] [--version]",
	"dashboard",
	"keys",
};

enum { OF_MAIN = sizeof(of_main) / sizeof(of_main[0]) };

/* "a, b" and "a|b" -> "a b" */
static const char *as_words(struct arena *arena, const char *list)
{
	char *words = arena_copy(arena, list);
	char *to = words;

	for (const char *c = list; *c; c++)
		if (*c != ',')
			*to++ = (char)(*c == '|' ? ' ' : *c);
	*to = '\0';
	return words;
}

static const char *states_of(const char *command)
{
	return strstr(command, " actions") ? ACTION_STATES
	     : strstr(command, " offers")  ? OFFER_STATES
	                                   : NOTICE_STATES;
}

/* The value's name as the usage has it: "FILE.csv", "ROLE", "es|en". */
static void read_value(struct arena *arena, struct completion_item *item, const char *command,
                       const char *value)
{
	item->words = "";
	if (strncmp(value, "FILE", 4) == 0) {
		item->kind = COMPLETE_FILE;
	} else if (strcmp(value, "COMMAND") == 0) {
		item->kind = COMPLETE_COMMAND;
	} else if (strcmp(value, "ROLE") == 0) {
		item->kind = COMPLETE_WORDS;
		item->words = CLI_ROLES;
	} else if (strcmp(value, "STATE") == 0) {
		item->kind = COMPLETE_WORDS;
		item->words = as_words(arena, states_of(command));
	} else if (strchr(value, '|')) {
		item->kind = COMPLETE_WORD;
		item->words = as_words(arena, value);
	}
}

static struct completion_item *add_item(struct completion_command *command)
{
	if (command->count == COMPLETION_ITEMS)
		abort(); /* a usage with more options than there is room for */
	return &command->items[command->count++];
}

/* "-o|--refused" with "FILE.csv", or value NULL for "--json|--csv" without one. */
static void add_options(struct arena *arena, struct completion_command *command, const char *names,
                        const char *value)
{
	char *list = arena_copy(arena, names), *rest = NULL;

	for (char *name = strtok_r(list, "|", &rest); name; name = strtok_r(NULL, "|", &rest)) {
		struct completion_item *item = add_item(command);

		item->name = name;
		item->has_value = value != NULL;
		read_value(arena, item, command->name, value ? value : "");
	}
}

/* Without its brackets; "STATE[,STATE]" is STATE. ended: a bracket closed behind it. */
static const char *bare(struct arena *arena, const char *token, bool *ended)
{
	size_t from = strspn(token, "["), length;

	*ended = token[strlen(token) - 1] == ']';
	length = strcspn(token + from, "[]");
	return arena_copy_n(arena, token + from, length);
}

static bool is_name(const char *token)
{
	return token[0] != '-' && token[strspn(token, "abcdefghijklmnopqrstuvwxyz-")] == '\0';
}

static void read_usage(struct arena *arena, const char *usage, struct completion_command *command)
{
	char *copy = arena_copy(arena, usage), *rest = NULL;
	const char *option = NULL; /* whose value comes perhaps */
	int place = 0;

	command->name = "";
	for (char *token = strtok_r(copy, " ", &rest); token; token = strtok_r(NULL, " ", &rest)) {
		bool ended;
		const char *word = bare(arena, token, &ended);

		if (command->count == 0 && !option && place == 0 && is_name(token)) {
			command->name = arena_printf(arena, "%s%s%s", command->name,
			                             command->name[0] ? " " : "", token);
		} else if (word[0] == '-' || strcmp(word, "|") == 0) {
			if (option)
				add_options(arena, command, option, NULL);
			option = word[0] == '-' ? word : NULL;
			if (option && ended) {
				add_options(arena, command, option, NULL);
				option = NULL;
			}
		} else if (option) {
			add_options(arena, command, option, word);
			option = NULL;
		} else {
			struct completion_item *item = add_item(command);

			item->place = place++;
			read_value(arena, item, command->name, word);
		}
	}
	if (option)
		add_options(arena, command, option, NULL);
}

static const char *add_word(struct arena *arena, const char *list, const char *word, size_t length)
{
	if (filter_has_word(list, " ", word, length))
		return list;
	return arena_printf(arena, "%s%s%.*s", list, list[0] ? " " : "", (int)length, word);
}

const char *completion_names(struct arena *arena, const struct completion *completion,
                             const char *group)
{
	size_t length = strlen(group);
	const char *list = "";

	for (int i = 0; i < completion->count; i++) {
		const char *name = completion->commands[i].name;

		if (length > 0 && (strncmp(name, group, length) != 0 || name[length] != ' '))
			continue;
		name += length > 0 ? length + 1 : 0;
		if (name[0] != '\0')
			list = add_word(arena, list, name, strcspn(name, " "));
	}
	return list;
}

void completion_read(struct arena *arena, struct completion *completion)
{
	struct completion_command *commands;
	int count = 0;

	while (cli_command(count))
		count++;
	completion->count = OF_MAIN + count;
	completion->groups = completion->options = "";
	commands = arena_alloc(arena, (size_t)completion->count * sizeof(*commands));
	completion->commands = commands;
	for (int i = 0; i < completion->count; i++) {
		struct completion_command *command = &commands[i];
		const char *blank;

		read_usage(arena, i < OF_MAIN ? of_main[i] : cli_command(i - OF_MAIN), command);
		blank = strchr(command->name, ' ');
		if (blank)
			completion->groups = add_word(arena, completion->groups, command->name,
			                              (size_t)(blank - command->name));
		for (int n = 0; n < command->count; n++)
			if (command->items[n].has_value)
				completion->options =
				    add_word(arena, completion->options, command->items[n].name,
				             strlen(command->items[n].name));
	}
}

bool cli_completion(const struct cli_arguments *arguments, struct err *err)
{
	const char *shell = arguments->words[0];
	struct arena *arena = arena_new();
	struct completion completion;
	bool zsh = strcmp(shell, "zsh") == 0, known = true;

	completion_read(arena, &completion);
	if (zsh || strcmp(shell, "bash") == 0)
		completion_print_sh(arena, &completion, zsh);
	else if (strcmp(shell, "fish") == 0)
		completion_print_fish(arena, &completion);
	else
		known = err_set(err, ERR_USAGE, _("A shell is one of bash, zsh and fish."));
	arena_free(&arena);
	return known;
}
