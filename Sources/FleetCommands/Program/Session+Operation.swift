import FleetBase
import FleetConfig
import FleetHosts
import FleetReleases
import FleetService

/// What the operations of the service know, for commands that are not all operations yet.
extension Session {
    func builder() async throws -> PackageBuilder { try await operation.builder() }

    func checkPackages(_ names: [String], on hosts: [Host]) async throws {
        try await operation.checkPackages(names, on: hosts)
    }

    func remember(_ package: BuiltPackage, on hosts: [HostName]) async {
        await operation.remember(package, on: hosts)
    }

    func remember(_ outcomes: [HostOutcome<Facts>]) async { await operation.remember(outcomes) }

    func forget(_ outcomes: [HostOutcome<[PrunedRelease]>]) async { await operation.forget(outcomes) }
}
