/*
 * An action and a client in short, beside the lists that have them.
 */
#ifndef TRATO_VIEW_PREVIEWS_H
#define TRATO_VIEW_PREVIEWS_H

#include <view/view.h>

/* For list_spec: the row's key is the id of an action, of a client. */
struct batch *preview_ask_action(const char *key);
void preview_draw_action(struct view *view, struct canvas *canvas);
struct batch *preview_ask_client(const char *key);
void preview_draw_client(struct view *view, struct canvas *canvas);

#endif
