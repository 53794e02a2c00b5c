import FleetBase
import FleetLedger

/// Who did what when: a lane for each host, as high as it has had attempts at once.
package struct TimelineChart {
    private static let row = 16.0

    private struct Bar {
        let attempt: Attempt
        let name: String
        let start: Double
        let end: Double
        let lane: Int
    }

    private let data: ReportData
    private let words: ReportWords
    private let width: Double
    /// Where the bars begin, behind the names of hosts.
    private let left: Double

    /// - Parameter isNarrow: for a screen that is held in a hand.
    package init(data: ReportData, words: ReportWords, isNarrow: Bool = false) {
        (self.data, self.words) = (data, words)
        (width, left) = isNarrow ? (400, 90) : (900, 110)
    }

    /// Nil when nothing has begun.
    package var markup: Markup? {
        guard let span = data.span else { return nil }
        let bars = Dictionary(uniqueKeysWithValues: data.hosts.map { ($0, self.bars(of: $0, until: span.upperBound)) })
        let lanes = data.hosts.map { host in (bars[host]?.map(\.lane).max() ?? 0) + 1 }
        let height = Double(lanes.reduce(0, +)) * Self.row + Double(lanes.count) * 8
        let scale = Scale(
            [0, span.upperBound - span.lowerBound], from: left, to: width - 10, count: Int(width / 110), isTight: true)
        var parts = axis(scale, height)
        var top = 4.0
        for (host, count) in zip(data.hosts, lanes) {
            parts.append(
                Markup(
                    "text", ["x": (left - 8).pixels, "y": (top + 12).pixels, "text-anchor": "end"], host.text))
            for bar in bars[host] ?? [] { parts.append(rectangle(bar, top, scale, span.lowerBound)) }
            top += Double(count) * Self.row + 8
            parts.append(
                Markup(
                    "line",
                    [
                        "class": "grid", "x1": "0", "x2": width.pixels, "y1": (top - 4).pixels,
                        "y2": (top - 4).pixels,
                    ]
                ))
        }
        return Markup(
            "svg",
            [
                "viewBox": "0 0 \(width.pixels) \((height + 44).pixels)", "role": "img",
                "aria-label": words(Message("timeline of attempts by host")),
            ], parts)
    }

    private func bars(of host: HostName, until end: Double) -> [Bar] {
        let names = Dictionary(uniqueKeysWithValues: data.tasks.map { ($0.id, $0.name) })
        var ends: [Double] = []
        return data.attempts.filter { $0.host == host && $0.started != nil }
            .sorted { ($0.started?.milliseconds ?? 0) < ($1.started?.milliseconds ?? 0) }
            .map { attempt in
                let (from, to) = (attempt.started?.seconds ?? 0, attempt.ended?.seconds ?? end)
                let lane = ends.firstIndex { $0 <= from + 0.0005 } ?? ends.count
                if lane == ends.count { ends.append(to) } else { ends[lane] = to }
                return Bar(attempt: attempt, name: names[attempt.task] ?? "", start: from, end: to, lane: lane)
            }
    }

    private func rectangle(_ bar: Bar, _ top: Double, _ scale: Scale, _ zero: Double) -> Markup {
        let (x, end) = (scale(bar.start - zero), scale(bar.end - zero))
        let state = words(bar.attempt.state.words)
        let seconds = (bar.end - bar.start).shown
        return Markup(
            "rect",
            [
                "class": "bar \(bar.attempt.state.rawValue)", "x": x.pixels,
                "y": (top + Double(bar.lane) * Self.row).pixels, "width": max(1, end - x - 0.5).pixels,
                "height": (Self.row - 3).pixels, "rx": "2",
            ], [Markup("title", [:], "\(bar.name) – \(state) – \(seconds) s")])
    }

    private func axis(_ scale: Scale, _ height: Double) -> [Markup] {
        scale.ticks.flatMap { tick -> [Markup] in
            let x = scale(tick).pixels
            return [
                Markup("line", ["class": "grid", "x1": x, "x2": x, "y1": "0", "y2": (height + 6).pixels]),
                Markup(
                    "text", ["class": "tick", "x": x, "y": (height + 22).pixels, "text-anchor": "middle"],
                    "\(tick.shown) s"),
            ]
        }
    }

    /// What the bars of this run look like, and what that means.
    package var legend: Markup {
        let states = Set(data.attempts.map(\.state)).sorted { $0.rawValue < $1.rawValue }
        return Markup(
            "p", ["class": "legend"],
            states.map { state in
                let bar = Markup(
                    "rect", ["class": "bar \(state.rawValue)", "width": "24", "height": "10", "rx": "2"])
                return Markup(
                    "span", [:],
                    [
                        Markup("svg", ["viewBox": "0 0 26 10", "class": "key", "aria-hidden": "true"], [bar]),
                        Markup(text: " " + words(state.words)),
                    ])
            })
    }
}
