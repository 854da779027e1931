/*
 * Drafts on the disk. A draft is written beside its place, brought to the disk
 * and moved there, so that whatever happens there is the old one or the new.
 * All of it is opened relative to the folder, and links are not followed.
 */
#include <view/draft_store.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/i18n.h>
#include <base/log.h>
#include <base/loop.h>
#include <base/mem.h>
#include <base/state_folder.h>
#include <base/uuid.h>
#include <view/draft.h>

/* A disk that takes longer than a person notices is not waited for in the next minute: until then
 * what was written survives the program's end, but perhaps not the machine's. */
enum { SYNC_SLOW_MS = 100, SYNC_PAUSE_MS = 60 * 1000, TOKEN_SIZE = 17 };

struct draft_store {
	char *path;
	int folder; /* -1: not opened yet */
	int lock;
	char token[TOKEN_SIZE];
	unsigned names;
	long long sync_from;
};

struct draft_store *draft_store_new(const char *folder)
{
	struct draft_store *store = mem_alloc(sizeof(*store));
	char uuid[37];

	uuid_make(uuid);
	snprintf(store->token, sizeof(store->token), "%.8s%.4s%.4s", uuid, uuid + 9, uuid + 32);
	store->path = mem_copy(folder);
	store->folder = store->lock = -1;
	return store;
}

static void lock_name(const char *token, char out[DRAFT_NAME_SIZE])
{
	snprintf(out, DRAFT_NAME_SIZE, "%.16s.lock", token);
}

void draft_store_free(struct draft_store **held)
{
	struct draft_store *store = *held;
	char name[DRAFT_NAME_SIZE];

	if (store == NULL)
		return;
	*held = NULL;
	if (store->lock >= 0) {
		lock_name(store->token, name);
		unlinkat(store->folder, name, 0);
		close(store->lock);
	}
	if (store->folder >= 0)
		close(store->folder);
	free(store->path);
	free(store);
}

/* ---- the folder and who is alive ---- */

/* A folder that others can write into is none for this. */
static bool is_own(int folder)
{
	struct stat what;

	if (fstat(folder, &what) != 0)
		return false;
	if (what.st_uid != geteuid()) {
		errno = EPERM;
		return false;
	}
	return (what.st_mode & 077) == 0 || fchmod(folder, 0700) == 0;
}

