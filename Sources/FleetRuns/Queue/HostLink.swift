import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger

/// What all tasks of a run on one host share: what the host said of itself, what was done there once, and which jobs have
/// left something.
actor HostLink {
    private static let namesAtOnce = 100
    /// What a host may take to come back, when only cleaning up is left to do there.
    private static let patience = Duration.seconds(20)

    nonisolated let host: Host
    nonisolated let stores: RunStores
    private let fleet: Fleet
    private var preparations: [String: SharedWork<any Sendable>] = [:]
    /// Folders of jobs whose results are at home, with the results' numbers on the master's disk, in order.
    private var finished: [(job: String, result: Int)] = []
    /// Folders of jobs whose results are not.
    private var kept: Set<String> = []
    private var known: Facts?
    /// Whether there ever was a connection.
    private(set) var wasReached = false

    /// - Parameter stores: those of all hosts of an operation; for an operation on one host they are its own.
    init(_ fleet: Fleet, _ host: Host, _ stores: RunStores? = nil) {
        (self.fleet, self.host, self.stores) = (fleet, host, stores ?? RunStores(fleet.project))
    }

    /// Does something over a connection.
    nonisolated func withShell<Value: Sendable>(
        _ body: @Sendable (RemoteShell) async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await fleet.withShell(on: host) { shell throws(Failure) in
            await reached()
            return try await body(shell)
        }
    }

    private func reached() { wasReached = true }

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
        let known = preparations[key].flatMap { $0.isAbandoned ? nil : $0 }
        let work = known ?? SharedWork { () async throws(Failure) in try await body() }
        preparations[key] = work
        do throws(Failure) {
            guard let value = try await work.value() as? Value else { preconditionFailure("\(key) is of another type") }
            return value
        } catch {
            if preparations[key] === work, work.hasFailed { preparations[key] = nil }
            throw error
        }
    }

    // MARK: Cleaning up

    /// The results of a job are not at home: its folder stays, whatever else goes.
    func keep(_ id: String) { kept.insert(id) }

    /// Tasks by their ids that have results, from wherever: nothing is kept for them any more.
    func keepNothing(of tasks: Set<String>) {
        kept = kept.filter { id in !tasks.contains(id.split(separator: ".").dropLast().joined(separator: ".")) }
    }

    /// The results of a job are at home: its folder goes with a later command, or at the end, once they are on the disk.
    func discard(_ id: String) async {
        let number = await stores.results.note()
        finished.append((id, number))
    }

    /// Removes what is left.
    ///
    /// - Parameters:
    ///   - run: also what the ledger knows nothing of; nil when everything ended as it should.
    ///   - isKnown: whether an earlier master may have left something where this one has not been yet.
    /// - Returns: what a person should know.
    func finish(_ run: RunID? = nil, isKnown: Bool = false) async -> [Message] {
        var notes: [Message] = []
        do throws(Failure) {
            if let run, wasReached || isKnown {
                try await persistently { () async throws(Failure) in try await sweep(run) }
            }
            if !finished.isEmpty {
                try await persistently { () async throws(Failure) in try await discardFinished(&notes) }
            }
        } catch {
            let host = host.name
            notes.append(Message("the rest stays there for now; remove it later with: fleet runs reap --hosts \(host)"))
        }
        return notes
    }

    /// A connection that has just broken is made anew, also when the host has to start first.
    private func persistently(_ body: () async throws(Failure) -> Void) async throws(Failure) {
        var patience = Patience(each: Self.patience, whole: Self.patience)
        let beginning = ContinuousClock.now
        while true {
            let start = ContinuousClock.now
            do throws(Failure) {
                return try await body()
            } catch {
                let now = ContinuousClock.now
                guard error.kind.mayPass, wasReached, !Task.isCancelled,
                    let pause = patience.next(after: now - start, at: now - beginning)
                else { throw error }
                try? await Task.sleep(for: pause)
            }
        }
    }

    private func sweep(_ run: RunID) async throws(Failure) {
        let jobs = try await withShell { shell throws(Failure) in try await shell.jobs(on: host) }
        let number = await stores.results.note()
        finished = jobs.map(\.id).filter { $0.hasPrefix("\(run).") && !kept.contains($0) }.map { ($0, number) }
    }

    private func discardFinished(_ notes: inout [Message]) async throws(Failure) {
        guard await stores.results.settle() else { throw stores.results.failure }
        let jobs = finished.map(\.job)
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
    func takeFinished() async -> [String] {
        let reached = await stores.results.reached()
        let taken = finished.filter { $0.result <= reached }.prefix(Self.namesAtOnce).map(\.job)
        let names = Set(taken)
        finished.removeAll { names.contains($0.job) }
        return taken
    }
}
