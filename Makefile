# yaohao — make help lists the targets.  Everything built is under build/.
BUILD   ?= build
ifeq ($(origin CC),default)
CC       = gcc
endif
WARN     = -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow \
           -Wcast-qual -Wwrite-strings -Wformat=2 -Wundef -Wvla \
           -Wswitch-enum -Wstrict-prototypes -Wmissing-prototypes \
           -Wimplicit-fallthrough $(WERROR)
HARDEN   = -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 \
           -fstack-protector-strong -fstack-clash-protection -fPIE
CPPFLAGS += -D_GNU_SOURCE -Iservice -I. -I$(BUILD) -isystem $(BLST_DIR)/bindings \
            -isystem $(BLST_DIR)/src
CFLAGS  ?= -g
ALL_CFLAGS = -std=c11 $(WARN) $(HARDEN) $(CFLAGS) -MMD -MP
# Of libcrypto only SHA-256, five small objects: the shared one takes as long
# to load as a proof to verify.  libmicrohttpd is loaded by http/mhd.c.
LDLIBS   = -lsodium -l:libcrypto.a -ljansson -lsqlite3 -lutf8proc \
           -lqrencode -lz -lpthread -lm
LDFLAGS += -pie -Wl,-z,relro,-z,now
PREFIX  ?= /usr/local
JOBS     = $(shell nproc)

# blst comes as C source inside an npm package; BLST_DIR= names a local copy.
NPM_DIR  := service/host/drand
BLST_DIR ?= $(NPM_DIR)/node_modules/c-kzg/deps/blst
BLST     := build/libblst.a

# What browsers run is bundled with npm's esbuild; WEB_DIR= names a copy that
# was made elsewhere (build/web).
WEB_DIR  ?= build/web
BUNDLE   := $(WEB_DIR)/static/verifier.js

# A file *_main.c is a program of its own; sha256_blst.c takes the place of
# sha256_openssl.c in the static verifier.
SOURCES := $(wildcard service/*/*.c audits/*.c)
APART   := service/cli/main.c service/host/sha256_blst.c \
           $(wildcard audits/*_main.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
LIBRARY := $(BUILD)/libyaohao.a
TESTS   := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/*_test.c))
SHARED  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out %_test.c,\
           $(wildcard tests/*.c)))
SLOW    := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/slow/*_test.c))
FUZZERS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/*_fuzz.c))
STATIC  := $(if $(wildcard audits/verify.c),build/verify-static)

.PHONY: all demo test check bench fuzz unit slow tidy tidy-deep sanitize \
        fuzzers install clean help verifier-folder
all: $(if $(wildcard service/cli/main.c),$(BUILD)/yaohao) $(LIBRARY) $(STATIC)

help:
	@echo 'make           build/yaohao (asks for what is missing)'
	@echo 'make demo      a whole draw on a synthetic register, then serve it'
	@echo '               PORT=8686 the port, SERVE=0 stop after verification'
	@echo 'make check     build, tidy, unit tests: under two minutes'
	@echo 'make test      everything: also slow tests, sanitizers, fuzzing,'
	@echo '               analysers, Node and script tests; DRAWS=1000'
	@echo '               TEAMS=1200 FLIP_EVERY=1 count agreement in full'
	@echo 'make bench     our speed beside our peers'
	@echo 'make fuzz      fuzz every parser, FUZZ_SECONDS=20 each'
	@echo 'make install   to PREFIX=/usr/local (DESTDIR= respected)'
	@echo 'make clean     remove build/'
	@echo 'make verifier-folder   build/web/verifier: opens by double-click'
	@echo 'BLST_DIR=DIR   use a local copy of blst instead of npm'
	@echo 'WEB_DIR=DIR    use a copy of build/web made elsewhere, likewise'

# ---- what is needed -------------------------------------------------------
given = $(filter command environment,$(origin $(1)))
build/packages: .ci/packages
	@NODE=$(if $(and $(call given,BLST_DIR),$(call given,WEB_DIR)),no,yes) \
	    .ci/packages build
	@mkdir -p $(@D) && touch $@

build/packages-test: .ci/packages
	@.ci/packages test
	@mkdir -p $(@D) && touch $@

$(NPM_DIR)/node_modules/c-kzg/deps/blst/src/server.c: | build/packages
	cd $(NPM_DIR) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

$(BLST): $(BLST_DIR)/src/server.c | build/packages
	@mkdir -p build/blst
	gcc -O2 -fno-builtin -fPIC -D__BLST_PORTABLE__ -c $< -o build/blst/server.o
	gcc -O2 -fPIC -D__BLST_PORTABLE__ -c $(BLST_DIR)/build/assembly.S \
	    -o build/blst/assembly.o
	ar rcs $@ build/blst/server.o build/blst/assembly.o

# ---- build ----------------------------------------------------------------
$(BUILD)/%.o: %.c | build/packages $(BLST)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c $< -o $@

# The numbered schema files become part of the program.
$(BUILD)/schema.c: service/store/schema.sh \
                   $(wildcard service/store/schema/*.sql) \
                   $(wildcard service/store/schema/*/*.sql)
	@mkdir -p $(@D)
	service/store/schema.sh service/store/schema > $@.new && mv $@.new $@

