/*
 * What is done with a notice from the inbox and from its own screen alike: the
 * same keys, the same words.
 */
#ifndef TRATO_VIEW_NOTICE_DEED_H
#define TRATO_VIEW_NOTICE_DEED_H

#include <base/rows.h>
#include <view/view.h>

/* purpose of the answers; the view hands them to notice_deed_answer. */
enum { PURPOSE_TAKE = 100, PURPOSE_PUT_BACK };

/* rows: with key or id, version, state, mine, taken_by, and is_member where a rep may answer. */
bool notice_deed_offers(const struct view *view, const struct rows *rows, int row,
                        enum command command);
/* Does it, or says why not. Returns what is no deed. */
enum command notice_deed_act(struct view *view, const struct rows *rows, int row,
                             enum command command);
void notice_deed_answer(struct view *view, struct answer *answer);

#endif
