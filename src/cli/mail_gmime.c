/*
 * Loading GMime; see mail_gmime.h.
 */
#include "mail_gmime.h"

#include <base/i18n.h>

/* Its binary interface is the same on Debian 12 and 13. */
#define LIBRARY "libgmime-3.0.so.0"

const struct mail_gmime *mail_gmime(struct err *err)
{
	static const char *const names[] = { MAIL_GMIME(LIBRARY_NAME) NULL };
	static struct mail_gmime gmime;
	static bool loaded;
	const char *why;

	if (loaded)
		return &gmime;
	if (library_load(LIBRARY, names, &gmime, &why) == NULL) {
		err_set(err, ERR_REFUSED,
		        _("Mail is read by GMime, which cannot be loaded here (%s): "
		          "apt install libgmime-3.0-0"),
		        why);
		return NULL;
	}
	gmime.g_mime_init();
	loaded = true;
	return &gmime;
}
