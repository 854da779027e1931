#!/bin/sh
# What the compiler and the linker were asked for stands in the program: its place in memory is drawn
# anew each time, no memory is both written and run, the table of functions is read-only from the
# start, and overflows of the stack and of known buffers end it.
set -u
program=${BUILD:-build}/trato
number=0
failures=0
all=$(readelf -hldW --dyn-syms "$program")

# has NAME PATTERN
has() {
	number=$((number + 1))
	if printf '%s\n' "$all" | grep -qE -- "$2"; then
		echo "ok $number - $1"
	else
		failures=$((failures + 1))
		echo "not ok $number - $1"
	fi
}

has "position independent" 'Type: +DYN .Position-Independent'
has "flagged as such" 'FLAGS_1.*NOW PIE'
has "a stack that is not run" 'GNU_STACK .* RW +0x'
has "read-only after the start" 'GNU_RELRO'
has "all of it bound by then" 'BIND_NOW'
# The sanitizers see both for themselves.
if ! printf '%s\n' "$all" | grep -q __asan_init; then
	has "a stack that is watched" '__stack_chk_fail'
	has "buffers whose size is known" '__(memcpy|memmove|snprintf|vsnprintf|fprintf|read)_chk'
fi
echo "1..$number"
[ "$failures" = 0 ]
