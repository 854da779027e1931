/*
 * What the screens of mail that waits share. Only tray.c and mail*.c include it.
 */
#ifndef TRATO_VIEW_MAIL_H
#define TRATO_VIEW_MAIL_H

#include <view/view.h>

/* One message, to be read: its id. */
extern const struct view_ops view_mail;
/* Boxes; the one below gets a result where it was done. */
extern const struct view_ops view_assign_mail;
extern const struct view_ops view_set_aside_mail;
struct mail_arg {
	int64_t mail;
	int64_t version; /* as it was seen */
};

/* Says why not where it is not the person's own, or logged. */
void mail_push(struct view *view, const struct view_ops *form, const struct rows *rows, int row,
               int64_t mail);
/* Whether it can be assigned or set aside. */
bool mail_is_open(const struct rows *rows, int row);

#endif
