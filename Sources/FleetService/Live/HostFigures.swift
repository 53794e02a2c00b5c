package import FleetBase
package import FleetConfig
import FleetHosts
package import FleetLedger
import FleetReleases

/// A host as pages and the monitor show it: what is known of it, and when it was true.
package struct HostFigures: Sendable, Hashable {
    package enum State: Sendable, Hashable {
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
    package struct Work: Sendable, Hashable {
        package let run: RunID
        package let task: String
        /// When it began; nil before.
        package let since: Timestamp?

        package init(run: RunID, task: String, since: Timestamp?) {
            (self.run, self.task, self.since) = (run, task, since)
        }
    }

    package let host: Host
    package var state = State.unseen
    /// When the figures were true.
    package var seen: Timestamp?
    package var cores: Int64?
    package var load: Double?
    package var memory: Int64?
    package var memoryFree: Int64?
    package var disk: Int64?
    package var diskFree: Int64?
    /// What graphics processor it has; nil for none that is known.
    package var gpu: String?
    /// How busy its graphics processors are in percent, and their memory; nil where they don't tell.
    package var gpuUse: Int64?
    package var gpuMemory: Int64?
    package var gpuMemoryFree: Int64?
    /// The current version of each package there.
    package var packages: [String: String] = [:]
    package var work: [Work] = []
    /// Why a run has set the host aside; nil when none has.
    package var aside: Message?

    /// How much of its memory and of its disk is in use, from 0 to 1; nil when nobody knows.
    package var memoryShare: Double? { Self.share(free: memoryFree, of: memory) }
    package var diskShare: Double? { Self.share(free: diskFree, of: disk) }
    package var gpuMemoryShare: Double? { Self.share(free: gpuMemoryFree, of: gpuMemory) }

    package static func share(free: Int64?, of all: Int64?) -> Double? {
        guard let free, let all, all > 0 else { return nil }
        return min(1, max(0, Double(all - free) / Double(all)))
    }

    /// Whether its name, its address, a tag or a group has these letters, large or small.
    package func matches(_ words: String) -> Bool {
        let words = words.lowercased()
        return ([host.name.text, host.address] + host.tags + host.groups).contains { $0.lowercased().contains(words) }
    }

    /// How many tasks it takes at once; nil when nobody knows.
    package var slots: Int? { host.slots ?? cores.map { Int($0) } }

    package init(_ host: Host, state known: HostState?, _ sight: HostWatch.Sight?) {
        self.host = host
        if let known {
            state = .remembered
            seen = known.seen
            packages = known.packages.mapValues(\.version)
            cores = known.facts["cores"]?.whole
            memory = known.facts["memory"]?.whole
            disk = known.facts["disk"]?.whole
            gpu = known.facts["gpu"]?.string
        }
        if let facts = sight?.facts {
            state = .answers
            seen = sight?.seen
            (cores, load) = (facts.number("cores") ?? cores, facts.loadAverage)
            (memory, memoryFree) = (facts.number("memory") ?? memory, facts.number("memory_free"))
            (disk, diskFree) = (facts.number("disk") ?? disk, facts.number("disk_free"))
            gpu = facts["gpu"]
            gpuUse = facts.number("gpu_use")
            (gpuMemory, gpuMemoryFree) = (facts.number("gpu_memory"), facts.number("gpu_memory_free"))
            packages = facts.packages.compactMapValues(\.current)
            // What was pushed after the look.
            for (name, package) in known?.packages ?? [:] where package.pushed > sight?.seen ?? .now {
                packages[name] = package.version
            }
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
