import FleetBase
import FleetConfig
import FleetEvents
import FleetLedger
import FleetTesting
import Glibc
import Testing

@testable import FleetService

/// Runs that one service works on, as another one sees them.
@Suite struct RunVerbTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            "hosts:\n  here: { address: localhost, transport: local, root: \(folder.path)/here }\n",
            to: "inventory/hosts.yaml")
    }

    private func service() -> FleetService {
        FleetService(Project(folder: folder.path), home: folder.path, environment: [:]) { _ in }
    }

    private func start(_ command: String, on service: FleetService) async throws -> OperationHandle<Bool> {
        try folder.write("tasks:\n  - { name: work, command: '\(command)' }\n", to: "tasks.yaml")
        let follower = service.bus.follow(durable: true)
        let handle = try service.start("tasks run") { context in
            try await TasksOperation(TaskWords(names: []), command: "fleet tasks run").perform(in: context).wasCancelled
        }
        for await case .event(let event) in follower {
            if case .attemptStarted = event.kind { break }
        }
        return handle
    }

    /// No signal is sent: both are one process.
    @Test(.timeLimit(.minutes(1))) func cancelsWhatAnotherServiceRuns() async throws {
        let (here, there) = (service(), service())
        let handle = try await start("sleep 300", on: here)
        let (ledger, run) = try await there.run(named: "last")
        #expect(try await ledger.operation(workingOn: run.id) == handle.id.text)
        let result = try await there.start(CancelRunOperation("last")).result
        #expect(!result.hadEnded && result.outcomes.isEmpty)
        #expect(try await handle.result)
        #expect(try await there.ask(RunQuery("last")).run.state == .cancelled)
        await here.bus.flush()
        #expect(try await ledger.operation(workingOn: run.id) == nil)
        await here.close()
        await there.close()
    }

    @Test(.timeLimit(.minutes(1))) func followsWhatAnotherServiceRuns() async throws {
        let (here, there) = (service(), service())
        let handle = try await start(
            "echo first; until [ -e \(folder.path)/go ]; do sleep 0.05; done; printf \"second\\nthird\"", on: here)
        let follower = try await RunFollower("last", by: there)
        let (lines, sender) = AsyncStream.makeStream(of: String.self)
        let following = Task { try await follower.follow(isBehind: { false }) { sender.yield($0.text) } }
        var seen: [String] = []
        for await line in lines {
            seen.append(line)
            if line == "first" { try folder.write("", to: "go") }
            if line == "third" { break }
        }
        try await following.value
        #expect(seen == ["first", "second", "third"])
        #expect(try await !handle.result)
        #expect(try await follower.record().run.state == .done)
        await here.close()
        await there.close()
    }

    /// A worker may have written gigabytes.
    @Test func givesNoTextThatIsTooLong() async throws {
        let service = service()
        _ = try await start("true", on: service).result
        let (ledger, run) = try await service.run(named: "last")
        let attempt = try #require(try await ledger.attempts(of: run.id).first)
        #expect(truncate(service.project.resultsFolder(of: attempt, in: run.id) + "/stdout", 65 << 20) == 0)
        let log = try #require(try await service.ask(LogsQuery("last")).logs.first)
        #expect(throws: ServiceError.self) { try log.text(of: .output) }
        #expect(try log.text(of: .error) == "")
        await service.close()
    }

    /// A page shows the end of what was written, whole lines of it, and reads no more.
    @Test func givesTheLastLinesOfAnOutput() async throws {
        let service = service()
        _ = try await start("for i in 1 2 3 4 5 6 7 8; do echo line $i; done", on: service).result
        let log = try #require(try await service.ask(LogsQuery("last")).logs.first)
        #expect(log.tail(of: .output, bytes: 1000, lines: 2) == ["line 7", "line 8"])
        #expect(log.tail(of: .output, bytes: 17, lines: 100) == ["line 7", "line 8"])
        #expect(log.tail(of: .output, bytes: 1000, lines: 100).count == 8)
        #expect(log.tail(of: .error, bytes: 1000, lines: 100).isEmpty)
        await service.close()
    }

    @Test func questionsLeaveNoTraceInTheFeed() async throws {
        let service = service()
        #expect(try await service.ask(RunsQuery(limit: 1)).isEmpty)
        #expect(!service.project.hasLedger)
        let handle = try await start("true", on: service)
        _ = try await handle.result
        await service.bus.flush()
        let last = try await service.bus.feed?.last()
        #expect(try await service.ask(RunsQuery(limit: 2)).map(\.done) == [1])
        #expect(try await service.ask(LogsQuery("last")).logs.count == 1)
        try await RunFollower("last", by: service).follow(isBehind: { false }) { _ in }
        await service.bus.flush()
        #expect(try await service.bus.feed?.last() == last)
        await service.close()
    }
}
