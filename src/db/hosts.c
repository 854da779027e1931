/*
 * The servers that a connection string names, and which of them is tried next.
 * libpq walks a list of hosts itself, but without a deadline for each, and asks
 * for their names again every time, which blocks. So it gets them one by one,
 * each with its address. For the connection (life.c) and for scripts.
 */
#include "internal.h"

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <base/buf.h>
#include <base/i18n.h>
#include <base/mem.h>

enum {
	/* For one of several: long enough for TLS and a password over a slow line, short enough
	 * that a black hole among them does not use up a person's patience. */
	ONE_OF_SEVERAL_MS = 4000,
};

/* target_session_attrs. The two rounds of prefer-standby are standby, then any. */
enum wish { WISH_ANY, WISH_READ_WRITE, WISH_READ_ONLY, WISH_PRIMARY, WISH_STANDBY };

struct hosts {
	struct host *all;
	int count;
	bool several; /* are named, not only addresses of one */
	enum wish wish;
	bool prefer_standby;
	int timeout_ms; /* connect_timeout, 0 where it is not given */
	struct guard *guard;

	int first;   /* where a round begins: the one that was good last */
	int tried;   /* in this round */
	int misfits; /* reached, and left for others to be tried before them */
	bool starting;
	enum db_fault fault; /* of this round: the most telling one */
	struct buf text;
};

/* ---- What the connection string names */

static int count_names(const char *list)
{
	int count = list != NULL;

	for (const char *at = list; at && (at = strchr(at, ',')); at++)
		count++;
	return count;
}

/* The nth of a list, or its only one; NULL: none, or an empty one. To free. */
static char *nth_name(const char *list, int nth)
{
	size_t length;

	if (count_names(list) <= 1)
		return list ? mem_copy(list) : NULL;
	while (nth-- > 0 && (list = strchr(list, ',')))
		list++;
	length = list ? strcspn(list, ",") : 0;
	return length ? mem_copy_n(list, length) : NULL;
}

static struct host *add_host(struct hosts *hosts, const char *name, const char *port)
{
	struct host *host;

	hosts->all = mem_resize(hosts->all, (size_t)hosts->count + 1, sizeof(*hosts->all));
	host = &hosts->all[hosts->count++];
	*host = (struct host){ .name = name ? mem_copy(name) : NULL,
		               .port = port ? mem_copy(port) : NULL };
	return host;
}

static void add_addresses(struct hosts *hosts, const char *name, const char *port)
{
	const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
	struct addrinfo *list = NULL;
	char address[NI_MAXHOST];
	int failed = getaddrinfo(name, NULL, &hints, &list);

	for (const struct addrinfo *at = failed ? NULL : list; at; at = at->ai_next) {
		if (getnameinfo(at->ai_addr, at->ai_addrlen, address, sizeof(address), NULL, 0,
		                NI_NUMERICHOST) == 0)
			add_host(hosts, name, port)->address = mem_copy(address);
	}
	if (failed)
		add_host(hosts, name, port)->trouble = mem_copy(gai_strerror(failed));
	else
		freeaddrinfo(list);
}

static void add_named(struct hosts *hosts, const char *names, const char *addresses,
                      const char *ports)
{
	int count = count_names(addresses ? addresses : names);

	hosts->several = count > 1;
	for (int i = 0; i < count; i++) {
		char *name = nth_name(names, i);
		char *address = nth_name(addresses, i);
		char *port = nth_name(ports, i);

		if (address)
			add_host(hosts, name, port)->address = mem_copy(address);
		else if (!name || guard_is_socket(name))
			/* Debian's libpq takes this folder for an empty name. */
			add_host(hosts, name ? name : "/var/run/postgresql", port);
		else
			add_addresses(hosts, name, port);
		free(name);
		free(address);
		free(port);
	}
}

static void read_wish(struct hosts *hosts, const char *attributes, bool said)
{
	static const char *const names[] = { [WISH_ANY] = "any",
		                             [WISH_READ_WRITE] = "read-write",
		                             [WISH_READ_ONLY] = "read-only",
		                             [WISH_PRIMARY] = "primary",
		                             [WISH_STANDBY] = "standby" };

	/* Where nothing is said, a change must not meet the standby that stands first. */
	hosts->wish = hosts->several && !said ? WISH_READ_WRITE : WISH_ANY;
	for (int i = 0; said && attributes && i <= WISH_STANDBY; i++) {
		if (strcmp(attributes, names[i]) == 0)
			hosts->wish = (enum wish)i;
	}
	hosts->prefer_standby = said && attributes && strcmp(attributes, "prefer-standby") == 0;
}

struct hosts *hosts_new(const char *conninfo, bool read_only)
{
	struct hosts *hosts = mem_alloc(sizeof(*hosts));
	PQconninfoOption *options = guard_options(conninfo);
	const char *timeout = guard_value(options, "connect_timeout");
	const char *attributes = guard_value(options, "target_session_attrs");
	bool any = !attributes || strcmp(attributes, "any") == 0;

