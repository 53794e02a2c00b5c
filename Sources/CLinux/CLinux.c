#define _GNU_SOURCE
#include "CLinux.h"

#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <wchar.h>

int fleet_epoll_set(int epoll_fd, int operation, int fd, uint32_t events, uint64_t token) {
    struct epoll_event event = {.events = events, .data.u64 = token};
    return epoll_ctl(epoll_fd, operation, fd, &event);
}

uint64_t fleet_epoll_token(const struct epoll_event *event) { return event->data.u64; }

int fleet_accept(int fd, struct sockaddr *address, unsigned int *size) {
    return accept4(fd, address, size, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int fleet_exited(int status) { return WIFEXITED(status); }
int fleet_exit_code(int status) { return WEXITSTATUS(status); }
int fleet_signal(int status) { return WTERMSIG(status); }

const int fleet_spawn_setsid = POSIX_SPAWN_SETSID;

int fleet_spawn_add_chdir(posix_spawn_file_actions_t *actions, const char *path) {
    return posix_spawn_file_actions_addchdir_np(actions, path);
}

int fleet_spawn_add_closefrom(posix_spawn_file_actions_t *actions, int first) {
    return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int fleet_pidfd_open(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

int fleet_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int fleet_temporary_file(char *name) { return mkostemp(name, O_CLOEXEC); }

int fleet_sync_file_system(int fd) { return syncfs(fd); }

static struct flock whole_file(short type) {
    return (struct flock){.l_type = type, .l_whence = SEEK_SET, .l_start = 0, .l_len = 0, .l_pid = 0};
}

int fleet_lock(int fd) {
    struct flock lock = whole_file(F_WRLCK);
    return fcntl(fd, F_OFD_SETLK, &lock);
}

int fleet_unlock(int fd) {
    struct flock lock = whole_file(F_UNLCK);
    return fcntl(fd, F_OFD_SETLK, &lock);
}

int fleet_is_locked(int fd) {
    struct flock lock = whole_file(F_WRLCK);
    if (fcntl(fd, F_OFD_GETLK, &lock) != 0) return -1;
    return lock.l_type != F_UNLCK;
}

const char *fleet_signal_name(int number) { return sigabbrev_np(number); }

char *const *fleet_environment(void) { return environ; }

void fleet_forget_variable(const char *name) {
    size_t length = strlen(name);
    // A caller may have given it twice.
    for (char **entry = environ; entry && *entry; entry++) {
        if (strncmp(*entry, name, length) != 0 || (*entry)[length] != '=') continue;
        explicit_bzero(*entry + length + 1, strlen(*entry + length + 1));
    }
    unsetenv(name);
}

size_t fleet_allocated(void *memory) { return malloc_usable_size(memory); }

static locale_t characters;

// Fleet writes UTF-8 whatever the user's locale says; that locale may still know the widths where C.UTF-8 is missing.
static void load_characters(void) {
    characters = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (!characters) characters = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
}

int fleet_character_width(uint32_t character) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_characters);
    if (!characters) return -1;
    // setlocale(3) would change the locale of all threads, and that of a program that FleetKit is linked into.
    locale_t before = uselocale(characters);
    int width = wcwidth((wchar_t)character);
    uselocale(before);
    return width;
}
