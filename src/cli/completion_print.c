/*
 * The scripts of trato completion. bash and zsh share a function that finds out
 * what can stand at the cursor: it gets the words before that, and says it in
 * `candidates` and `kind`. fish takes a line for each option.
 */
#include "completion.h"

#include <stdio.h>
#include <string.h>

static const char *const kinds[] = {
	[COMPLETE_NOTHING] = "none", [COMPLETE_FILE] = "file",  [COMPLETE_COMMAND] = "command",
	[COMPLETE_WORD] = "words",   [COMPLETE_WORDS] = "list",
};

/* "a b" with "|" or another sign in the place of the blanks. */
static const char *separated(struct arena *arena, const char *words, const char *by)
{
	const char *list = "";

	for (const char *at = words; *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");

		list = arena_printf(arena, "%s%s%.*s", list, list[0] ? by : "", (int)length, at);
		at += length;
	}
	return list;
}

/* ---- bash and zsh */

static void print_values(const struct completion_command *command)
{
	for (int i = 0; i < command->count; i++) {
		const struct completion_item *item = &command->items[i];

		if (item->has_value && item->kind != COMPLETE_NOTHING)
			printf("\t\"%s:%s\") kind=%s candidates=\"%s\"; return ;;\n", command->name,
			       item->name, kinds[item->kind], item->words);
	}
}

static void print_places(const struct completion_command *command)
{
	for (int i = 0; i < command->count; i++) {
		const struct completion_item *item = &command->items[i];

		if (!item->name && item->kind != COMPLETE_NOTHING)
			printf("\t\"%s:%d\") kind=%s candidates=\"%s\" ;;\n", command->name,
			       item->place, kinds[item->kind], item->words);
	}
}

static void print_options(const struct completion_command *command)
{
	bool any = false;

	for (int i = 0; i < command->count; i++) {
		if (!command->items[i].name)
			continue;
		if (!any)
			printf("\t\"%s\") options=\"", command->name);
		printf("%s%s", any ? " " : "", command->items[i].name);
		any = true;
	}
	if (any)
		puts("\" ;;");
}

static void print_look(struct arena *arena, const struct completion *completion)
{
	printf(
	    "# Made by `trato completion`. The words before the cursor -> kind, candidates, options.\n"
	    "_trato_look() {\n"
	    "\tlocal command= before= word place=0\n"
	    "\tkind=words candidates= options=\n"
	    "\twhile [ $# -gt 0 ]; do\n"
	    "\t\tword=$1\n"
	    "\t\tshift\n"
	    "\t\tcase $word in\n"
	    "\t\t%s)\n"
	    "\t\t\tif [ $# -eq 0 ]; then before=$word; else shift; fi ;;\n"
	    "\t\t-*) ;;\n"
	    "\t\t*)\n"
	    "\t\t\tcase $command in\n"
	    "\t\t\t\"\") command=$word ;;\n"
	    "\t\t\t%s) command=\"$command $word\" ;;\n"
	    "\t\t\t*) place=$((place + 1)) ;;\n"
	    "\t\t\tesac ;;\n"
	    "\t\tesac\n"
	    "\tdone\n"
	    "\tcase \"$command:$before\" in\n",
	    separated(arena, completion->options, " | "),
	    separated(arena, completion->groups, " | "));
	for (int i = 0; i < completion->count; i++)
		print_values(&completion->commands[i]);
	puts("\t*:-*) kind=none; return ;;\n"
	     "\tesac\n"
	     "\tcase \"$command:$place\" in");
	for (int i = 0; i < completion->count; i++)
		print_places(&completion->commands[i]);
	printf("\t\":0\") candidates=\"%s\" ;;\n", completion_names(arena, completion, ""));
	for (const char *at = completion->groups; *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");
		const char *group = arena_copy_n(arena, at, length);

		printf("\t\"%s:0\") candidates=\"%s\" ;;\n", group,
		       completion_names(arena, completion, group));
		at += length;
	}
	puts("\tesac\n"
	     "\tcase $command in");
	for (int i = 0; i < completion->count; i++)
		print_options(&completion->commands[i]);
	puts("\tesac\n"
	     "}\n");
}

static const char bash_end[] =
    "_trato() {\n"
    "\tlocal kind candidates options word words=() current=${COMP_WORDS[COMP_CWORD]} i before=\n"
    "\t# --option=value comes as three words.\n"
    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
    "\t\t[ \"${COMP_WORDS[i]}\" = = ] || words+=(\"${COMP_WORDS[i]}\")\n"
    "\tdone\n"
    "\t[ \"$current\" != = ] || current=\n"
    "\t_trato_look \"${words[@]}\"\n"
    "\tCOMPREPLY=()\n"
    "\tcase $current in -*) kind=words candidates= ;; esac\n"
    "\tcase $kind in\n"
    "\tfile)\n"
    "\t\tcompopt -o filenames 2> /dev/null\n"
    "\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$current\") ;;\n"
    "\tcommand) mapfile -t COMPREPLY < <(compgen -c -- \"$current\") ;;\n"
    "\tlist)\n"
    "\t\tcase $current in *,*) before=${current%,*}, ;; esac\n"
    "\t\tmapfile -t COMPREPLY < <(compgen -P \"$before\" -W \"$candidates\" -- \"${current##*,}\") ;;\n"
    "\twords) mapfile -t COMPREPLY < <(compgen -W \"${candidates:-$options}\" -- \"$current\") ;;\n"
    "\tesac\n"
    "}\n"
    "complete -F _trato trato";

