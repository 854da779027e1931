#!/bin/sh
# docs/guia.md says what the Spanish screens say: what is in bold stands in po/es.po as it is, each
# <kbd> is a key of commands.def, and a key before bold is that of a command with this label.
set -u
cd "$(dirname "$0")/../.." || exit 1

wrong=$(
	awk '
	# The Spanish of a message without context; the strings of all of them.
	FILENAME == "po/es.po" {
		if ($0 ~ /^msgctxt /)
			context = $2
		else if ($0 ~ /^msgid /) {
			id = text($0)
			into = "id"
		} else if ($0 ~ /^msgstr/) {
			string = text($0)
			into = "string"
		} else if ($0 ~ /^"/) {
			if (into == "id")
				id = id text($0)
			else if (into == "string")
				string = string text($0)
		} else if (into != "") {
			keep()
			into = context = ""
		}
		next
	}
	FILENAME ~ /commands.def$/ {
		if ($0 ~ /^COMMAND\(/)
			row = ""
		row = row $0
		if ($0 ~ /^COMMAND\(|^        / && $0 ~ /\)$/ && split(row, part, "\"") > 10) {
			# name label help sections keys, between the quotes
			count = split(part[10], keys, " ")
			label = spanish[part[4]]
			for (i = 1; i <= count; i++) {
				known[keys[i]] = 1
				runs[keys[i] " " label] = 1
			}
		}
		next
	}
	FNR == 1 {
		for (name in key)
			english[key[name]] = name
		english["Espacio"] = "Space"
		english["AvPág"] = "PageDown"
		english["RePág"] = "PageUp"
		for (i = 1; i <= 9; i++)
			known[i] = 1
		known["Mayús"] = 1
	}
	{ all = all " " $0 }
	END {
		keep()
		gsub(/  +/, " ", all)
		gsub(/`[^`]*`/, "", all)
		latest = ""
		while (match(all, /<kbd>[^<]+<\/kbd>|\*\*[^*]+\*\*/)) {
			before = substr(all, 1, RSTART - 1)
			found = substr(all, RSTART, RLENGTH)
			all = substr(all, RSTART + RLENGTH)
			if (found ~ /^<kbd>/) {
				name = substr(found, 6, length(found) - 11)
				latest = name in english ? english[name] : name
				if (!(latest in known))
					print "no key: " name
				keys_seen++
				continue
			}
			word = substr(found, 3, length(found) - 4)
			if (latest != "" && before == " ") {
				if (!((latest " " word) in runs))
					print latest " is no key of: " word
				pairs_seen++
			} else if (!(word in there))
				print "no word of the screens: " word
			latest = ""
			words_seen++
		}
		if (keys_seen < 80 || words_seen < 100 || pairs_seen < 60)
			print "only " keys_seen " keys, " words_seen " words, " pairs_seen " of them together"
	}
	function text(line) {
		sub(/^[a-z_0-9\[\]]* *"/, "", line)
		sub(/"$/, "", line)
		gsub(/\\"/, "\"", line)
		return line
	}
	function keep() {
		there[string] = 1
		if (context == "\"key\"")
			key[id] = string
		else if (context == "")
			spanish[id] = string
	}
	' po/es.po include/view/commands.def docs/guia.md
	sed -n 's/.*!\[[^]]*\](\([^)]*\)).*/\1/p' docs/guia.md | while read -r picture; do
		[ -s "docs/$picture" ] || echo "no picture: $picture"
	done
)
if [ -z "$wrong" ]; then
	echo "ok 1 - the guide has the keys and the words of the screens"
else
	echo "not ok 1 - the guide has the keys and the words of the screens"
	echo "$wrong" | sed 's/^/# /'
fi
echo "1..1"
[ -z "$wrong" ]
