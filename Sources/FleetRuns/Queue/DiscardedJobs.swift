package import FleetBase
import FleetConfig
import FleetHosts

/// What became of jobs that were to go from one host.
package struct DiscardedJobs: Sendable {
    /// Those of which the host has seen that nothing is left.
    package private(set) var removed: Set<String> = []
    /// Why some jobs are not among them.
    package private(set) var failure: Failure?

    package init(removed: Set<String> = []) { self.removed = removed }

    /// How many jobs are named to a host at once: each may take some seconds to end.
    private static let atOnce = 500
    /// A slow disk takes minutes for a hundred thousand files.
    private static let patience = Duration.seconds(300)
    private static let patienceForEach = Duration.seconds(4)

    /// Has a host remove jobs until all are gone, or it can't be asked any more.
    fileprivate mutating func remove(_ jobs: [String], below root: ShellWord, _ shell: RemoteShell) async {
        var rest = jobs[...]
        while !rest.isEmpty {
            let names = rest.prefix(Self.atOnce)
            rest = rest.dropFirst(Self.atOnce)
            do throws(Failure) {
                try await removeSome(names, below: root, shell)
            } catch {
                failure = failure ?? error
                // A connection that is gone comes back for nobody; a folder that stays is no reason to leave others.
                guard error.kind == .exit else { return }
            }
        }
    }

    private mutating func removeSome(
        _ jobs: ArraySlice<String>, below root: ShellWord, _ shell: RemoteShell
    ) async throws(Failure) {
        let input = jobs.map { $0 + "\n" }.joined() + "end\n"
        let limit = Self.patience + Self.patienceForEach * jobs.count
        let result = try await shell.run(
            .discard, [root], input: .bytes(Array(input.utf8)), deadline: .after(limit))
        guard result.status != nil else { throw .cleaningKilled }
        let gone = Set(try HostAnswer(result).all("gone").map(\.value))
        removed.formUnion(gone.intersection(jobs))
        guard result.status != 0 || !gone.isSuperset(of: jobs) else { return }
        let reason = result.reason
        throw Failure(.exit, Message("not everything could be removed: \(reason)"))
    }
}

extension RemoteShell {
    private static let asking = Duration.seconds(60)

    /// What masters have left on a host.
    func jobs(on host: Host) async throws(Failure) -> [RemoteJob] {
        try RemoteJob.list(try await run(.runs, [host.rootWord], deadline: .after(Self.asking)))
    }

    /// Ends jobs and removes what is left of them.
    ///
    /// - Parameter root: fleet's folder on the host.
    func discard(_ jobs: [String], root: ShellWord) async -> DiscardedJobs {
        var discarded = DiscardedJobs()
        await discarded.remove(jobs, below: root, self)
        return discarded
    }
}

extension Failure {
    static let cleaningKilled = Failure(.lost, Message("the command that cleans up was killed on the host"))
}
