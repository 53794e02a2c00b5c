/// A whole request.
package struct HTTPRequest: Sendable {
    package let head: HTTPHead
    package let body: [UInt8]
    /// Who asks, for people to read: an IP address, `unix` on a socket in the file system, `?` when unknown.
    package var peer = HTTPPeer.unknown.name
    /// Whether it came over a socket in the file system, as the listening socket knows it.
    package var isLocal = false
    /// Whether it came over TLS.
    package var isSecure = false

    package init(head: HTTPHead, body: [UInt8]) { (self.head, self.body) = (head, body) }

    package var method: String { head.method }
    package var path: [String] { head.target.path }

    package func header(_ name: String) -> String? { head.header(name) }
    package func query(_ name: String) -> String? { head.target.query(name) }

    /// The value of a cookie (RFC 6265, section 4.2).
    package func cookie(_ name: String) -> String? {
        for pair in (header("cookie") ?? "").split(separator: ";") {
            let words = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard words.count == 2, words[0].drop(while: { $0 == " " }) == name else { continue }
            return String(words[1])
        }
        return nil
    }
}
