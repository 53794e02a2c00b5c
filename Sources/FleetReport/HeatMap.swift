/// One metric over two parameters, each cell the mean of what was measured there.
struct HeatMap {
    private static let (width, height) = (430.0, 290.0)
    private static let (left, right, top, bottom) = (62.0, 12.0, 12.0, 46.0)
    /// Dark to light, and in that order also without colours: "cividis" (Nuñez, Anderton and Renslow 2018), in steps.
    private static let colors = [(0.0, 32.0, 77.0), (66, 78, 108), (124, 123, 120), (188, 175, 111), (255, 234, 70)]

    let title: String
    let (xName, yName): (String, String)
    let cells: [(x: String, y: String, value: Double)]

    init(title: String, xName: String, yName: String, cells: [(x: String, y: String, value: Double)]) {
        (self.title, self.cells) = (title, cells)
        (self.xName, self.yName) = (xName, yName)
    }

    var markup: Markup {
        let columns = Array(Set(cells.map(\.x))).sorted(by: PlotChart.comesBefore)
        let rows = Array(Set(cells.map(\.y))).sorted(by: PlotChart.comesBefore)
        let values = cells.map(\.value)
        let range = (values.min() ?? 0, values.max() ?? 1)
        let size = (
            (Self.width - Self.left - Self.right) / Double(max(1, columns.count)),
            (Self.height - Self.top - Self.bottom) / Double(max(1, rows.count))
        )
        var parts: [Markup] = []
        let places = Dictionary(grouping: cells) { [$0.x, $0.y] }
        for (row, y) in rows.enumerated() {
            let top = Self.height - Self.bottom - Double(row + 1) * size.1
            parts.append(
                Markup(
                    "text",
                    [
                        "class": "tick", "x": (Self.left - 6).pixels, "y": (top + size.1 / 2 + 4).pixels,
                        "text-anchor": "end",
                    ], String(y.prefix(9))))
            for (column, x) in columns.enumerated() {
                guard let found = places[[x, y]] else { continue }
                let mean = Spread(found.map(\.value)).mean
                let share = range.1 > range.0 ? (mean - range.0) / (range.1 - range.0) : 0.5
                parts += cell(
                    Self.left + Double(column) * size.0, top, size, share, mean, "\(xName) \(x), \(yName) \(y)")
            }
        }
        for (column, x) in columns.enumerated() {
            let middle = Self.left + (Double(column) + 0.5) * size.0
            parts.append(
                Markup(
                    "text",
                    [
                        "class": "tick", "x": middle.pixels, "y": (Self.height - Self.bottom + 17).pixels,
                        "text-anchor": "middle",
                    ], String(x.prefix(9))))
        }
        parts.append(
            Markup(
                "text",
                [
                    "class": "name", "x": ((Self.left + Self.width) / 2).pixels, "y": (Self.height - 8).pixels,
                    "text-anchor": "middle",
                ], "\(xName) →  \(yName) ↑"))
        return Markup(
            "figure", [:],
            [
                Markup("figcaption", [:], title),
                Markup(
                    "svg",
                    [
                        "viewBox": "0 0 \(Self.width.pixels) \(Self.height.pixels)", "role": "img", "aria-label": title,
                    ], parts),
            ])
    }

    private func cell(
        _ x: Double, _ y: Double, _ size: (Double, Double), _ share: Double, _ value: Double, _ place: String
    ) -> [Markup] {
        let color = Self.color(share)
        let text = "rgb(\(Int(color.0)),\(Int(color.1)),\(Int(color.2)))"
        let box = Markup(
            "rect",
            [
                "x": (x + 0.5).pixels, "y": (y + 0.5).pixels, "width": (size.0 - 1).pixels,
                "height": (size.1 - 1).pixels, "fill": text,
            ], [Markup("title", [:], "\(place): \(value.shown)")])
        guard size.0 > 34, size.1 > 13 else { return [box] }
        return [
            box,
            Markup(
                "text",
                [
                    "class": "value", "x": (x + size.0 / 2).pixels, "y": (y + size.1 / 2 + 4).pixels,
                    "text-anchor": "middle", "fill": share > 0.5 ? "#000" : "#fff",
                ], value.shown),
        ]
    }

    private static func color(_ share: Double) -> (Double, Double, Double) {
        let place = min(max(share, 0), 1) * Double(colors.count - 1)
        let index = min(Int(place), colors.count - 2)
        let (one, other, part) = (colors[index], colors[index + 1], place - Double(index))
        func mix(_ first: Double, _ second: Double) -> Double { first + (second - first) * part }
        return (mix(one.0, other.0), mix(one.1, other.1), mix(one.2, other.2))
    }
}
