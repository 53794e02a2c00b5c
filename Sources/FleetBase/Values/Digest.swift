/// A SHA-256 digest (FIPS 180-4), written as 64 lower-case hex digits.
package struct Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let hex: String

    package init(hex: String) throws(ValueError) {
        let isHex = hex.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
        guard hex.utf8.count == 64, isHex else { throw ValueError(Message("\"\(hex)\" is not a SHA-256 digest")) }
        self.hex = hex
    }

    /// - Parameter bytes: the 32 bytes of the digest.
    package init(bytes: some Sequence<UInt8>) { hex = bytes.hex }

    /// The first 12 digits, which a package version carries.
    package var short: String { String(hex.prefix(12)) }
    package var description: String { hex }

    package static func < (left: Digest, right: Digest) -> Bool { left.hex < right.hex }
}

extension Sequence<UInt8> {
    /// Two lower-case hex digits a byte.
    package var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
