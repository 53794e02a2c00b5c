// What the Glibc module does not export: epoll, eventfd, and macros Swift cannot import.
#pragma once
#include <spawn.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

/// EPOLLIN and friends as plain integers: the enum with attributes imports badly.
enum { fleet_epoll_in = EPOLLIN, fleet_epoll_out = EPOLLOUT, fleet_epoll_oneshot = EPOLLONESHOT };

/// epoll_data_t is a union; the token is all that is ever stored in it.
int fleet_epoll_set(int epoll_fd, int operation, int fd, uint32_t events, uint64_t token);
uint64_t fleet_epoll_token(const struct epoll_event *event);

/// A flag of spawn.h that needs _GNU_SOURCE.
extern const int fleet_spawn_setsid;

/// posix_spawn_file_actions_addchdir_np(3), which needs _GNU_SOURCE.
int fleet_spawn_add_chdir(posix_spawn_file_actions_t *actions, const char *path);

/// posix_spawn_file_actions_addclosefrom_np(3), which needs _GNU_SOURCE: closes every descriptor from `first` on.
int fleet_spawn_add_closefrom(posix_spawn_file_actions_t *actions, int first);

/// The name of a signal without its SIG, or a null pointer.
const char *fleet_signal_name(int number);

/// pidfd_open(2), which glibc has no wrapper for before 2.36. A descriptor that reads as ready once the process has ended.
int fleet_pidfd_open(pid_t process);

/// accept4(2), which needs _GNU_SOURCE: a connection that does not block and is closed on exec.
int fleet_accept(int fd, struct sockaddr *address, unsigned int *size);

/// pipe2(2) and mkostemp(3) with O_CLOEXEC, which need _GNU_SOURCE.
int fleet_pipe(int ends[2]);
int fleet_temporary_file(char *name);

/// syncfs(2), which needs _GNU_SOURCE: waits until the disk has all of the file system that a file lies on.
int fleet_sync_file_system(int fd);

/// Takes a write lock on a whole file that belongs to the open file (F_OFD_SETLK of fcntl(2), which needs _GNU_SOURCE); -1 with
/// EAGAIN when somebody else has one. Closing the last copy of the descriptor gives it back.
int fleet_lock(int fd);

/// Gives the lock back, whoever holds copies of the descriptor.
int fleet_unlock(int fd);

/// Whether somebody else has such a lock, without taking it (F_OFD_GETLK): 1, 0, or -1 on an error.
int fleet_is_locked(int fd);

/// The environment of the process.
char *const *fleet_environment(void);

/// Takes a variable out of the environment and overwrites its value where the kernel has put it, which is what
/// /proc/PID/environ shows (proc_pid_environ(5)); unsetenv(3) alone leaves it there.
void fleet_forget_variable(const char *name);

/// The wait status macros of wait(2).
int fleet_exited(int status);
int fleet_exit_code(int status);
int fleet_signal(int status);

/// malloc_usable_size(3): how many bytes an allocation takes.
size_t fleet_allocated(void *memory);

/// wcwidth(3), which needs _XOPEN_SOURCE, in the locale C.UTF-8: how many columns of a terminal a character takes, and -1
/// for what is no character there or moves the cursor.
int fleet_character_width(uint32_t character);

/// Shows a full screen on a terminal: raw mode (termios(3)), the alternate screen, no cursor. SIGTSTP and the signals of a
/// program that dies give the terminal back what it was; SIGWINCH, and the end of a stop, write 1 to the eventfd.
/// One for a process. 0, or -1 with errno where the descriptor is no terminal.
int fleet_screen_enter(int fd, int wake);

/// Gives the terminal back what it was. Safe at any moment, as often as one likes.
void fleet_screen_leave(void);

int fleet_screen_is_on(void);

/// Hides what is typed on a terminal, while this program is in its foreground; keys such as Ctrl-C and Ctrl-Z do what they
/// did. The terminal gets back what it was by the same signals as with a full screen. Nothing where a full screen is
/// shown; does no harm as often as one likes.
void fleet_echo_hide(int fd);

/// Shows again what is typed; nothing where a full screen is shown.
void fleet_echo_show(void);
