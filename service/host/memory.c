#include "host/memory.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

enum { TOUCH_MIN = 64 * 1024, TOUCH_MAX = 1024 * 1024 };
enum { KEPT_MAX = 32 << 20, LARGE_MIN = 4 << 20, PAD_LEN = 1 << 20 };

void memory_touch(void *at, size_t len)
{
    if (len < TOUCH_MIN) return;
    if (len > TOUCH_MAX) len = TOUCH_MAX;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t first = (uintptr_t)at / page * page;
    uintptr_t end = ((uintptr_t)at + len) / page * page;
    /* It is only for speed: memory that is short will say so when used. */
    (void)madvise((void *)first, end - first, MADV_POPULATE_WRITE);
}

void memory_keep(void)
{
    /* Refused by another C library: then it is as before. */
    (void)mallopt(M_TRIM_THRESHOLD, KEPT_MAX);
    (void)mallopt(M_MMAP_THRESHOLD, LARGE_MIN);
    (void)mallopt(M_TOP_PAD, PAD_LEN);
}

void memory_give_back(void)
{
    (void)malloc_trim(0);
}
