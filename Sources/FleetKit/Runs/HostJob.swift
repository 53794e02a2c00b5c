import FleetService

/// A job that lies on a host.
public struct HostJob: Codable, Sendable, Hashable {
    /// How the job is.
    public enum State: String, Codable, Sendable, CaseIterable {
        /// It runs.
        case running
        /// It has ended, and its results wait.
        case ended
        /// It has ended without having told how.
        case dead
    }

    /// What becomes of the job.
    public enum Fate: String, Codable, Sendable, CaseIterable {
        /// It goes, or it would go where nothing was to be removed.
        case removed
        /// It should have gone, and its host has not seen that it has.
        case notRemoved = "not-removed"
        /// A program works on its run.
        case inUse = "in-use"
        /// Its run can be resumed.
        case resumable
        /// This project's ledger knows nothing of it.
        case foreign
    }

    /// The host's name in the inventory.
    public let host: String
    /// The name of the job: run, task and attempt.
    public let job: String
    /// How it is.
    public let state: State
    /// What becomes of it.
    public let fate: Fate
    /// How long nobody has looked after it, at least.
    public let idleSeconds: Double
    /// Whether it is gone.
    public let removed: Bool

    private enum CodingKeys: String, CodingKey {
        case host, job, state, fate, removed
        case idleSeconds = "idle_seconds"
    }

    /// The hosts that did not tell what they have, and those where something stays that should go.
    static func problems(in jobs: HostJobs) -> [HostProblem] {
        jobs.seen.problems() + jobs.removal.flatMap(\.failures).map(HostProblem.init)
    }
}
