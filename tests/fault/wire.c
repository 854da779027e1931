/*
 * The line of wire.h: a child process that passes bytes on, is told through a
 * pipe what to break, and tells through another one when it holds something. It
 * ends with whoever started it.
 */
#include "wire.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <base/mem.h>

#include "wire_messages.h"

enum {
	CONNECTIONS_MAX = 64,
	PIECE = 16384,
	SLOW_PIECE = 100,
	SLOW_MS = 20,
	HELD = 'h',
	OBEYED = 'y',
};

struct wire {
	pid_t child;
	int orders, reports;
	bool held; /* reported, and nobody has asked yet */
};

/* ---- In the child: one connection */

static struct connection {
	int client, server;
	bool open, dead;
	struct talk talk;
} connections[CONNECTIONS_MAX];

static struct sockaddr_un client_address, server_address;
static enum wire_order mode = WIRE_OPEN;
static int listener = -1, reports;

static void report(char what)
{
	if (write(reports, &what, 1) != 1)
		_exit(0);
}

static void connection_close(struct connection *connection)
{
	close(connection->client);
	close(connection->server);
	connection->open = false;
	talk_free(&connection->talk);
}

static void connection_open(int client)
{
	int server = socket(AF_UNIX, SOCK_STREAM, 0);

	for (int i = 0; i < CONNECTIONS_MAX; i++) {
		if (connections[i].open)
			continue;
		if (connect(server, (struct sockaddr *)&server_address, sizeof(server_address)) < 0)
			break;
		connections[i] =
		    (struct connection){ client, server, true, false, { .hold = WIRE_OPEN } };
		return;
	}
	close(client);
	close(server);
}

static bool send_all(int to, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t sent = send(to, bytes, length, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		bytes += sent;
		length -= (size_t)sent;
	}
	return true;
}

/* Whoever listens no more has closed the connection, or is about to. */
static void pass(struct stream *stream, int to, size_t most)
{
	size_t length = stream->passable < most ? stream->passable : most;

	if (length > 0) {
		send_all(to, stream->bytes, length);
		stream_drop(stream, length);
	}
}

static void connection_pass(struct connection *connection, bool at_end)
{
	struct talk *talk = &connection->talk;
	size_t most = mode == WIRE_SLOW && !at_end ? SLOW_PIECE : SIZE_MAX;
	bool held = talk->held;

	talk_look(talk);
	if (!held && talk->held)
		report(HELD);
	pass(&talk->client, connection->server, most);
	pass(&talk->server, connection->client, most);
}

/* False at its end. */
static bool take(struct stream *stream, int from)
{
	ssize_t length = read(from, stream_room(stream, PIECE), PIECE);

	if (length > 0)
		stream->length += (size_t)length;
	return length > 0;
}

/* A dead one is cleared away when its client gives it up. */
static void connection_serve(struct connection *connection, const struct pollfd fds[2])
{
	struct talk *talk = &connection->talk;
	bool at_end = connection->dead && fds[0].revents;

	if (!connection->dead && fds[0].revents)
		at_end = !take(&talk->client, connection->client) || at_end;
	if (!connection->dead && fds[1].revents)
		at_end = !take(&talk->server, connection->server) || at_end;
	if (!connection->dead && mode != WIRE_STALL)
		connection_pass(connection, at_end);
	if (at_end)
		connection_close(connection);
}

/* ---- In the child: orders */

static void listen_here(void)
{
	unlink(client_address.sun_path);
	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(listener, (struct sockaddr *)&client_address, sizeof(client_address)) < 0 ||
	    listen(listener, 16) < 0)
		_exit(1);
}

/* What comes is cut off in the middle: all of a message is never less than five bytes. */
static void truncate_one(struct connection *connection)
{
	static const char begun[] = { 'S', 0, 0 };
	struct talk *talk = &connection->talk;

	if (talk->client.length > talk->client.passable)
		send_all(connection->server, talk->client.bytes, talk->client.length / 2);
	if (talk->server.length > talk->server.passable)
		send_all(connection->client, talk->server.bytes, talk->server.length / 2);
	else
		send_all(connection->client, begun, sizeof(begun));
}

static void connection_obey(struct connection *connection, enum wire_order order)
{
	switch (order) {
	case WIRE_TRUNCATE:
		truncate_one(connection);
		connection_close(connection);
		break;
	case WIRE_CUT:
	case WIRE_REFUSE: connection_close(connection); break;
	case WIRE_GO_DEAD: connection->dead = true; break;
	case WIRE_HOLD_READ:
	case WIRE_HOLD_WRITE:
	case WIRE_HOLD_ANSWER: connection->talk.hold = order; break;
	default: talk_open(&connection->talk); break;
	}
}

