package import FleetBase
import FleetConfig
import FleetLedger
package import FleetService

/// What `fleet status --json` prints.
package struct StatusView: Codable, Sendable {
    package struct Host: Codable, Sendable {
        package enum State: String, Codable, Sendable {
            /// It answered just now.
            case answers
            /// It did not; `failure` says why, and the figures are from before.
            case silent
            /// It had not answered in time; the figures are from before.
            case remembered
            /// It was never seen.
            case unseen
        }

        package struct Work: Codable, Sendable {
            package let run: String
            package let task: String
        }

        private enum CodingKeys: String, CodingKey {
            case host, state, seen, failure, cores, load, memory, disk, slots, packages, outdated
            case memoryFree = "memory_free"
            case diskFree = "disk_free"
            case worksOn = "works_on"
            case setAside = "set_aside"
        }

        package let host: String
        package let state: State
        /// When the figures were true.
        @OrNull package var seen: Timestamp?
        @OrNull package var failure: Failure?
        @OrNull package var cores: Int64?
        @OrNull package var load: Double?
        @OrNull package var memory: Int64?
        @OrNull package var memoryFree: Int64?
        @OrNull package var disk: Int64?
        @OrNull package var diskFree: Int64?
        /// How many tasks it takes at once.
        @OrNull package var slots: Int?
        /// The current version of each package there.
        package let packages: [String: String]
        /// Whether one of them is another one than was built here last.
        package let outdated: Bool
        package let worksOn: [Work]
        /// Why a run has set it aside.
        @OrNull package var setAside: Message?
    }

    package let hosts: [Host]
    /// The latest runs, the newest first.
    package let runs: [RunsView.Row]

    package init(_ hosts: [HostFigures], outdated: Set<HostName>, _ runs: [RunStanding]) {
        self.hosts = hosts.map { Host($0, isOutdated: outdated.contains($0.host.name)) }
        self.runs = runs.map {
            RunsView.Row($0.run, isAbandoned: $0.isAbandoned, tasks: $0.progress.tasks, done: $0.progress.done)
        }
    }
}

extension StatusView.Host {
    fileprivate init(_ figures: HostFigures, isOutdated: Bool) {
        let (state, failure): (State, Failure?) =
            switch figures.state {
            case .answers: (.answers, nil)
            case .silent(let failure): (.silent, failure)
            case .remembered: (.remembered, nil)
            case .unseen: (.unseen, nil)
            }
        self.init(
            host: figures.host.name.text, state: state, seen: figures.seen, failure: failure, cores: figures.cores,
            load: figures.load, memory: figures.memory, memoryFree: figures.memoryFree, disk: figures.disk,
            diskFree: figures.diskFree, slots: figures.slots, packages: figures.packages, outdated: isOutdated,
            worksOn: figures.work.map { Work(run: $0.run.text, task: $0.task) }, setAside: figures.aside)
    }
}
