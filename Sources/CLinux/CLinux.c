#include "CLinux.h"

int fleet_epoll_set(int epoll_fd, int operation, int fd, uint32_t events, uint64_t token) {
    struct epoll_event event = {.events = events, .data.u64 = token};
    return epoll_ctl(epoll_fd, operation, fd, &event);
}

uint64_t fleet_epoll_token(const struct epoll_event *event) { return event->data.u64; }

int fleet_exited(int status) { return WIFEXITED(status); }
int fleet_exit_code(int status) { return WEXITSTATUS(status); }
int fleet_signal(int status) { return WTERMSIG(status); }
