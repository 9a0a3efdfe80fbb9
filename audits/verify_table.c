#include "audits/verify_table.h"

#include "audits/form_table.h"

static const struct form int_or_null = { .type = FORM_INT,
                                         .max = (uint64_t)CANON_INTEGER_MAX,
                                         .is_nullable = true };
/* A name, or nothing. */
static const struct form name_or_empty = { .type = FORM_LINE, .max = 200 };

/* ---- 3.1 to 3.4: what stands before a draw ---------------------------- */

static const struct form_key test_beacon[] = {
    { "genesis", &form_int, 0 },
    { "key", STRING(FORM_HEX, 96, 96), 0 },
    { "period", INT(1, 3600), 0 },
    END,
};
static const struct form_key log_keys[] = {
    { "beacon", OBJECT(test_beacon), FACT_REHEARSAL },
    DRAW,
    { "format", INT(1, 1), 0 },
    KIND,
    { "mode", WORDS("official", "rehearsal"), 0 },
    { "origin", &form_name, 0 },
    { "policy", &form_hex32, 0 },
    PREV,
    TIME,
    END,
};

static const struct form_key item_keys[] = {
    { "basis", STRING(FORM_TEXT, 1, 4000), 0 },
    { "category", WORDS("一般", "重点"), 0 },
    { "code", &form_name, 0 },
    { "departments", ARRAY(&form_name, 0, NO_LIMIT), 0 },
    { "field", &form_text, 0 },
    { "name", &form_name, 0 },
    { "targets", &form_text, 0 },
    { "way", &form_text, 0 },
    END,
};
static const struct form_key items_keys[] = {
    DRAW,
    KIND,
    { "list", LIST(OBJECT(item_keys)), 0 },
    PREV,
    TIME,
    { "version", INT(1, (uint64_t)CANON_INTEGER_MAX), 0 },
    END,
};

static const struct form_key quota_keys[] = {
    { "least", &form_flag, 0 },
    { "name", &form_name, 0 },
    { "take", TYPE(FORM_TAKE), 0 },
    END,
};
static const struct form_key batch_keys[] = {
    { "code", &form_name, 0 },
    { "departments", ARRAY(&form_name, 1, 32), 0 },
    { "follows", &form_int, 0 },
    { "items", ARRAY(&form_name, 1, 256), 0 },
    { "name", &form_name, 0 },
    { "quotas", ARRAY(OBJECT(quota_keys), 1, 256), 0 },
    { "scope", &form_text, 0 },
    END,
};
static const struct form_key plan_keys[] = {
    { "amends", &form_hex32, 0 },
    { "batches", LIST(OBJECT(batch_keys)), 0 },
    DRAW,
    KIND,
    PREV,
    TIME,
    { "year", &form_int, 0 },
    END,
};
static const struct form_key seed_book_keys[] = {
    { "book", &form_name, 0 },
    DRAW,
    KIND,
    { "list", &form_hex32, 0 },
    PREV,
    { "root", &form_hex32, 0 },
    { "slots", INT(1, 100000), 0 },
    { "supplement", &form_text, 0 },
    TIME,
    END,
};

/* ---- 3.5 announcement -------------------------------------------------- */

static const struct form_key signer_keys[] = {
    { "key", &form_hex32, 0 },
    { "name", &form_name, 0 },
    END,
};
static const struct form_key department_keys[] = {
    { "name", &form_name, 0 },
    { "seats", INT(1, 9), 0 },
    END,
};
static const struct form_key exclusion_keys[] = {
    { "column", WORDS("code", "type", "district", "risk", "tags"), 0 },
    { "document", &form_text, 0 },
    { "reason", &form_name, 0 },
    { "values", ARRAY(&form_name, 1, 1000), 0 },
    END,
};
static const struct form_key given_keys[] = {
    { "by", &form_name, 0 },
    { "document", &form_name, 0 },
    { "sha256", &form_hex32, 0 },
    END,
};
static const struct form_key scope_keys[] = {
    { "district", ARRAY(STRING(FORM_DIGITS, 6, 6), 0, 1000), 0 },
    { "type", ARRAY(&form_name, 0, 1000), 0 },
    END,
};
static const struct form_key stratum_keys[] = {
    { "class", WORDS("internal", "public"), 0 },
    { "least", &form_flag, 0 },
    { "name", &form_name, 0 },
    { "take", TYPE(FORM_TAKE), 0 },
    END,
};
static const struct form_key announcement_keys[] = {
    { "batch", &form_name, 0 },
    { "beacon", WORDS("quicknet", "test"), 0 },
    { "book", &form_hex32, 0 },
    { "columns",
      UNIQUE(WORDS("code", "name", "type", "district", "kind"), 1, 5, ""), 0 },
    { "contributors", UNIQUE(OBJECT(signer_keys), 0, 16, "name"), 0 },
    { "custodian", OBJECT_OR_NULL(signer_keys), 0 },
    { "departments", UNIQUE(OBJECT(department_keys), 1, 32, "name"), 0 },
    { "disclosure", WORDS("kept", "waived"), 0 },
    DRAW,
    { "ending", &form_hex32, 0 },
    { "exclusions", ARRAY(OBJECT(exclusion_keys), 0, 64), 0 },
    { "given", OBJECT_OR_NULL(given_keys), 0 },
    { "items", UNIQUE(&form_name, 1, 256, ""), 0 },
    KIND,
    { "mirror", &name_or_empty, 0 },
    { "mode", WORDS("open", "sealed"), 0 },
    { "policy", &form_hex32, 0 },
    PREV,
    { "scope", OBJECT(scope_keys), 0 },
    { "slot", &form_int, 0 },
    { "strata", UNIQUE(OBJECT(stratum_keys), 1, 256, "name"), 0 },
    { "stratify", WORDS("none", "district", "type", "risk"), 0 },
    { "t0", &form_int, 0 },
    { "t1", &form_int, 0 },
    { "t4", &form_int, 0 },
    TIME,
    { "urgent", &form_flag, 0 },
    END,
};

