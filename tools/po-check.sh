#!/bin/sh
# Keeps po/es.po complete: every message of the sources has a checked translation, and
# nothing else stands there. `make check` calls it; `--update` merges new messages in.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
pot=$build/po/trato.pot
merged=$build/po/es.po
mkdir -p "$build/po"

find src include \( -name '*.[ch]' -o -name '*.def' \) | LC_ALL=C sort > "$build/po/files"
xgettext --files-from="$build/po/files" --language=C --from-code=UTF-8 \
	--keyword=_ --keyword=N_ --keyword=ngettext:1,2 --keyword=C_:1c,2 --keyword=NC_:1c,2 \
	--flag=_:1:pass-c-format \
	--add-comments=TRANSLATORS --add-location=file --package-name=trato \
	--output="$pot"
sed -i '/^"POT-Creation-Date/d' "$pot" # else every update would change a line

if [ "${1:-}" = --update ]; then
	msgmerge --quiet --update --backup=none --no-fuzzy-matching --add-location=file po/es.po "$pot"
	# A message that is gone is gone: git keeps it.
	msgattrib --no-obsolete --output-file=po/es.po po/es.po
fi

msgmerge --quiet --no-fuzzy-matching --add-location=file --output-file="$merged" po/es.po "$pot"
msgfmt --check --output-file=/dev/null po/es.po

failed=0
# name WHAT, then options of msgattrib that select the wrong messages
name() {
	what=$1
	shift
	rm -f "$build/po/wrong" # msgattrib writes nothing where it selects nothing
	msgattrib "$@" --no-wrap --output-file="$build/po/wrong" "$merged"
	if grep -q '^\(#~ \)\?msgid' "$build/po/wrong" 2>/dev/null; then
		awk -v what="$what" '
			{ sub(/^#~ /, "") }
			/^$/ { context = place = "" }
			/^#: / { place = " (" substr($0, 4) ")" }
			/^msgctxt / { context = substr($0, 9) " " }
			/^msgid "/ { text = substr($0, 8, length - 8); inside = 1; next }
			/^msg(str|id_plural)/ {
				if (inside && text != "") { print "po/es.po: " what ": " context "\"" text "\"" place; bad = 1 }
				inside = 0
			}
			inside && /^"/ { text = text substr($0, 2, length - 2) }
			END { exit bad }' "$build/po/wrong" || failed=1
	fi
}
name missing --untranslated --no-obsolete
name fuzzy --only-fuzzy --no-obsolete
name obsolete --only-obsolete
if [ $failed = 1 ]; then
	echo "po/es.po is not complete: run tools/po-check.sh --update and translate" >&2
	exit 1
fi
