#!/bin/sh
# Each command of commands.def is done somewhere, and each of its sections is the name of a screen:
# neither the compiler nor the key map sees one that is forgotten or mistyped.
set -u
cd "$(dirname "$0")/../.." || exit 1

wrong=$(
	awk '
	FILENAME !~ /commands.def$/ {
		if (match($0, /\.name = "[a-z-]+"/))
			screen[substr($0, RSTART + 9, RLENGTH - 10)] = 1
		while (match($0, /COMMAND_[A-Z_]+/)) {
			done[substr($0, RSTART, RLENGTH)] = 1
			$0 = substr($0, RSTART + RLENGTH)
		}
		next
	}
	/^COMMAND\(/ { row = "" }
	{ row = row $0 }
	/\)$/ && split(row, part, "\"") > 10 {
		name = part[1]
		sub(/COMMAND\(/, "", name)
		sub(/,.*/, "", name)
		if (!(name in done))
			print "nothing does " name
		count = split(part[8], section, " ")
		for (i = 1; i <= count; i++)
			if (!(section[i] in screen) && section[i] != "global")
				print "no screen is called " section[i] ": " name
		rows++
		row = ""
	}
	END {
		if (rows < 90)
			print "only " rows " commands"
	}
	' src/ui/*.c src/view/*.c include/view/commands.def
)
if [ -z "$wrong" ]; then
	echo "ok 1 - each command is done, on screens that there are"
else
	echo "not ok 1 - each command is done, on screens that there are"
	echo "$wrong" | sed 's/^/# /'
fi
echo "1..1"
[ -z "$wrong" ]
