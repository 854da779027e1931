# Trato. GNU make on Debian 12 or 13: `make demo` shows it, `make check` tests it.
#
#   BUILD=dir    where everything that is built goes (build)
#   CC=clang     another compiler
#   WERROR=1     warnings are errors
#   V=1          shows the commands
#   ASAN=1       with the address and undefined-behaviour sanitizers
#   VALGRIND=1   for valgrind: nothing is zeroed that nobody has set
#   SCALE=1000   for bench: how large the data are, 1000 makes 1,000,000 clients (1: the demo's)
#   BENCH_CLUSTER=dir  for bench, bench-plans, bench-many: the data are made there once and stay
#   ONLY=kind    for check: only unit, view, fuzz, db, cli, model, schema, isolation,
#                  terminal, fault, po or layers
#   T=name       for check and fuzz: only the tests whose name contains this
#   FUZZ_SECONDS=600  for fuzz: how long each target runs

BUILD ?= build
PREFIX ?= /usr/local
DESTDIR ?=
ZSH_COMPLETIONS ?= $(PREFIX)/share/zsh/site-functions

MAKEFLAGS += --no-builtin-rules
# For what a target builds by calling make again: two at a time, unless -j says otherwise.
AGAIN = $(MAKE) --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,-j2)
.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:

Q := $(if $(V),,@)
say = $(if $(V)$(findstring s,$(firstword -$(MAKEFLAGS))),,@echo "  $(1)")

ARCH := $(shell uname -m)
VERSION := 0.1

# ---- Flags

# Asked for when first needed, since `make deps` must work where nothing is installed.
pkg = $(or $(shell pkg-config $(1) 2>/dev/null),$(error $(2) is missing: run `make deps`))
# GMime, libxlsxwriter and libseccomp are loaded when they are needed, see <base/library.h>: their
# headers only.
LIB_CFLAGS = $(eval LIB_CFLAGS := $$(call pkg,--cflags libpq libssl ncursesw libconfig libseccomp,A library) \
	$$(patsubst -I%,-isystem %,$$(call pkg,--cflags gmime-3.0,GMime)))$(LIB_CFLAGS)
LIB_LIBS = $(eval LIB_LIBS := $$(call pkg,--libs libpq libssl libcrypto ncursesw libconfig,A library) -lcsv)$(LIB_LIBS)
TEST_LIBS = $(eval TEST_LIBS := $$(call pkg,--libs cmocka vterm,A library for tests))$(TEST_LIBS)

WARNINGS = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
	-Wcast-qual -Wwrite-strings -Wformat=2 -Werror=format-security -Wundef -Wvla \
	$(if $(WERROR),-Werror)

# What the OpenSSF's guide for hardened C asks for; tests/unit/test_hardening.sh looks at the result.
HARDENING = -fstack-protector-strong -fstack-clash-protection \
	$(if $(filter x86_64 i686,$(ARCH)),-fcf-protection) -fPIE \
	-fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing
ifdef ASAN
HARDENING += -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
LINKING = -fsanitize=address,undefined
else
HARDENING += -D_FORTIFY_SOURCE=3 $(if $(VALGRIND),,$(ZEROED))
endif
# Packed, the relocations of the tables take 2 KiB of each session's memory instead of 160.
LINKING += -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,pack-relative-relocs -Wl,--as-needed
# clang before 16 wants another word with it.
ZEROED = $(eval ZEROED := $$(shell $(CC) -ftrivial-auto-var-init=zero -x c -E - < /dev/null \
	> /dev/null 2>&1 && echo -ftrivial-auto-var-init=zero))$(ZEROED)

ifdef FUZZ
HARDENING += -fsanitize=fuzzer-no-link
endif

CFLAGS ?= -O2 -g
COMPILE = $(CC) -std=c11 -D_GNU_SOURCE -DLOCALEDIR='"$(PREFIX)/share/locale"' \
	-DDATADIR='"$(PREFIX)/share/trato"' \
	-DTRATO_VERSION='"$(VERSION)"' -Iinclude -I$(BUILD)/gen $(CFLAGS) $(HARDENING) $(WARNINGS) \
	$(LIB_CFLAGS) $(CPPFLAGS)

# ---- The program

