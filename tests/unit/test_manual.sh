#!/bin/sh
# The pages in man/es/ have the same sections, options, commands and names as those in English, in
# the same order, so that what is new in the one is not missed in the other. Words are free.
set -u
cd "$(dirname "$0")/../.." || exit 1

# Sections and tables, and of every item its macros and their words, but for what the reader
# puts in (Ar).
skeleton() {
	awk '
		/^\.(Sh|Ss) / { print $1 }
		/^\.\\" TABLE / { print "table " $3 }
		/^\.It/ {
			line = ".It"
			literal = 1
			for (n = 2; n <= NF; n++) {
				if ($n ~ /^[A-Z][a-z]$/)
					literal = $n != "Ar"
				if (literal || $n == "Ar")
					line = line " " $n
			}
			print line
		}' "$1"
}

english=$(mktemp)
spanish=$(mktemp)
trap 'rm -f "$english" "$spanish"' EXIT
number=0
failures=0
for page in man/*.[1-9]; do
	number=$((number + 1))
	skeleton "$page" > "$english"
	skeleton "man/es/${page#man/}" > "$spanish"
	if [ -s "$english" ] && cmp -s "$english" "$spanish"; then
		echo "ok $number - man/es/${page#man/} has what $page has"
	else
		failures=$((failures + 1))
		echo "not ok $number - man/es/${page#man/} has what $page has"
		diff -u "$english" "$spanish" | sed 's/^/# /'
	fi
done
echo "1..$number"
[ "$failures" = 0 ]
