import FleetBase
import FleetConfig
import FleetLedger

/// The connections to one host that all tasks of a run share: as many as its sshd's MaxSessions asks for, opened when
/// they are needed, left when they break.
actor HostLink {
    /// Commands at once on one connection; OpenSSH allows ten unless told otherwise.
    private static let width = 8
    private static let namesAtOnce = 100

    private struct Line {
        let number: Int
        let shell: RemoteShell
        var users = 0
        var isBroken = false
    }

    nonisolated let host: Host
    private let fleet: Fleet
    private var lines: [Line] = []
    private var count = 0
    private var opening: Task<Result<Void, Failure>, Never>?
    private var preparations: [String: Task<Result<any Sendable, Failure>, Never>] = [:]
    /// Folders of jobs whose results are at home.
    private var finished: [String] = []
    /// Folders of jobs whose results are not.
    private var kept: Set<String> = []
    private var known: Facts?
    private var isClosed = false

    init(_ fleet: Fleet, _ host: Host) { (self.fleet, self.host) = (fleet, host) }

    /// Does something over a connection; one that breaks under it is not used again.
    nonisolated func withShell<Value: Sendable>(
        _ body: @Sendable (RemoteShell) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let (number, shell) = try await take()
        do {
            let value = try await body(shell)
            await giveBack(number, isBroken: false)
            return value
        } catch {
            await giveBack(number, isBroken: error.kind.breaksConnection)
            throw error
        }
    }

    private func take() async throws(Failure) -> (Int, RemoteShell) {
        while true {
            guard !isClosed else { throw Failure(.cancelled, Message("cancelled")) }
            let free = lines.indices.filter { !lines[$0].isBroken && lines[$0].users < Self.width }
            if let best = free.min(by: { lines[$0].users < lines[$1].users }) {
                lines[best].users += 1
                return (lines[best].number, lines[best].shell)
            }
            try await open()
        }
    }

    /// One connection is opened at a time, for all who wait.
    private func open() async throws(Failure) {
        let task = opening ?? Task { await connect() }
        opening = task
        try await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }.get()
    }

    /// What it opens is there before anybody who waited for it goes on.
    private func connect() async -> Result<Void, Failure> {
        let result: Result<Void, Failure>
        do throws(Failure) {
            let shell = try await fleet.shell(on: host)
            count += 1
            lines.append(Line(number: count, shell: shell))
            result = .success(())
        } catch {
            result = .failure(error)
        }
        opening = nil
        return result
    }

    private func giveBack(_ number: Int, isBroken: Bool) async {
        guard let index = lines.firstIndex(where: { $0.number == number }) else { return }
        lines[index].users -= 1
        if isBroken { lines[index].isBroken = true }
        guard lines[index].isBroken, lines[index].users == 0 else { return }
        await lines.remove(at: index).shell.close()
    }

    func close() async {
        isClosed = true
        for line in lines { await line.shell.close() }
        lines = []
    }

    /// Whether there ever was a connection.
    var wasReached: Bool { count > 0 }

    // MARK: What is done once

    /// What the host said of itself when it was reached first.
    func facts() async throws(Failure) -> Facts {
        if let known { return known }
        let (fleet, host) = (fleet, host)
        let facts = try await withShell { shell throws(Failure) in try await fleet.facts(of: host, shell) }
        known = facts
        return facts
    }

    /// Asks again: after a failure it may be another machine.
    func forgetFacts() { (known, preparations) = (nil, [:]) }

    /// Does something once for all who need it; after a failure the next one tries again.
    ///
    /// - Parameter key: what it is; always of the same type.
    func prepare<Value: Sendable>(
        _ key: String, _ body: @escaping @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let preparation = preparations[key] ?? begin(body)
        preparations[key] = preparation
        let result = await withTaskCancellationHandler {
            await preparation.value
        } onCancel: {
            preparation.cancel()
        }
        if case .failure = result, preparations[key] == preparation { preparations[key] = nil }
        guard let value = try result.get() as? Value else { preconditionFailure("\(key) is of another type") }
        return value
    }

    private func begin<Value: Sendable>(
        _ body: @escaping @Sendable () async throws(Failure) -> Value
    ) -> Task<Result<any Sendable, Failure>, Never> {
        Task {
            do throws(Failure) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        }
    }

    // MARK: Cleaning up

    /// The results of a job are not at home: its folder stays, whatever else goes.
    func keep(_ id: String) { kept.insert(id) }

    /// Tasks by their ids that have results, from wherever: nothing is kept for them any more.
    func keepNothing(of tasks: Set<String>) {
        kept = kept.filter { id in !tasks.contains(id.split(separator: ".").dropLast().joined(separator: ".")) }
    }

    /// The results of a job are at home: its folder goes with the next command, or at the end.
    func discard(_ id: String) { finished.append(id) }

    /// Removes what is left, and closes.
    ///
    /// - Parameters:
    ///   - run: also what the ledger knows nothing of; nil when everything ended as it should.
    ///   - isKnown: whether an earlier master may have left something where this one has not been yet.
    /// - Returns: what a person should know.
    func finish(_ run: RunID? = nil, isKnown: Bool = false) async -> [Message] {
        var notes: [Message] = []
        do throws(Failure) {
            if let run, count > 0 || isKnown {
                try await persistently { () async throws(Failure) in try await sweep(run) }
            }
            if !finished.isEmpty {
                try await persistently { () async throws(Failure) in try await discardFinished(&notes) }
            }
        } catch {
            let host = host.name
            notes.append(Message("what is left there stays for now; later: fleet runs reap --hosts \(host)"))
        }
        await close()
        return notes
    }

    /// A connection that has just broken is made anew.
    private func persistently(_ body: () async throws(Failure) -> Void) async throws(Failure) {
        for pause in [0.3, 1, 3] {
            do throws(Failure) {
                return try await body()
            } catch {
                guard [.lost, .refused, .unreachable].contains(error.kind), count > 0 else { throw error }
                try? await Task.sleep(for: .seconds(pause))
            }
        }
        try await body()
    }

    private func sweep(_ run: RunID) async throws(Failure) {
        let jobs = try await withShell { shell throws(Failure) in try await shell.jobs(on: host) }
        finished = jobs.map(\.id).filter { $0.hasPrefix("\(run).") && !kept.contains($0) }
    }

    private func discardFinished(_ notes: inout [Message]) async throws(Failure) {
        let jobs = finished
        let discarded = try await withShell { shell throws(Failure) in
            let discarded = await shell.discard(jobs, root: host.rootWord)
            if let failure = discarded.failure, failure.kind != .exit { throw failure }
            return discarded
        }
        finished = []
        guard let reason = discarded.failure?.message else { return }
        notes.append(Message("the job's folder stays on the host: \(reason)"))
    }

    /// Ends one job and removes it; the others on this host go on.
    func end(_ job: String) async {
        _ = try? await withShell { shell throws(Failure) in
            await shell.discard([job], root: host.rootWord)
        }
    }

    /// The words of one command hold so many names; the others go later.
    func takeFinished() -> [String] {
        let taken = Array(finished.prefix(Self.namesAtOnce))
        finished.removeFirst(taken.count)
        return taken
    }
}
