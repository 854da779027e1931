/*
 * Which screens there are to go to, and where each role begins. Who writes
 * such a screen adds its row here.
 */
#include <view/views.h>

const struct views_entry views_table[] = {
	{ COMMAND_GO_ACTIONS, ROLE_REP, &view_actions },
	{ COMMAND_GO_INBOX, ROLE_BACKOFFICE, &view_inbox },
	{ COMMAND_GO_OVERVIEW, ROLE_SUPERVISOR | ROLE_MANAGER, &view_overview },
	{ COMMAND_GO_REQUESTS, 0, &view_requests },
	{ COMMAND_GO_TRAY, 0, &view_tray },
	{ COMMAND_GO_AGENDA, 0, &view_agenda },
	{ COMMAND_GO_CLIENTS, 0, &view_clients },
	{ COMMAND_GO_COMMUNICATIONS, 0, &view_communications },
	{ COMMAND_HELP, 0, &view_help },
	{ COMMAND_ME, 0, &view_me },
	{ COMMAND_CHANGE_PASSWORD, 0, &view_password },
	{ COMMAND_NONE, 0, NULL },
};

const struct view_ops *views_home(unsigned roles)
{
	for (const struct views_entry *entry = views_table; entry->ops != NULL; entry++)
		if ((entry->home_of & roles) != 0)
			return entry->ops;
	return &view_clients;
}

const struct view_ops *views_find(enum command command)
{
	for (const struct views_entry *entry = views_table; entry->ops != NULL; entry++)
		if (entry->command == command)
			return entry->ops;
	return NULL;
}
