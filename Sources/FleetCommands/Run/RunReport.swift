import FleetBase
import FleetConfig
import FleetEngine
import FleetLedger

/// A run, as `--json` and the table show it.
struct RunReport: Encodable {
    struct Task: Encodable {
        let host: String
        let engine: String?
        let method: String?
        let state: String
        let exit: Int32?
        let seconds: Double?
        let metrics: JSONValue
        let results: String?
        let failure: FailureReport?

        private enum CodingKeys: String, CodingKey {
            case host, engine, method, state, exit, seconds, metrics, results, failure
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(host, forKey: .host)
            try container.encode(engine, forKey: .engine)
            try container.encode(method, forKey: .method)
            try container.encode(state, forKey: .state)
            try container.encode(exit, forKey: .exit)
            try container.encode(seconds, forKey: .seconds)
            try container.encode(metrics, forKey: .metrics)
            try container.encode(results, forKey: .results)
            try container.encode(failure, forKey: .failure)
        }
    }

    let run: String
    let tasks: [Task]
    private let metrics: [Metric]
    private let outcomes: [TaskOutcome]

    private enum CodingKeys: String, CodingKey { case run, tasks }

    init(_ run: RunID, _ outcomes: [TaskOutcome], _ package: PackageFile, _ console: Console) {
        self.run = run.text
        self.outcomes = outcomes
        metrics = package.metrics
        tasks = outcomes.map { outcome in
            Task(
                host: outcome.host.text, engine: outcome.engine, method: outcome.method?.rawValue,
                state: outcome.state.rawValue, exit: outcome.exit, seconds: outcome.duration?.seconds,
                metrics: outcome.metrics ?? .object([:]), results: outcome.results,
                failure: outcome.failure.map { FailureReport($0, console) })
        }
    }

    func show(json: Bool, _ console: Console) throws {
        if json { return try console.json(self) }
        console.table(table(console))
        for outcome in outcomes {
            for path in outcome.refused {
                console.warning(Message("\(outcome.host) sent \(path), which no result may be: it was left out"))
            }
            if let failure = outcome.failure { console.failure(failure, on: outcome.host) }
        }
        if let folder = outcomes.compactMap(\.results).first?.split(separator: "/").dropLast().joined(separator: "/") {
            console.note(Message("results are in /\(folder)"))
        }
    }

    private func table(_ console: Console) -> Table {
        let headings: [(title: Message, alignment: Table.Alignment)] =
            [
                (Message("HOST"), .left), (Message("ENGINE"), .left), (Message("METHOD"), .left),
                (Message("STATE"), .left), (Message("TIME"), .right),
            ] + metrics.map { (Message(verbatim: $0.name), .right) }
        var table = Table(headings)
        for outcome in outcomes {
            let time = outcome.duration.map { "\(($0.seconds * 100).rounded() / 100) s" } ?? "–"
            table.add(
                [
                    .init(outcome.host.text), .init(outcome.engine ?? "–"), .init(outcome.method?.rawValue ?? "–"),
                    outcome.state.cell(console), .init(time),
                ] + metrics.map { .init(cell(of: $0, in: outcome.metrics)) })
        }
        return table
    }

    private func cell(of metric: Metric, in values: JSONValue?) -> String {
        switch values?[metric.name] {
        case .integer(let number): "\(number)"
        case .number(let number): "\((number * 10000).rounded() / 10000)"
        case .string(let text): text.count > 16 ? text.prefix(12) + "…" : text
        case .bool(let bool): "\(bool)"
        default: "–"
        }
    }
}

extension Attempt.State {
    func cell(_ console: Console) -> Table.Cell {
        switch self {
        case .done: .init(console.text(Message("done")), .green)
        case .failed: .init(console.text(Message("failed")), .red)
        case .lost: .init(console.text(Message("lost")), .red)
        case .cancelled: .init(console.text(Message("cancelled")), .yellow)
        case .planned, .sent, .running: .init(console.text(Message("running")), .yellow)
        }
    }
}
