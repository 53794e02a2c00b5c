import Glibc

/// Numeric addresses, as inet_pton(3) reads them.
package enum IPAddress {
    /// Whether a text is an IPv4 or IPv6 address, without brackets, port or zone.
    package static func isOne(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET, text, &address) == 1 || inet_pton(AF_INET6, text, &address) == 1
    }
}