/* ---- 3.6 to 3.9: freeze, reveal, beacon, draw -------------------- */

static const struct form_key excluded_keys[] = {
    { "commitment", &form_hex32, 0 },
    { "count", &form_int, 0 },
    { "rule", &form_int, 0 },
    END,
};
static const struct form_key register_keys[] = {
    { "codes", &form_int, 0 },
    { "sha256", &form_hex32, 0 },
    { "version", &form_int, 0 },
    END,
};
static const struct form_key roster_keys[] = {
    { "commitment", &form_hex32, 0 },
    { "count", &form_int, 0 },
    END,
};
static const struct form_key frozen_keys[] = {
    { "commitment", &form_hex32, 0 },
    { "count", &form_int, 0 },
    { "name", &form_name, 0 },
    END,
};
static const struct form_key freeze_keys[] = {
    { "caps", LIST(&int_or_null), 0 },
    { "custody", &form_hex64, FACT_CUSTODIAN },
    DRAW,
    { "excluded", ARRAY(OBJECT(excluded_keys), 0, NO_LIMIT), 0 },
    { "frame_key", &form_hex32, 0 },
    KIND,
    { "pools", LIST(ARRAY(&form_int, 1, 100000)), 0 },
    PREV,
    { "register", OBJECT(register_keys), 0 },
    { "roster", OBJECT(roster_keys), 0 },
    { "roster_key", &form_hex32, 0 },
    { "strata", ARRAY(OBJECT(frozen_keys), 0, NO_LIMIT), 0 },
    TIME,
    END,
};

static const struct form_key contribution_keys[] = {
    { "name", &form_name, 0 },
    { "signature", &form_hex64, 0 },
    { "value", STRING(FORM_HEX, 1, 64), 0 },
    END,
};
static const struct form_key reveal_keys[] = {
    { "contributions", ARRAY(OBJECT(contribution_keys), 0, 16), 0 },
    DRAW,
    { "frame_key", &form_hex32, FACT_OPEN },
    KIND,
    PREV,
    { "secret", &form_hex32, 0 },
    TIME,
    END,
};

static const struct form_key beacon_keys[] = {
    { "chain", WORDS("quicknet", "test"), 0 },
    DRAW,
    KIND,
    PREV,
    { "round", INT(1, (uint64_t)CANON_INTEGER_MAX), 0 },
    { "signature", &form_hex48, 0 },
    TIME,
    END,
};

static const struct form_key drawn_keys[] = {
    { "count", &form_int, 0 },
    { "name", &form_name, 0 },
    { "positions", &form_hex32, 0 },
    { "take", &form_int, 0 },
    END,
};
static const struct form_key draw_keys[] = {
    { "crews", &form_hex32, 0 },
    DRAW,
    KIND,
    PREV,
    { "strata", ARRAY(OBJECT(drawn_keys), 0, NO_LIMIT), 0 },
    TIME,
    END,
};

#define ENTRY(word, table) { word, { .type = FORM_OBJECT, .keys = (table) } }

const struct verify_table verify_table[KIND_COUNT] = {
    [KIND_LOG] = ENTRY("log", log_keys),
    [KIND_PLAN] = ENTRY("plan", plan_keys),
    [KIND_SEED_BOOK] = ENTRY("seed-book", seed_book_keys),
    [KIND_ANNOUNCEMENT] = ENTRY("announcement", announcement_keys),
    [KIND_FREEZE] = ENTRY("freeze", freeze_keys),
    [KIND_REVEAL] = ENTRY("reveal", reveal_keys),
    [KIND_BEACON] = ENTRY("beacon", beacon_keys),
    [KIND_DRAW] = ENTRY("draw", draw_keys),
    [KIND_VOID] = ENTRY("void", verify_table_void),
    [KIND_OPENING] = ENTRY("opening", verify_table_opening),
    [KIND_REPLACEMENT] = ENTRY("replacement", verify_table_replacement),
    [KIND_STAND_IN] = ENTRY("stand-in", verify_table_stand_in),
    [KIND_DIRECT] = ENTRY("direct", verify_table_direct),
    [KIND_ANNUL] = ENTRY("annul", verify_table_annul),
    [KIND_ITEMS] = ENTRY("items", items_keys),
};

enum verify_kind verify_table_kind(struct bytes name)
{
    for (unsigned kind = 0; kind < KIND_COUNT; kind++)
        if (bytes_equal_text(name, verify_table[kind].kind))
            return (enum verify_kind)kind;
    return KIND_COUNT;
}
