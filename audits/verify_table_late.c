#include "audits/verify_table.h"

#include "audits/form_table.h"

static const struct form note_or_null = { .type = FORM_STRING,
                                          .max = 65536,
                                          .is_nullable = true };
static const struct form int_or_null = { .type = FORM_INT,
                                         .max = (uint64_t)CANON_INTEGER_MAX,
                                         .is_nullable = true };
static const struct form hex_or_null = {
    .type = FORM_HEX, .min = 32, .max = 32, .is_nullable = true
};

/* ---- 3.10 void ---------------------------------------------------------- */

const struct form_key verify_table_void[] = {
    BY,
    { "cause",
      WORDS("freeze-late", "reveal-late", "does-not-open",
            "contributor-missing"), 0 },
    DRAW,
    { "head", &form_note, 0 },
    KIND,
    PREV,
    { "reason", &form_text, 0 },
    TIME,
    END,
};

/* ---- 3.11 to 3.15: opening and what may follow -------------------------- */

static const struct form_key later_keys[] = {
    { "crew", &form_note, 0 },
    { "entry", &form_hex32, 0 },
    END,
};
static const struct form_key target_keys[] = {
    { "blind", &form_hex32, FACT_INTERNAL },
    { "crew", &note_or_null, 0 },
    { "crew_blind", &form_hex32, 0 },
    { "crew_path", &form_path, 0 },
    { "dblind", &form_hex32, 0 },
    { "duty", &form_note, 0 },
    { "later", ARRAY(OBJECT(later_keys), 0, NO_LIMIT), 0 },
    { "order", &form_hex32, FACT_INTERNAL },
    { "path", &form_path, 0 },
    { "position", &form_int, 0 },
    { "row", &form_note, 0 },
    { "stratum", &form_name, 0 },
    END,
};
static const struct form_key inspector_keys[] = {
    { "blind", &form_hex32, 0 },
    { "index", &form_int, 0 },
    { "path", &form_path, 0 },
    { "person", &form_hex32, 0 },
    { "text", &form_note, 0 },
    END,
};
static const struct form_key disclosure_keys[] = {
    { "entry", &form_hex32, 0 },
    { "salt", &form_hex32, 0 },
    { "why", &form_note, 0 },
    END,
};
static const struct form_key frame_keys[] = {
    { "name", &form_name, 0 },
    { "sha256", &form_hex32, 0 },
    END,
};
const struct form_key verify_table_opening[] = {
    BY,
    { "disclosures", LIST(OBJECT(disclosure_keys)), 0 },
    DRAW,
    { "frame_key", &form_hex32, FACT_PUBLIC },
    { "frames", ARRAY(OBJECT(frame_keys), 0, NO_LIMIT), FACT_PUBLIC },
    { "inspectors", LIST(OBJECT(inspector_keys)), 0 },
    KIND,
    PREV,
    { "targets", LIST(OBJECT(target_keys)), 0 },
    TIME,
    END,
};

static const struct form_key replaced_keys[] = {
    { "inspectors", ARRAY(OBJECT(inspector_keys), 0, NO_LIMIT), 0 },
    { "target", OBJECT_OR_NULL(target_keys), 0 },
    END,
};
const struct form_key verify_table_replacement[] = {
    BY,
    { "crew", &hex_or_null, 0 },
    { "digest", &form_hex32, FACT_SEALED },
    DRAW,
    { "evidence", &form_hex32, 0 },
    KIND,
    { "opens", OBJECT(replaced_keys), FACT_OPENED },
    { "ordinal", &form_int, 0 },
    { "position", &form_int, 0 },
    PREV,
    { "reserve", &int_or_null, 0 },
    { "stratum", &form_name, 0 },
    TIME,
    { "why", &form_note, FACT_CLEAR },
    END,
};

static const struct form_key stood_in_keys[] = {
    { "crew", &form_note, 0 },
    { "inspectors", ARRAY(OBJECT(inspector_keys), 0, NO_LIMIT), 0 },
    END,
};
const struct form_key verify_table_stand_in[] = {
    BY,
    { "crew", &form_hex32, 0 },
    { "digest", &form_hex32, FACT_SEALED },
    DRAW,
    KIND,
    { "opens", OBJECT(stood_in_keys), FACT_OPENED },
    { "position", &form_int, 0 },
    PREV,
    { "stratum", &form_name, 0 },
    TIME,
    { "why", &form_note, FACT_CLEAR },
    END,
};

