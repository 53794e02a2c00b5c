package import FleetBase
import FleetConfig
import FleetEvents
import FleetHosts
package import FleetLedger
import FleetRuns

/// Shows what the workers of a run write while some fleet works on it; touches nothing.
///
/// Events tell when there is something to look at, the ledger tells what. An attempt that has started is followed on its
/// host from its first byte; once it has ended, the rest comes from the files that came home.
package struct RunFollower: Sendable {
    /// A line that a worker wrote.
    package struct Line: Sendable {
        package let host: HostName
        /// The name of the task.
        package let task: String
        package let stream: CommandLine.Stream
        package let text: String

        package init(host: HostName, task: String, stream: CommandLine.Stream, text: String) {
            (self.host, self.task, self.stream, self.text) = (host, task, stream, text)
        }
    }

    package typealias Receiver = @Sendable (Line) -> Void

    /// How many tasks are looked up one by one.
    private static let mostApart = 64
    /// After how long somebody who is behind is looked at again.
    private static let patience = Duration.milliseconds(20)

    /// The run as it was when it was looked up.
    package let run: Run
    /// The names of its tasks, by their ids.
    package let names: [String: String]
    /// The same the other way about.
    private let ids: [String: [String]]
    /// Only these hosts are followed; all when empty.
    private let hosts: [String]
    private let service: FleetService
    private let fleet: Fleet
    private let ledger: Ledger

    /// - Parameters:
    ///   - name: a run's name, the beginning of it, or `last`.
    ///   - hosts: what these wrote alone; what all did when empty.
    package init(_ name: String, hosts: [String] = [], by service: FleetService) async throws {
        (self.service, self.hosts) = (service, hosts)
        (ledger, run) = try await service.run(named: name)
        names = try await ledger.taskNames(of: run.id)
        ids = Dictionary(grouping: names.keys) { [names] in names[$0] ?? "" }
        _ = try await ledger.attempts(of: run.id).written(by: hosts)
        fleet = try service.quietFleet()
    }

    /// The hosts of the inventory.
    package var inventoryHosts: [HostName] { fleet.inventory.hosts.map(\.name) }

    /// Whether the run has not ended, and nobody works on it.
    package var isAbandoned: Bool { service.project.isAbandoned(run) }

    /// The run as it is now.
    package func record() async throws -> RunRecord { try await RunRecord(ledger.run(run.id.text), ledger) }

    /// Hands on each line once, until the run has ended or nobody works on it any more.
    ///
    /// - Parameters:
    ///   - isBehind: whether who gets the lines is behind with them.
    ///   - show: called on the transport's thread: it must not block.
    package func follow(isBehind: @escaping @Sendable () -> Bool, _ show: @escaping Receiver) async throws {
        guard let feed = service.bus.feed else { preconditionFailure("a service keeps its events") }
        // Before the first look at the ledger, so that nothing is missed between.
        let place = try await feed.last()
        let signals = FollowSignals()
        signals.tell { $0.isOfAll = true }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await signals.listen(to: run.id, after: place, on: service.bus) }
            group.addTask { try await signals.beat() }
            var end = RunEnding(run.id, service.project)
            var progress = FollowProgress()
            for await _ in signals.wakes {
                let isOver = try await end.look(ledger)
                let attempts = try await attempts(about: signals.take(), &progress, all: end.isFree)
                for attempt in attempts {
                    switch progress.step(for: attempt, isOver: isOver) {
                    case .nothing: break
                    case .finish(let output):
                        let isHome = !attempts.contains { $0.replaces(attempt) }
                        try await showRest(of: attempt, isHome: isHome, after: output, isBehind, show)
                    case .follow:
                        guard let host = fleet.inventory.hosts.first(where: { $0.name == attempt.host }) else { break }
                        let output = progress.begins(attempt)
                        group.addTask {
                            await stream(attempt, on: host, output, isBehind, show)
                            signals.tell { $0.left.append(attempt) }
                        }
                    }
                }
                if end.isFree, !progress.isFollowing || isOver { return group.cancelAll() }
            }
        }
        try Task.checkCancellation()
    }

    // MARK: Attempts

    /// Those that the news are about.
    private func attempts(
        about news: FollowSignals.News, _ progress: inout FollowProgress, all: Bool
    ) async throws(LedgerError) -> [Attempt] {
        for attempt in news.left { progress.leaves(attempt) }
        var tasks = news.left.map(\.task)
        if news.hasBeat { tasks += progress.beats() }
        for name in news.tasks { tasks += ids[name] ?? [] }
        // All in one go, where one by one takes longer.
        guard !all, !news.isOfAll, tasks.count <= Self.mostApart else {
            return try await wanted(ledger.attempts(of: run.id))
        }
        var attempts: [Attempt] = []
        for task in Set(tasks) { attempts += try await ledger.attempts(ofTask: task) }
        return wanted(attempts)
    }

    private func wanted(_ attempts: [Attempt]) -> [Attempt] {
        hosts.isEmpty ? attempts : attempts.filter { hosts.contains($0.host.text) }
    }

    /// What an attempt writes on its host, until it ends.
    private func stream(
        _ attempt: Attempt, on host: Host, _ output: ShownOutput, _ isBehind: @escaping @Sendable () -> Bool,
        _ show: @escaping Receiver
    ) async {
        let task = names[attempt.task] ?? ""
        let known = (output.taken(.output), output.taken(.error))
        await fleet.follow(attempt.id, on: host, after: known, isBehind: isBehind) { stream, bytes in
            for text in output.take(stream, bytes) {
                show(Line(host: host.name, task: task, stream: stream, text: text))
            }
            return .more
        }
    }

    /// What of an attempt that has ended was not shown yet.
    ///
    /// - Parameter isHome: whether the task's folder still has what this attempt wrote.
    private func showRest(
        of attempt: Attempt, isHome: Bool, after output: ShownOutput?, _ isBehind: @Sendable () -> Bool,
        _ show: Receiver
    ) async throws {
        let (output, task) = (output ?? ShownOutput(), names[attempt.task] ?? "")
        let folder = service.project.resultsFolder(of: attempt, in: run.id)
        for (stream, name) in [(CommandLine.Stream.output, "stdout"), (.error, "stderr")] {
            let file = isHome ? await ThreadExecutor.disk.run { OutputFile("\(folder)/\(name)") } : nil
            try await output.showRest(of: stream, in: file) { lines in
                while isBehind() { try await Task.sleep(for: Self.patience) }
                for text in lines { show(Line(host: attempt.host, task: task, stream: stream, text: text)) }
            }
        }
    }
}

extension Attempt {
    /// Whether it has written its results over those of an earlier attempt: a task has one folder, for its latest attempt.
    fileprivate func replaces(_ earlier: Attempt) -> Bool {
        task == earlier.task && number > earlier.number && results != nil && results == earlier.results
    }
}
