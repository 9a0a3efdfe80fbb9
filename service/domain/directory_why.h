/*
 * directory_why — what happened and what to do next; shared by directory
 * and directory_create.
 *
 * Source: domain/directory.h.
 */
#ifndef DOMAIN_DIRECTORY_WHY_H
#define DOMAIN_DIRECTORY_WHY_H

#include "domain/directory.h"

/* Sets why; returns `err`. */
__attribute__((format(printf, 3, 4))) enum err
directory_why(struct directory *dir, enum err err, const char *format, ...);
/* Reads --now and --entropy; needs is_rehearsal.  ERR_INPUT. */
enum err directory_override(struct directory *dir,
                            const struct directory_options *options);
/*
 * The pass phrase into secret memory of TERMINAL_LINE_MAX bytes.  Owned by
 * the caller: crypto_release(text->at …) through *room.
 */
enum err directory_passphrase(uint8_t **room, struct bytes *text,
                              struct directory *dir,
                              const struct directory_options *options,
                              bool is_new);
/* Entry 0, where it is missing: the last act of init. */
enum err directory_first_entry(struct directory *dir);
/* Where the guard lies: `stored`, or guard.db beside the database. */
enum err directory_guard_path(char to[FILE_PATH_MAX],
                              const struct directory *dir, const char *stored);

#endif
