package import FleetBase

/// The name of one operation, which sorts by time: `20261126-153012-a1b2c3`.
package struct OperationID: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    /// A new name; the six hex digits tell operations of one second apart.
    package init(at time: Timestamp = .now) {
        text = "\(time.compact)-\((0..<3).map { _ in UInt8.random(in: 0 ... .max) }.hex)"
    }

    /// - Returns: nil for what no fleet has named so.
    package init?(reading text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let letters = UInt8(ascii: "a")...UInt8(ascii: "f")
        guard parts.map(\.count) == [8, 6, 6], parts[0].allSatisfy(digits.contains),
            parts[1].allSatisfy(digits.contains),
            parts[2].allSatisfy({ digits.contains($0) || letters.contains($0) })
        else { return nil }
        self.text = text
    }

    package var description: String { text }
}

extension OperationID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = OperationID(reading: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not the name of an operation")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
