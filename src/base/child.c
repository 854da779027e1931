/*
 * A child process in the loop. Its standard error is a pipe that stays open as
 * long as it or anything that it started lives; so the end of that pipe is the
 * end of the work.
 */
#include <base/child.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <base/buf.h>
#include <base/mem.h>

enum { COMPLAINTS_MAX = 8192, LOOK_AGAIN_MS = 10, KEPT = STDERR_FILENO + 1 };

struct child {
	struct loop *loop;
	pid_t pid; /* also its process group */
	int errors;
	unsigned too_long, again; /* timers */
	struct buf complaints;
	void (*ended)(void *ctx, int code, const char *complaints);
	void *ctx;
};

static int input_file(const char *bytes, size_t length)
{
	int fd = memfd_create("input", MFD_CLOEXEC);

	while (fd >= 0 && length > 0) {
		ssize_t count = write(fd, bytes, length);

		if (count < 0) {
			close(fd);
			return -1;
		}
		bytes += count;
		length -= (size_t)count;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

/* To free, with its first word: the others are the order's. */
static char **make_environment(const struct child_order *order)
{
	const char *path = getenv("PATH");
	struct buf first = { 0 };
	char **environment;
	size_t count = 0;

	while (order->variables != NULL && order->variables[count] != NULL)
		count++;
	environment = mem_array(count + 3, sizeof(*environment));
	buf_printf(&first, "PATH=%s", path != NULL ? path : "/usr/bin:/bin");
	environment[0] = first.text;
	/* As in execv, the words are only read. */
	environment[1] = (char *)(uintptr_t) "LC_ALL=C.UTF-8";
	for (size_t i = 0; i < count; i++)
		environment[i + 2] = (char *)(uintptr_t)order->variables[i];
	return environment;
}

/* Returns 0 or the error. Of this program's mask and handlers nothing is passed on: the loop
 * blocks signals, and a child that cannot be stopped would outlive it. */
static int spawn(pid_t *pid, const struct child_order *order, int input, int errors)
{
	char **environment = make_environment(order);
	int error;
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none, all;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, order->output, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
	if (order->kept != 0)
		posix_spawn_file_actions_adddup2(&files, order->kept, KEPT);
	posix_spawn_file_actions_addclosefrom_np(&files, order->kept != 0 ? KEPT + 1 : KEPT);
	posix_spawnattr_init(&how);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
	                                   POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setpgroup(&how, 0);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setsigdefault(&how, &all);
	error = posix_spawnp(pid, order->argv[0], &files, &how,
	                     (char *const *)(uintptr_t)order->argv, environment);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&files);
	free(environment[0]);
	free(environment);
	return error;
}

static void child_free(struct child *child)
{
	loop_watch(child->loop, child->errors, 0, NULL, NULL);
	loop_cancel(child->loop, child->too_long);
	loop_cancel(child->loop, child->again);
	close(child->errors);
	buf_free(&child->complaints);
	free(child);
}

static void child_end(struct child *child, int code)
{
	void (*ended)(void *, int, const char *) = child->ended;
	void *ctx = child->ctx;
	struct buf complaints = child->complaints;

	child->complaints = (struct buf){ 0 };
	child_free(child);
	ended(ctx, code, complaints.text != NULL ? complaints.text : "");
	buf_free(&complaints);
}

static void child_on_end(void *ctx)
{
	struct child *child = ctx;
	int status = 0;
	pid_t pid = waitpid(child->pid, &status, WNOHANG);

	child->again = 0;
	if (pid == 0)
		child->again = loop_after(child->loop, LOOK_AGAIN_MS, child_on_end, child);
	else
		child_end(child, pid < 0               ? 127
		                 : WIFSIGNALED(status) ? 128 + WTERMSIG(status)
		                                       : WEXITSTATUS(status));
}

static void child_on_errors(void *ctx, short revents)
{
	struct child *child = ctx;
	char bytes[1024];
	ssize_t count = read(child->errors, bytes, sizeof(bytes));

	(void)revents;
	if (count < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (count <= 0) {
		loop_watch(child->loop, child->errors, 0, NULL, NULL);
		child_on_end(child);
	} else if (child->complaints.length < COMPLAINTS_MAX) {
		buf_add_n(&child->complaints, bytes, strnlen(bytes, (size_t)count));
	}
}

static void child_kill(const struct child *child)
{
	int status;

	kill(-child->pid, SIGKILL);
	while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
		;
}

static void child_on_too_long(void *ctx)
{
	struct child *child = ctx;

	child->too_long = 0;
	child_kill(child);
	child_end(child, CHILD_TOO_LONG);
}

struct child *child_start(struct loop *loop, const struct child_order *order,
                          void (*ended)(void *ctx, int code, const char *complaints), void *ctx)
{
	struct child *child;
	int errors[2], error, input;
	pid_t pid = 0;

	if (pipe2(errors, O_CLOEXEC | O_NONBLOCK) != 0)
		return NULL;
	/* Only this end: the child's must wait, as every program expects. */
	fcntl(errors[1], F_SETFL, 0);
	input = input_file(order->input, order->length);
	error = input < 0 ? errno : spawn(&pid, order, input, errors[1]);
	if (input >= 0)
		close(input);
	close(errors[1]);
	if (error != 0) {
		close(errors[0]);
		errno = error;
		return NULL;
	}
	child = mem_alloc(sizeof(*child));
	*child = (struct child){
		.loop = loop, .pid = pid, .errors = errors[0], .ended = ended, .ctx = ctx
	};
	loop_watch(loop, child->errors, POLLIN, child_on_errors, child);
	child->too_long = loop_after(loop, order->seconds * 1000, child_on_too_long, child);
	return child;
}

void child_stop(struct child **held)
{
	if (*held == NULL)
		return;
	child_kill(*held);
	child_free(*held);
	*held = NULL;
}
