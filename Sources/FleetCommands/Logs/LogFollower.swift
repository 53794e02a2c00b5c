import FleetBase
import FleetConfig
import FleetLedger
import FleetRuns
import FleetTerminal

/// Shows what the workers of a run write, while another fleet works on it; touches nothing.
struct LogFollower {
    private static let pause = Duration.milliseconds(300)
    /// How long what was written last may be on its way once the run has ended.
    private static let lag = Duration.seconds(5)

    private let session: Session
    private let ledger: Ledger
    private let run: RunID
    /// Empty for all.
    private let hosts: [String]

    init(_ session: Session, _ ledger: Ledger, _ run: RunID, hosts: [String] = []) {
        (self.session, self.ledger, self.run, self.hosts) = (session, ledger, run, hosts)
    }

    private enum Signal: Sendable {
        case tick
        /// An attempt is followed no more.
        case ended(String)
    }

    /// How far each attempt has been shown.
    private struct Progress {
        var shown: [String: ShownLines] = [:]
        var following: Set<String> = []
        var isDone: Set<String> = []

        /// A job of which nothing was seen may not have begun: Slurm calls it running before its folder is there. The
        /// next round looks again.
        mutating func leaves(_ id: String) {
            following.remove(id)
            if shown[id]?.isEmpty == true { shown[id] = nil }
        }
    }

    /// Ends when the run does, or when nobody works on it any more.
    ///
    /// - Returns: the run as it is then.
    @discardableResult func perform() async throws -> Run {
        let tasks = try await ledger.tasks(of: run)
        let names = Dictionary(uniqueKeysWithValues: tasks.map { ($0.id, $0.name) })
        let labels = LogLabels(session.inventory.hosts.flatMap { host in tasks.map { (host.name, $0.name) } })
        return try await withThrowingTaskGroup(of: Signal.self) { group in
            var progress = Progress()
            var deadline: Deadline?
            while true {
                let isWorkedOn = RunLock.owner(of: run, in: session.project) != nil
                let record = try await ledger.run(run.text)
                if !isWorkedOn, record.state != .running { deadline = deadline ?? .after(Self.lag) }
                let isOver = deadline?.hasPassed ?? false
                for attempt in try await ledger.attempts(of: run) where isWanted(attempt) {
                    let label = labels.label(of: attempt.host, names[attempt.task] ?? "").padded(to: labels.width)
                    if attempt.state.isFinal {
                        // What is on its way would be shown twice.
                        guard isOver || !progress.following.contains(attempt.id) else { continue }
                        guard progress.isDone.insert(attempt.id).inserted else { continue }
                        show(attempt, label, after: progress.shown[attempt.id])
                    } else if attempt.state == .running, progress.shown[attempt.id] == nil {
                        let lines = ShownLines()
                        guard let follower = follower(of: attempt, label, lines) else { continue }
                        progress.shown[attempt.id] = lines
                        progress.following.insert(attempt.id)
                        group.addTask(operation: follower)
                    }
                }
                if !isWorkedOn, progress.following.isEmpty || isOver {
                    group.cancelAll()
                    return record
                }
                group.addTask {
                    // A ledger announces nothing.
                    try await Task.sleep(for: Self.pause)
                    return .tick
                }
                while case .ended(let id) = try await group.next() { progress.leaves(id) }
            }
        }
    }

    /// Where an attempt's host is still in the inventory: what shows what it writes from now on.
    private func follower(of attempt: Attempt, _ label: String, _ lines: ShownLines) -> (@Sendable () async -> Signal)?
    {
        guard let host = session.inventory.hosts.first(where: { $0.name == attempt.host }) else { return nil }
        let (fleet, console) = (session.fleet, session.console)
        return {
            await fleet.follow(attempt.id, on: host, isBehind: { ConsoleWriter.shared.isBehind }) { stream, line in
                lines.add(stream)
                Self.show(label, line, isError: stream == .error, console)
            }
            return .ended(attempt.id)
        }
    }

    private func isWanted(_ attempt: Attempt) -> Bool { hosts.isEmpty || hosts.contains(attempt.host.text) }

    /// What of an attempt that has ended was not shown yet.
    private func show(_ attempt: Attempt, _ label: String, after shown: ShownLines?) {
        let log = AttemptLog(attempt, task: "", folder: session.project.resultsFolder(of: attempt, in: run))
        for line in log.output.logLines.dropFirst(shown?[.output] ?? 0) {
            Self.show(label, line, isError: false, session.console)
        }
        for line in log.error.logLines.dropFirst(shown?[.error] ?? 0) {
            Self.show(label, line, isError: true, session.console)
        }
    }

    private static func show(_ label: String, _ line: String, isError: Bool, _ console: Console) {
        let text = "\(label)  \(line.printable)"
        if isError { console.error(line: text) } else { console.result(text) }
    }
}
