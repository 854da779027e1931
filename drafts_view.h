/*
 * The screen of what was typed and not saved: gone on with, discarded, or left
 * for later. For drafts.c and views.c.
 */
#ifndef TRATO_VIEW_DRAFTS_VIEW_H
#define TRATO_VIEW_DRAFTS_VIEW_H

#include <view/view.h>

extern const struct view_ops view_drafts;

#endif
