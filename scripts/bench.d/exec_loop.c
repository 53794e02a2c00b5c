/* The least that running one command on N hosts costs with libssh2: one thread, one epoll, no host key check.
 *   exec_loop HOSTS N FANOUT PORT USER KEY COMMAND */
#define _GNU_SOURCE
#include "loop.h"

enum step { CONNECTING, HANDSHAKE, LOGIN, OPENING, STARTING, READING, CLOSING, FREEING };
struct host {
    const char *address;
    int fd;
    enum step step;
    LIBSSH2_SESSION *session;
    LIBSSH2_CHANNEL *channel;
};

static const char *user, *command;
static int port, poller, done, good;
static size_t bytes;

/* One step further; LIBSSH2_ERROR_EAGAIN when it has to wait, anything else when the step is over. */
static int advance(struct host *host) {
    char buffer[32768];
    int code = 0;
    switch (host->step) {
    case CONNECTING: return 0;
    case HANDSHAKE: return libssh2_session_handshake(host->session, host->fd);
    case LOGIN: return libssh2_userauth_publickey(host->session, user, public_blob, sizeof public_blob, sign, NULL);
    case OPENING:
        host->channel = libssh2_channel_open_session(host->session);
        return host->channel ? 0 : libssh2_session_last_errno(host->session);
    case STARTING: return libssh2_channel_exec(host->channel, command);
    case READING:
        for (int stream = 0; stream < 2; stream++)
            while ((code = libssh2_channel_read_ex(host->channel, stream, buffer, sizeof buffer)) > 0) bytes += code;
        if (code < 0 && code != LIBSSH2_ERROR_EAGAIN) return code;
        return libssh2_channel_eof(host->channel) ? 0 : LIBSSH2_ERROR_EAGAIN;
    case CLOSING: return libssh2_channel_wait_closed(host->channel);
    case FREEING: return libssh2_channel_free(host->channel);
    }
    return -1;
}

static void start(struct host *host) {
    host->fd = open_socket(host->address, port);
    host->session = new_session();
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = host};
    epoll_ctl(poller, EPOLL_CTL_ADD, host->fd, &event);
}

static void finish(struct host *host, int code) {
    if (code) {
        char *text;
        libssh2_session_last_error(host->session, &text, NULL, 0);
        fprintf(stderr, "%s: %s\n", host->address, text);
    }
    good += !code;
    done++;
    libssh2_session_disconnect(host->session, "");
    shutdown(host->fd, SHUT_RDWR);
    while (libssh2_session_free(host->session) == LIBSSH2_ERROR_EAGAIN) {}
    close(host->fd);
}

/* Returns whether the host is done. */
static int turn(struct host *host) {
    for (;;) {
        int code = advance(host);
        if (code == LIBSSH2_ERROR_EAGAIN) {
            int directions = libssh2_session_block_directions(host->session);
            struct epoll_event event = {.events = EPOLLIN, .data.ptr = host};
            if (directions & LIBSSH2_SESSION_BLOCK_OUTBOUND) event.events |= EPOLLOUT;
            epoll_ctl(poller, EPOLL_CTL_MOD, host->fd, &event);
            return 0;
        }
        if (code || host->step == FREEING) {
            finish(host, code);
            return 1;
        }
        host->step++;
    }
}

int main(int count, char **words) {
    if (count != 8) return fprintf(stderr, "exec_loop HOSTS N FANOUT PORT USER KEY COMMAND\n"), 2;
    int total = atoi(words[2]), fanout = atoi(words[3]), next = 0;
    port = atoi(words[4]), user = words[5], command = words[7];
    libssh2_init(0);
    load_key(words[6]);
    poller = epoll_create1(EPOLL_CLOEXEC);
    struct host *hosts = calloc(total, sizeof *hosts);
    char *list = read_file(words[1]);
    for (int i = 0; i < total; i++) hosts[i].address = strtok(i ? NULL : list, "\n");
    while (next < fanout && next < total) start(&hosts[next++]);
    while (done < total) {
        struct epoll_event events[256];
        int ready = epoll_wait(poller, events, 256, 30000);
        if (ready <= 0) return fprintf(stderr, "stalled\n"), 1;
        for (int i = 0; i < ready; i++)
            if (turn(events[i].data.ptr) && next < total) start(&hosts[next++]);
    }
    printf("%d of %d, %zu bytes\n", good, total, bytes);
    return good != total;
}
