/// Why a request is refused before anybody looks at what it wants.
package struct HTTPRefusal: Error, Sendable, Hashable {
    /// A status of RFC 9110, section 15.
    package let status: Int
    /// One sentence for who sent it.
    package let reason: String

    package init(_ status: Int, _ reason: String) { (self.status, self.reason) = (status, reason) }

    static func malformed(_ reason: String) -> HTTPRefusal { HTTPRefusal(400, reason) }
}
