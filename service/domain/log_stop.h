/*
 * log_stop — how a log goes into quarantine; shared by log and log_open.
 *
 * Source: domain/log.h.
 */
#ifndef DOMAIN_LOG_STOP_H
#define DOMAIN_LOG_STOP_H

#include "domain/log.h"

/* Sets stop and why; returns `err`. */
__attribute__((format(printf, 3, 4))) enum err
log_stop(struct log *log, enum err err, const char *format, ...);
/* Stored bytes have changed; `what` names the check. */
enum err log_stop_damaged(struct log *log, enum err err, const char *what);
/* It is unknown whether a write stands. */
enum err log_stop_unknown(struct log *log, enum err err, struct db *db);

/* Errors that mean changed bytes. */
bool log_is_damage(enum err err);
bool log_is_same(const struct merkle_head *a, const struct merkle_head *b);

#endif
