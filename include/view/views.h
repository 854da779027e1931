/*
 * The screens by name. Home screens and the commands that lead to a list stand
 * in one table (src/view/views.c): who writes a screen adds its row there.
 *
 * arg of view_push: for a screen about one thing `const int64_t *` with its id;
 * for a list NULL, unless stated.
 */
#ifndef TRATO_VIEW_VIEWS_H
#define TRATO_VIEW_VIEWS_H

#include <view/view.h>

/* lists and boards: no arg */
extern const struct view_ops view_agenda;
extern const struct view_ops view_clients;
extern const struct view_ops view_communications;
extern const struct view_ops view_requests;
extern const struct view_ops view_tray;
extern const struct view_ops view_checks;
extern const struct view_ops view_settings;
extern const struct view_ops view_holidays;
extern const struct view_ops view_areas;
extern const struct view_ops view_reasons;
extern const struct view_ops view_users;
extern const struct view_ops view_dashboard;
extern const struct view_ops view_wall; /* the same, where there is nothing else to go to */

/* lists that may be those behind a figure: struct narrow_arg, or NULL */
extern const struct view_ops view_actions;
extern const struct view_ops view_waiting;
extern const struct view_ops view_inbox;
extern const struct view_ops view_holds;
struct narrow_arg {
	const char *area, *rep; /* ids; "": any */
	const char *words;      /* all that for the eye, translated */
};
extern const struct view_ops view_offers; /* struct offers_arg, or NULL */
struct offers_arg {
	struct narrow_arg narrow;
	const char *since, *until; /* in which days they were decided; "": any */
};
extern const struct view_ops view_audit; /* struct audit_arg, or NULL */
struct audit_arg {
	const char *table; /* of the record */
	int64_t id;
	const char *words; /* what it is called, for the eye */
};

/* one thing: its id */
extern const struct view_ops view_action;
extern const struct view_ops view_offer;
extern const struct view_ops view_client;
extern const struct view_ops view_notice;

/* forms; `returned` of the one below gets the id as text (const char *) */
extern const struct view_ops view_new_action;    /* a client's id, or NULL */
extern const struct view_ops view_communication; /* an action's id */
extern const struct view_ops view_step_done;     /* an action's id: its next step was taken */
extern const struct view_ops view_client_form;   /* a client's id; NULL: a new one */

extern const struct view_ops view_new_offer;          /* an action's id */
extern const struct view_ops view_offer_form;         /* the id of an offer that is a draft */
extern const struct view_ops view_communication_read; /* a communication's id */

/* Boxes over the screen that wants them. */
extern const struct view_ops view_next_step;           /* an action's id */
extern const struct view_ops view_action_form;         /* an action's id */
extern const struct view_ops view_request;             /* a collaboration request's id */
extern const struct view_ops view_close_action;        /* an action's id */
extern const struct view_ops view_reopen;              /* an action's id */
extern const struct view_ops view_hold_divisions;      /* an action's id */
extern const struct view_ops view_release_division;    /* an action's id */
extern const struct view_ops view_add_collaborator;    /* an action's id */
extern const struct view_ops view_transfer_action;     /* an action's id */
extern const struct view_ops view_remove_collaborator; /* an action's id */
extern const struct view_ops view_return_notice;       /* struct notice_arg */
extern const struct view_ops view_answer_notice;       /* struct notice_arg */
extern const struct view_ops view_record_invoice;      /* struct notice_arg */
extern const struct view_ops view_setting;          /* a setting's id */
extern const struct view_ops view_holiday;          /* a holiday's id, 0 for a new one */
extern const struct view_ops view_area;             /* an area's id, 0 for a new one */
extern const struct view_ops view_reason;           /* a reason's id, 0 for a new one */
extern const struct view_ops view_user;             /* a person's id: what he may do */
extern const struct view_ops view_user_password;    /* a person's id */
extern const struct view_ops view_new_user;         /* NULL */
extern const struct view_ops view_correct_invoice;     /* an invoice's id */
struct notice_arg {
	int64_t notice;
	int64_t version; /* as it was seen */
};
extern const struct view_ops view_ask_collaboration; /* a division's id */
/* struct request_arg; asks why, which may be left out; its result is not NULL where it has declined */
extern const struct view_ops view_decline_request;
struct request_arg {
	int64_t request;
	int64_t version; /* as it was seen */
};
extern const struct view_ops view_merge_client; /* the id of the client that stays */
extern const struct view_ops view_contact_form; /* struct contact_arg */
struct contact_arg {
	int64_t client;
	int64_t contact; /* 0: a new one */
};
extern const struct view_ops view_division_form; /* struct division_arg */
struct division_arg {
	int64_t client;
	int64_t division; /* 0: a new one */
};

/* For all marked rows of a list, see list_deed: their number (const int *). */
extern const struct view_ops view_deed_step;         /* step, day */
extern const struct view_ops view_deed_collaborator; /* the id of a person */
extern const struct view_ops view_deed_transfer;     /* the same */
extern const struct view_ops view_deed_decline;      /* a note */

/* the framework's */
extern const struct view_ops view_login;
extern const struct view_ops view_password;
extern const struct view_ops view_me;
extern const struct view_ops view_help;
extern const struct view_ops view_palette;

struct views_entry {
	enum command command; /* leads there from everywhere */
	unsigned home_of;     /* roles whose first screen it is; the first row wins */
	const struct view_ops *ops;
};

/* Ends with ops NULL. */
extern const struct views_entry views_table[];
/* Forms whose text can be gone on with later: what a draft calls them, and how many int64_t their
 * arg is, unless it is NULL. Forms with secrets are none of them. Ends with ops NULL. */
struct views_form {
	const char *name;
	int args;
	const struct view_ops *ops;
};
extern const struct views_form views_forms[];
/* By its name or by its ops; NULL: there is none. */
const struct views_form *views_form(const char *name, const struct view_ops *ops);
const struct view_ops *views_home(unsigned roles);
const struct view_ops *views_find(enum command command);

#endif
