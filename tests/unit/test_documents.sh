#!/bin/sh
# What CODING.md names is there: folders and files, tests, targets of make. And what any document
# links to.
set -u
cd "$(dirname "$0")/../.." || exit 1

# Words in `…` that are paths; NAME, NNNN, * and … stand for others, and contacts for a screen that is yet
# to be written.
# shellcheck disable=SC2016
paths() {
	grep -o '`[^`]*`' CODING.md | tr -d '`' | tr ' ' '\n' | grep '^[A-Za-z][A-Za-z0-9_./-]*/[A-Za-z0-9_./-]*$' |
		grep -v '[A-Z]\{4\}\|/contacts\|^expected/'
}

# [view/test_keys], [rights]
tests() {
	grep -o '\[[a-z_/]*\]' CODING.md | tr -d '[]' | sort -u | while read -r name; do
		case $name in
		*/*) echo "tests/$name" ;;
		*) echo "tests/schema/$name" ;;
		esac
	done
}

targets() {
	grep -oh '^    make [a-z-]*[a-z -]*\|`make [a-z-]*' CODING.md README.md | sed 's/.*make//' | tr ' ' '\n' | sort -u
}

wrong=$(
	for path in $(paths | sort -u); do
		[ -e "$path" ] || echo "no file $path"
	done
	for test in $(tests); do
		[ -e "$test.c" ] || [ -e "$test.sh" ] || [ -e "$test.sql" ] || echo "no test $test"
	done
	for target in $(targets); do
		grep -q "^\([a-z -]* \)*$target\( [a-z -]*\)*:" Makefile || echo "no target $target"
	done
	for document in *.md docs/*.md; do
		grep -o '](\([^)#:]*\))' "$document" | sed 's/](\(.*\))/\1/' | while read -r link; do
			[ -s "$(dirname "$document")/$link" ] || echo "$document: no $link"
		done
	done
	[ "$(paths | wc -l)" -gt 20 ] && [ "$(tests | wc -l)" -gt 10 ] && [ "$(targets | wc -l)" -gt 8 ] ||
		echo "too little was looked at"
)
if [ -z "$wrong" ]; then
	echo "ok 1 - what the documents name is there"
else
	echo "not ok 1 - what the documents name is there"
	echo "$wrong" | sed 's/^/# /'
fi
echo "1..1"
[ -z "$wrong" ]