SOURCES := $(wildcard src/*/*.c)
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/obj/%.o)
GEN_HEADERS := $(BUILD)/gen/queries.h $(BUILD)/gen/migrations.h
GEN_OBJECTS := $(BUILD)/obj/gen/queries.o $(BUILD)/obj/gen/migrations.o
# A file comes into memory in pieces of 64 KiB: what every session runs stands together in the program,
# then the other screens, then what only commands need. Of a session that is alone that is 0.1 MiB.
FIRST_VIEWS := ahead app% clients commands draft_store drafts drafts_blocked inbox key_settings \
	last_user list_% login narrow notice_d% own show stack views
$(foreach name,$(FIRST_VIEWS),$(if $(wildcard src/view/$(subst %,*,$(name)).c),,$(error FIRST_VIEWS: \
	there is no src/view/$(name).c)))
FIRST := $(patsubst %,$(BUILD)/obj/%.o,base/% conf/% db/% ui/% $(FIRST_VIEWS:%=view/%))
LAST := $(BUILD)/obj/cli/%.o
# Pictures of screens are made by tests alone.
USED := $(filter-out $(BUILD)/obj/ui/terminal_picture.o,$(OBJECTS))
LINKED := $(filter $(FIRST),$(USED)) $(filter-out $(FIRST) $(LAST),$(USED)) \
	$(BUILD)/obj/gen/queries.o $(filter $(LAST),$(USED)) $(BUILD)/obj/gen/migrations.o
LANGUAGES := $(patsubst po/%.po,%,$(wildcard po/*.po))
CATALOGUES := $(LANGUAGES:%=$(BUILD)/locale/%/LC_MESSAGES/trato.mo) \
	$(LANGUAGES:%=$(BUILD)/locale/%/LC_MESSAGES/SYS_LC_MESSAGES)
SHARED := $(patsubst share/%,$(BUILD)/share/%,$(wildcard share/*))
PAGES := $(patsubst man/%,$(BUILD)/man/%,$(wildcard man/*.[1-9] man/*/*.[1-9]))

COMPLETIONS := $(patsubst %,$(BUILD)/completion/%,bash zsh fish)

.DEFAULT_GOAL := all
.PHONY: all
all: $(BUILD)/trato $(CATALOGUES) $(PAGES) $(SHARED) $(COMPLETIONS)

$(BUILD)/trato: $(BUILD)/obj/main.o $(BUILD)/libtrato.a
	$(call say,link $@)
	$(Q)$(CC) $(CFLAGS) $(LINKING) $(LDFLAGS) -o $@ $< $(LINKED) $(LIB_LIBS)

# The folders stand here so that a deleted source leaves the archive too.
$(BUILD)/libtrato.a: $(OBJECTS) $(GEN_OBJECTS) $(wildcard src/*/)
	@rm -f $@
	$(call say,archive $@)
	$(Q)ar rcs $@ $(OBJECTS) $(GEN_OBJECTS)

$(BUILD)/obj/%.o: src/%.c $(BUILD)/flags | $(GEN_HEADERS)
	@mkdir -p $(@D)
	$(call say,compile $<)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c $(BUILD)/flags $(BUILD)/gen/%.h
	@mkdir -p $(@D)
	$(call say,compile $<)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(BUILD)/gen/queries.%: $(wildcard schema/queries/*.sql) schema/queries tools/sql2c.awk
	@mkdir -p $(@D)
	$(call say,generate $@)
	$(Q)awk -f tools/sql2c.awk -v mode=queries -v out=$* $(sort $(wildcard schema/queries/*.sql)) > $@

$(BUILD)/gen/migrations.%: $(wildcard schema/[0-9]*.sql) schema tools/sql2c.awk
	@mkdir -p $(@D)
	$(call say,generate $@)
	$(Q)awk -f tools/sql2c.awk -v mode=migrations -v out=$* $(sort $(wildcard schema/[0-9]*.sql)) > $@

$(BUILD)/locale/%/LC_MESSAGES/trato.mo: po/%.po
	@mkdir -p $(@D)
	$(call say,translate $<)
	$(Q)msgfmt --check --output-file=$@ $<

# glibc of Debian 13 ignores LANGUAGE in C.UTF-8. So each catalogue stands beside a locale of its
# own name for LC_MESSAGES, found through LOCPATH, where no Spanish locale is generated.
$(BUILD)/locale/%/LC_MESSAGES/SYS_LC_MESSAGES: /usr/lib/locale/C.utf8/LC_MESSAGES/SYS_LC_MESSAGES
	@mkdir -p $(@D)
	@cp $< $@

$(BUILD)/man/%: man/% tools/man.awk include/view/commands.def include/conf/options.def po/es.po
	@mkdir -p $(@D)
	$(call say,generate $@)
	$(Q)awk -f tools/man.awk $< > $@

$(COMPLETIONS): $(BUILD)/completion/%: $(BUILD)/trato
	@mkdir -p $(@D)
	$(call say,generate $@)
	$(Q)$< completion $* > $@

$(BUILD)/share/%: share/%
	@mkdir -p $(@D)
	@cp $< $@

# Changes when the compiler or its flags change, so that nothing stale is kept.
.PHONY: FORCE
FORCE:
$(BUILD)/flags: FORCE
	$(shell mkdir -p $(@D))$(file >$@.new,$(COMPILE))@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# ---- Tests: each tests/<kind>/test_*.c and tests/bench/*.c is a program; what lies beside them is
# shared

TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/*/test_*.c))
BENCHES := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/*.c))
TEST_SHARED := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/*/*.c))
TEST_SHARED := $(filter-out $(TESTS:=.o) $(BENCHES:=.o),$(TEST_SHARED))