# So do the public pages' files; WEB_DIR has those that are made.
$(BUILD)/asset.c: service/http/asset.sh $(BUNDLE) \
                  $(wildcard web/static/* web/template/*)
	@mkdir -p $(@D)
	service/http/asset.sh web $(WEB_DIR) > $@.new && mv $@.new $@

build/web/static/verifier.js: web/build.mjs web/static/style.css \
    web/static/verify.css $(wildcard web/script/* web/folder/* audits/js/*.js \
    audits/js/rules/*.js) audits/js/node_modules/.package-lock.json \
    tests/node_modules/.package-lock.json
	node web/build.mjs build/web

$(BUILD)/schema.o $(BUILD)/asset.o: $(BUILD)/%.o: $(BUILD)/%.c | build/packages
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c $< -o $@

$(LIBRARY): $(filter-out $(APART:%.c=$(BUILD)/%.o),$(OBJECTS)) \
            $(BUILD)/schema.o $(BUILD)/asset.o
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/yaohao: $(BUILD)/service/cli/main.o $(LIBRARY) $(BLST)
	$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(SHARED) $(LIBRARY) $(BLST)
	$(CC) $(CFLAGS) $(LDFLAGS) $^ -lcmocka $(LDLIBS) -o $@

# A scanner reads what was drawn.
$(BUILD)/tests/qr_test: LDLIBS += -lzbar

# What the tests of teams are measured against.
$(BUILD)/tests/team_test $(BUILD)/tests/team_mix_test: \
    $(patsubst %,$(BUILD)/tests/team_%.o,reference random enumeration)

# Where the n-th of these fails.
WRAPPED := malloc calloc realloc sodium_malloc sqlite3_open_v2 \
           sqlite3_prepare_v2 sqlite3_step sqlite3_exec
$(BUILD)/tests/nth_test: LDFLAGS += $(WRAPPED:%=-Wl,--wrap=%)
# There every proof is too large.
$(BUILD)/tests/large_test: LDFLAGS += -Wl,--wrap=proof_make

# One file without a library to find: same rules as yaohao verify.
STATIC_SOURCES := $(wildcard service/core/*.c audits/verify*.c) \
    audits/form.c audits/value.c audits/receipt.c \
    service/format/json_read.c $(addprefix service/host/,arena.c clock.c crypto.c \
    drand.c ed25519_sodium.c file.c memory.c sha256_blst.c)
build/verify-static: $(STATIC_SOURCES:%.c=build/%.o) build/libblst.a
	$(CC) $(CFLAGS) -static-pie -Wl,-z,relro,-z,now $^ \
	    -l:libsodium.a -l:libjansson.a -lpthread -o $@

# The verifier as a folder for a stick; its scripts are those of the pages.
verifier-folder: $(BUNDLE)
	@echo '$(WEB_DIR)/verifier/index.html'
	@sha256sum $(WEB_DIR)/verifier/verifier.js

# ---- test -----------------------------------------------------------------
$(TESTS) $(SLOW) $(FUZZERS): | build/packages-test

unit: $(TESTS)
	@JOBS=$(JOBS) tests/run.sh $(TESTS)

.PHONY: slow-build
slow-build: $(SLOW)
slow: $(SLOW)
	@JOBS=$(JOBS) tests/run.sh $(SLOW)

tidy:
	@tests/tidy.sh

# -Werror here and nowhere else, hence a place of its own.
check: build/packages-test tidy
	@$(MAKE) -s -j$(JOBS) BUILD=build/check WERROR=-Werror check-build
	@$(MAKE) -s BUILD=build/check unit

# The same script without SERVE is one of the tests.
demo: all audits/js/node_modules/.package-lock.json
	@SERVE=$(or $(SERVE),1) sh tests/demo/demo.sh

.PHONY: check-build
check-build: $(BUILD)/yaohao $(LIBRARY) $(TESTS)

%/node_modules/.package-lock.json: %/package-lock.json | build/packages
	cd $* && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error

test: build/packages-test
	@MAKE="$(MAKE)" JOBS=$(JOBS) tests/all.sh

# ---- sanitizers: the unit tests again, once a compiler --------------------
SANITIZE = -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
           -fno-sanitize-recover=all
.PHONY: sanitize-gcc sanitize-clang
sanitize: sanitize-gcc sanitize-clang
sanitize-gcc sanitize-clang: sanitize-%:
	@$(MAKE) -s -j$(JOBS) BUILD=build/sanitize-$* CC=$* \
	    CFLAGS='$(SANITIZE)' sanitize-build
	@$(MAKE) -s BUILD=build/sanitize-$* unit
.PHONY: sanitize-build
sanitize-build: $(TESTS)

# ---- fault points, which only this build has ------------------------------
.PHONY: fault
fault:
	@$(MAKE) -s -j$(JOBS) BUILD=build/fault CFLAGS='-g -DYAOHAO_FAULT' \
	    build/fault/yaohao

# ---- fuzzing: tests/fuzz/NAME_fuzz.c with its corpus tests/fuzz/NAME/ -----
fuzz:
	@$(MAKE) -s -j$(JOBS) BUILD=build/fuzz CC=clang \
	    CFLAGS='$(SANITIZE) -fsanitize=fuzzer-no-link \
	    -fprofile-instr-generate -fcoverage-mapping' fuzzers
	@tests/fuzz/run.sh
fuzzers: $(FUZZERS)

$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(LIBRARY) $(BLST)
	$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) $^ $(LDLIBS) -o $@

# ---- analysers: zero findings ---------------------------------------------
OURS := $(SOURCES) $(wildcard tests/*.c tests/*/*.c)
.PHONY: tidy-gcc tidy-clang tidy-cppcheck
tidy-deep: tidy-gcc tidy-clang tidy-cppcheck
# Leaks are LeakSanitizer's: gcc 12 loses sight of what struct bytes owns.
tidy-gcc:
	@$(MAKE) -s -k -j$(JOBS) BUILD=build/analyse CFLAGS='-g -fanalyzer \
	    -Wno-analyzer-malloc-leak' \
	    WERROR=-Werror tidy-gcc-build
