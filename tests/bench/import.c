/*
 * import — a file of targets into a new database: the part of `yaohao
 * import` that is measured against its peer, and its peak memory.
 *
 *     bench/import FILE.csv NEW.db
 */
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "domain/import.h"
#include "host/map.h"
#include "store/db.h"

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv)
{
    struct bytes file;
    struct db *db = NULL;
    if (argc != 3) return 2;
    double start = seconds();
    if (map_open(&file, argv[1], SIZE_MAX) != OK) return 2;
    if (db_open(&db, argv[2], DB_CREATE) != OK) return 2;
    if (db_migrate(db, db_schema_main) != OK) return 2;

    struct import import = { .kind = EDITION_TARGETS,
                             .file = file,
                             .accepts_warnings = true };
    enum err err = import_run(&import, db);
    unsigned long rows = import.edition.count;
    unsigned long warnings = import.report.count[REPORT_WARNING];
    import_release(&import);
    db_close(db);
    map_close(&file);

    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%s rows=%lu warnings=%lu seconds=%.3f peak_mib=%ld\n",
           err == OK ? "ok" : err_name(err), rows, warnings, seconds() - start,
           usage.ru_maxrss / 1024);
    return err == OK ? 0 : 1;
}
