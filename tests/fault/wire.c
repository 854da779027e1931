/*
 * The line of wire.h: a child process that passes bytes on, and is told through
 * a pipe what to break. It ends with whoever started it.
 */
#include "wire.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { WIRES_MAX = 64, CUT = 'c', GO_DEAD = 'd' };

static struct wire {
	int client, server;
	bool open, dead;
} wires[WIRES_MAX];

static struct sockaddr_un server_address;
static pid_t child;
static int orders;

static void address_set(struct sockaddr_un *address, const char *folder)
{
	address->sun_family = AF_UNIX;
	assert_true(snprintf(address->sun_path, sizeof(address->sun_path), "%s/.s.PGSQL.%s", folder,
	                     getenv("PGPORT")) < (int)sizeof(address->sun_path));
}

static void wire_close(struct wire *wire)
{
	close(wire->client);
	close(wire->server);
	wire->open = false;
}

static void wire_open(int client)
{
	int server = socket(AF_UNIX, SOCK_STREAM, 0);

	for (int i = 0; i < WIRES_MAX; i++) {
		if (wires[i].open)
			continue;
		if (connect(server, (struct sockaddr *)&server_address, sizeof(server_address)) < 0)
			break;
		wires[i] = (struct wire){ client, server, true, false };
		return;
	}
	close(client);
	close(server);
}

static bool send_all(int to, const char *bytes, ssize_t length)
{
	while (length > 0) {
		ssize_t sent = send(to, bytes, (size_t)length, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		bytes += sent;
		length -= sent;
	}
	return true;
}

static void wire_pass(struct wire *wire, int from, int to)
{
	char bytes[16384];
	ssize_t length = read(from, bytes, sizeof(bytes));

	if (length <= 0 || !send_all(to, bytes, length))
		wire_close(wire);
}

static void wires_break(char order)
{
	for (int i = 0; i < WIRES_MAX; i++) {
		if (wires[i].open && order == CUT)
			wire_close(&wires[i]);
		wires[i].dead = true;
	}
}

/* A dead one passes nothing, and is cleared away when its client gives it up. */
static void wire_serve(struct wire *wire, const struct pollfd fds[2])
{
	if (wire->dead && fds[0].revents)
		wire_close(wire);
	if (wire->open && fds[0].revents)
		wire_pass(wire, wire->client, wire->server);
	if (wire->open && fds[1].revents)
		wire_pass(wire, wire->server, wire->client);
}

static _Noreturn void wires_run(int listener, int commands)
{
	struct pollfd fds[2 * WIRES_MAX + 2];
	char order;

	for (;;) {
		for (int i = 0; i < WIRES_MAX; i++) {
			const struct wire *wire = &wires[i];
			short events = wire->dead ? 0 : POLLIN;

			fds[2 * i] = (struct pollfd){ wire->open ? wire->client : -1, events, 0 };
			fds[2 * i + 1] =
			    (struct pollfd){ wire->open && !wire->dead ? wire->server : -1, events,
				             0 };
		}
		fds[2 * WIRES_MAX] = (struct pollfd){ listener, POLLIN, 0 };
		fds[2 * WIRES_MAX + 1] = (struct pollfd){ commands, POLLIN, 0 };
		if (poll(fds, 2 * WIRES_MAX + 2, -1) < 0)
			continue;
		for (int i = 0; i < WIRES_MAX; i++)
			if (wires[i].open)
				wire_serve(&wires[i], &fds[2 * i]);
		if (fds[2 * WIRES_MAX].revents)
			wire_open(accept(listener, NULL, NULL));
		if (fds[2 * WIRES_MAX + 1].revents) {
			if (read(commands, &order, 1) <= 0)
				_exit(0);
			wires_break(order);
		}
	}
}

void wire_start(const char *folder)
{
	struct sockaddr_un at = { 0 };
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), ends[2];

	address_set(&server_address, getenv("PGHOST"));
	address_set(&at, folder);
	assert_int_equal(bind(listener, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(listener, 16), 0);
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[1]);
		wires_run(listener, ends[0]);
	}
	close(listener);
	close(ends[0]);
	orders = ends[1];
}

static void wire_order(char order)
{
	assert_int_equal(write(orders, &order, 1), 1);
}

void wire_cut(void)
{
	wire_order(CUT);
}

void wire_go_dead(void)
{
	wire_order(GO_DEAD);
}

void wire_stop(void)
{
	if (child <= 0)
		return;
	close(orders);
	waitpid(child, NULL, 0);
	child = 0;
}
