#!/bin/sh
# What few sessions need is not loaded with the program, and where it is not installed, that is said.
set -u
program=${BUILD:-build}/trato
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0
failures=0

# expect NAME PATTERN COMMAND...
expect() {
	name=$1 pattern=$2
	shift 2
	number=$((number + 1))
	if "$@" 2>&1 < /dev/null | grep -qE -- "$pattern"; then
		echo "ok $number - $name"
	else
		failures=$((failures + 1))
		echo "not ok $number - $name"
	fi
}
without() {
	: > "$work/$1"
	shift
	LC_ALL=C LD_LIBRARY_PATH=$work "$@"
	echo "code $?"
}
loaded_late() { readelf -dW "$program" | grep -cE 'NEEDED.*(gmime|xlsxwriter|seccomp)' || :; }

expect "libraries of single commands are not loaded with the program" '^0$' loaded_late
expect "restricted" 'needs a terminal' "$program" --restricted
expect "restricted, without libseccomp" 'libseccomp.so.2: file too short.*apt install libseccomp2' \
	without libseccomp.so.2 "$program" --restricted
expect "is refused" '^code 1$' without libseccomp.so.2 "$program" --restricted
if ldd "$program" | grep -q libgnutls; then
	expect "GnuTLS waits until somebody wants it" ' _gnutls_global_init_skip$' readelf --dyn-syms -W "$program"
fi
echo "1..$number"
[ "$failures" = 0 ]
