import FleetBase
import FleetEvents
import FleetTesting
import Synchronization
import Testing

@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

/// What a worker writes to its descriptor 3 while it runs.
@Suite struct ProgressTests {
    /// The newest line that was whole at each look.
    @Test(arguments: HostShell.allCases) func tellsWhatTheWorkerSays(shell: HostShell) async throws {
        let host = try ScriptHost()
        let code = """
            echo '{"progress":0.1}' >&3; echo '{"progress":0.2}' >&3; printf '{"progress":' >&3
            until [ -e "\(host.folder.path)/seen" ]; do sleep 0.01; done
            echo '0.9}' >&3; echo done
            """
        let told = Told(at: host.folder.path + "/seen", after: "progress {\"progress\":0.2}")
        let words = host.startWords("job", code).map { ShellWord($0) }
        let result = try await host.shell(shell).run(
            .start, words, input: ScriptHost.job, deadline: .after(.seconds(60)), told: { told.hear($0) })
        #expect(result.outputText == "done\n" && result.errorText == "")
        #expect(JobTrailer(in: result.news)?.status == 0)
        #expect(told.progress.contains("progress {\"progress\":0.2}"))
        #expect(told.progress.last == "progress {\"progress\":0.9}")
    }

    @Test func isAnEventOfItsTask() async throws {
        let folder = try TemporaryFolder()
        let script = "echo '{\"step\":3}' >&3; until [ -e \(folder.path)/seen ]; do sleep 0.01; done\n"
        let fixture = try EngineFixture(files: [
            "hello/package.yaml": "name: hello\nversion: 1\nengines: { sh: { methods: [native], run: sh work.sh } }\n",
            "hello/work.sh": script,
        ])
        let bus = EventBus()
        let follower = bus.follow()
        let fleet = Fleet(
            project: fixture.fleet.project, inventory: fixture.fleet.inventory, ssh: fixture.transport,
            events: EventSource(bus, OperationID()))
        let package = try await fixture.builder.build("hello")
        let ledger = try fixture.ledger()
        let work = Task {
            try await fleet.run(
                RunRequest(package: package, parameters: []), on: fixture.hosts, ledger: ledger,
                live: { _ in { _, _ in } })
        }
        for await case .event(let event) in follower {
            guard case .progress(let value) = event.kind else { continue }
            #expect(value == .object(["step": .integer(3)]) && event.host?.text == "one" && event.run != nil)
            break
        }
        try folder.write("", to: "seen")
        #expect(try await work.value.outcomes.first?.state == .done)
    }
}

/// Makes a file once something was told.
private final class Told: Sendable {
    private let path: String
    private let wanted: String
    private let all = Mutex<[String]>([])

    init(at path: String, after wanted: String) { (self.path, self.wanted) = (path, wanted) }

    var progress: [String] { all.withLock { $0.filter { $0.hasPrefix("progress ") } } }

    func hear(_ words: String) {
        all.withLock { $0.append(words) }
        if words == wanted { try? Disk.write("", to: path) }
    }
}
