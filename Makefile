# yaohao — make help lists the targets.  Everything built is under build/.
CC      ?= gcc
BUILD   ?= build
WARN     = -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow \
           -Wcast-qual -Wwrite-strings -Wformat=2 -Wundef -Wvla \
           -Wswitch-enum -Wstrict-prototypes -Wmissing-prototypes \
           -Wimplicit-fallthrough
HARDEN   = -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 \
           -fstack-protector-strong -fstack-clash-protection -fPIE
CPPFLAGS += -D_GNU_SOURCE -Iservice -I. -I$(BUILD)
CFLAGS  ?= -g
ALL_CFLAGS = -std=c11 $(WARN) $(HARDEN) $(CFLAGS) -MMD -MP
LDLIBS   = -lsodium -lcrypto -ljansson -lsqlite3 -lmicrohttpd -lutf8proc \
           -lpthread -lm
LDFLAGS += -pie -Wl,-z,relro,-z,now

SOURCES := $(wildcard service/*/*.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
MAIN    := $(BUILD)/service/cli/main.o
LIBRARY := $(filter-out $(MAIN),$(OBJECTS)) $(BUILD)/schema.o
TESTS   := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/*_test.c))

.PHONY: all unit clean
all: $(TESTS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c $< -o $@

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(LIBRARY)
	$(CC) $(LDFLAGS) $^ -lcmocka $(LDLIBS) -o $@

# The numbered schema files become part of the program.
$(BUILD)/schema.c: service/store/schema.sh \
                   $(wildcard service/store/schema/*.sql) \
                   $(wildcard service/store/schema/*/*.sql)
	@mkdir -p $(@D)
	service/store/schema.sh service/store/schema > $@.new && mv $@.new $@

$(BUILD)/schema.o: $(BUILD)/schema.c
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c $< -o $@

unit: $(TESTS)
	@for t in $(TESTS); do $$t || exit 1; done

clean:
	rm -rf $(BUILD)

.SECONDARY:
-include $(OBJECTS:.o=.d) $(wildcard $(BUILD)/tests/*.d)
