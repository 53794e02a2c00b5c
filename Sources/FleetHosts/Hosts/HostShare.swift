package import FleetBase

/// A number of hosts, or a part of them in percent.
package enum HostShare: Sendable, Hashable, Codable {
    case count(Int)
    case percent(Int)

    /// Reads `10` and `25%`.
    package init(parsing text: String) throws(ValueError) {
        let isPercent = text.hasSuffix("%")
        guard let number = Int(isPercent ? text.dropLast() : text[...]), number >= 0, !isPercent || number <= 100 else {
            throw ValueError(Message("\"\(text)\" is not a number of hosts such as 10 or 25%"))
        }
        self = isPercent ? .percent(number) : .count(number)
    }

    /// How many of so many hosts; a part of a host is none.
    package func count(of total: Int) -> Int {
        switch self {
        case .count(let number): min(number, total)
        case .percent(let part): total * part / 100
        }
    }
}
