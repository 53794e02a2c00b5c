/// How long to wait before another try: longer each time, and never the same for all who wait for one broker.
struct Pause {
    private var tries = 0

    private static let (first, longest) = (0.5, 60.0)

    mutating func next() -> Duration {
        let most = min(Self.first * Double(1 << tries), Self.longest)
        tries = min(tries + 1, 10)
        return .seconds(Double.random(in: most / 2...most))
    }

    mutating func reset() { tries = 0 }
}