$(BUILD)/tests/%.o: tests/%.c $(BUILD)/flags | $(GEN_HEADERS)
	@mkdir -p $(@D)
	$(call say,compile $<)
	$(Q)$(COMPILE) -Itests -Isrc -MMD -MP -c -o $@ $<

$(BUILD)/tests/libshared.a: $(TEST_SHARED) $(wildcard tests/*/)
	@mkdir -p $(@D)
	@rm -f $@
	$(call say,archive $@)
	$(Q)ar rcs $@ $(TEST_SHARED)

$(TESTS) $(BENCHES): %: %.o $(BUILD)/tests/libshared.a $(BUILD)/libtrato.a
	$(call say,link $@)
	$(Q)$(CC) $(CFLAGS) $(LINKING) $(LDFLAGS) -o $@ $^ $(LIB_LIBS) $(TEST_LIBS)

# Random keys are followed by random times, without waiting for them. libFuzzer has a main().
FUZZERS := $(filter $(BUILD)/tests/fuzz/%,$(TESTS))
$(BUILD)/tests/fuzz/test_screens: LINKING += -Wl,--wrap=clock_gettime
$(FUZZERS): LINKING += $(if $(FUZZ),-fsanitize=fuzzer)

# Pictures of screens come from the harness of the tests.
$(BUILD)/tools/%.o: tools/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,compile $<)
	$(Q)$(COMPILE) -Itests -MMD -MP -c -o $@ $<

$(BUILD)/tools/screenshot: $(BUILD)/tools/screenshot.o $(BUILD)/tools/picture.o \
		$(BUILD)/tests/libshared.a $(BUILD)/libtrato.a
	$(call say,link $@)
	$(Q)$(CC) $(CFLAGS) $(LINKING) $(LDFLAGS) -o $@ $^ $(LIB_LIBS) $(TEST_LIBS)

.PHONY: tests fuzzers check check-fault check-asan fuzz bench bench-data bench-plans bench-many screenshots layers lint format
tests: all $(TESTS)
fuzzers: all $(FUZZERS)

check:
	@tools/deps build check
	@+$(AGAIN) tests
	@BUILD=$(BUILD) ONLY='$(ONLY)' T='$(T)' MAKE='$(MAKE)' tests/run

# The long forms of tests/fault: what `make check` tries with fewer claims and moments.
check-fault:
	@tools/deps build check
	@+$(AGAIN) tests
	@BUILD=$(BUILD) ONLY=fault T='$(T)' MAKE='$(MAKE)' TRATO_RACE_CLAIMS=1000000 \
		TRATO_FAULT_MOMENTS=200 TRATO_FAULT_ROUNDS=25 TRATO_FAILOVERS=25 \
		TRATO_ALERT_APPROVALS=1000 \
		TRATO_TEST_SECONDS=7200 tests/run

check-asan:
	@+LSAN_OPTIONS=print_suppressions=0:suppressions=$(CURDIR)/tests/harness/leaks.supp \
		$(AGAIN) check ASAN=1 BUILD=$(BUILD)-asan

# Each target of tests/fuzz for FUZZ_SECONDS; what was found, and how much was tried, stands in
# $(BUILD)-fuzz/found.
FUZZ_SECONDS ?= 600
fuzz:
	@tools/deps build check fuzz
	@+$(AGAIN) fuzzers CC=clang ASAN=1 FUZZ=1 BUILD=$(BUILD)-fuzz CFLAGS='-O1 -g'
	@BUILD=$(BUILD)-fuzz FUZZ_SECONDS=$(FUZZ_SECONDS) T='$(T)' tests/fuzz/run

# Without the sanitizers' zeros and guards: what is used unset is seen here only.
check-valgrind:
	@tools/deps build check valgrind
	@+$(AGAIN) tests VALGRIND=1 BUILD=$(BUILD)-valgrind
	@BUILD=$(BUILD)-valgrind MAKE='$(MAKE)' T='$(T)' tests/valgrind

bench:
	@tools/deps build check bench
	@+$(AGAIN) all $(BENCHES)
	@BUILD=$(abspath $(BUILD)) SCALE=$(or $(SCALE),1) tests/bench/with-data tests/bench/run

# A million clients, for BENCH_CLUSTER.
bench-data:
	@tools/deps build check bench
	@+$(AGAIN) all
	@BUILD=$(abspath $(BUILD)) SCALE=$(or $(SCALE),1000) tests/bench/with-data true

bench-plans:
	@tools/deps build check bench
	@+$(AGAIN) all $(BUILD)/tests/bench/plans
	@BUILD=$(abspath $(BUILD)) SCALE=$(or $(SCALE),1000) GROWN=1 tests/bench/with-data tests/bench/plans

# 500 people for ten minutes; both take the machine for themselves.
bench-many:
	@tools/deps build check bench
	@+$(AGAIN) all $(BUILD)/tests/bench/many
	@BUILD=$(abspath $(BUILD)) SCALE=$(or $(SCALE),1000) tests/bench/with-data sh -c \
		'psql -Xqc "ALTER SYSTEM SET max_connections = 640" -c "ALTER SYSTEM SET fsync = on" && \
		tests/harness/cluster stop $$TRATO_CLUSTER && tests/harness/cluster start $$TRATO_CLUSTER && tests/bench/many'

screenshots:
	@tools/deps build check
	@+$(AGAIN) all $(BUILD)/tools/screenshot
	@BUILD=$(abspath $(BUILD)) tests/harness/with-cluster -s tools/screenshots

layers: all
	@tools/layers $(BUILD)

lint:
	@tools/deps build check lint
	@+$(AGAIN) $(GEN_HEADERS) $(PAGES)
	@COMPILE="$(subst ",\",$(COMPILE))" tools/lint $(PAGES)

format:
	git clang-format --force --extensions c,h HEAD

# ---- Set-up, demo, installation

.PHONY: deps demo demo-env demo-stop demo-clean install uninstall deb clean
deps:
	@tools/deps build

demo:
	@tools/deps build
	@+$(AGAIN) all
	@BUILD=$(BUILD) tools/demo start

demo-env demo-stop demo-clean:
	@BUILD=$(BUILD) tools/demo $(@:demo-%=%)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BUILD)/trato $(DESTDIR)$(PREFIX)/bin/trato
	for mo in $(CATALOGUES:$(BUILD)/locale/%=%); do \
		install -D -m 644 $(BUILD)/locale/$$mo $(DESTDIR)$(PREFIX)/share/locale/$$mo || exit 1; done
	for page in $(PAGES:$(BUILD)/man/%=%); do \
		to=$$page; section=$${page##*.}; \
		case $$to in */*) to=$${to%/*}/man$$section/$${to##*/} ;; *) to=man$$section/$$to ;; esac; \
		install -D -m 644 $(BUILD)/man/$$page $(DESTDIR)$(PREFIX)/share/man/$$to || exit 1; done
	install -D -m 644 $(BUILD)/completion/bash \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/trato
	install -D -m 644 $(BUILD)/completion/zsh $(DESTDIR)$(ZSH_COMPLETIONS)/_trato
	install -D -m 644 $(BUILD)/completion/fish \
		$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/trato.fish
	for file in $(SHARED:$(BUILD)/share/%=%); do \
		install -D -m 644 share/$$file $(DESTDIR)$(PREFIX)/share/trato/$$file || exit 1; done
	for file in $(wildcard examples/*/*); do \
		mode=644; [ ! -x $$file ] || mode=755; \
		install -D -m $$mode $$file $(DESTDIR)$(PREFIX)/share/doc/trato/$$file || exit 1; done

# What install puts there, wherever that is; nothing else that lies beside it.
uninstall: all
	@made=$$(mktemp -d) && trap 'rm -rf "$$made"' EXIT && $(MAKE) -s install DESTDIR="$$made" && \
	from="$(abspath $(DESTDIR))/" && cd "$$made" && \
	find . -type f -print0 | (cd "$$from" && xargs -0 rm -f) && \
	find . -depth -type d -path '*/trato*' -print0 | (cd "$$from" && xargs -0 sh -c \
		'for folder; do [ ! -d "$$folder" ] || rmdir --ignore-fail-on-non-empty "$$folder"; done' sh)

# A package of what is committed, which lintian finds nothing against.
deb:
	@tools/deps build deb
	@BUILD=$(BUILD) tools/deb $(VERSION)

clean:
	rm -rf $(BUILD)

-include $(OBJECTS:.o=.d) $(BUILD)/obj/main.d $(TESTS:=.d) $(TEST_SHARED:.o=.d) $(BENCHES:=.d)
