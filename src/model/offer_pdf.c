/*
 * The run of groff that makes an offer's PDF. Its output goes into a file beside
 * the one that is wanted, and takes that name only when it is whole.
 */
#include <model/offer_pdf.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <base/child.h>
#include <base/i18n.h>
#include <base/mem.h>
#include <base/text.h>

#ifndef DATADIR
#define DATADIR "/usr/local/share/trato"
#endif

enum { SECONDS_MAX = 120 };

struct offer_pdf {
	struct arena *arena;
	struct child *child;
	const char *path;  /* NULL: standard output */
	const char *draft; /* the file that is being written; NULL: none has a name */
	const char *template;
	int output;
	offer_pdf_done *done;
	void *ctx;
};

/* In a build tree it lies beside the program. */
const char *offer_pdf_template(struct arena *arena, const char *name)
{
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
	const char *slash, *path;

	if (length > 0) {
		program[length] = '\0';
		slash = strrchr(program, '/');
		path = arena_printf(arena, "%.*s/share/%s", (int)(slash - program), program, name);
		if (access(path, R_OK) == 0)
			return path;
	}
	return arena_printf(arena, "%s/%s", DATADIR, name);
}

static bool came_with_trato(struct arena *arena, const char *path)
{
	const char *name = strrchr(path, '/');

	return name != NULL && strcmp(path, offer_pdf_template(arena, name + 1)) == 0;
}

/* As groff takes it: never an option. NULL: err. */
static const char *find_template(struct arena *arena, const char *given, struct err *err)
{
	const char *path = given[0] != '\0' ? given : offer_pdf_template(arena, "offer.groff");
	struct stat status;

	if (path[0] != '/')
		path = arena_printf(arena, "./%s", path);
	else
		path = arena_copy(arena, path);
	if (stat(path, &status) != 0 || access(path, R_OK) != 0)
		err_set(err, ERR_REFUSED,
		        came_with_trato(arena, path)
		            ? _("The template %s cannot be read: %s. It comes with Trato: install "
		                "that again.")
		            : _("The template %s cannot be read: %s. Its place is said by "
		                "offer_template in trato.conf."),
		        text_clean(arena, path, TEXT_ONE_LINE), strerror(errno));
	else if (!S_ISREG(status.st_mode))
		err_set(err, ERR_REFUSED, _("The template %s must be an ordinary file."),
		        text_clean(arena, path, TEXT_ONE_LINE));
	else
		return path;
	return NULL;
}

static bool refuse_path(struct arena *arena, const char *path, struct err *err)
{
	return err_set(err, ERR_REFUSED, _("%s cannot be written: %s."),
	               text_clean(arena, path, TEXT_ONE_LINE), strerror(errno));
}

static bool open_output(struct offer_pdf *pdf, const char *path, struct err *err)
{
	struct stat status;
	char real[PATH_MAX], *draft;
	mode_t mask;

	if (path == NULL) {
		pdf->output = memfd_create("offer", MFD_CLOEXEC);
		return pdf->output >= 0 || refuse_path(pdf->arena, "PDF", err);
	}
	if (stat(path, &status) == 0) {
		if (!S_ISREG(status.st_mode))
			return err_set(err, ERR_REFUSED, _("%s is no ordinary file."),
			               text_clean(pdf->arena, path, TEXT_ONE_LINE));
		/* Where a link leads to a file, the file is meant. */
		if (realpath(path, real) != NULL)
			path = real;
	}
	pdf->path = arena_copy(pdf->arena, path);
	draft = arena_printf(pdf->arena, "%s.XXXXXX", path);
	pdf->output = mkostemp(draft, O_CLOEXEC);
	if (pdf->output < 0)
		return refuse_path(pdf->arena, path, err);
	pdf->draft = draft;
	mask = umask(0);
	umask(mask);
	fchmod(pdf->output, 0666 & ~mask);
	return true;
}

static void offer_pdf_free(struct offer_pdf *pdf)
{
	child_stop(&pdf->child);
	if (pdf->output >= 0)
		close(pdf->output);
	if (pdf->draft != NULL)
		unlink(pdf->draft);
	arena_free(&pdf->arena);
	free(pdf);
}

/* A disk that is full leaves half a file, and not every program says so. */
static bool is_whole(int fd)
{
	char end[7] = "";
	off_t size = lseek(fd, 0, SEEK_END);

	return size > 16 && pread(fd, end, 6, size - 6) == 6 && strstr(end, "%%EOF") != NULL;
}

