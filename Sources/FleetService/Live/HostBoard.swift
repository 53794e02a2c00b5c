package import FleetBase
import FleetConfig
package import FleetEvents
import FleetReleases

/// All hosts with what is known of them now.
package struct HostBoard: Sendable {
    package let hosts: [HostFigures]
    /// The versions that were built here last, by package.
    package let built: [String: String]

    /// What happened so long ago sets no host aside any more.
    private static let events = 2000

    package init(_ service: FleetService, _ watch: HostWatch) async throws {
        let inventory = try service.inventoryIfThere
        let (project, remembered) = (service.project, watch.remembered)
        let (state, built) = try await ThreadExecutor.disk.run {
            (try remembered.read(), try PackageBuilder(project).builtVersions())
        }
        let sights = watch.sights()
        let work = try await service.knownLedger()?.work() ?? []
        let byHost = Dictionary(grouping: work, by: \.attempt.host)
        let aside = try await Self.aside(service)
        self.built = built
        hosts = inventory.hosts.map { host in
            var figures = HostFigures(host, state: state[host.name], sights[host.name])
            figures.work = (byHost[host.name] ?? []).map {
                HostFigures.Work(run: $0.run, task: $0.task, since: $0.attempt.started)
            }
            figures.aside = aside[host.name]
            return figures
        }
    }

    /// The hosts that operations have set aside, and why.
    private static func aside(_ service: FleetService) async throws -> [HostName: Message] {
        guard service.project.hasLedger, let feed = service.bus.feed else { return [:] }
        let start = try await feed.start(ofLast: events)
        return reasons(in: try await feed.events(after: start.number, limit: events).events)
    }

    /// - Parameter events: in their order.
    package static func reasons(in events: [Event]) -> [HostName: Message] {
        var reasons: [HostName: (operation: OperationID, why: Message)] = [:]
        for event in events {
            switch (event.kind, event.host) {
            case (.failure(let failure), let host?), (.hostAbsent(let failure), let host?):
                reasons[host] = (event.operation, failure.message)
            case (.hostReady, let host?), (.attemptStarted, let host?), (.hostConnected, let host?):
                reasons[host] = nil
            case (.operationEnded, _): reasons = reasons.filter { $0.value.operation != event.operation }
            default: break
            }
        }
        return reasons.mapValues(\.why)
    }

    /// Whether a host has another version of a package than the one that was built here last.
    package func hasDrift(_ figures: HostFigures) -> Bool {
        figures.packages.contains { name, version in built[name].map { $0 != version } ?? false }
    }
}
