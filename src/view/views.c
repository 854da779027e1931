/*
 * Which screens there are to go to, and where each role begins. Who writes
 * such a screen adds its row here.
 */
#include <view/views.h>

#include <string.h>

#include "communication.h"
#include "drafts_view.h"
#include "mail.h"
#include "offer.h"

const struct views_entry views_table[] = {
	{ COMMAND_GO_ACTIONS, ROLE_REP, &view_actions },
	{ COMMAND_GO_CHECKS, 0, &view_checks },
	{ COMMAND_GO_SETTINGS, 0, &view_settings },
	{ COMMAND_GO_HOLIDAYS, 0, &view_holidays },
	{ COMMAND_GO_AREAS, 0, &view_areas },
	{ COMMAND_GO_REASONS, 0, &view_reasons },
	{ COMMAND_GO_USERS, 0, &view_users },
	{ COMMAND_GO_INBOX, ROLE_BACKOFFICE, &view_inbox },
	{ COMMAND_GO_DASHBOARD, ROLE_SUPERVISOR | ROLE_MANAGER, &view_dashboard },
	{ COMMAND_GO_WAITING, 0, &view_waiting },
	{ COMMAND_GO_OFFERS, 0, &view_offers },
	{ COMMAND_GO_HOLDS, 0, &view_holds },
	{ COMMAND_GO_AUDIT, 0, &view_audit },
	{ COMMAND_GO_REQUESTS, 0, &view_requests },
	{ COMMAND_GO_TRAY, 0, &view_tray },
	{ COMMAND_GO_AGENDA, 0, &view_agenda },
	{ COMMAND_GO_CLIENTS, 0, &view_clients },
	{ COMMAND_GO_COMMUNICATIONS, 0, &view_communications },
	{ COMMAND_GO_DRAFTS, 0, &view_drafts },
	{ COMMAND_HELP, 0, &view_help },
	{ COMMAND_ME, 0, &view_me },
	{ COMMAND_CHANGE_PASSWORD, 0, &view_password },
	{ COMMAND_NONE, 0, NULL },
};

const struct views_form views_forms[] = {
	{ "action", 1, &view_action_form },
	{ "add-collaborator", 1, &view_add_collaborator },
	{ "answer-notice", 2, &view_answer_notice },
	{ "assign-mail", 2, &view_assign_mail },
	{ "approve-offer", 3, &view_offer_approve },
	{ "area", 1, &view_area },
	{ "ask-collaboration", 1, &view_ask_collaboration },
	{ "client", 1, &view_client_form },
	{ "close-action", 1, &view_close_action },
	{ "communication", 1, &view_communication },
	{ "contact", 2, &view_contact_form },
	{ "correction", 1, &view_communication_correction },
	{ "correct-invoice", 1, &view_correct_invoice },
	{ "decline-request", 2, &view_decline_request },
	{ "division", 2, &view_division_form },
	{ "extend-offer", 3, &view_offer_extend },
	{ "hold-divisions", 1, &view_hold_divisions },
	{ "holiday", 1, &view_holiday },
	{ "invoice", 2, &view_record_invoice },
	{ "merge-client", 1, &view_merge_client },
	{ "new-action", 1, &view_new_action },
	{ "new-offer", 1, &view_new_offer },
	{ "next-step", 1, &view_next_step },
	{ "offer", 1, &view_offer_form },
	{ "reason", 1, &view_reason },
	{ "reject-offer", 3, &view_offer_reject },
	{ "release-division", 1, &view_release_division },
	{ "remove-collaborator", 1, &view_remove_collaborator },
	{ "revoke-approval", 3, &view_offer_revoke },
	{ "reopen-action", 1, &view_reopen },
	{ "return-notice", 2, &view_return_notice },
	{ "setting", 1, &view_setting },
	{ "set-aside-mail", 2, &view_set_aside_mail },
	{ "step-done", 1, &view_step_done },
	{ "transfer-action", 1, &view_transfer_action },
	{ "user", 1, &view_user },
	{ "withdraw-offer", 3, &view_offer_withdraw },
	{ NULL, 0, NULL },
};

const struct views_form *views_form(const char *name, const struct view_ops *ops)
{
	for (const struct views_form *form = views_forms; form->ops != NULL; form++)
		if (form->ops == ops || (name != NULL && strcmp(form->name, name) == 0))
			return form;
	return NULL;
}

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
