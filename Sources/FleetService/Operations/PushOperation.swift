package import FleetBase
package import FleetConfig
import FleetHosts
package import FleetReleases

/// Builds packages and brings them to hosts.
package struct PushOperation: Operation {
    package static let name = "push"

    /// All of the project's when empty.
    package var packages: [String]
    package var hosts: HostSelector?
    package var options: PushOptions

    package init(_ packages: [String], to hosts: HostSelector? = nil, _ options: PushOptions = PushOptions()) {
        (self.packages, self.hosts, self.options) = (packages, hosts, options)
    }

    /// What came of one package.
    package struct Pushed: Sendable {
        package let package: BuiltPackage
        package let outcomes: [HostOutcome<PushOutcome>]
    }

    package func validate() throws(ServiceError) {
        try ServiceError.check(width: options.width)
        guard options.rate.map({ $0.bytes > 0 }) ?? true else {
            throw ServiceError(
                Message("the rate must be at least 1 byte a second"),
                hint: Message("leave it out to send as fast as it goes"))
        }
        guard ![.count(0), .percent(0)].contains(options.batch) else {
            throw ServiceError(Message("a batch needs at least 1 host"))
        }
        guard options.maxFailures == nil || options.batch != nil else {
            throw ServiceError(
                Message("--max-failures works only with --serial"),
                hint: Message("without --serial every host gets the package, also when others fail"))
        }
    }

    package func checkNames(in context: OperationContext) async throws {
        _ = try context.hosts(hosts)
        _ = try await context.ownPackages(packages)
    }

    package func perform(in context: OperationContext) async throws -> [Pushed] {
        let hosts = try context.hosts(hosts)
        let builder = try await context.builder()
        var results: [Pushed] = []
        for name in packages.isEmpty ? builder.names : packages {
            let package = try await builder.build(name)
            for note in package.missingNotes { context.events.tell(.note(note)) }
            let outcomes = await context.fleet.push(package, to: hosts, options)
            if !options.dryRun { await context.remember(package, after: outcomes) }
            results.append(Pushed(package: package, outcomes: outcomes))
        }
        return results
    }
}

extension OperationContext {
    fileprivate func remember(_ package: BuiltPackage, after outcomes: [HostOutcome<PushOutcome>]) async {
        let images = outcomes.compactMap { outcome in outcome.value?.imageID.map { (outcome.host, $0) } }
        await remember(
            package, on: outcomes.filter { $0.failure == nil }.map(\.host), images: Dictionary(images) { $1 })
    }
}
