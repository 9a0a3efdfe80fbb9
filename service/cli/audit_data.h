/*
 * audit_data — a data directory as an audit reads it: the same paths as
 * under /log/, answered from the database and files/.
 *
 * Source: FORMAT 2.
 */
#ifndef CLI_AUDIT_DATA_H
#define CLI_AUDIT_DATA_H

#include "audits/audit.h"
#include "domain/directory.h"

/* Borrowed: `dir`, open, must outlive the source. */
struct audit_source audit_data_source(struct directory *dir);

#endif
