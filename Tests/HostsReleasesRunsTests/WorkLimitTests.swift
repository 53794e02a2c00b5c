import FleetBase
import FleetConfig
import FleetLedger
import FleetTesting
import Testing
@testable import FleetHosts
@testable import FleetRuns

/// A task's own limit is one thing, a host that does not answer is another.
@Suite struct WorkLimitTests {
    private func failure(_ limit: WorkLimit, starts: Bool) async -> Failure? {
        await #expect(throws: Failure.self) {
            try await limit.run { () async throws(Failure) in
                if starts { limit.start() }
                try? await Task.sleep(for: .seconds(600))
                throw Failure(.cancelled, Message("cancelled"))
            }
        }
    }

    @Test func whatNeverBeginsHasNoAnswer() async {
        let limit = WorkLimit(preparing: .milliseconds(10), working: .seconds(600), isBehind: nil)
        #expect(await failure(limit, starts: false)?.kind == .noAnswer)
    }

    @Test func whatWorksForTooLongTimesOut() async {
        let limit = WorkLimit(preparing: .seconds(600), working: .milliseconds(10), isBehind: nil)
        #expect(await failure(limit, starts: true)?.kind == .timeOut)
    }

    /// Takes connections and says nothing for the whole patience: the job may still run there.
    @Test func aHostThatSaysNothingHasTheJobStill() async throws {
        let folder = try TemporaryFolder()
        try folder.write("hosts:\n  one: { address: 192.0.2.1 }\n", to: "inventory/hosts.yaml")
        let transport = FakeTransport { _ in .status(0) }
        transport.refuse("192.0.2.1", with: Failure(.noAnswer, Message("no answer in time")))
        let project = Project(folder: folder.path)
        let fleet = Fleet(project: project, inventory: try project.inventory(home: folder.path), ssh: transport)
        let ledger = try Ledger(path: project.ledgerFile)
        let run = Run(command: "fleet tasks run")
        let key = Digest(bytes: [UInt8](repeating: 1, count: 32))
        let task = LedgerTask(run: run.id, position: 1, name: "say", key: key)
        try await ledger.begin(run, tasks: [task])
        let link = HostLink(fleet, fleet.inventory.hosts[0])
        var work = TaskAttempt(
            fleet: fleet, link: link, request: RunRequest(.command("true")), run: run.id, task: task, ledger: ledger,
            proofs: .success(.none), folder: folder.path + "/results")
        work.patience = .zero
        var attempt = Attempt(task: task.id, number: 1, host: fleet.inventory.hosts[0].name)
        (attempt.state, attempt.started) = (.running, .now)
        try await ledger.record(attempt)
        let outcome = await work.takeUp(attempt)
        #expect(outcome.state == .lost && outcome.failure?.kind == .noAnswer)
        #expect(try await ledger.attempts(of: run.id).map(\.state) == [.lost])
        #expect(transport.lines.isEmpty)
    }
}
