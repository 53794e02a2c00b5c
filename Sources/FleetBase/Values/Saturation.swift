extension FixedWidthInteger {
    /// The sum, or the bound that it would pass.
    package func addingSaturated(_ other: Self) -> Self {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    /// The product, or the bound that it would pass.
    package func multipliedSaturated(by other: Self) -> Self {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
    }
}

extension Duration {
    /// The longest time that anybody means, some thirty years: sums and products of such times are times, too.
    package static let longest = Duration.seconds(1_000_000_000)

    /// A number of seconds as a time no longer than ``longest``; NaN and what is below zero are no time at all.
    package init(bounded seconds: Double) {
        guard seconds > 0 else {
            self = .zero
            return
        }
        self = seconds < Self.longest.seconds ? .seconds(seconds) : .longest
    }
}
