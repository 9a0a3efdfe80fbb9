/*
 * audit_folder — a log as a folder: what /log/ serves, saved as files.
 *
 *     checkpoint  tile/0/000.p/9  tile/entries/000.p/9  files/…  heads/9
 *
 * Source: FORMAT 2.
 */
#ifndef AUDITS_AUDIT_FOLDER_H
#define AUDITS_AUDIT_FOLDER_H

#include "audits/audit.h"

/* Borrowed: `path` must outlive the source. */
struct audit_source audit_folder_source(const char *path);

#endif
