/*
 * Clients: the requests that lists and forms send. Parameters are texts as SQL
 * reads them, NULL where there is nothing.
 */
#ifndef TRATO_MODEL_CLIENT_H
#define TRATO_MODEL_CLIENT_H

#include <stdbool.h>

#include <db/batch.h>

/* Where a page ends: columns of a row of the list. */
struct client_edge {
	const char *key, *rank, *word, *name_folded;
};

/*
 * One page: behind (forward) or before the row of the edge; NULLs for the first (last) page. In the
 * order of names, and where words were looked for, those first that have the first of them in their
 * name (rank 0: at its beginning; 1), then in their data (2), then with a contact (3). Columns
 * name, city, tax_id, phone, archived, those of the edge, and contact: whose words were meant.
 */
struct batch *client_page(bool forward, const struct client_edge *edge, const char *limit,
                          const char *search);
/* In the order of cities, from the first up or from the last down, which is also the order of the
 * rows; without a search. Column sort_key instead of name_folded. */
struct batch *client_page_by_city(bool up, const char *sort_key, const char *key,
                                  const char *limit);
/* One row, or none: id, version and the columns below. */
struct batch *client_read(const char *id);

/* Clients that may be the one with these data: at most five, the surest first; columns id, name,
 * city, archived, why ("tax_id", "domain", "phone", "name"). id: which it is itself, or NULL. */
struct batch *client_similar(const char *id, const char *country, const char *tax_id,
                             const char *name, const char *website, const char *phone);

enum client_result {
	CLIENT_ROW, /* one row, or none */
	CLIENT_CONTACTS,
	CLIENT_DIVISIONS, /* with who holds them */
	CLIENT_ACTIONS,   /* those that the asker may see */
	CLIENT_RESULTS
};

/* Everything of the client's screen, as the results above. opening: "client" or "preview", which
 * leaves a trace of who has opened it; NULL: it is open already. */
struct batch *client_show(const char *id, const char *opening);
/* Leaves that trace before the read: of a client, a contact, an action, or a client's preview. */
struct batch *client_opening(struct batch *read, const char *what, const char *id);

struct client_data {
	const char *name, *legal_name, *tax_id, *address, *city, *postcode, *province, *country,
	    *phone, *website, *notes;
};

/* id NULL: a new one. version: what it was read in. Answers id, name, version. */
struct batch *client_save(const char *request_id, const char *id, const char *version,
                          const struct client_data *data);

/* Takes a client out of use, or brings it back: archived "t" or "f". */
struct batch *client_archive(const char *request_id, const char *id, const char *version,
                             const char *archived);

/* Two results: one row about what would move from `merged` (columns name, version, contacts,
 * divisions, actions, same_names, tax_id), none without such a client; the row of the one that is
 * kept, as client_read has it. */
struct batch *client_merge_preview(const char *keep, const char *merged);
/* All of `merged` becomes keep's; the versions are those that both were read in. */
struct batch *client_merge(const char *request_id, const char *keep, const char *version,
                           const char *merged, const char *merged_version);

#endif
