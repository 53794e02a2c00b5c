import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger
import FleetPackage
import FleetReleases
import FleetRuns
import FleetSSH

/// A fleet project and its hosts: the operations of the program `fleet` for other Swift programs.
///
///     let fleet = try FleetProject(at: "/home/ana/work")
///     for answer in try await fleet.execute(["uname", "-a"]) { print(answer.host, answer.result) }
///     await fleet.close()
public struct FleetProject: Sendable {
    /// Which hosts an operation is for.
    public enum Selection: Sendable {
        case all
        /// Names, patterns such as `worker-*`, and `tag:NAME`.
        case hosts([String])
        case groups([String])
    }

    private let fleet: Fleet
    private let transport: SSHTransport

    /// - Parameters:
    ///   - folder: the project's folder, which holds `inventory/hosts.yaml`.
    ///   - warn: told of each line of `~/.ssh/config` that fleet can't honour.
    public init(at folder: String, warn: @escaping @Sendable (String) -> Void = { _ in }) throws(FleetError) {
        let environment = Environment.current
        let home = Environment.home(in: environment)
        let project = Project(folder: folder)
        let inventory: Inventory
        do {
            inventory = try project.inventory(home: home)
        } catch {
            throw FleetError(error)
        }
        transport = SSHTransport(config: .forUser(home: home), environment: environment) {
            warn($0.text(in: .english))
        }
        fleet = Fleet(project: project, inventory: inventory, ssh: transport)
    }

    /// Ends what the connections share, such as those to jump hosts.
    public func close() async { await transport.close() }

    /// The hosts of the inventory, in its order.
    public var hosts: [String] { fleet.inventory.hosts.map(\.name.text) }

    /// Which hosts are alive, and what they are.
    public func check(_ selection: Selection = .all) async throws(FleetError) -> [HostResult<HostFacts>] {
        await fleet.probe(try select(selection)).map { HostResult($0, HostFacts.init) }
    }

    /// Runs a command: one word is a line for the shell, several are a program and its arguments. A status other than 0
    /// is in the answer; a failure is what kept the command from running or from ending.
    public func execute(
        _ words: [String], on selection: Selection = .all, timeout: Duration = .seconds(600)
    ) async throws(FleetError) -> [HostResult<CommandOutput>] {
        var execution = Execution(words: words)
        execution.timeout = min(timeout, .longest)
        return await fleet.execute(execution, on: try select(selection)).map {
            HostResult($0, reading: CommandOutput.init)
        }
    }

    /// Builds a package of the project and brings it to hosts.
    public func push(
        _ package: String, to selection: Selection
    ) async throws(FleetError) -> [HostResult<PushResult>] {
        let built = try await build(package)
        return await fleet.push(built, to: try select(selection)).map { HostResult($0, PushResult.init) }
    }

    /// Runs a package once on each host and brings the results home; hosts without its version get it first.
    ///
    /// - Parameter parameters: texts by name; what is left out has its default.
    public func run(
        _ package: String, parameters: [String: String] = [:], engine: String? = nil, on selection: Selection = .all,
        timeout: Duration = .seconds(3600)
    ) async throws(FleetError) -> [HostResult<TaskResult>] {
        let hosts = try select(selection)
        let built = try await build(package)
        do {
            var request = RunRequest(package: built, parameters: try built.file.bind(parameters))
            request.engine = engine
            request.timeout = min(timeout, .longest)
            request.command = "FleetKit: run \(package)"
            let ledger = try Ledger(path: fleet.project.ledgerFile)
            let done = try await fleet.run(request, on: hosts, ledger: ledger, live: { _ in { _, _ in } })
            if let problem = done.problem { throw problem }
            return done.outcomes.map(Self.result)
        } catch {
            throw FleetError(error)
        }
    }

    private static func result(_ outcome: TaskOutcome) -> HostResult<TaskResult> {
        if let failure = outcome.failure {
            return HostResult(host: outcome.host.text, result: .failure(HostFailure(failure)))
        }
        let result = TaskResult(
            engine: outcome.engine, method: outcome.method?.rawValue, exit: outcome.exit, duration: outcome.duration,
            metricsJSON: outcome.metrics.flatMap { try? JSONText.encode($0) }, folder: outcome.results)
        return HostResult(host: outcome.host.text, result: .success(result))
    }

    private func select(_ selection: Selection) throws(FleetError) -> [Host] {
        let selector =
            switch selection {
            case .all: HostSelector.all
            case .hosts(let names): HostSelector(hosts: names)
            case .groups(let names): HostSelector(hosts: [], groups: names)
            }
        do {
            return try selector.select(from: fleet.inventory)
        } catch {
            throw FleetError(error)
        }
    }

    /// The key that the inventory names, if it names one.
    private func signer() throws -> ManifestSigner? {
        guard let key = fleet.inventory.signingKey else { return nil }
        let environment = Environment.current
        let path = try fleet.project.keyFile(key, home: Environment.home(in: environment))
        let signer = try FileSigner(path, agentSocket: environment["SSH_AUTH_SOCK"])
        guard let publicKey = SigningPublicKey(blob: signer.publicKey) else {
            preconditionFailure("a file signer's key is an Ed25519 key")
        }
        return ManifestSigner(publicKey: publicKey, sign: signer.sign)
    }

    private func build(_ package: String) async throws(FleetError) -> BuiltPackage {
        do {
            return try await PackageBuilder(fleet.project, signer: try signer()).build(package)
        } catch {
            throw FleetError(error)
        }
    }
}
