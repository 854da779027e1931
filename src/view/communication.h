/*
 * What the screens of communications share. Only communication*.c include it.
 */
#ifndef TRATO_VIEW_COMMUNICATION_H
#define TRATO_VIEW_COMMUNICATION_H

#include <view/form_view.h>

/* The form that corrects one; arg: its id. */
extern const struct view_ops view_communication_correction;

#endif
