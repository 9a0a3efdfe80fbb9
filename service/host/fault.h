/*
 * fault — places where a test may let the program die, to see that it goes
 * on afterwards.  Only a build with -DYAOHAO_FAULT has them.
 *
 *     YAOHAO_FAULT=log-signed:2 yaohao announce …    dies at the second hit
 *     YAOHAO_FAULT=list yaohao announce …            names every hit, stderr
 *
 * Source: kill(2) with SIGKILL; nothing is flushed, no handler runs.
 */
#ifndef HOST_FAULT_H
#define HOST_FAULT_H

#ifdef YAOHAO_FAULT
#define FAULT(name) fault_hit(name)
#else
#define FAULT(name) ((void)0)
#endif

/* Dies here if the environment says so.  `name` has no colon.  Does nothing
 * in a build without fault points. */
void fault_hit(const char *name);

#endif
