/*
 * The columns of an action's panes. For the action's screen only.
 */
#ifndef TRATO_VIEW_ACTION_COLUMNS_H
#define TRATO_VIEW_ACTION_COLUMNS_H

#include <ui/table.h>

extern const struct table_column action_timeline_columns[];
extern const struct table_column action_offers_columns[];
extern const struct table_column action_people_columns[];

#endif
