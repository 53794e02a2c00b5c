package import FleetBase
import FleetLedger

/// One run as a page of its own: no other file, no script, nothing from a network; readable on paper and in the dark.
package struct ReportPage: Sendable {
    private static let (mostMetrics, mostPlots) = (12, 24)

    private let data: ReportData
    private let words: ReportWords

    package init(_ data: ReportData, in language: Language) {
        (self.data, words) = (data, ReportWords(language))
    }

    package var html: String {
        let title = "fleet – \(data.run.id.text)"
        let body = [header] + timeline + plots + [hosts] + failures + [evidence]
        let page = Markup(
            "html", ["lang": words.language.rawValue],
            [
                Markup(
                    "head", [:],
                    [
                        Markup("meta", ["charset": "utf-8"]),
                        Markup("meta", ["name": "viewport", "content": "width=device-width"]),
                        Markup("title", [:], title), .style(ReportStyle.sheet),
                    ]), Markup("body", [:], [Markup("main", [:], body)]),
            ])
        return "<!DOCTYPE html>\n\(page.text)\n"
    }

    // MARK: Sections

    private var header: Markup {
        let run = data.run
        let failed = data.tasks.count - data.done
        let package = run.package.map { "\($0) \(run.version ?? "")" }
        let length = data.span.map { ($0.upperBound - $0.lowerBound).shown + " s" }
        let facts: [(Message, String?)] = [
            (Message("command"), run.command), (Message("started"), run.started.description),
            (Message("took"), length), (Message("package"), package),
            (Message("tasks done"), "\(data.done) / \(data.tasks.count)"),
            (Message("tasks without a result"), failed == 0 ? nil : "\(failed)"),
            (Message("hosts"), "\(data.hosts.count)"),
        ]
        let rows = facts.compactMap { name, value in
            value.map { Markup("div", [:], [Markup("dt", [:], words(name)), Markup("dd", [:], $0)]) }
        }
        return Markup("header", [:], [Markup("h1", [:], "fleet · \(run.id.text)"), Markup("dl", [:], rows)])
    }

    private var timeline: [Markup] {
        let chart = TimelineChart(data: data, words: words)
        guard let markup = chart.markup else { return [] }
        return [section(Message("Who did what when"), [markup, chart.legend])]
    }

    /// Each metric over each parameter that was swept over, else by host; and over both where there are two.
    private var plots: [Markup] {
        var charts: [Markup] = []
        for metric in data.metrics.prefix(Self.mostMetrics) {
            let parameters = data.swept.isEmpty ? [nil] : data.swept.map(Optional.some)
            for parameter in parameters where charts.count < Self.mostPlots {
                if let chart = plot(metric, over: parameter) { charts.append(chart) }
            }
            if charts.count < Self.mostPlots, let chart = heatMap(metric) { charts.append(chart) }
        }
        guard !charts.isEmpty else { return [] }
        return [section(Message("What they found"), [Markup("div", ["class": "plots"], charts)])]
    }

    private func plot(_ metric: String, over parameter: String?) -> Markup? {
        // One other parameter may tell the lines apart, as long as there are few.
        let others = data.swept.filter { $0 != parameter }
        let values = others.count == 1 ? Set(data.outcomes.map { $0.settings[others[0]] ?? "" }) : []
        let other = (2...6).contains(values.count) ? others.first : nil
        let points = data.outcomes.compactMap { outcome -> PlotChart.Point? in
            guard let value = outcome.metrics[metric], value.isFinite else { return nil }
            let place = parameter.map { outcome.settings[$0] ?? "" } ?? outcome.attempt.host.text
            return PlotChart.Point(x: place, y: value, series: other.map { outcome.settings[$0] ?? "" } ?? "")
        }
        guard points.count > 1 else { return nil }
        return PlotChart(
            title: metric, xName: parameter ?? words(Message("host")), seriesName: other, points: points
        ).markup
    }

    private func heatMap(_ metric: String) -> Markup? {
        guard data.swept.count == 2 else { return nil }
        let (xName, yName) = (data.swept[0], data.swept[1])
        let cells = data.outcomes.compactMap { outcome in
            outcome.metrics[metric].map {
                (x: outcome.settings[xName] ?? "", y: outcome.settings[yName] ?? "", value: $0)
            }
        }
        guard Set(cells.map(\.x)).count > 1, Set(cells.map(\.y)).count > 1 else { return nil }
        return HeatMap(title: metric, xName: xName, yName: yName, cells: cells).markup
    }

    private var hosts: Markup {
        let rows = data.hosts.map { host -> [String] in
            let own = data.attempts.filter { $0.host == host }
            let busy = own.compactMap { attempt -> Double? in
                guard let start = attempt.started, let end = attempt.ended else { return nil }
                return end.seconds - start.seconds
            }
            let processor = own.compactMap { attempt -> Double? in
                guard let user = attempt.resources?["user_seconds"]?.double else { return nil }
                return user + (attempt.resources?["system_seconds"]?.double ?? 0)
            }
            let memory = own.compactMap { $0.resources?["peak_memory"]?.double }.max()
            return [
                host.text, "\(own.count)", "\(own.filter { $0.state == .done }.count)", busy.reduce(0, +).shown,
                processor.isEmpty ? "–" : processor.reduce(0, +).shown, memory.map { ($0 / 1_048_576).shown } ?? "–",
                Set(own.compactMap(\.method)).sorted().joined(separator: ", "),
            ]
        }
        let headings = [
            Message("host"), Message("attempts"), Message("done"), Message("busy, s"), Message("processor, s"),
            Message("memory, MiB"), Message("method"),
        ]
        return section(Message("Hosts"), [table(headings, rows, numeric: 1...5)])
    }

    private var failures: [Markup] {
        let names = Dictionary(uniqueKeysWithValues: data.tasks.map { ($0.id, $0.name) })
        let rows = data.attempts.compactMap { attempt -> [String]? in
            // One that was not needed any more has not failed.
            guard let failure = attempt.failure, attempt.state != .cancelled || !data.isDone(attempt.task) else {
                return nil
            }
            return [
                names[attempt.task] ?? "", attempt.host.text, "\(attempt.number)", words(failure.kind.words),
                words(failure.message),
            ]
        }
        guard !rows.isEmpty else { return [] }
        let headings = [Message("task"), Message("host"), Message("try"), Message("class"), Message("why")]
        return [section(Message("Failures"), [table(headings, rows)])]
    }

    /// Which host did what, with the digest of what came home from it.
    private var evidence: Markup {
        let names = Dictionary(uniqueKeysWithValues: data.tasks.map { ($0.id, $0) })
        let rows = data.attempts.map { attempt -> [String] in
            let task = names[attempt.task]
            return [
                task?.name ?? "", attempt.host.text, "\(attempt.number)",
                [attempt.engine, attempt.method].compactMap(\.self).joined(separator: ", "), words(attempt.state.words),
                attempt.exit.map(String.init) ?? "–", attempt.started?.description ?? "–",
                attempt.ended?.description ?? "–", String(task?.packageDigest?.hex.prefix(12) ?? "–"),
                String(attempt.resultDigest?.hex.prefix(12) ?? "–"),
            ]
        }
        let headings = [
            Message("task"), Message("host"), Message("try"), Message("engine"), Message("state"), Message("exit"),
            Message("started"), Message("ended"), Message("package"), Message("result"),
        ]
        return section(Message("Evidence"), [table(headings, rows)])
    }

    private func section(_ title: Message, _ content: [Markup]) -> Markup {
        Markup("section", [:], [Markup("h2", [:], words(title))] + content)
    }

    private func table(_ headings: [Message], _ rows: [[String]], numeric: ClosedRange<Int>? = nil) -> Markup {
        let head = Markup(
            "thead", [:],
            [
                Markup(
                    "tr", [:],
                    headings.enumerated().map { index, heading in
                        Markup("th", numeric?.contains(index) == true ? ["class": "number"] : [:], words(heading))
                    })
            ])
        let body = rows.map { row in
            Markup(
                "tr", [:],
                row.enumerated().map { index, cell in
                    Markup("td", numeric?.contains(index) == true ? ["class": "number"] : [:], cell)
                })
        }
        return Markup("div", ["class": "wide"], [Markup("table", [:], [head, Markup("tbody", [:], body)])])
    }
}
