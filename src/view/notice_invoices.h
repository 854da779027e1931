/*
 * The invoices on the notice's screen. Only notice*.c include it.
 */
#ifndef TRATO_VIEW_NOTICE_INVOICES_H
#define TRATO_VIEW_NOTICE_INVOICES_H

#include <ui/canvas.h>
#include <view/view.h>

/* One a row, and what is left; returns the row below. head: the result NOTICE_ROW. */
int notice_draw_invoices(struct canvas *canvas, int row, int column, int columns,
                         const struct rows *head, const struct rows *invoices);

/* Opens the only invoice, or asks which one; then the question's answer leads there. There is one
 * at least. */
void notice_correct_invoice(struct view *view, int question, const struct rows *invoices);
void notice_correct_chosen(struct view *view, int chosen, const struct rows *invoices);

/* "invoice F 12 corrected: Number 12 → 13", of a row of NOTICE_CORRECTIONS. */
const char *notice_correction(struct arena *arena, const struct rows *rows, int at);

#endif