.PHONY: tidy-gcc-build
tidy-gcc-build: $(OBJECTS)
# What is there by an earlier rule of the verifier is not tested again.
build/analyse/audits/%.o: WARN += -Wno-analyzer-null-dereference
tidy-clang: $(BLST)
	@echo $(OURS) | xargs -n 4 -P $(JOBS) sh -c 'clang-tidy --quiet "$$@" \
	    -- -std=c11 $(CPPFLAGS) 2>/dev/null' sh
tidy-cppcheck:
	@# uninit*: cppcheck 2.10 does not see that f(x.b) fills struct x;
	@# gcc, clang and the sanitizers do look for it.  memleak: struct bytes
	@# owns what store_draw.c hands out.
	@cppcheck --quiet --std=c11 --inline-suppr -j $(JOBS) \
	    --enable=warning,performance,portability --error-exitcode=1 \
	    --suppress=missingInclude --suppress=uninitvar \
	    --suppress=uninitStructMember \
	    --suppress=memleak:service/store/store_draw.c -D_GNU_SOURCE -Iservice -I. $(SOURCES)

install: all
	install -D -m 0755 build/yaohao $(DESTDIR)$(PREFIX)/bin/yaohao
	$(if $(STATIC),install -m 0755 $(STATIC) $(DESTDIR)$(PREFIX)/bin/yaohao-verify)

bench: all
	@sh tests/bench/run.sh

clean:
	rm -rf build

.SECONDARY:
-include $(OBJECTS:.o=.d) $(wildcard $(BUILD)/tests/*.d $(BUILD)/tests/*/*.d)
