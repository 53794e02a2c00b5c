import FleetBase

/// One metric over one parameter: every value as a dot; lines through the means with the standard deviation, where a
/// place has several.
struct PlotChart {
    private static let (width, height) = (430.0, 290.0)
    private static let (left, right, top, bottom) = (62.0, 20.0, 12.0, 46.0)

    struct Point: Sendable {
        let x: String
        let y: Double
        /// The value of another parameter; empty where there is none.
        let series: String
    }

    let title: String
    let xName: String
    let seriesName: String?
    let points: [Point]

    /// Numbers stand at their place, other words one beside the other.
    private var isNumeric: Bool { points.allSatisfy { Double(drawable: $0.x) != nil } }

    var markup: Markup {
        let places = places
        let scale = scale(places)
        let values = Scale(points.map(\.y), from: Self.height - Self.bottom, to: Self.top)
        let names = Array(Set(points.map(\.series))).sorted(by: Self.comesBefore)
        var parts = axes(scale, values, places)
        for (index, name) in names.enumerated() {
            parts += series(points.filter { $0.series == name }, index, scale, values, places)
        }
        let legend = names.count < 2 ? [] : [self.legend(names)]
        return Markup(
            "figure", [:],
            [
                Markup("figcaption", [:], title),
                Markup(
                    "svg",
                    [
                        "viewBox": "0 0 \(Self.width.pixels) \(Self.height.pixels)", "role": "img", "aria-label": title,
                    ], parts),
            ] + legend)
    }

    private func scale(_ places: [String: Double]) -> Scale {
        let (from, to) = (Self.left + 8, Self.width - Self.right - 8)
        let values = Array(places.values)
        guard isNumeric else { return Scale([-0.5, Double(places.count) - 0.5], from: from, to: to, isTight: true) }
        return Scale.needsLogarithm(values)
            ? Scale(logarithmic: values, from: from, to: to) : Scale(values, from: from, to: to, isTight: true)
    }

    private var places: [String: Double] {
        let words = Array(Set(points.map(\.x))).sorted(by: Self.comesBefore)
        let pairs = words.enumerated().map { ($1, isNumeric ? Double(drawable: $1) ?? 0 : Double($0)) }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// Numbers by their value.
    static func comesBefore(_ one: String, _ other: String) -> Bool {
        guard let first = Double(drawable: one), let second = Double(drawable: other) else { return one < other }
        return first < second
    }

    private func series(
        _ points: [Point], _ index: Int, _ scale: Scale, _ values: Scale, _ places: [String: Double]
    ) -> [Markup] {
        let color = "s\(index % 7)"
        var parts = points.map { point in
            Markup(
                "circle",
                [
                    "class": "dot \(color)", "cx": scale(places[point.x] ?? 0).pixels, "cy": values(point.y).pixels,
                    "r": "2.6",
                ], [Markup("title", [:], "\(xName) \(point.x): \(point.y.shown)")])
        }
        let groups = Dictionary(grouping: points, by: \.x).map {
            (x: places[$0.key] ?? 0, spread: Spread($0.value.map(\.y)))
        }
        .sorted { $0.x < $1.x }
        for group in groups where group.spread.deviation > 0 {
            let x = scale(group.x)
            let ends = (
                values(group.spread.mean - group.spread.deviation), values(group.spread.mean + group.spread.deviation)
            )
            parts.append(
                Markup(
                    "path",
                    [
                        "class": "bars \(color)",
                        "d": "M\((x - 4).pixels) \(ends.0.pixels)h8m-4 0V\(ends.1.pixels)m-4 0h8",
                    ]))
        }
        if isNumeric, groups.count > 1 {
            let line = groups.map { "\(scale($0.x).pixels) \(values($0.spread.mean).pixels)" }.joined(separator: "L")
            parts.append(Markup("path", ["class": "curve \(color) d\(index % 4)", "d": "M\(line)"]))
        }
        return parts
    }

    private func axes(_ scale: Scale, _ values: Scale, _ places: [String: Double]) -> [Markup] {
        let floor = Self.height - Self.bottom
        var parts = values.ticks.flatMap { tick -> [Markup] in
            let y = values(tick)
            return [
                Markup(
                    "line",
                    [
                        "class": "grid", "x1": Self.left.pixels, "x2": (Self.width - Self.right).pixels, "y1": y.pixels,
                        "y2": y.pixels,
                    ]),
                Markup(
                    "text",
                    ["class": "tick", "x": (Self.left - 6).pixels, "y": (y + 4).pixels, "text-anchor": "end"],
                    tick.shown),
            ]
        }
        let marks: [(Double, String)] =
            isNumeric
            ? scale.ticks.map { ($0, $0.shown) } : places.sorted { $0.value < $1.value }.map { ($0.value, $0.key) }
        for (place, text) in marks {
            parts.append(
                Markup(
                    "text",
                    ["class": "tick", "x": scale(place).pixels, "y": (floor + 17).pixels, "text-anchor": "middle"],
                    String(text.prefix(14))))
        }
        parts.append(
            Markup(
                "text",
                [
                    "class": "name", "x": ((Self.left + Self.width) / 2).pixels, "y": (Self.height - 8).pixels,
                    "text-anchor": "middle",
                ], xName))
        return parts
    }

    private func legend(_ names: [String]) -> Markup {
        let entries = names.enumerated().map { index, name in
            Markup(
                "span", [:],
                [
                    Markup(
                        "svg", ["viewBox": "0 0 26 10", "class": "key"],
                        [
                            Markup("path", ["class": "curve s\(index % 7) d\(index % 4)", "d": "M1 5H25"]),
                            Markup("circle", ["class": "dot s\(index % 7)", "cx": "13", "cy": "5", "r": "3"]),
                        ]), Markup(text: " \(seriesName ?? "") \(name)"),
                ])
        }
        return Markup("p", ["class": "legend"], entries)
    }
}

/// The mean and the standard deviation of a sample (with n - 1).
struct Spread: Sendable {
    let mean: Double
    let deviation: Double

    init(_ values: [Double]) {
        let mean = values.reduce(0, +) / Double(max(1, values.count))
        self.mean = mean
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        deviation = values.count < 2 ? 0 : (squares / Double(values.count - 1)).squareRoot()
    }
}
