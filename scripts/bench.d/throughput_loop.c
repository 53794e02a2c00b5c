/* The least that sending a file to a command costs with libssh2: `cat >/dev/null` over one exec channel.
 *   throughput_loop ADDRESS PORT USER KEY FILE */
#define _GNU_SOURCE
#include "loop.h"
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>

static LIBSSH2_SESSION *session;
static int fd;

static void wait_for_socket(void) {
    int directions = libssh2_session_block_directions(session);
    struct pollfd poller = {.fd = fd, .events = POLLIN};
    if (directions & LIBSSH2_SESSION_BLOCK_OUTBOUND) poller.events |= POLLOUT;
    if (poll(&poller, 1, 30000) <= 0) fail("stalled");
}

#define UNTIL_DONE(call)                                                                                               \
    ({                                                                                                                 \
        long code;                                                                                                     \
        while ((code = (call)) == LIBSSH2_ERROR_EAGAIN) wait_for_socket();                                             \
        if (code < 0) fail(#call);                                                                                     \
        code;                                                                                                          \
    })

int main(int count, char **words) {
    if (count != 6) return fprintf(stderr, "throughput_loop ADDRESS PORT USER KEY FILE\n"), 2;
    libssh2_init(0);
    load_key(words[4]);
    int file = open(words[5], O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status)) fail(words[5]);
    const char *data = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    fd = open_socket(words[1], atoi(words[2]));
    session = new_session();
    struct pollfd connected = {.fd = fd, .events = POLLOUT};
    poll(&connected, 1, 10000);
    UNTIL_DONE(libssh2_session_handshake(session, fd));
    UNTIL_DONE(libssh2_userauth_publickey(session, words[3], public_blob, sizeof public_blob, sign, NULL));
    LIBSSH2_CHANNEL *channel;
    while (!(channel = libssh2_channel_open_session(session))) wait_for_socket();
    UNTIL_DONE(libssh2_channel_exec(channel, "cat >/dev/null"));
    for (off_t sent = 0; sent < status.st_size;) {
        size_t rest = status.st_size - sent;
        long code = UNTIL_DONE(libssh2_channel_write(channel, data + sent, rest < 262144 ? rest : 262144));
        if (!code) wait_for_socket();
        sent += code;
    }
    UNTIL_DONE(libssh2_channel_send_eof(channel));
    UNTIL_DONE(libssh2_channel_wait_eof(channel));
    UNTIL_DONE(libssh2_channel_wait_closed(channel));
    return libssh2_channel_get_exit_status(channel);
}
