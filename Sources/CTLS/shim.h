#include <openssl/err.h>
#include <openssl/ssl.h>

/// Macros around SSL_CTX_ctrl, which Swift does not import.
static inline long fleet_tls_set_mode(SSL_CTX *context, long mode) { return SSL_CTX_set_mode(context, mode); }
static inline int fleet_tls_set_oldest(SSL_CTX *context, int version) {
    return SSL_CTX_set_min_proto_version(context, version);
}
enum {
    fleet_tls_moving_writes = SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER,
    fleet_tls_1_2 = TLS1_2_VERSION
};
