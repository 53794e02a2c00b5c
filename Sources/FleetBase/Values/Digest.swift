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
        let bytes = Array(self)
        return String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
            for (index, byte) in bytes.enumerated() {
                text[2 * index] = Self.digit(byte >> 4)
                text[2 * index + 1] = Self.digit(byte & 15)
            }
            return 2 * bytes.count
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
