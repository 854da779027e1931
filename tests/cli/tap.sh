# For the tests of commands: results as TAP, and a way to ask the server. To be sourced.
# shellcheck shell=sh
set -u
unset LANGUAGE
export LC_ALL=C.UTF-8
export trato="${BUILD:-build}/trato"
number=0
failures=0
output=$(mktemp)
trap 'rm -f "$output"' EXIT

# expect NAME EXIT-CODE TEXT COMMAND...: what it prints contains the text; "" accepts anything.
expect() {
	name=$1
	code=$2
	text=$3
	shift 3
	number=$((number + 1))
	status=0
	"$@" > "$output" 2>&1 || status=$?
	if [ "$status" = "$code" ] && grep -qF -- "$text" "$output"; then
		echo "ok $number - $name"
	else
		failures=$((failures + 1))
		echo "not ok $number - $name"
		echo "# exit code $status, expected $code and \"$text\":"
		sed 's/^/# /' "$output"
	fi
}

# As the server's administrator.
sql() {
	PGUSER=postgres psql -XAt -F ' ' -v ON_ERROR_STOP=1 -c "$1"
}

# All who have been added until now have passwords of their own.
settle() {
	sql "UPDATE trato.person SET must_change_password = false" > /dev/null
}

# with PASSWORD COMMAND...: the password on standard input.
with() {
	password=$1
	shift
	printf '%s\n' "$password" | "$@"
}

finish() {
	echo "1..$number"
	[ "$failures" = 0 ]
}
