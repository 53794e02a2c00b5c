import FleetBase
import FleetLedger
import FleetTesting
import Testing

@testable import FleetCommands
@testable import FleetConfig
@testable import FleetRuns
@testable import FleetTerminal
@testable import FleetViews

/// What people see at the end of a run, of many tasks, and of `fleet versions`.
@Suite struct ReportScreenTests {
    private static let run = RunID("20261127-101500-3ee1")

    init() { Catalogue.add(FleetProgram.words) }

    /// Compares what a console shows on a terminal, with sentences on one line each, and sees to it that no row of a table
    /// is broken.
    private func expect(
        _ size: (Int, Int), _ language: Language, are name: String, table: Int, _ show: (Console) -> Void
    ) throws {
        let (terminal, writer) = (try PseudoTerminal(columns: size.0), ConsoleWriter())
        show(
            Console(
                language: language, environment: [:], output: terminal.descriptor, error: terminal.descriptor, writer))
        writer.flush()
        var screen = ScreenModel(width: 1000)
        screen.take(terminal.read())
        let lines = screen.lines
        #expect(lines.prefix(table).allSatisfy { $0.columns <= size.0 }, "\(lines)")
        try KeptScreen.expect(lines, are: "\(name).\(size.0)x\(size.1).\(language.rawValue)")
    }

    private static func outcome(
        _ host: String, _ state: Attempt.State, _ method: FleetConfig.Method? = .native, seconds: Double? = nil,
        _ metrics: JSONValue? = nil
    ) throws -> TaskOutcome {
        var outcome = TaskOutcome(host: try HostName(host))
        (outcome.state, outcome.method, outcome.engine, outcome.metrics) = (state, method, "python", metrics)
        outcome.duration = seconds.map { .seconds($0) }
        if state == .done { outcome.results = "/home/ana/p/.fleet/results/\(run.text)/\(host)" }
        return outcome
    }

    private static func outcomes() throws -> [TaskOutcome] {
        var failed = try outcome("raspberry", .failed, .venv, seconds: 3.2)
        failed.failure = Failure(.exit, Message("the worker ended with status \(3)"))
        let reason = Message("\("192.0.2.7") port \(22) refused the connection: nothing listens there")
        let refused = Failure(.refused, reason)
        var absent = try outcome("worker-with-a-long-name", .failed, nil)
        (absent.engine, absent.failure) = (nil, refused)
        let metrics: JSONValue = ["score": .number(0.9731), "particles": .integer(1_000_000)]
        return [
            try outcome("pc-ana", .done, seconds: 12.34, metrics),
            try outcome("pc-leo", .done, .docker, seconds: 75, ["score": .number(0.5), "particles": .integer(100)]),
            failed, absent,
        ]
    }

    @Test(arguments: KeptScreen.sizes, Language.allCases) func aRun(size: (Int, Int), language: Language) throws {
        let metrics = [("score", Metric.Kind.float), ("particles", .int)].map {
            Metric(name: $0.0, kind: $0.1, unit: nil, varies: false)
        }
        let report = RunReport(try Self.outcomes(), metrics: metrics, of: Self.run)
        try expect(size, language, are: "run", table: 5) { report.show(on: $0) }
    }

    @Test(arguments: KeptScreen.sizes, Language.allCases) func manyTasks(size: (Int, Int), language: Language) throws {
        let outcomes = try Self.outcomes()
        let tasks = outcomes.indices.map { index in
            let record = LedgerTask(
                run: Self.run, position: index + 1, name: "sweep[particles=\(index + 1)000000,seed=1]",
                key: Digest(bytes: [UInt8](repeating: UInt8(index), count: 32)))
            return PlannedTask(record: record, request: RunRequest(.command("true")), group: 0)
        }
        let results = outcomes.map { QueueResult(outcome: $0, failure: $0.failure, attempts: 1) }
        let report = TasksReport(QueueReport(run: Self.run, tasks: tasks, results: results))
        try expect(size, language, are: "tasks-run", table: 5) { report.show(on: $0) }
    }

    @Test(arguments: KeptScreen.sizes, Language.allCases) func versions(size: (Int, Int), language: Language) throws {
        let (new, old) = ("1.0.0-5c753b7e6f11", "1.0.0-0d3f53a8aa02")
        let text = """
            {"built": {"benchmark": "\(new)", "ask": "2.1.0-77aa6d2b9e10"}, "hosts": [
              {"host": "pc-ana", "failure": null, "packages": {
                "benchmark": {"current": "\(new)", "versions": ["\(new)", "\(old)"], "behind": false},
                "ask": {"current": "2.1.0-77aa6d2b9e10", "versions": ["2.1.0-77aa6d2b9e10"], "behind": false}}},
              {"host": "raspberry", "failure": null, "packages": {
                "benchmark": {"current": "\(old)", "versions": ["\(old)"], "behind": true},
                "ask": {"current": null, "versions": [], "behind": true}}},
              {"host": "worker-with-a-long-name", "failure": {"class": "refused", "message": "off", "hint": null},
               "packages": {}}]}
            """
        let view = try JSONText.decode(VersionsView.self, from: text.utf8)
        try expect(size, language, are: "versions", table: 4) { console in
            VersionMatrix(view, ["ask", "benchmark"]).print(to: console)
        }
    }
}
