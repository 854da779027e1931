/*
 * Loading GMime; see mail_gmime.h.
 */
#include "mail_gmime.h"

#include <dlfcn.h>

#include <base/i18n.h>

/* Its binary interface is the same on Debian 12 and 13. */
#define LIBRARY "libgmime-3.0.so.0"

const struct mail_gmime *mail_gmime(struct err *err)
{
	static struct mail_gmime gmime;
	static bool loaded;
	void *library;
	bool whole = true;

	if (loaded)
		return &gmime;
	library = dlopen(LIBRARY, RTLD_NOW | RTLD_GLOBAL);
	if (library == NULL) {
		err_set(err, ERR_REFUSED,
		        _("Mail is read by GMime, which is not installed here (%s): "
		          "apt install libgmime-3.0-0"),
		        LIBRARY);
		return NULL;
	}
#define MAIL_GMIME_FIND(name) whole = library_find(library, #name, &gmime.name) && whole;
	MAIL_GMIME(MAIL_GMIME_FIND)
#undef MAIL_GMIME_FIND
	if (!whole) {
		err_set(err, ERR_REFUSED, _("The GMime that is installed here is too old (%s)."),
		        LIBRARY);
		return NULL;
	}
	gmime.g_mime_init();
	loaded = true;
	return &gmime;
}
