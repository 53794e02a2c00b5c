/// `http://ana@192.0.2.5:5000/status`, `192.0.2.5:5000`, `[2001:db8::1]:22` or `vps` taken apart.
package struct Endpoint: Equatable {
    package let user: String?
    package let address: String
    package let port: String?

    package init(_ text: String) {
        let afterScheme = text.firstRange(of: "://").map { text[$0.upperBound...] } ?? text[...]
        let authority = afterScheme.prefix { $0 != "/" }
        let at = authority.lastIndex(of: "@")
        user = at.map { String(authority[..<$0].prefix { $0 != ":" }) }
        let host = at.map { authority[authority.index(after: $0)...] } ?? authority
        if host.hasPrefix("["), let close = host.firstIndex(of: "]") {
            address = String(host[host.index(after: host.startIndex)..<close])
            let rest = host[host.index(after: close)...]
            port = rest.hasPrefix(":") ? String(rest.dropFirst()) : nil
        } else if host.count(where: { $0 == ":" }) == 1, let colon = host.firstIndex(of: ":") {
            address = String(host[..<colon])
            port = String(host[host.index(after: colon)...])
        } else {
            // Two colons and no brackets: a bare IPv6 address.
            address = String(host)
            port = nil
        }
    }

    /// Whether a resolver or ssh could take a text for a name or an IP address: no blanks, no control characters, and
    /// nothing that reads like an option.
    package static func isAddress(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix("-")
            && text.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0.properties.generalCategory != .control
            }
    }

    /// Whether a person can have meant a text as an address: one of digits and dots alone has to be an IPv4 address.
    ///
    /// A file may also have the short forms of inet_aton(3), which nobody types but by a slip.
    package static func isWholeAddress(_ text: String) -> Bool {
        isAddress(text) && (isIPv4(text) || !text.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) })
    }

    package static func isIPv4(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil
            }
    }

    /// Whether a text can be a user's name: no blanks, no control characters, nothing that reads like an option.
    package static func isUser(_ text: String) -> Bool { isAddress(text) }
}
