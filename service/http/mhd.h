/*
 * mhd — libmicrohttpd, loaded when the first of its functions is called.
 *
 *     yaohao verify      no library but what it works with
 *     yaohao serve       MHD_start_daemon -> libmicrohttpd -> gnutls and more
 *
 * mhd.c has the functions that http/ calls, under their own names: callers
 * include <microhttpd.h> as ever.  Linked as usual the library brings ten
 * others into every verb, which takes longer than to verify a small proof.
 * Source: GNU libmicrohttpd 0.9.75; POSIX dlopen.
 */
#ifndef HTTP_MHD_H
#define HTTP_MHD_H

#include <stdbool.h>

/* The file that is looked for, for messages. */
#define MHD_LIBRARY "libmicrohttpd.so.12"

/* Is the library there, with all that is called?  Without it every function
 * fails as it does when memory is short. */
bool mhd_is_there(void);

#endif
