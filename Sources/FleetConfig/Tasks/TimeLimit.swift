package import FleetBase

/// How long an attempt of a task may take.
package enum TimeLimit: Sendable, Hashable {
    case duration(Duration)
    /// A percentage of the time that the finished attempts of the task took: 100 or more.
    case percentOfMedian(Int)

    private static let percents = 100...1_000_000

    /// Reads `10m` and `300%`.
    package init(parsing text: String) throws(ValueError) {
        guard text.hasSuffix("%") else {
            self = .duration(try Self.duration(text))
            return
        }
        guard let percent = Int(text.dropLast()) else { throw Self.refuse(text) }
        guard percent >= Self.percents.lowerBound else {
            throw ValueError(Message("\(text) is below the minimum \(Self.percents.lowerBound)%"))
        }
        guard percent <= Self.percents.upperBound else { throw Self.refuse(text) }
        self = .percentOfMedian(percent)
    }

    private static func duration(_ text: String) throws(ValueError) -> Duration {
        guard let duration = try? Duration(parsing: text), duration > .zero else { throw refuse(text) }
        return duration
    }

    private static func refuse(_ text: String) -> ValueError {
        ValueError(Message("\"\(text)\" is not a time limit such as 10m or 300%"))
    }
}
