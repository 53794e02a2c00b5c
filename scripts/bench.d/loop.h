/* What the bare libssh2 loops share: one non-blocking session per host, an Ed25519 key parsed once. */
#pragma once
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <libssh2.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static EVP_PKEY *private_key;
static unsigned char public_blob[51];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static char *read_file(const char *path) {
    FILE *file = fopen(path, "r");
    char *text = calloc(1, 65536);
    if (!file || !fread(text, 1, 65535, file)) fail(path);
    fclose(file);
    return text;
}

/* Finds the seed in an unencrypted key file of OpenSSH's: its public key stands twice, the second time before it. */
static inline void load_key(const char *path) {
    static const unsigned char mark[] = "\0\0\0\x0bssh-ed25519\0\0\0 ";
    char *begin = strstr(read_file(path), "KEY-----");
    char *end = begin ? strstr(begin, "-----END") : NULL;
    if (!end) fail(path);
    unsigned char raw[4096];
    int size = 0, rest = 0;
    EVP_ENCODE_CTX *base64 = EVP_ENCODE_CTX_new();
    EVP_DecodeInit(base64);
    EVP_DecodeUpdate(base64, raw, &size, (unsigned char *)begin + 8, (int)(end - begin - 8));
    EVP_DecodeFinal(base64, raw + size, &rest);
    EVP_ENCODE_CTX_free(base64);
    size += rest;
    unsigned char *first = memmem(raw, size, mark, 19);
    unsigned char *second = first ? memmem(first + 51, size - (first + 51 - raw), mark, 19) : NULL;
    if (!second) fail("no Ed25519 key");
    memcpy(public_blob, first, 51);
    private_key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, second + 51 + 4, 32);
}

static inline int sign(LIBSSH2_SESSION *session, unsigned char **signature, size_t *length, const unsigned char *data,
                       size_t count, void **abstract) {
    (void)session, (void)abstract;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    *signature = malloc(*length = 64);
    int done = EVP_DigestSignInit(context, NULL, NULL, NULL, private_key) == 1 &&
               EVP_DigestSign(context, *signature, length, data, count) == 1;
    EVP_MD_CTX_free(context);
    return done ? 0 : -1;
}

static inline int open_socket(const char *address, int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1;
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (fd < 0 || inet_pton(AF_INET, address, &name.sin_addr) != 1) fail(address);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (void *)&name, sizeof name) && errno != EINPROGRESS) fail(address);
    return fd;
}

static inline LIBSSH2_SESSION *new_session(void) {
    LIBSSH2_SESSION *session = libssh2_session_init();
    libssh2_session_set_blocking(session, 0);
    libssh2_session_method_pref(session, LIBSSH2_METHOD_KEX, "curve25519-sha256");
    for (int method = LIBSSH2_METHOD_CRYPT_CS; method <= LIBSSH2_METHOD_CRYPT_SC; method++)
        libssh2_session_method_pref(session, method, "aes128-ctr");
    for (int method = LIBSSH2_METHOD_MAC_CS; method <= LIBSSH2_METHOD_MAC_SC; method++)
        libssh2_session_method_pref(session, method, "hmac-sha2-256");
    return session;
}
