import FleetBase
import FleetConfig
import FleetLedger
import FleetTesting
@testable import FleetHosts
@testable import FleetReleases
@testable import FleetRuns

/// A project whose hosts are folders of this machine: real shells, scripts and files, without a network.
struct EngineFixture {
    let folder: TemporaryFolder
    let fleet: Fleet
    /// What reaches the hosts.
    let transport: any Transport
    private let environment: [String: String]

    /// - Parameters:
    ///   - hosts: names; one that is called `dead` can't be reached.
    ///   - environment: added to that of the hosts' shells.
    init(
        hosts: [String] = ["one"], files: [String: String] = EngineFixture.hello, environment: [String: String] = [:]
    ) throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        self.environment = environment
        let lines = hosts.map { "  \($0): { address: 127.0.0.1, root: \(folder.path)/homes/\($0)/.fleet }\n" }
        try folder.write("hosts:\n" + lines.joined(), to: "inventory/hosts.yaml")
        for (name, text) in files { try folder.write(text, to: "packages/\(name)") }
        let project = Project(folder: folder.path)
        transport = DeadHost(transport: LocalTransport(environment: environment, directory: folder.path))
        fleet = Fleet(project: project, inventory: try project.inventory(home: folder.path), ssh: transport)
    }

    var hosts: [Host] { fleet.inventory.hosts }
    var builder: PackageBuilder { PackageBuilder(fleet.project, environment: environment) }

    func ledger() throws -> Ledger { try Ledger(path: fleet.project.ledgerFile) }

    /// - Returns: the only outcome of a run of the package `hello` on all hosts.
    func run(_ texts: [String: String] = [:], _ change: (inout RunRequest) -> Void = { _ in }) async throws
        -> [TaskOutcome]
    {
        let package = try await builder.build("hello")
        var request = RunRequest(package: package, parameters: try package.file.bind(texts))
        change(&request)
        return try await fleet.run(request, on: hosts, ledger: try ledger(), live: { _ in { _, _ in } }).outcomes
    }

    static let hello = [
        "hello/package.yaml": """
        name: hello
        version: 1.0.0
        parameters:
          do: { type: string, default: greet }
        engines:
          sh: { methods: [native], run: sh hello.sh }
        metrics:
          greetings: { type: int }
        """,
        "hello/hello.sh": """
        case $2 in
        greet) echo hello; echo aside >&2; echo '{"greetings": 1}' >out/metrics.json ;;
        fail) echo broken >&2; exit 9 ;;
        hang) echo $$ >"$FLEET_OUT/pid"; exec sleep 600 ;;
        lock) mkdir out/folder; : >out/folder/file; chmod 555 out/folder ;;
        linger) sh -c 'trap "" TERM; while :; do echo more; sleep 0.01; done' & ;;
        killed) kill -9 $$ ;;
        escape) ln -s /etc/passwd out/passwd; mkfifo out/fifo; echo fine >out/fine ;;
        large) head -c 3000000 /dev/zero >out/large ;;
        job) cat >out/job.json; pwd >out/pwd; ls >out/ls ;;
        esac
        """,
    ]
}

/// Refuses the host called `dead`, as a machine that is off would.
struct DeadHost: Transport {
    let transport: LocalTransport

    func connect(to destination: Destination, deadline: Deadline) async throws(Failure) -> any Connection {
        guard destination.host.text != "dead" else { throw Failure(.refused, Message("it is off")) }
        return try await transport.connect(to: destination, deadline: deadline)
    }
}
