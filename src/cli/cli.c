/*
 * Which command without a screen is meant.
 */
#include <cli/cli.h>

#include <stdio.h>

#include <base/err.h>
#include <base/i18n.h>

int cli_run(const struct cli_context *context, int argc, char **argv)
{
	(void)context;
	(void)argc;
	fprintf(stderr, _("trato: there is no command «%s»; trato --help says what is possible.\n"),
	        argv[0]);
	return ERR_USAGE;
}
