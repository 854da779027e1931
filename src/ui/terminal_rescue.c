/*
 * Whatever ends the process, the shell gets its terminal back. Everything that
 * runs in a signal handler here is prepared beforehand and async-signal-safe.
 */
#include "terminal_rescue.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <base/mem.h>

/* All whose default is to end the process, but for those that the terminal handles in the loop
 * and SIGKILL. */
static const int deadly[] = { SIGSEGV, SIGABRT, SIGBUS,  SIGFPE,  SIGILL,  SIGTRAP,
	                      SIGSYS,  SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2, SIGVTALRM,
	                      SIGPROF, SIGXCPU, SIGXFSZ, SIGPOLL, SIGPWR,  SIGSTKFLT };

enum { DEADLY_COUNT = sizeof deadly / sizeof deadly[0] };

static struct {
	volatile sig_atomic_t armed;
	pid_t process;
	int tty, flags;
	struct termios mode;
	char text[1024];
	size_t length;
} rescue;

static struct sigaction earlier[DEADLY_COUNT];
static bool hooked;

/* The stack may be what is broken. */
static char own_stack[32 * 1024];

static void rescue_now(void)
{
	size_t at = 0;
	int patience = 5;

	if (!rescue.armed || getpid() != rescue.process)
		return;
	rescue.armed = 0;
	while (at < rescue.length && patience > 0) {
		ssize_t written = write(rescue.tty, rescue.text + at, rescue.length - at);

		if (written > 0) {
			at += (size_t)written;
		} else if (written < 0 && errno == EAGAIN) {
			struct pollfd wait = { rescue.tty, POLLOUT, 0 };

			poll(&wait, 1, 100);
			patience--;
		} else if (written >= 0 || errno != EINTR) {
			break;
		}
	}
	fcntl(rescue.tty, F_SETFL, rescue.flags);
	while (tcsetattr(rescue.tty, TCSANOW, &rescue.mode) != 0 && errno == EINTR)
		continue;
}

static void on_deadly_signal(int signal, siginfo_t *info, void *context)
{
	int error = errno;

	(void)context;
	rescue_now();
	for (int i = 0; i < DEADLY_COUNT; i++) {
		if (deadly[i] == signal)
			sigaction(signal, &earlier[i], NULL);
	}
	/* A fault happens again at the same place, now with whoever handled it before, and with the
	 * true address. What was sent has to be sent again. */
	if (info->si_code <= 0)
		raise(signal);
	errno = error;
}

void rescue_prepare(void)
{
	static bool once;
	struct sigaction action = { .sa_sigaction = on_deadly_signal,
		                    .sa_flags = SA_SIGINFO | SA_ONSTACK };
	stack_t stack = { .ss_sp = own_stack, .ss_size = sizeof own_stack };
	stack_t present;

	if (!once)
		atexit(rescue_now);
	once = true;
	mem_on_exhaustion(rescue_now);
	if (sigaltstack(NULL, &present) == 0 && present.ss_flags & SS_DISABLE)
		sigaltstack(&stack, NULL);
	if (hooked)
		return;
	sigemptyset(&action.sa_mask);
	for (int i = 0; i < DEADLY_COUNT; i++) {
		sigaction(deadly[i], NULL, &earlier[i]);
		if (earlier[i].sa_flags & SA_SIGINFO || earlier[i].sa_handler != SIG_IGN)
			sigaction(deadly[i], &action, NULL);
	}
	hooked = true;
}

void rescue_unhook(void)
{
	if (!hooked)
		return;
	for (int i = 0; i < DEADLY_COUNT; i++)
		sigaction(deadly[i], &earlier[i], NULL);
	mem_on_exhaustion(NULL);
	hooked = false;
}

void rescue_arm(int tty, const struct termios *mode, int flags, const char *text, size_t length)
{
	rescue.armed = 0;
	rescue.process = getpid();
	rescue.tty = tty;
	rescue.flags = flags;
	rescue.mode = *mode;
	rescue.length = length < sizeof rescue.text ? length : sizeof rescue.text;
	memcpy(rescue.text, text, rescue.length);
	rescue.armed = 1;
}

void rescue_disarm(void)
{
	rescue.armed = 0;
}
