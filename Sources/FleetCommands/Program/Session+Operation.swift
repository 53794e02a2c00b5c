import FleetBase
import FleetConfig
import FleetHosts
import FleetReleases
import FleetEvents
import FleetService
import FleetTerminal

/// Commands whose work is no operation of the service yet reach the service's own work through these calls.
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
