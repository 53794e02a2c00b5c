#include <errno.h>
#include <libgen.h>
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

/* Has a line of memory brought into the cache, for whoever comes soon. */
static inline void prefetch(const void *address) { __builtin_prefetch(address); }

/* Which of two numbers are negative, as bits: what Swift makes of any(mask) takes four times as long. */
typedef long long two_numbers __attribute__((ext_vector_type(2)));
static inline int signs(two_numbers numbers) {
    typedef double two_doubles __attribute__((vector_size(16)));
    return __builtin_ia32_movmskpd((two_doubles)numbers);
}

/* The processor's clock. */
static inline unsigned long long cycles(void) { return __builtin_ia32_rdtsc(); }

/* The same number, hidden from the optimizer. It likes to calculate with x and y as a pair; where each result is waited
   for, moving numbers into pairs and out of them takes longer than it saves. */
static inline double alone(double number) {
    __asm__("" : "+x"(number));
    return number;
}