	add_named(hosts, guard_value(options, "host"), guard_value(options, "hostaddr"),
	          guard_value(options, "port"));
	if (hosts->count == 0)
		add_host(hosts, NULL, guard_value(options, "port"));
	/* "any" is also what libpq fills in. */
	read_wish(hosts, attributes,
	          read_only || !any || strstr(conninfo, "target_session_attrs"));
	hosts->timeout_ms = timeout ? atoi(timeout) * 1000 : 0;
	hosts->guard = guard_new(options);
	for (int i = 0; i < hosts->count; i++)
		hosts->all[i].guard = hosts->guard;
	guard_free_options(&options);
	return hosts;
}

void hosts_free(struct hosts **hosts)
{
	if (!*hosts)
		return;
	for (int i = 0; i < (*hosts)->count; i++) {
		free((*hosts)->all[i].name);
		free((*hosts)->all[i].address);
		free((*hosts)->all[i].port);
		free((*hosts)->all[i].trouble);
	}
	free((*hosts)->all);
	guard_free(&(*hosts)->guard);
	buf_free(&(*hosts)->text);
	free(*hosts);
	*hosts = NULL;
}

/* ---- One round */

void hosts_begin(struct hosts *hosts)
{
	hosts->tried = 0;
	hosts->misfits = 0;
	hosts->starting = false;
	hosts->fault = DB_FAULT_NONE;
	buf_clear(&hosts->text);
}

const struct host *hosts_current(const struct hosts *hosts)
{
	return &hosts->all[(hosts->first + hosts->tried - 1) % hosts->count];
}

const struct host *hosts_at(const struct hosts *hosts, int index)
{
	return index < hosts->count ? &hosts->all[index] : NULL;
}

const struct host *hosts_next(struct hosts *hosts)
{
	int most = hosts->misfits ? 2 * hosts->count : hosts->count;

	while (hosts->tried < most) {
		const struct host *host;

		hosts->tried++;
		host = hosts_current(hosts);
		if (!host->trouble)
			return host;
		hosts_note(hosts, DB_FAULT_UNREACHABLE, host->trouble, false);
	}
	return NULL;
}

int hosts_timeout(const struct hosts *hosts, int alone_ms)
{
	if (hosts->timeout_ms > 0)
		return hosts->timeout_ms;
	return hosts->count > 1 && alone_ms > ONE_OF_SEVERAL_MS ? ONE_OF_SEVERAL_MS : alone_ms;
}

static bool is_on(PGconn *conn, const char *parameter)
{
	const char *value = PQparameterStatus(conn, parameter);

	return value && strcmp(value, "on") == 0;
}

bool hosts_is_standby(PGconn *conn)
{
	return is_on(conn, "in_hot_standby");
}

bool hosts_only_reads(PGconn *conn)
{
	return hosts_is_standby(conn) || is_on(conn, "default_transaction_read_only");
}

bool hosts_fits(struct hosts *hosts, PGconn *conn)
{
	if (hosts->prefer_standby) {
		bool fits = hosts->tried > hosts->count || hosts_is_standby(conn);
		hosts->misfits += !fits;
		return fits;
	}
	switch (hosts->wish) {
	case WISH_READ_WRITE: return !hosts_only_reads(conn);
	case WISH_READ_ONLY: return hosts_only_reads(conn);
	case WISH_PRIMARY: return !hosts_is_standby(conn);
	case WISH_STANDBY: return hosts_is_standby(conn);
	case WISH_ANY: break;
	}
	return true;
}

bool hosts_want_changes(const struct hosts *hosts)
{
	return hosts->wish == WISH_READ_WRITE || hosts->wish == WISH_PRIMARY;
}

enum db_fault hosts_misfit(const struct hosts *hosts, const char **text)
{
	bool write = hosts_want_changes(hosts);

	*text = write ? _("This server only reads.")
	              : _("This server is not what target_session_attrs asks for.");
	return write ? DB_FAULT_READ_ONLY : DB_FAULT_OTHER;
}

void hosts_keep(struct hosts *hosts)
{
	hosts->first = (hosts->first + hosts->tried - 1) % hosts->count;
	hosts->tried = 1;
}

void hosts_pass_over(struct hosts *hosts)
{
	hosts->first = (hosts->first + hosts->tried) % hosts->count;
	hosts->tried = 0;
}

/* ---- What went wrong in it */

static void note_text(struct buf *all, const struct host *host, const char *text)
{
	const char *name = host->name ? host->name : host->address;

	if (all->length > 0)
		buf_add(all, "; ");
	/* libpq names the server where it has not been reached. */
	if (name && !strstr(text, name))
		buf_printf(all, "%s: ", name);
	buf_add(all, text);
}

void hosts_note(struct hosts *hosts, enum db_fault fault, const char *text, bool starting)
{
	/* That a server does not answer tells less than what another one said, and what is about
	 * the person is the last word. */
	if (hosts->fault == DB_FAULT_NONE || hosts->fault == DB_FAULT_UNREACHABLE ||
	    connect_is_about_person(fault))
		hosts->fault = fault;
	hosts->starting = hosts->starting || starting;
	/* In prefer-standby's second round all have said something already. */
	if (hosts->tried <= hosts->count)
		note_text(&hosts->text, hosts_current(hosts), text);
}

enum db_fault hosts_fault(const struct hosts *hosts, char text[FAULT_TEXT_SIZE], bool *starting)
{
	snprintf(text, FAULT_TEXT_SIZE, "%s", hosts->text.text ? hosts->text.text : "");
	*starting = hosts->starting;
	return hosts->fault;
}
