package import FleetBase

/// The place of a durable event in the feed of one ledger: `3f9c12ab-1042`.
///
/// Numbers are never used twice, and grow in the order in which the events were written down. The epoch is another one
/// in another ledger, so that a reader who comes back notices that the feed is not the one that he has read.
package struct EventSequence: Sendable, Hashable, CustomStringConvertible {
    package let epoch: String
    package let number: Int64

    package init(epoch: String, number: Int64) { (self.epoch, self.number) = (epoch, number) }

    /// Reads `3f9c12ab-1042`.
    package init(parsing text: String) throws(ValueError) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 8, parts[0].allSatisfy(\.isHexDigit),
            let number = Int64(parts[1]),
            number >= 0
        else { throw ValueError(Message("\"\(text)\" is not the sequence of an event, such as 3f9c12ab-1042")) }
        (epoch, self.number) = (String(parts[0]), number)
    }

    package var description: String { "\(epoch)-\(number)" }
}

extension EventSequence: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(parsing: decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
