import Glibc

/// Maps values onto pixels, with ticks at round numbers.
struct Scale: Sendable {
    let domain: ClosedRange<Double>
    let pixels: (from: Double, to: Double)
    let ticks: [Double]
    /// Equal distances are equal factors.
    let isLogarithmic: Bool

    /// - Parameter isTight: the domain ends at the values themselves, not at round numbers beyond them.
    init(_ values: [Double], from: Double, to: Double, count: Int = 5, isTight: Bool = false) {
        var (low, high) = (values.min() ?? 0, values.max() ?? 1)
        // So near to each other no step can be told from none.
        if high - low < 1e-200 {
            let margin = abs(low) < 1e-200 ? 1 : abs(low) * 0.1
            (low, high) = (low - margin, high + margin)
        }
        let step = Self.step((high - low) / Double(count))
        let ends = ((low / step).rounded(.down) * step, (high / step).rounded(.up) * step)
        domain = isTight ? low...high : ends.0...ends.1
        (pixels, isLogarithmic) = ((from, to), false)
        ticks = stride(from: ends.0, through: ends.1 + step / 2, by: step).filter { [domain] in
            domain.contains($0) || !isTight
        }
    }

    /// For values above 0 of very different size.
    init(logarithmic values: [Double], from: Double, to: Double) {
        let (low, high) = (values.min() ?? 1, values.max() ?? 10)
        domain = low...high
        (pixels, isLogarithmic) = ((from, to), true)
        let decades = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
        ticks = decades.map { pow(10, Double($0)) }.filter { (low * 0.999...high * 1.001).contains($0) }
    }

    /// Whether places are so far apart that equal distances would crowd most of them.
    static func needsLogarithm(_ values: [Double]) -> Bool {
        guard let low = values.min(), let high = values.max(), low > 0 else { return false }
        return high / low >= 50 && Set(values).count > 2
    }

    func callAsFunction(_ value: Double) -> Double {
        let share =
            isLogarithmic
            ? log10(value / domain.lowerBound) / log10(domain.upperBound / domain.lowerBound)
            : (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
        return pixels.from + share * (pixels.to - pixels.from)
    }

    /// 1, 2 or 5 times a power of ten, at least as large.
    private static func step(_ rough: Double) -> Double {
        var power = 1.0
        while power > rough { power /= 10 }
        while power * 10 <= rough { power *= 10 }
        return power * ([1.0, 2, 5, 10].first { $0 * power >= rough } ?? 10)
    }
}
