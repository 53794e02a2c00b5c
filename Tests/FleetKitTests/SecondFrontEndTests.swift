import FleetKit
import FleetTesting
import Foundation
import Testing

/// The library beside the command line on one project: each sees what the other one does, and may end it.
@Suite struct SecondFrontEndTests {
    private let project: LocalProject

    init() throws { project = try LocalProject() }

    @Test func seesAndCancelsWhatTheCommandLineStarted() async throws {
        try await project.use { fleet in
            let events = try await fleet.events()
            let program = try project.start(["exec", "--hosts", "one", "--events", "--", "sleep", "618.5"])
            var kinds: [FleetEvent.Kind] = []
            for await event in events {
                kinds.append(event.kind)
                if event.kind == .stepStarted, let operation = event.operation { try await fleet.cancel(operation) }
                if event.kind == .operationEnded { break }
            }
            await program.ended()
            #expect(program.terminationStatus == 130)
            let durable = kinds.filter { $0 != .cancelRequested }
            #expect(try printedEvents().map(\.kind).filter { $0 != .cancelRequested && $0 != .output } == durable)
            #expect(Processes.running("sleep 618.5").isEmpty)
        }
    }

    /// Each durable event, to the last character; of a push, whose steps are many.
    @Test func hearsTheSameEventsAsTheCommandLine() async throws {
        try await project.use { fleet in
            let events = try await fleet.events()
            try await project.start(["push", "--all", "--events"]).ended()
            var heard: [String] = []
            for await event in events where event.sequence != nil {
                heard.append(event.json)
                if event.kind == .operationEnded { break }
            }
            let printed = try project.folder.read("printed").split(separator: "\n").map(String.init)
            #expect(printed.filter { $0.contains("\"sequence\":\"") } == heard && heard.count > 10)
        }
    }

    @Test func theCommandLineEndsARunThatTheLibraryStarted() async throws {
        try project.folder.write("tasks:\n  - { name: long, command: 'sleep 616.5' }\n", to: "tasks.yaml")
        try await project.use { fleet in
            let sweep = try fleet.tasks.run()
            var run: String?
            for await event in sweep.events where event.kind == .attemptStarted {
                run = event.run
                break
            }
            let cancel = try project.start(["runs", "cancel", try #require(run)])
            await cancel.ended()
            #expect(cancel.terminationStatus == 0)
            let done = try await sweep.result
            #expect(done.run == run && done.tasks.map(\.isDone) == [false])
            #expect(try await fleet.runs.show().state == .cancelled)
            #expect(await eventually { Processes.running("sleep 616.5").isEmpty })
        }
    }

    @Test func answersAsTheCommandLineDoes() async throws {
        struct Hosts: Decodable { let hosts: [InventoryHost] }
        struct Packages: Decodable { let packages: [PackageDeclaration] }
        struct Runs: Decodable { let runs: [RunSummary] }
        struct Logs: Decodable { let logs: [RunLog] }
        struct Tasks: Decodable { let tasks: [TaskStatus] }
        try await project.use { fleet in
            _ = try await fleet.runs.start("hello").result
            _ = try await fleet.tasks.run().result
            let hosts: Hosts = try await project.answer(to: ["inventory", "list"])
            #expect(try await fleet.inventory.hosts() == hosts.hosts)
            let host: HostDescription = try await project.answer(to: ["inventory", "show", "one"])
            #expect(try await fleet.inventory.host("one") == host)
            let packages: Packages = try await project.answer(to: ["package", "--list"])
            #expect(try await fleet.packages.list() == packages.packages)
            let runs: Runs = try await project.answer(to: ["runs"])
            #expect(try await fleet.runs.list() == runs.runs && runs.runs.count == 2)
            let record: RunRecord = try await project.answer(to: ["runs", "show", "last"])
            #expect(try await fleet.runs.show() == record)
            // A task that is slow on a busy machine has a second attempt, and a row for each.
            #expect(Set(record.tasks.map(\.task)) == [1, 2, 3, 4])
            let logs: Logs = try await project.answer(to: ["logs", "last"])
            #expect(try await fleet.runs.logs() == logs.logs)
            let tasks: Tasks = try await project.answer(to: ["tasks", "status"])
            #expect(try await fleet.tasks.status().result == tasks.tasks && tasks.tasks.count == 4)
        }
    }

    /// Whatever a command prints comes through the public values unchanged; only null and nothing are the same to them.
    @Test func valuesKeepAllThatTheCommandLinePrints() async throws {
        let forms: [(words: [String], rows: String?, form: any Codable.Type)] = [
            (["inventory", "list"], "hosts", InventoryHost.self),
            (["inventory", "show", "one"], nil, HostDescription.self),
            (["inventory", "import", try project.folder.write("Host a\n", to: "config")], nil, ImportedHosts.self),
            (["host", "prepare", "--hosts", "one", "--python", "--dry-run"], "hosts", HostPreparation.self),
            (["package", "--list"], "packages", PackageDeclaration.self),
            (["package", "--list-files"], "packages", PackageFiles.self),
            (["push", "--hosts", "one", "--dry-run"], "hosts", PushResult.self),
            (["run", "hello"], nil, RunResult.self),
            (["verify", "--hosts", "one,two"], "hosts", HostVerification.self),
            (["tasks", "plan", "--hosts", "one,two"], nil, TaskPlan.self),
            (["tasks", "run", "--hosts", "one,two"], nil, TasksResult.self),
            (["tasks", "status"], "tasks", TaskStatus.self),
            (["runs"], "runs", RunSummary.self), (["runs", "show", "last"], nil, RunRecord.self),
            (["logs", "last"], "logs", RunLog.self), (["runs", "pull", "last"], nil, PulledRun.self),
            (["runs", "cancel", "last"], nil, CancelledRun.self), (["check"], "files", CheckedFile.self),
        ]
        for (words, rows, form) in forms {
            try await project.start(words + ["--json"]).ended()
            let text = try project.folder.read("printed")
            let whole = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
            let printed = rows.map { whole[$0] as? [[String: Any]] ?? [] } ?? [whole]
            #expect(!printed.isEmpty, "\(words): \(text)")
            for var row in printed {
                // The name of the host and the failure stand beside the value: see `HostResult`.
                if form is PushResult.Type { (row["host"], row["failure"]) = (nil, nil) }
                // The hosts that failed stand beside it, too: see `HostReport`.
                if form is PulledRun.Type || form is CancelledRun.Type { row["failures"] = nil }
                let kept = try Self.kept(of: row, as: form)
                #expect(kept == Self.withoutNull(row) as? NSDictionary, "\(words): \(kept) of \(row)")
            }
        }
    }

    private static func kept<Value: Codable>(of row: [String: Any], as form: Value.Type) throws -> NSDictionary? {
        let value = try JSONDecoder().decode(form, from: JSONSerialization.data(withJSONObject: row))
        return try JSONSerialization.jsonObject(with: JSONEncoder().encode(value)) as? NSDictionary
    }

    private static func withoutNull(_ value: Any) -> Any {
        if let list = value as? [Any] { return list.map(withoutNull) }
        guard let object = value as? [String: Any] else { return value }
        return object.filter { !($0.value is NSNull) }.mapValues(withoutNull)
    }

    private func printedEvents() throws -> [Printed] {
        try project.folder.read("printed").split(separator: "\n").compactMap { line in
            try? JSONDecoder().decode(Printed.self, from: Data(line.utf8))
        }
    }

    private struct Printed: Decodable { let kind: FleetEvent.Kind }
}
