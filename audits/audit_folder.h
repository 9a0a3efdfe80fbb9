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

struct audit_folder {
    const char *path; /* borrowed */
    uint64_t *heads;  /* ascending */
    size_t head_count;
};

/* Lists heads/.  ERR_MEMORY; a folder that is missing has no heads. */
MUST_CHECK enum err audit_folder_open(struct audit_folder *folder,
                                      const char *path);
void audit_folder_close(struct audit_folder *folder);

/* Borrowed: until the folder is closed. */
struct audit_source audit_folder_source(struct audit_folder *folder);

#endif
