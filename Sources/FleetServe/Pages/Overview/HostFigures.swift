import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts
import FleetLedger
import FleetReleases
import FleetService

/// A host as a page shows it: what is known of it, and when it was true.
struct HostFigures: Sendable, Hashable {
    enum State: Sendable, Hashable {
        /// It answered at the last look.
        case answers
        /// It did not, and this is why.
        case silent(Failure)
        /// Nobody has looked yet since this server runs; what is shown is from before.
        case remembered
        /// It was never seen.
        case unseen
    }

    /// What a run does there.
    struct Work: Sendable, Hashable {
        let run: RunID
        let task: String
    }

    let host: Host
    var state = State.unseen
    /// When the figures were true.
    var seen: Timestamp?
    var cores: Int64?
    var load: Double?
    var memory: Int64?
    var memoryFree: Int64?
    var disk: Int64?
    var diskFree: Int64?
    /// The current version of each package there.
    var packages: [String: String] = [:]
    var work: [Work] = []
    /// Why a run has set the host aside; nil when none has.
    var aside: Message?

    /// How many tasks it takes at once; nil when nobody knows.
    var slots: Int? { host.slots ?? cores.map { Int($0) } }

    init(_ host: Host, state known: HostState?, _ sight: HostWatch.Sight?) {
        self.host = host
        if let known {
            state = .remembered
            seen = known.seen
            packages = known.packages.mapValues(\.version)
            cores = known.facts["cores"]?.whole
            memory = known.facts["memory"]?.whole
            disk = known.facts["disk"]?.whole
        }
        if let facts = sight?.facts {
            state = .answers
            seen = sight?.seen
            (cores, load) = (facts.number("cores") ?? cores, facts.loadAverage)
            (memory, memoryFree) = (facts.number("memory") ?? memory, facts.number("memory_free"))
            (disk, diskFree) = (facts.number("disk") ?? disk, facts.number("disk_free"))
            packages = facts.packages.compactMapValues(\.current)
        }
        if let failure = sight?.failure { state = .silent(failure) }
    }
}

extension JSONValue {
    fileprivate var whole: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }
}

/// All hosts with what is known of them now.
struct HostBoard: Sendable {
    let hosts: [HostFigures]
    /// The versions that were built here last, by package.
    let built: [String: String]

    /// What happened so long ago sets no host aside any more.
    private static let events = 2000

    init(_ service: FleetService, _ watch: HostWatch) async throws {
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
            figures.work = (byHost[host.name] ?? []).map { HostFigures.Work(run: $0.run, task: $0.task) }
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
    static func reasons(in events: [Event]) -> [HostName: Message] {
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
    func hasDrift(_ figures: HostFigures) -> Bool {
        figures.packages.contains { name, version in built[name].map { $0 != version } ?? false }
    }
}
