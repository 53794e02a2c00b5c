#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Macros that Swift cannot import. */
static inline const char *last_error(void) { return strerror(errno); }
static inline void ignore_closed_pipes(void) { signal(SIGPIPE, SIG_IGN); }
