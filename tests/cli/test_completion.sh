#!/bin/sh
# trato completion: in each shell every command and every option of the usages is completed, and
# nothing else; values where they are a fixed list. A shell that is not installed is skipped.
# shellcheck disable=SC1091,SC2154,SC2016
. "$(dirname "$0")/tap.sh"
unset PGUSER
folder=$(mktemp -d)
trap 'rm -rf "$folder" "$output"' EXIT
mkdir "$folder/bin" "$folder/files"
touch "$folder/files/one.csv"

# Completing calls no program, so it connects to nothing either.
printf '#!/bin/sh\ntouch "%s/called"\n' "$folder" > "$folder/bin/trato"
chmod +x "$folder/bin/trato"

# Of each usage, what is to come for which line: "LINE<TAB>WORDS", sorted. A line ends with what is
# being typed, after its last blank. An unknown command is told the groups, words that are wrong behind one
# of them the usages of its commands.
"$trato" nonsense 2>&1 | sed -n 's/^  trato \([a-z-]*\).*/\1/p' | while read -r group; do
	LANGUAGE=en "$trato" "$group" no such command < /dev/null 2>&1 | sed 's/^Usage: trato/  trato/'
done | perl -ne '
	next unless /^  trato ((?:[a-z-]+)(?: [a-z]+(?![a-z|]))?)(.*)/;
	my ($name, $rest) = ($1, $2);
	my ($first, $second) = split / /, $name;
	$words{""}{$first} = 1;
	$words{"$first "}{$second} = 1 if defined $second;
	$words{"$name -"}{$_} = 1 for $rest =~ /(?<![a-z-])(--?[a-z][a-z-]*)/g;
	while ($rest =~ /(--[a-z-]+) ([a-z]+(?:\|[a-z]+)+)/g) { $words{"$name $1 "}{$_} = 1 for split /\|/, $2 }
	END {
		$words{""}{$_} = 1 for qw(dashboard keys);
		$words{"completion "}{$_} = 1 for qw(bash zsh fish);
		$words{"user add --role "}{$_} = $words{"user role a\@b.es "}{$_} = 1 for qw(rep backoffice supervisor manager);
		for my $verb (qw(list export)) {
			$words{"$verb actions --state "}{$_} = 1 for qw(open won lost cancelled);
			$words{"$verb offers --state "}{$_} = 1 for qw(draft presented approved rejected withdrawn superseded);
			$words{"$verb notices --state "}{$_} = 1 for qw(pending taken partial invoiced returned void);
		}
		$words{"-u a\@b.es --restricted list a"}{$_} = 1 for qw(actions agenda);
		$words{"list actions --json --state open --c"}{$_} = 1 for qw(--csv --client);
		for (sort keys %words) { print "$_\t", join(" ", sort keys %{$words{$_}}), "\n" if %{$words{$_}} }
	}' > "$folder/expected"
LANGUAGE=en "$trato" --help | perl -ne 'push @o, grep { defined } $1, $2 if /^  (?:(-\w), |    )(--[a-z]+)/; END { print "-\t", join(" ", sort @o), "\n" }' >> "$folder/expected"
cut -f 1 "$folder/expected" > "$folder/lines"
expect "all usages are known" 0 "enough" sh -c "[ \$(wc -l < '$folder/expected') -gt 60 ] && echo enough"

# Programs that read such lines and write what is completed, in any order.
cat > "$folder/bash.sh" <<'END'
. "$1"
while IFS= read -r line; do
	read -ra COMP_WORDS <<< "trato $line"
	case "$line" in "" | *" ") COMP_WORDS+=("") ;; esac
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	_trato
	printf '%s\t%s\n' "$line" "${COMPREPLY[*]}"
done
END
# The parts of zsh that work at its prompt only, in short.
cat > "$folder/zsh.sh" <<'END'
compset() { [[ $1 = -P && $PREFIX = $~argv[-1]* ]] && PREFIX=${PREFIX##$~argv[-1]}; return 0 }
compadd() {
	while [[ $1 != -- ]]; do shift; done
	shift
	for word; do [[ $word = "$PREFIX"* ]] && found+=($word); done
}
_files() { found+=(*(N)) }
source $1
while IFS= read -r line; do
	words=(trato ${=line})
	[[ $line = "" || $line = *" " ]] && words+=("")
	CURRENT=$#words PREFIX=$words[-1] found=()
	_trato
	printf '%s\t%s\n' "$line" "$found"
done
END
cat > "$folder/fish.sh" <<'END'
source $argv[1]
while read -l line
	printf '%s\t%s\n' "$line" (string join -- ' ' (complete -C "trato $line" | string split -f 1 \t))
end
END

sorted() {
	perl -ne 'chomp; my ($line, $words) = split /\t/, $_, 2; print "$line\t", join(" ", sort split / /, $words // ""), "\n"'
}
shells="bash --norc|zsh -f|fish --no-config"
IFS='|'
for shell in $shells; do
	which=${shell%% *}
	unset IFS
	"$trato" completion "$which" > "$folder/$which"
	expect "$which: what was installed is the same" 0 identical diff -s "$folder/$which" "${BUILD:-build}/completion/$which"
	if ! command -v "$which" > /dev/null; then
		number=$((number + 1))
		echo "ok $number - $which # SKIP it is not installed"
		continue
	fi
	# shellcheck disable=SC2086
	ask() {
		env HOME="$folder" PATH="$folder/bin:$PATH" $shell "$folder/$which.sh" "$folder/$which"
	}
	ask < "$folder/lines" 2>&1 | sorted > "$folder/$which.got"
	expect "$which: every command, every option, and fixed values" 0 identical diff -s "$folder/expected" "$folder/$which.got"
	expect "$which: files" 0 "one.csv" sh -c "cd '$folder/files' && echo 'import clients o' | $shell '$folder/$which.sh' '$folder/$which'"
	expect "$which: several values" 0 "open,lost" sh -c "echo 'list actions --state open,l' | $shell '$folder/$which.sh' '$folder/$which' | sed 's/\\tlost/\\topen,lost/'"
	expect "$which: calls nothing" 0 "none" sh -c "[ -e '$folder/called' ] || echo none"
done
expect "whatever is configured" 0 "complete -F _trato trato" "$trato" -c /nowhere -d nonsense=1 completion bash
expect "another shell" 2 "A shell is one of bash, zsh and fish." "$trato" completion tcsh
finish