const struct form_key verify_table_direct[] = {
    BY,
    DRAW,
    KIND,
    { "position", &form_int, 0 },
    PREV,
    { "reason", &form_text, 0 },
    { "seat", &form_int, 0 },
    { "stratum", &form_name, 0 },
    TIME,
    { "unit", &form_name, 0 },
    END,
};

const struct form_key verify_table_annul[] = {
    { "authority", &form_name, 0 },
    BY,
    { "document", &form_name, 0 },
    DRAW,
    KIND,
    PREV,
    { "sha256", &form_hex32, 0 },
    TIME,
    END,
};

/* ---- 4.3 to 4.5, 3.12, 3.13: texts inside strings ----------------------- */

static const struct form_key duty_keys[] = {
    { "posts", ARRAY(&form_int, 0, NO_LIMIT), 0 },
    { "recused", ARRAY(&form_int, 0, NO_LIMIT), 0 },
    END,
};
const struct form verify_table_duty = { .type = FORM_OBJECT,
                                        .keys = duty_keys };

static const struct form_key holder_keys[] = {
    { "certificate", &form_name, 0 },
    { "index", &form_int, 0 },
    { "unit", &form_name, 0 },
    END,
};
static const struct form_key crew_keys[] = {
    { "holders", ARRAY(OBJECT_OR_NULL(holder_keys), 0, NO_LIMIT), 0 },
    END,
};
const struct form verify_table_crew = { .type = FORM_OBJECT,
                                        .keys = crew_keys };

static const struct form_key inspector_text_keys[] = {
    { "certificate", &form_name, 0 },
    { "unit", &form_name, 0 },
    END,
};
const struct form verify_table_inspector = { .type = FORM_OBJECT,
                                             .keys = inspector_text_keys };

static const struct form_key dropped_keys[] = {
    { "away", ARRAY(&form_int, 0, 100000), 0 },
    { "date", TYPE(FORM_DATE), 0 },
    { "reason", WORDS("注销", "吊销", "撤销", "迁出"), 0 },
    { "source", &form_name, 0 },
    END,
};
const struct form verify_table_dropped = { .type = FORM_OBJECT,
                                           .keys = dropped_keys };

static const struct form_key removed_keys[] = {
    { "away", ARRAY(&form_int, 0, 100000), 0 },
    { "class", &form_name, 0 },
    { "removed", &form_int, 0 },
    { "seat", &form_int, 0 },
    END,
};
const struct form verify_table_removed = { .type = FORM_OBJECT,
                                           .keys = removed_keys };

/* ---- 8: the proof file -------------------------------------------------- */

static const struct form_key commitment_keys[] = {
    { "commit", &form_hex32, 0 },
    { "path", &form_path, 0 },
    END,
};
static const struct form_key placed_keys[] = {
    { "index", &form_int, 0 },
    { "path", &form_path, 0 },
    { "text", STRING(FORM_STRING, 0, NO_LIMIT), 0 },
    END,
};
static const struct form_key head_keys[] = {
    { "consistency", &form_path, 0 },
    { "note", &form_note, 0 },
    END,
};
static const struct form_key heads_keys[] = {
    { "announced", OBJECT(head_keys), 0 },
    { "final", OBJECT(head_keys), 0 },
    { "frozen", OBJECT(head_keys), FACT_FROZEN },
    { "late", OBJECT(head_keys), FACT_LATE },
    { "revealed", OBJECT(head_keys), FACT_REVEALED },
    END,
};
static const struct form attachments = {
    .type = FORM_MAP,
    .item = &form_hex32,
    .each = &(const struct form){ .type = FORM_STRING, .max = NO_LIMIT }
};
static const struct form_key proof_keys[] = {
    { "attachments", &attachments, 0 },
    { "commitment", OBJECT(commitment_keys), 0 },
    { "entries", ARRAY(OBJECT(placed_keys), 4, 10000), 0 },
    { "format", WORDS("yaohao-proof/1"), 0 },
    { "heads", OBJECT(heads_keys), 0 },
    { "policy", &form_note, 0 },
    END,
};
const struct form verify_table_proof = { .type = FORM_OBJECT,
                                         .keys = proof_keys };
