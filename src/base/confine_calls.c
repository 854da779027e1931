/*
 * What --restricted takes away of the kernel's calls, through libseccomp. Not a
 * list of what is allowed: libpq, OpenSSL and glibc's name services change with
 * every Debian, and a program that dies of an unknown call helps nobody. It is
 * refused with an error, which the libraries are used to, and not by a kill.
 */
#include <base/confine.h>

#include <dlfcn.h>
#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <base/i18n.h>
#include <base/library.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>

static int confined;

/* It looks for leaks from another process, which is refused too. */
int __lsan_is_turned_off(void)
{
	return confined;
}
#endif

/* Its binary interface is the same on Debian 12 and 13. */
#define LIBRARY "libseccomp.so.2"
#define LIBRARY_FUNCTIONS(X) \
	X(seccomp_attr_set)  \
	X(seccomp_init)      \
	X(seccomp_load)      \
	X(seccomp_release)   \
	X(seccomp_rule_add)

static struct {
	LIBRARY_FUNCTIONS(LIBRARY_FIELD)
} lib;

static const int refused[] = {
	/* Other programs and processes. clone has a rule of its own. */
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(fork),
	SCMP_SYS(vfork),
	/* What belongs to other processes of the same account: its other sessions, sshd. */
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(process_madvise),
	SCMP_SYS(pidfd_open),
	SCMP_SYS(pidfd_getfd),
	SCMP_SYS(pidfd_send_signal),
	SCMP_SYS(kcmp),
	SCMP_SYS(tkill),
	SCMP_SYS(rt_sigqueueinfo),
	SCMP_SYS(rt_tgsigqueueinfo),
	/* A way around every filter: calls that are not made but queued. */
	SCMP_SYS(io_uring_setup),
	SCMP_SYS(io_uring_enter),
	SCMP_SYS(io_uring_register),
	/* Another view of the system, and the way to rights within it. */
	SCMP_SYS(unshare),
	SCMP_SYS(setns),
	SCMP_SYS(chroot),
	SCMP_SYS(pivot_root),
	SCMP_SYS(mount),
	SCMP_SYS(umount2),
	SCMP_SYS(move_mount),
	SCMP_SYS(open_tree),
	SCMP_SYS(fsopen),
	SCMP_SYS(fsmount),
	SCMP_SYS(fsconfig),
	SCMP_SYS(fspick),
	SCMP_SYS(mount_setattr),
	SCMP_SYS(name_to_handle_at),
	SCMP_SYS(open_by_handle_at),
	SCMP_SYS(personality),
	/* Parts of the kernel that were the entrance of many attacks. */
	SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(add_key),
	SCMP_SYS(request_key),
	SCMP_SYS(keyctl),
	SCMP_SYS(modify_ldt),
	SCMP_SYS(vmsplice),
	SCMP_SYS(fanotify_init),
	SCMP_SYS(quotactl),
	SCMP_SYS(syslog),
	SCMP_SYS(acct),
	SCMP_SYS(init_module),
	SCMP_SYS(finit_module),
	SCMP_SYS(delete_module),
	SCMP_SYS(kexec_load),
	SCMP_SYS(kexec_file_load),
	SCMP_SYS(reboot),
	SCMP_SYS(swapon),
	SCMP_SYS(swapoff),
};

/* Typing into the terminal for who comes after, and the console's clipboard. */
static const unsigned long refused_ioctls[] = { TIOCSTI, TIOCLINUX };

static int refuse_listed(scmp_filter_ctx filter)
{
	int failed = 0;

	for (size_t i = 0; failed == 0 && i < sizeof(refused) / sizeof(refused[0]); i++)
		failed = lib.seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
	for (size_t i = 0; failed == 0 && i < sizeof(refused_ioctls) / sizeof(refused_ioctls[0]);
	     i++)
		/* The kernel looks at the lower half alone. */
		failed = lib.seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
		                              SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffffU,
		                                      refused_ioctls[i]));
	return failed;
}

/* Threads of this process are no other process. What clone3 is asked for lies in memory, where no
 * filter can look; without it glibc takes clone. */
static int refuse_clone(scmp_filter_ctx filter)
{
	int failed = lib.seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);

	return failed != 0 ? failed
	                   : lib.seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
	                                          SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
}

static int refuse_signals_to_others(scmp_filter_ctx filter)
{
	int failed = lib.seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(kill), 1,
	                                  SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)getpid()));

	return failed != 0 ? failed
	                   : lib.seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(tgkill),
	                                          1, SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)getpid()));
}

/* But for the database and the name services. getaddrinfo also asks for the machine's own
 * addresses by AF_NETLINK, and does without. */
static int refuse_socket_families(scmp_filter_ctx filter)
{
	int failed = 0;

	for (int family = 0; failed == 0 && family < AF_INET6; family++)
		if (family != AF_UNIX && family != AF_INET)
			failed = lib.seccomp_rule_add(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT),
			                              SCMP_SYS(socket), 1,
			                              SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)family));
	return failed != 0
	         ? failed
	         : lib.seccomp_rule_add(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1,
	                                SCMP_A0(SCMP_CMP_GT, AF_INET6));
}

/* 0, or what the system says. */
static int load_filter(void)
{
	scmp_filter_ctx filter = lib.seccomp_init(SCMP_ACT_ALLOW);
	int failed = filter ? 0 : -ENOMEM;

	/* A search instead of a walk through all of them at each call. */
	if (failed == 0)
		failed = lib.seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (failed == 0)
		failed = refuse_listed(filter);
	if (failed == 0)
		failed = refuse_clone(filter);
	if (failed == 0)
		failed = refuse_signals_to_others(filter);
	if (failed == 0)
		failed = refuse_socket_families(filter);
	if (failed == 0)
		failed = lib.seccomp_load(filter);
	lib.seccomp_release(filter);
	return failed;
}

bool confine_calls(struct err *err)
{
	static const char *const names[] = { LIBRARY_FUNCTIONS(LIBRARY_NAME) NULL };
	const char *why;
	void *library = library_load(LIBRARY, names, &lib, &why);
	int failed;

	if (library == NULL)
		return err_set(
		    err, ERR_REFUSED,
		    _("The restricted mode needs libseccomp, which cannot be loaded here "
		      "(%s): apt install libseccomp2"),
		    why);
	failed = load_filter();
	dlclose(library);
#ifdef __SANITIZE_ADDRESS__
	confined = failed == 0;
#endif
	return failed == 0 ||
	       err_set(err, ERR_REFUSED, _("This system does not allow a restricted mode: %s."),
	               strerror(-failed));
}
