import FleetBase
package import FleetConfig
import FleetHosts
import FleetReleases
package import FleetRuns
package import FleetLedger

/// Builds a package, runs it once on each host, and brings the results home; hosts without its version get it first.
package struct RunOperation: Operation {
    package static let name = "run"

    package var package: String
    /// As texts, by name; what is left out has its default.
    package var parameters: [String: String]
    package var hosts: HostSelector?
    /// Nil takes the first one that a host can run.
    package var engine: String?
    package var method: FleetConfig.Method?
    /// The package's own when nil.
    package var timeout: Duration?
    /// Whether a host with another version gets this one first; else it is refused before anything runs.
    package var pushesFirst = true
    /// As it was typed, for the ledger.
    package var command: String

    package init(
        _ package: String, parameters: [String: String] = [:], on hosts: HostSelector? = nil, command: String
    ) {
        (self.package, self.parameters, self.hosts, self.command) = (package, parameters, hosts, command)
    }

    package struct Result: Sendable {
        package let run: RunID
        package let package: PackageFile
        package let outcomes: [TaskOutcome]
        /// Why the ledger does not have the end of the run.
        package let problem: LedgerError?
    }

    package func validate() throws(ServiceError) { try ServiceError.check(timeout: timeout) }

    package func checkNames(in context: OperationContext) async throws {
        _ = try context.hosts(hosts)
        guard let file = try await context.ownPackages([package]).first else { return }
        try file.requireEngine(engine)
        _ = try file.bind(parameters)
    }

    package func perform(in context: OperationContext) async throws -> Result {
        let built = try await context.builder().build(package)
        let request = try request(built)
        let hosts = try context.hosts(hosts)
        let ledger = try await context.ledger()
        if !pushesFirst { try await refuseOthers(than: built, on: hosts, context) }
        let output = context.output
        let receiver = output?.receiver(hosts)
        let (run, outcomes, problem) = try await context.fleet.run(
            request, on: hosts, ledger: ledger,
            live: { host in Self.lines(to: receiver?(host)) }, isBehind: output?.isBehind)
        await context.remember(built, on: outcomes.filter(\.hasPackage).map(\.host))
        return Result(run: run, package: built.file, outcomes: outcomes, problem: problem)
    }

    private static func lines(to output: CommandLine.Output?) -> LineSplitter.Receiver {
        guard let output else { return { _, _ in } }
        return { stream, line in Array((line + "\n").utf8).withUnsafeBytes { _ = output(stream, $0) } }
    }

    private func request(_ built: BuiltPackage) throws -> RunRequest {
        try built.requireEngine(engine)
        var request = RunRequest(package: built, parameters: try built.file.bind(parameters))
        request.engine = engine
        request.method = method
        request.pushesFirst = pushesFirst
        request.timeout = timeout ?? built.file.timeout ?? request.timeout
        request.command = command
        return request
    }

    /// Before anything runs anywhere: who has another version than the one to run.
    private func refuseOthers(
        than package: BuiltPackage, on hosts: [Host], _ context: OperationContext
    ) async throws {
        let outcomes = await context.fleet.currentVersions(of: package.name, on: hosts)
        let others = outcomes.filter { $0.failure == nil && $0.value != .some(package.version) }
        guard !others.isEmpty else { return }
        let list = others.map { "\($0.host) (\($0.value.flatMap(\.self) ?? "–"))" }.joined(separator: ", ")
        let names = others.map(\.host.text).joined(separator: ",")
        throw ConfigError(
            .invalidValue, Message("not version \(package.version) of \(package.name): \(list)"),
            hint: Message("fleet push \(package.name) --hosts \(names), or leave --no-push out"))
    }
}
