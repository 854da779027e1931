#!/bin/sh
# Every form stands in views_forms (src/view/views.c), so that what is typed into it is kept as a
# draft, or here with the reason why not.
set -eu
cd "$(dirname "$0")/../.."

apart='view_password: secrets
view_new_user: secrets
view_user_password: secrets
view_deed_step: the marked rows are gone by then
view_deed_collaborator: the marked rows are gone by then
view_deed_transfer: the marked rows are gone by then
view_deed_decline: the marked rows are gone by then
view_save_filter: what the list shows is gone by then
view_dashboard_filter: it only says what the dashboard shows
view_narrow: it only says what a list shows
view_audit_narrow: it only says what the history shows
view_offer_copy: only chosen, nothing typed'

forms=$(awk '/^(static )?const struct view_ops [a-z_]+ = \{/ { name = $(NF - 2); sub(/.*view_ops /, "", $0); name = $1 }
	/FORM_VIEW\(|= form_view_open/ && name != "" { print name; name = "" }' src/view/*.c | sort -u)
number=0 wrong=0
for form in $forms; do
	number=$((number + 1))
	if grep -q "&$form }" src/view/views.c || echo "$apart" | grep -q "^$form:"; then
		echo "ok $number - $form"
	else
		echo "not ok $number - $form keeps no drafts"
		wrong=1
	fi
done
[ "$number" -gt 25 ] || { echo "not ok 0 - there are forms"; wrong=1; }
echo "1..$number"
exit "$wrong"