static bool copy_out(int fd)
{
	char bytes[65536];
	ssize_t count;

	lseek(fd, 0, SEEK_SET);
	while ((count = read(fd, bytes, sizeof(bytes))) > 0)
		if (fwrite(bytes, 1, (size_t)count, stdout) != (size_t)count)
			return false;
	return count == 0 && fflush(stdout) == 0;
}

static bool finish(struct offer_pdf *pdf, struct err *err)
{
	if (pdf->path == NULL)
		return copy_out(pdf->output) ||
		       err_set(err, ERR_REFUSED, _("The output cannot be written."));
	if (rename(pdf->draft, pdf->path) != 0)
		return refuse_path(pdf->arena, pdf->path, err);
	pdf->draft = NULL;
	return true;
}

static bool check(struct offer_pdf *pdf, int code, const char *complaints, struct err *err)
{
	size_t first = strcspn(complaints, "\n");

	if (code == CHILD_TOO_LONG)
		return err_set(err, ERR_REFUSED,
		               _("groff takes too long; look at the template %s."),
		               text_clean(pdf->arena, pdf->template, TEXT_ONE_LINE));
	if (code == 0 && is_whole(pdf->output))
		return finish(pdf, err);
	if (strstr(complaints, "'pdf'") != NULL || strstr(complaints, "gropdf") != NULL)
		return err_set(err, ERR_REFUSED,
		               _("This groff cannot make a PDF: install the package groff, which "
		                 "has more than groff-base."));
	if (first > 0)
		return err_set(err, ERR_REFUSED, _("groff could not make the PDF: %s"),
		               text_clean(pdf->arena, arena_copy_n(pdf->arena, complaints, first),
		                          TEXT_ONE_LINE));
	return err_set(err, ERR_REFUSED, _("groff could not make the PDF. Is the disk full?"));
}

static void pdf_ended(void *ctx, int code, const char *complaints)
{
	struct offer_pdf *pdf = ctx;
	struct err err = { 0 };
	bool made;

	pdf->child = NULL;
	made = check(pdf, code, complaints, &err);
	pdf->done(pdf->ctx, made, made ? text_clean(pdf->arena, complaints, TEXT_MANY_LINES) : "",
	          &err);
	offer_pdf_free(pdf);
}

static bool start(struct offer_pdf *pdf, struct loop *loop, const char *source,
                  const char *language, struct err *err)
{
	/* -S: neither the template nor anything else runs a program or writes a file. */
	const char *const argv[] = {
		"groff",
		"-S",
		"-t",
		"-Kutf8",
		"-Tpdf",
		"-P-pa4",
		"-Wbreak", /* a word that is longer than its line is no news */
		arena_printf(pdf->arena, "-dlanguage=%s", language),
		pdf->template,
		"-",
		NULL,
	};
	const struct child_order order = {
		.argv = argv,
		.input = source,
		.length = strlen(source),
		.output = pdf->output,
		.seconds = SECONDS_MAX,
	};

	pdf->child = child_start(loop, &order, pdf_ended, pdf);
	if (pdf->child != NULL)
		return true;
	if (errno == ENOENT)
		return err_set(err, ERR_REFUSED,
		               _("groff is not installed, which makes the PDF: "
		                 "apt-get install groff."));
	return err_set(err, ERR_REFUSED, _("groff cannot be started: %s."), strerror(errno));
}

struct offer_pdf *offer_pdf_start(struct loop *loop, const char *source, const char *template,
                                  const char *language, const char *path, offer_pdf_done *done,
                                  void *ctx, struct err *err)
{
	struct offer_pdf *pdf = mem_alloc(sizeof(*pdf));

	pdf->arena = arena_new();
	pdf->output = -1;
	pdf->done = done;
	pdf->ctx = ctx;
	pdf->template = find_template(pdf->arena, template, err);
	if (pdf->template != NULL && open_output(pdf, path, err) &&
	    start(pdf, loop, source, language, err))
		return pdf;
	offer_pdf_free(pdf);
	return NULL;
}

void offer_pdf_stop(struct offer_pdf **held)
{
	if (*held == NULL)
		return;
	offer_pdf_free(*held);
	*held = NULL;
}
