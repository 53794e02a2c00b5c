/// The data types of RFC 4251, section 5: what keys, signatures and the agent's messages are made of.
package struct WireReader {
    private var rest: ArraySlice<UInt8>

    package init(_ bytes: some Sequence<UInt8>) { rest = Array(bytes)[...] }

    /// The text ended before the value did.
    package struct Truncated: Error {
        package init() {}
    }

    package var remaining: [UInt8] { Array(rest) }
    package var isAtEnd: Bool { rest.isEmpty }

    package mutating func take(_ count: Int) throws(Truncated) -> [UInt8] {
        guard count >= 0, count <= rest.count else { throw Truncated() }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    package mutating func byte() throws(Truncated) -> UInt8 { try take(1)[0] }

    package mutating func uint32() throws(Truncated) -> UInt32 { try take(4).reduce(0) { $0 << 8 | UInt32($1) } }

    package mutating func bytes() throws(Truncated) -> [UInt8] { try take(Int(try uint32())) }

    package mutating func string() throws(Truncated) -> String { String(decoding: try bytes(), as: UTF8.self) }
}

/// Writes what ``WireReader`` reads.
package struct WireWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func append(_ value: UInt32) {
        for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    package mutating func append(byte: UInt8) { bytes.append(byte) }

    package mutating func append(string: some Collection<UInt8>) {
        append(UInt32(string.count))
        bytes += string
    }

    package mutating func append(string: String) { append(string: Array(string.utf8)) }

    /// A positive number, big-endian: no leading zeros, one zero byte where the highest bit is set.
    package mutating func append(mpint magnitude: some Collection<UInt8>) {
        let digits = Array(magnitude.drop { $0 == 0 })
        append(string: (digits.first ?? 0) >= 0x80 ? [0] + digits : digits)
    }
}
