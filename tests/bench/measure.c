/*
 * measure — runs a command once, its output thrown away, and prints
 *
 *     seconds on the wall, processor seconds, peak memory in MiB
 *
 *     bench/measure COMMAND [ARGUMENT...]
 *     bench/measure --runs 100 COMMAND...     the mean of a hundred runs
 *
 * Exits as the command does, or 127 where it cannot be run.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double of(struct timeval t)
{
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

static int run(char **argv, struct rusage *usage)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0) _exit(127);
        if (getenv("BENCH_LOUD") == NULL) dup2(nowhere, STDERR_FILENO);
        execvp(argv[0], argv);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, usage) != child) return 127;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 126;
}

int main(int argc, char **argv)
{
    long count = 1;
    if (argc > 3 && strcmp(argv[1], "--runs") == 0) {
        count = strtol(argv[2], NULL, 10);
        argv += 2;
        argc -= 2;
    }
    if (argc < 2 || count < 1) return 2;

    double wall = 0, processor = 0;
    long peak = 0;
    for (long i = 0; i < count; i++) {
        struct rusage usage = { 0 };
        double start = seconds();
        int exit_code = run(argv + 1, &usage);
        wall += seconds() - start;
        processor += of(usage.ru_utime) + of(usage.ru_stime);
        if (usage.ru_maxrss > peak) peak = usage.ru_maxrss;
        if (exit_code != 0) return exit_code;
    }
    printf("%.5f %.5f %ld\n", wall / (double)count, processor / (double)count,
           peak / 1024);
    return 0;
}
