/*
 * A slow line to a server, for `make bench`: takes connections at a Unix socket and passes them on
 * to another one, each byte that much later, both ways. A byte in COUNTS for each round trip: what a
 * client sends before an answer could have come belongs to the one that is under way.
 *
 *   delay LISTEN SERVER MS COUNTS       until it is told to end
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { LINES_MAX = 16 };

struct piece {
	struct piece *next;
	double due;
	size_t length, sent;
	char data[16384];
};

/* One way of a connection; it ends once its sender has and all has been passed on. */
struct way {
	int from, to;
	bool ended;
	struct piece *first, **last;
};

static struct line {
	struct way there, back;
	bool open;
	double asked; /* when the latest round trip began */
} lines[LINES_MAX];

static double delay_ms;
static int counts;

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "delay: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int open_socket(const char *path, bool listening)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (fd < 0 || (listening ? bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	                               listen(fd, 16) < 0
	                         : connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0))
		die(path);
	return fd;
}

static void way_open(struct way *way, int from, int to)
{
	*way = (struct way){ .from = from, .to = to };
	way->last = &way->first;
}

static void line_open(int client, const char *server)
{
	for (int i = 0; i < LINES_MAX; i++) {
		struct line *line = &lines[i];
		int fd;

		if (line->open)
			continue;
		fd = open_socket(server, false);
		line->open = true;
		line->asked = 0;
		way_open(&line->there, client, fd);
		way_open(&line->back, fd, client);
		return;
	}
	close(client);
}

/* Takes in what has come. */
static void way_read(struct way *way)
{
	struct piece *piece = calloc(1, sizeof(*piece));
	ssize_t length;

	if (!piece)
		die("memory");
	length = recv(way->from, piece->data, sizeof(piece->data), MSG_DONTWAIT);
	if (length <= 0) {
		way->ended = length == 0 || (errno != EAGAIN && errno != EINTR);
		free(piece);
		return;
	}
	piece->length = (size_t)length;
	piece->due = now_ms() + delay_ms;
	*way->last = piece;
	way->last = &piece->next;
}

/* Passes on what is due. */
static void way_write(struct way *way)
{
	struct piece *piece;

	while ((piece = way->first) && piece->due <= now_ms()) {
		ssize_t sent = send(way->to, piece->data + piece->sent, piece->length - piece->sent,
		                    MSG_DONTWAIT | MSG_NOSIGNAL);

		if (sent < 0) {
			way->ended = way->ended || (errno != EAGAIN && errno != EINTR);
			piece->due = now_ms() + 1;
			break;
		}
		piece->sent += (size_t)sent;
		if (piece->sent < piece->length)
			break;
		way->first = piece->next;
		if (!way->first)
			way->last = &way->first;
		free(piece);
	}
}

static void way_drop(struct way *way)
{
	while (way->first) {
		struct piece *piece = way->first;

		way->first = piece->next;
		free(piece);
	}
	close(way->from);
}

static void line_serve(struct line *line, bool from_client, bool from_server)
{
	if (from_client) {
		way_read(&line->there);
		if (!line->there.ended && now_ms() >= line->asked + 2 * delay_ms) {
			line->asked = now_ms();
			if (write(counts, "\n", 1) != 1)
				die("counts");
		}
	}
	if (from_server)
		way_read(&line->back);
	way_write(&line->there);
	way_write(&line->back);
	if ((line->there.ended && !line->there.first) || (line->back.ended && !line->back.first)) {
		way_drop(&line->there);
		way_drop(&line->back);
		line->open = false;
	}
}

static int wait_ms(void)
{
	double due = now_ms() + 1000, left;

	for (int i = 0; i < LINES_MAX; i++) {
		const struct piece *pieces[] = { lines[i].there.first, lines[i].back.first };

		for (int j = 0; lines[i].open && j < 2; j++)
			if (pieces[j] && pieces[j]->due < due)
				due = pieces[j]->due;
	}
	left = due - now_ms();
	return left > 0 ? (int)left + 1 : 0;
}

int main(int argc, char **argv)
{
	struct pollfd fds[2 * LINES_MAX + 1];
	int listener;

	if (argc != 5)
		die("usage: delay LISTEN SERVER MS COUNTS");
	delay_ms = atof(argv[3]);
	counts = open(argv[4], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (counts < 0)
		die(argv[4]);
	listener = open_socket(argv[1], true);
	for (;;) {
		for (int i = 0; i < LINES_MAX; i++) {
			const struct line *line = &lines[i];
			bool there = line->open && !line->there.ended;
			bool back = line->open && !line->back.ended;

			fds[2 * i] = (struct pollfd){ there ? line->there.from : -1, POLLIN, 0 };
			fds[2 * i + 1] = (struct pollfd){ back ? line->back.from : -1, POLLIN, 0 };
		}
		fds[2 * LINES_MAX] = (struct pollfd){ listener, POLLIN, 0 };
		if (poll(fds, 2 * LINES_MAX + 1, wait_ms()) < 0 && errno != EINTR)
			die("poll");
		for (int i = 0; i < LINES_MAX; i++)
			if (lines[i].open)
				line_serve(&lines[i], fds[2 * i].revents, fds[2 * i + 1].revents);
		if (fds[2 * LINES_MAX].revents)
			/* cppcheck-suppress nullPointer ; accept4 allows it */
			line_open(accept4(listener, NULL, NULL, SOCK_CLOEXEC), argv[2]);
	}
}