static bool open_folder(struct draft_store *store, bool make)
{
	if (store->folder >= 0)
		return true;
	if (make && !state_folder_create(store->path))
		return false;
	store->folder = open(store->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (store->folder >= 0 && !is_own(store->folder)) {
		close(store->folder);
		store->folder = -1;
	}
	return store->folder >= 0;
}

/* Takes the lock of that name; -1 where somebody has it. It may have been removed by another
 * program between opening and locking: then it is no lock of that name any more. */
static int take_lock(struct draft_store *store, const char *name, int flags)
{
	struct stat held, named;
	int lock = openat(store->folder, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600);

	if (lock < 0)
		return -1;
	if (flock(lock, LOCK_EX | LOCK_NB) == 0 && fstat(lock, &held) == 0 &&
	    fstatat(store->folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	    held.st_ino == named.st_ino)
		return lock;
	close(lock);
	return -1;
}

static bool open_store(struct draft_store *store)
{
	char name[DRAFT_NAME_SIZE];

	lock_name(store->token, name);
	for (int tries = 0; tries < 10 && store->lock < 0; tries++) {
		if (!open_folder(store, true))
			return false;
		store->lock = take_lock(store, name, O_CREAT);
	}
	return store->lock >= 0;
}

void draft_store_name(struct draft_store *store, char out[DRAFT_NAME_SIZE])
{
	snprintf(out, DRAFT_NAME_SIZE, "%s-%u", store->token, ++store->names);
}

/* ---- writing ---- */

static int count_drafts(struct draft_store *store)
{
	DIR *list = fdopendir(openat(store->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	const struct dirent *entry;
	int count = 0;

	while (list != NULL && (entry = readdir(list)) != NULL)
		count += strstr(entry->d_name, ".draft") != NULL;
	if (list != NULL)
		closedir(list);
	return count;
}

static bool bring_to_disk(struct draft_store *store, int file)
{
	long long begun = loop_now();
	bool done;

	if (begun < store->sync_from)
		return true;
	done = fdatasync(file) == 0;
	if (loop_now() - begun > SYNC_SLOW_MS) {
		log_line("drafts: the disk took %lld ms", loop_now() - begun);
		store->sync_from = loop_now() + SYNC_PAUSE_MS;
	}
	return done;
}

static bool write_all(int file, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(file, bytes, length);

		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0) {
			bytes += written;
			length -= (size_t)written;
		}
	}
	return true;
}

static bool put_file(struct draft_store *store, const char *name, const char *bytes, size_t length)
{
	char new_name[DRAFT_NAME_SIZE + 8], to[DRAFT_NAME_SIZE + 8];
	int file, cause;

	snprintf(new_name, sizeof(new_name), "%s.new", name);
	snprintf(to, sizeof(to), "%s.draft", name);
	file = openat(store->folder, new_name,
	              O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (file < 0)
		return false;
	if (write_all(file, bytes, length) && bring_to_disk(store, file) &&
	    renameat(store->folder, new_name, store->folder, to) == 0)
		return close(file) == 0;
	cause = errno;
	close(file);
	unlinkat(store->folder, new_name, 0);
	errno = cause;
	return false;
}

static bool is_there(struct draft_store *store, const char *name)
{
	char file[DRAFT_NAME_SIZE + 8];
	struct stat what;

	snprintf(file, sizeof(file), "%s.draft", name);
	return fstatat(store->folder, file, &what, AT_SYMLINK_NOFOLLOW) == 0;
}

bool draft_store_write(struct draft_store *store, const char *name, const char *bytes,
                       size_t length, struct err *err)
{
	if (length > DRAFT_SIZE_MAX)
		return err_set(err, ERR_REFUSED, "%s",
		               _("This is too long to be kept as a draft. Save it before you "
		                 "leave."));
	if (open_store(store)) {
		if (!is_there(store, name) && count_drafts(store) >= DRAFTS_MAX)
			return err_set(err, ERR_REFUSED,
			               _("What you type is not kept as a draft: there are %d "
			                 "already. Finish or discard some."),
			               DRAFTS_MAX);
		if (put_file(store, name, bytes, length))
			return true;
	}
	if (store->path[0] == '\0')
		return err_set(err, ERR_REFUSED, "%s",
		               _("What you type cannot be kept as a draft: this account has no home. "
		                 "Save it before you leave."));
	return err_set(err, ERR_REFUSED,
	               _("What you type cannot be kept as a draft: %s (%s). Save it before you "
	                 "leave."),
	               strerror(errno), store->path);
}

/* ---- reading ---- */

const char *draft_store_read(struct draft_store *store, const char *name, struct arena *arena,
                             size_t *length)
{
	char path[DRAFT_NAME_SIZE + 8];
	struct stat what;
	char *bytes = NULL;
	ssize_t got = -1;
	int file;

	snprintf(path, sizeof(path), "%s.draft", name);
	if (!open_folder(store, false))
		return NULL;
	/* Not to wait for the other end of a pipe. */
	file = openat(store->folder, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (file < 0)
		return NULL;
	if (fstat(file, &what) == 0 && S_ISREG(what.st_mode) && what.st_uid == geteuid() &&
	    what.st_size <= DRAFT_SIZE_MAX) {
		bytes = arena_alloc(arena, (size_t)what.st_size + 1);
		got = read(file, bytes, (size_t)what.st_size);
	}
	close(file);
	if (got < 0)
		return NULL;
	*length = (size_t)got;
	return bytes;
}

void draft_store_remove(struct draft_store *store, const char *name)
{
	char path[DRAFT_NAME_SIZE + 8];

	snprintf(path, sizeof(path), "%s.draft", name);
	if (open_folder(store, false))
		unlinkat(store->folder, path, 0);
}

/* ---- what others have left ---- */

/* "PROCESS-N.draft" without its end, where that is what it is. */
static bool is_draft(const char *file, char out[DRAFT_NAME_SIZE])
{
	size_t length = strlen(file), token = strspn(file, "0123456789abcdef");

	if (length < 7 || length - 6 >= DRAFT_NAME_SIZE ||
	    strcmp(file + length - 6, ".draft") != 0 || token != TOKEN_SIZE - 1 ||
	    file[token] != '-')
		return false;
	snprintf(out, DRAFT_NAME_SIZE, "%.*s", (int)length - 6, file);
	return true;
}

/* Whose lock can be taken runs no more. The lock itself is of no use then. */
static bool has_ended(struct draft_store *store, const char *token)
{
	char name[DRAFT_NAME_SIZE];
	int lock;

	if (strncmp(token, store->token, TOKEN_SIZE - 1) == 0)
		return false;
	lock_name(token, name);
	lock = take_lock(store, name, 0);
	if (lock < 0)
		return faccessat(store->folder, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0;
	unlinkat(store->folder, name, 0);
	close(lock);
	return true;
}

/* What was begun and never came to its place. */
static void drop_rest(struct draft_store *store, const char *file)
{
	size_t length = strlen(file);

	if (strspn(file, "0123456789abcdef") == TOKEN_SIZE - 1 && length > TOKEN_SIZE + 4 &&
	    strcmp(file + length - 4, ".new") == 0 && has_ended(store, file))
		unlinkat(store->folder, file, 0);
}

int draft_store_find(struct draft_store *store, struct arena *arena, const char *const **names)
{
	const char **found = arena_alloc(arena, DRAFTS_MAX * sizeof(*found));
	const struct dirent *entry;
	DIR *list;
	int count = 0;

	*names = found;
	if (!open_folder(store, false))
		return 0;
	list = fdopendir(openat(store->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	while (list != NULL && (entry = readdir(list)) != NULL) {
		char name[DRAFT_NAME_SIZE];

		if (!is_draft(entry->d_name, name))
			drop_rest(store, entry->d_name);
		else if (count < DRAFTS_MAX && has_ended(store, name))
			found[count++] = arena_copy(arena, name);
	}
	if (list != NULL)
		closedir(list);
	return count;
}

bool draft_store_claim(struct draft_store *store, const char *name, char out[DRAFT_NAME_SIZE])
{
	char from[DRAFT_NAME_SIZE + 8], to[DRAFT_NAME_SIZE + 8];

	if (!open_store(store))
		return false;
	draft_store_name(store, out);
	snprintf(from, sizeof(from), "%s.draft", name);
	snprintf(to, sizeof(to), "%s.draft", out);
	return renameat(store->folder, from, store->folder, to) == 0;
}
