/* A cheap stand-in for hundreds of hosts, so that a client's own limit shows: sshd costs about 25 ms of CPU for each
 * connection. It runs nothing: `uname…` gets a fixed line, `cat >…` is swallowed, anything else ends with status 0.
 * Any key is let in: it belongs into a private network namespace.
 *   stub_server PORT HOSTKEY */
#define _GNU_SOURCE
#include <libssh/callbacks.h>
#include <libssh/server.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum state { WAITING, ANSWERED, SWALLOWING, ENDED };
struct connection {
    ssh_session session;
    ssh_channel channel;
    enum state state;
    struct ssh_server_callbacks_struct server;
    struct ssh_channel_callbacks_struct callbacks;
};

static int allow(ssh_session s, const char *user, struct ssh_key_struct *key, char state, void *data) {
    (void)s, (void)user, (void)key, (void)state, (void)data;
    return SSH_AUTH_SUCCESS;
}

static int on_command(ssh_session s, ssh_channel channel, const char *command, void *data) {
    static const char answer[] = "Linux stub 6.1.0 #1 SMP x86_64 GNU/Linux\n";
    struct connection *connection = data;
    (void)s;
    if (!strncmp(command, "uname", 5)) ssh_channel_write(channel, answer, sizeof answer - 1);
    connection->state = strncmp(command, "cat >", 5) ? ANSWERED : SWALLOWING;
    return 0;
}

static int on_data(ssh_session s, ssh_channel c, void *bytes, uint32_t count, int is_error, void *data) {
    (void)s, (void)c, (void)bytes, (void)is_error, (void)data;
    return (int)count;
}

static void on_eof(ssh_session s, ssh_channel c, void *data) {
    (void)s, (void)c;
    struct connection *connection = data;
    if (connection->state == SWALLOWING) connection->state = ANSWERED;
}

static ssh_channel on_open(ssh_session session, void *data) {
    struct connection *connection = data;
    connection->channel = ssh_channel_new(session);
    connection->callbacks = (struct ssh_channel_callbacks_struct){.userdata = connection,
                                                                  .channel_exec_request_function = on_command,
                                                                  .channel_data_function = on_data,
                                                                  .channel_eof_function = on_eof};
    ssh_callbacks_init(&connection->callbacks);
    ssh_set_channel_callbacks(connection->channel, &connection->callbacks);
    return connection->channel;
}

static void *serve(void *argument) {
    struct connection *connection = argument;
    ssh_session session = connection->session;
    ssh_event event = ssh_event_new();
    if (ssh_handle_key_exchange(session) == SSH_OK) {
        ssh_event_add_session(event, session);
        while (ssh_is_connected(session) && !(ssh_get_status(session) & (SSH_CLOSED | SSH_CLOSED_ERROR))) {
            if (ssh_event_dopoll(event, 60000) == SSH_ERROR) break;
            if (connection->state != ANSWERED) continue;
            connection->state = ENDED;
            ssh_channel_request_send_exit_status(connection->channel, 0);
            ssh_channel_send_eof(connection->channel);
            ssh_channel_close(connection->channel);
        }
        ssh_event_remove_session(event, session);
    }
    ssh_event_free(event);
    ssh_disconnect(session);
    ssh_free(session);
    free(connection);
    return NULL;
}

int main(int count, char **words) {
    if (count != 3) return fprintf(stderr, "stub_server PORT HOSTKEY\n"), 2;
    signal(SIGPIPE, SIG_IGN);
    ssh_init();
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(atoi(words[1]))};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (void *)&name, sizeof name) || listen(listener, 4096)) return perror("bind"), 1;
    ssh_bind server = ssh_bind_new();
    ssh_bind_options_set(server, SSH_BIND_OPTIONS_HOSTKEY, words[2]);
    pthread_attr_t thread;
    pthread_attr_init(&thread);
    pthread_attr_setstacksize(&thread, 256 << 10);
    pthread_attr_setdetachstate(&thread, PTHREAD_CREATE_DETACHED);
    puts("listening");
    fflush(stdout);
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0) continue;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct connection *connection = calloc(1, sizeof *connection);
        connection->session = ssh_new();
        if (ssh_bind_accept_fd(server, connection->session, fd) != SSH_OK) continue;
        connection->server = (struct ssh_server_callbacks_struct){
            .userdata = connection, .auth_pubkey_function = allow, .channel_open_request_session_function = on_open};
        ssh_callbacks_init(&connection->server);
        ssh_set_server_callbacks(connection->session, &connection->server);
        ssh_set_auth_methods(connection->session, SSH_AUTH_METHOD_PUBLICKEY);
        pthread_t id;
        pthread_create(&id, &thread, serve, connection);
    }
}
