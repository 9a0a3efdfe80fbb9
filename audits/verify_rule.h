/*
 * verify_rule — one function for every rule, one file for every theme.
 *
 * Each answers whether its rule holds; verify.c runs them in the order of
 * their numbers.  A rule about things that are absent holds.
 * Source: FORMAT 9.
 */
#ifndef AUDITS_VERIFY_RULE_H
#define AUDITS_VERIFY_RULE_H

#include "audits/verify_case.h"

/* A policy by which time is judged, and what it says of each head. */
struct verify_judge {
    const struct policy *policy;
    bool is_asked; /* --policy's: the heads' asked_view counts */
};

/* verify_proof.c: part 1 */
bool verify_proof_size(struct verify *v);
bool verify_proof_canonical(struct verify *v);
bool verify_proof_form(struct verify *v);

/* verify_bytes.c: part 2 */
bool verify_bytes_attachments(struct verify *v);
bool verify_bytes_policy(struct verify *v);
bool verify_bytes_notes(struct verify *v);
bool verify_bytes_log_signatures(struct verify *v);
bool verify_bytes_cosignatures(struct verify *v);
bool verify_bytes_consistency(struct verify *v);
bool verify_bytes_inclusion(struct verify *v);

/* verify_entry.c, verify_text.c: part 3 */
bool verify_entry_canonical(struct verify *v);
bool verify_entry_order(struct verify *v);
bool verify_entry_form(struct verify *v);
bool verify_entry_attachments(struct verify *v);
bool verify_entry_elements(struct verify *v);
bool verify_entry_heads(struct verify *v);
bool verify_text_form(struct verify *v);

/* verify_log.c: the log, its plan and the announcement */
bool verify_log_origin(struct verify *v);
bool verify_log_prev(struct verify *v);
bool verify_log_time(struct verify *v);
bool verify_log_draw(struct verify *v);
bool verify_log_book(struct verify *v);
bool verify_log_plan(struct verify *v);
bool verify_log_policy(struct verify *v);
bool verify_log_chain(struct verify *v);
bool verify_log_times(struct verify *v);
bool verify_log_mode(struct verify *v);

/* verify_time.c: what the witnesses saw when */
bool verify_time_lead(struct verify *v);
bool verify_time_freeze(struct verify *v);
bool verify_time_reveal(struct verify *v);
bool verify_time_opened(struct verify *v);
bool verify_time_quorum(struct verify *v);
bool verify_time_asked(struct verify *v);
/* Is the void's head late by this judge?  Part of 4.20. */
bool verify_time_late(const struct verify *v, const struct verify_judge *j);

/* verify_freeze.c */
bool verify_freeze_strata(struct verify *v);
bool verify_freeze_hiding(struct verify *v);
bool verify_freeze_pools(struct verify *v);
bool verify_freeze_custody(struct verify *v);

/* verify_reveal.c: reveal and void */
bool verify_reveal_secret(struct verify *v);
bool verify_reveal_contributions(struct verify *v);
bool verify_reveal_void(struct verify *v);

/* verify_draw.c: beacon, positions, replacements */
bool verify_draw_round(struct verify *v);
bool verify_draw_beacon(struct verify *v);
bool verify_draw_strata(struct verify *v);
bool verify_draw_positions(struct verify *v);
bool verify_draw_replacements(struct verify *v);
bool verify_draw_posts(struct verify *v);
bool verify_draw_annul(struct verify *v);
bool verify_draw_signature(struct verify *v);

/* verify_opening.c, verify_crew.c */
bool verify_opening_targets(struct verify *v);
bool verify_opening_key(struct verify *v);
bool verify_opening_rows(struct verify *v);
bool verify_opening_duties(struct verify *v);
bool verify_opening_disclosures(struct verify *v);
bool verify_crew_drawn(struct verify *v);
bool verify_crew_inspectors(struct verify *v);
bool verify_crew_later(struct verify *v);

/* verify_team.c, verify_standin.c */
bool verify_team_holders(struct verify *v);
bool verify_standin_crews(struct verify *v);

#endif