static const char zsh_end[] = "_trato() {\n"
			      "\tlocal kind candidates options\n"
			      "\tlocal -a before\n"
			      "\tbefore=(\"${(@)words[2,CURRENT-1]}\")\n"
			      "\tif [[ $PREFIX == --*=* ]]; then\n"
			      "\t\tbefore+=(\"${PREFIX%%=*}\")\n"
			      "\t\tcompset -P 1 '*='\n"
			      "\tfi\n"
			      "\t_trato_look \"${before[@]}\"\n"
			      "\t[[ $PREFIX != -* ]] || kind=words candidates=\n"
			      "\tcase $kind in\n"
			      "\tfile) _files ;;\n"
			      "\tcommand) _command_names -e ;;\n"
			      "\tlist) compset -P '*,'; compadd -S '' -- ${=candidates} ;;\n"
			      "\twords) compadd -- ${=candidates:-$options} ;;\n"
			      "\tesac\n"
			      "}\n"
			      "if [[ ${funcstack[1]} == _trato ]]; then\n"
			      "\t_trato \"$@\"\n"
			      "elif (( $+functions[compdef] )); then\n"
			      "\tcompdef _trato trato\n"
			      "fi";

void completion_print_sh(struct arena *arena, const struct completion *completion, bool zsh)
{
	if (zsh)
		puts("#compdef trato");
	print_look(arena, completion);
	puts(zsh ? zsh_end : bash_end);
}

/* ---- fish */

static const char fish_begin[] =
    "function __trato_at --argument-names wanted place\n"
    "\tset -l words (commandline -opc)[2..]\n"
    "\tset -l command ''\n"
    "\tset -l count 0\n"
    "\twhile set -q words[1]\n"
    "\t\tset -l word $words[1]\n"
    "\t\tset -e words[1]\n"
    "\t\tswitch $word\n"
    "\t\t\tcase %s\n"
    "\t\t\t\tset -e words[1]\n"
    "\t\t\tcase '-*'\n"
    "\t\t\tcase '*'\n"
    "\t\t\t\tif test -z \"$command\"\n"
    "\t\t\t\t\tset command $word\n"
    "\t\t\t\telse if contains -- \"$command\" %s\n"
    "\t\t\t\t\tset command \"$command $word\"\n"
    "\t\t\t\telse\n"
    "\t\t\t\t\tset count (math $count + 1)\n"
    "\t\t\t\tend\n"
    "\t\tend\n"
    "\tend\n"
    "\ttest \"$command\" = \"$wanted\"; and test -z \"$place\" -o \"$count\" = \"$place\"\n"
    "end\n"
    "complete -c trato -f\n";

static void print_fish_value(const struct completion_item *item)
{
	switch (item->kind) {
	case COMPLETE_NOTHING: break;
	case COMPLETE_FILE: printf(" -F"); break;
	case COMPLETE_COMMAND: printf(" -a '(__fish_complete_command)'"); break;
	case COMPLETE_WORD: printf(" -a '%s'", item->words); break;
	case COMPLETE_WORDS: printf(" -a '(__fish_append , %s)'", item->words); break;
	}
}

static void print_fish_item(const struct completion_command *command,
                            const struct completion_item *item)
{
	const char *name = item->name;

	if (!name && item->kind == COMPLETE_NOTHING)
		return;
	if (!name)
		printf("complete -c trato -n '__trato_at \"%s\" %d'", command->name, item->place);
	else
		printf("complete -c trato -n '__trato_at \"%s\"' %s %s", command->name,
		       name[1] == '-' ? "-l" : "-s", name + 1 + (name[1] == '-'));
	if (item->has_value)
		printf(item->kind == COMPLETE_FILE ? " -r" : " -x");
	print_fish_value(item);
	putchar('\n');
}

void completion_print_fish(struct arena *arena, const struct completion *completion)
{
	puts("# Made by `trato completion`.");
	printf(fish_begin, completion->options, completion->groups);
	printf("complete -c trato -n '__trato_at \"\"' -a '%s'\n",
	       completion_names(arena, completion, ""));
	for (const char *at = completion->groups; *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");
		const char *group = arena_copy_n(arena, at, length);

		printf("complete -c trato -n '__trato_at \"%s\"' -a '%s'\n", group,
		       completion_names(arena, completion, group));
		at += length;
	}
	for (int i = 0; i < completion->count; i++)
		for (int n = 0; n < completion->commands[i].count; n++)
			print_fish_item(&completion->commands[i],
			                &completion->commands[i].items[n]);
}