static void obey(enum wire_order order)
{
	for (int i = 0; i < CONNECTIONS_MAX; i++)
		if (connections[i].open && order != WIRE_STALL)
			connection_obey(&connections[i], order);
	if (order == WIRE_REFUSE) {
		close(listener);
		listener = -1;
	}
	if (order == WIRE_OPEN && listener < 0)
		listen_here();
	if (order == WIRE_STALL || order == WIRE_SLOW || order == WIRE_OPEN)
		mode = order;
	/* What was kept back until now does not wait for what comes next. */
	for (int i = 0; i < CONNECTIONS_MAX; i++)
		if (connections[i].open && !connections[i].dead && mode != WIRE_STALL)
			connection_pass(&connections[i], false);
}

/* ---- In the child: all of them */

/* Before the end of its server is taken in, all of what it said has been. */
static void watch_all(struct pollfd fds[])
{
	short events = mode == WIRE_STALL ? 0 : POLLIN;

	for (int i = 0; i < CONNECTIONS_MAX; i++) {
		const struct connection *connection = &connections[i];
		bool open = connection->open && mode != WIRE_STALL;

		fds[2 * i] = (struct pollfd){ open ? connection->client : -1,
			                      connection->dead ? 0 : events, 0 };
		fds[2 * i + 1] =
		    (struct pollfd){ open && !connection->dead ? connection->server : -1, events,
			             0 };
	}
	fds[2 * CONNECTIONS_MAX] = (struct pollfd){ mode == WIRE_STALL ? -1 : listener, POLLIN, 0 };
}

static _Noreturn void run(int orders)
{
	struct pollfd fds[2 * CONNECTIONS_MAX + 2];
	char order;

	listen_here();
	report(OBEYED);
	for (;;) {
		watch_all(fds);
		fds[2 * CONNECTIONS_MAX + 1] = (struct pollfd){ orders, POLLIN, 0 };
		if (poll(fds, 2 * CONNECTIONS_MAX + 2, mode == WIRE_SLOW ? SLOW_MS : -1) < 0)
			continue;
		if (mode == WIRE_SLOW)
			usleep(1000 * SLOW_MS);
		/* First: it was given before whatever came of it. */
		if (fds[2 * CONNECTIONS_MAX + 1].revents) {
			if (read(orders, &order, 1) <= 0)
				_exit(0);
			obey((enum wire_order)order);
			report(OBEYED);
			continue;
		}
		for (int i = 0; i < CONNECTIONS_MAX; i++)
			if (connections[i].open)
				connection_serve(&connections[i], &fds[2 * i]);
		if (fds[2 * CONNECTIONS_MAX].revents)
			connection_open(accept(listener, NULL, NULL));
	}
}

/* ---- In the test */

static struct sockaddr_un address_in(const char *folder)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	assert_true(snprintf(address.sun_path, sizeof(address.sun_path), "%s/.s.PGSQL.%s", folder,
	                     getenv("PGPORT")) < (int)sizeof(address.sun_path));
	return address;
}

static char next_report(struct wire *wire)
{
	char what;

	assert_int_equal(read(wire->reports, &what, 1), 1);
	wire->held = wire->held || what == HELD;
	return what;
}

static void wait_until_obeyed(struct wire *wire)
{
	while (next_report(wire) != OBEYED)
		;
}

struct wire *wire_start(const char *folder, const char *server)
{
	struct wire *wire = mem_alloc(sizeof(*wire));
	int to[2], from[2];

	client_address = address_in(folder);
	server_address = address_in(server != NULL ? server : getenv("PGHOST"));
	assert_int_equal(pipe2(to, O_CLOEXEC), 0);
	assert_int_equal(pipe2(from, O_CLOEXEC), 0);
	wire->child = fork();
	assert_true(wire->child >= 0);
	if (wire->child == 0) {
		close(to[1]);
		close(from[0]);
		reports = from[1];
		run(to[0]);
	}
	close(to[0]);
	close(from[1]);
	wire->orders = to[1];
	wire->reports = from[0];
	wait_until_obeyed(wire);
	return wire;
}

void wire_order(struct wire *wire, enum wire_order order)
{
	char byte = (char)order;

	wire->held = false;
	assert_int_equal(write(wire->orders, &byte, 1), 1);
	wait_until_obeyed(wire);
}

bool wire_holds(struct wire *wire)
{
	struct pollfd fd = { .fd = wire->reports, .events = POLLIN };

	if (poll(&fd, 1, 0) > 0)
		next_report(wire);
	return wire->held;
}

void wire_stop(struct wire **wire)
{
	if (*wire == NULL)
		return;
	close((*wire)->orders);
	close((*wire)->reports);
	waitpid((*wire)->child, NULL, 0);
	free(*wire);
	*wire = NULL;
}
