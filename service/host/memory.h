/*
 * memory — fresh memory, had from the kernel in one call.
 *
 * Memory is given page by page, when a page is first written; each costs an
 * interruption, which on a virtual machine takes as long as hashing the page
 * ten times.  A verification that lasts 15 ms spent half of it so.
 * Source: madvise(2).
 */
#ifndef HOST_MEMORY_H
#define HOST_MEMORY_H

#include "core/bytes.h"

/*
 * The first megabyte of what malloc() has just given, as good as written.
 * What it holds stays as it is; a kernel that cannot do it does nothing.
 */
void memory_touch(void *at, size_t len);

/*
 * For a program that goes on answering: what is given back stays with it, up
 * to 32 MiB, instead of coming from the kernel again for the next answer.
 */
void memory_keep(void);

/* After a piece of work far larger than what comes next: all that was freed
 * goes back to the kernel. */
void memory_give_back(void);

#endif
