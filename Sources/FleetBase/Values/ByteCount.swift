import Glibc

/// A number of bytes: never below zero, and sums of it never pass the largest.
package struct ByteCount: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let bytes: Int64

    package init(_ bytes: some BinaryInteger) { self.bytes = max(0, Int64(clamping: bytes)) }

    /// Reads `512M`, `2G`, `64KiB`, `100`; the units are powers of 1024.
    package init(parsing text: String) throws(ValueError) {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let unit = text.dropFirst(digits.count).lowercased().prefix { $0 != "i" && $0 != "b" }
        let shifts = ["": 0, "k": 10, "m": 20, "g": 30, "t": 40]
        guard let number = Double(digits), let shift = shifts[String(unit)], number * Double(1 << shift) < 9e18 else {
            throw ValueError(Message("\"\(text)\" is not a size such as 512M"))
        }
        bytes = Int64(number * Double(1 << shift))
    }

    /// The size of a file; nothing for one that is not there.
    package init(ofFile path: String) {
        var status = stat()
        bytes = stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// Three digits at most and a binary unit: `64.2 MiB`.
    package var description: String {
        guard bytes >= 1024 else { return "\(bytes) B" }
        var value = Double(bytes)
        var units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"][...]
        while value >= 1000, units.count > 1 {
            value /= 1024
            units.removeFirst()
        }
        return value < 99.95
            ? "\((value * 10).rounded() / 10) \(units.first!)" : "\(Int(value.rounded())) \(units.first!)"
    }

    package static func + (left: ByteCount, right: ByteCount) -> ByteCount {
        ByteCount(left.bytes.addingSaturated(right.bytes))
    }

    package static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
}

/// In bytes.
extension ByteCount: Codable {
    package init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(Int64.self)) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes)
    }
}
