// A terminal that shows a full screen, or hides what is typed, and gets back what it was, however the program ends.
#include "CLinux.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// Alternate screen, no cursor, no automatic line breaks; and all of that back, with colours off.
static const char enter_sequence[] = "\033[?1049h\033[?25l\033[?7l\033[2J";
static const char leave_sequence[] = "\033[?2026l\033[0m\033[?7h\033[?25h\033[?1049l";

static int terminal = -1;
static int wake = -1;
static struct termios before, raw;
static volatile sig_atomic_t is_on = 0;
// Whether all of the screen is this program's; else the terminal only hides what is typed.
static volatile sig_atomic_t is_full = 0;

// Those that end a program that does not expect them; the others are heard elsewhere.
static const int fatal[] = {SIGILL,  SIGTRAP, SIGABRT,   SIGBUS,  SIGFPE,  SIGSEGV, SIGSYS,
                            SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ, SIGALRM};
enum { fatal_count = sizeof fatal / sizeof *fatal };

static void put(const char *text, size_t size) {
    while (size > 0) {
        ssize_t count = write(terminal, text, size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        text += count;
        size -= (size_t)count;
    }
}

// Of a terminal that is not the session's own nobody is in the background.
static int is_in_background(int fd) {
    pid_t group = tcgetpgrp(fd);
    return group >= 0 && group != getpgrp();
}

// Only write(2), tcgetpgrp(3), tcflow(3) and tcsetattr(3), which a signal handler may call (signal-safety(7)).
static void turn_on(void) {
    // Who changes a terminal from the background is stopped.
    if (!is_full && is_in_background(terminal)) return;
    tcsetattr(terminal, is_full ? TCSADRAIN : TCSANOW, &raw);
    if (is_full) put(enter_sequence, sizeof enter_sequence - 1);
    is_on = 1;
}

static void turn_off(void) {
    if (!is_on) return;
    is_on = 0;
    if (!is_full && is_in_background(terminal)) return;
    // Output that somebody has stopped (Ctrl-S) would keep the program from ending.
    tcflow(terminal, TCOON);
    if (is_full) put(leave_sequence, sizeof leave_sequence - 1);
    tcsetattr(terminal, TCSANOW, &before);
}

static void raise_wake(void) {
    uint64_t one = 1;
    ssize_t ignored = write(wake, &one, sizeof one);
    (void)ignored;
}

static void on_fatal(int number) {
    turn_off();
    signal(number, SIG_DFL);
    raise(number);
}

static void on_size(int number) {
    (void)number;
    int saved = errno;
    raise_wake();
    errno = saved;
}

// Stops as the program would without a handler, and draws anew when it goes on.
static void on_stop(int number) {
    int saved = errno;
    turn_off();
    struct sigaction plain = {.sa_handler = SIG_DFL}, own;
    sigaction(number, &plain, &own);
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, number);
    pthread_sigmask(SIG_UNBLOCK, &stop, NULL);
    raise(number);
    // Here it goes on.
    sigaction(number, &own, NULL);
    turn_on();
    raise_wake();
    errno = saved;
}

static void handle(int number, void (*handler)(int), int flags) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART | flags};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static void enter(int fd, int wake_fd) {
    terminal = fd;
    wake = wake_fd;
    // A stack that has run over can't run a handler.
    static char stack[64 << 10];
    stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&other, NULL);
    for (int i = 0; i < fatal_count; i++) handle(fatal[i], on_fatal, SA_ONSTACK);
    handle(SIGTSTP, on_stop, 0);
    if (is_full) handle(SIGWINCH, on_size, 0);
    turn_on();
}

int fleet_screen_enter(int fd, int wake_fd) {
    if (tcgetattr(fd, &before) != 0) return -1;
    raw = before;
    cfmakeraw(&raw);
    is_full = 1;
    enter(fd, wake_fd);
    return 0;
}

void fleet_echo_hide(int fd) {
    // Not again, unless it was in the background before.
    if (is_on || (terminal >= 0 && is_full) || is_in_background(fd) || tcgetattr(fd, &before) != 0) return;
    raw = before;
    raw.c_lflag &= ~(tcflag_t)ECHO;
    is_full = 0;
    enter(fd, -1);
}

void fleet_echo_show(void) {
    if (!is_full) fleet_screen_leave();
}

void fleet_screen_leave(void) {
    if (terminal < 0) return;
    turn_off();
    for (int i = 0; i < fatal_count; i++) signal(fatal[i], SIG_DFL);
    signal(SIGTSTP, SIG_DFL);
    if (is_full) signal(SIGWINCH, SIG_DFL);
    terminal = wake = -1;
}

int fleet_screen_is_on(void) { return is_on; }
