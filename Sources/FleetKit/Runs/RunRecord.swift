/// A run with how far it came.
public struct RunSummary: Codable, Sendable, Hashable {
    /// The name of the run.
    public let run: String
    /// As a person would have typed it.
    public let command: String
    /// The package's name; nil for a run of tasks.
    public let package: String?
    /// The package's version; nil for a run of tasks.
    public let version: String?
    /// How far it is.
    public let state: RunState
    /// Whether it has not ended though no program works on it.
    public let abandoned: Bool
    /// When it began.
    public let started: FleetTime
    /// When it ended; nil before that.
    public let ended: FleetTime?
    /// How long it took; nil before its end.
    public let seconds: Double?
    /// How many tasks it has.
    public let tasks: Int
    /// How many of the tasks are done.
    public let done: Int
}

/// A run as the ledger has it.
public struct RunRecord: Codable, Sendable, Hashable {
    /// A task with one of its attempts; of a task that nobody tried, all that an attempt has is nil.
    public struct Task: Codable, Sendable, Hashable {
        /// The task's place in the run, from 1.
        public let task: Int
        /// Such as `race[n=3]`.
        public let name: String
        /// An object with a member for each parameter.
        public let parameters: JSON
        /// From 1.
        public let attempt: Int?
        /// The host's name in the inventory.
        public let host: String?
        /// The engine of the package that ran, by its name in package.yaml.
        public let engine: String?
        /// How it ran.
        public let method: RunMethod?
        /// How far the attempt is.
        public let state: AttemptState?
        /// The worker's exit status; nil when a signal ended it, or before its end.
        public let exit: Int32?
        /// The number of the signal that ended the worker; nil when none did.
        public let signal: Int32?
        /// From the worker's start to its end.
        public let seconds: Double?
        /// `out/metrics.json` as it came home; an empty object when the worker wrote none.
        public let metrics: JSON
        /// The folder on this machine that holds the results; nil when nothing came home.
        public let results: String?
        /// Why the attempt failed; nil when it did not.
        public let failure: HostFailure?
    }

    /// The name of the run.
    public let run: String
    /// As a person would have typed it.
    public let command: String
    /// The package's name; nil for a run of tasks.
    public let package: String?
    /// The package's version; nil for a run of tasks.
    public let version: String?
    /// How far it is.
    public let state: RunState
    /// When it began.
    public let started: FleetTime
    /// When it ended; nil before that.
    public let ended: FleetTime?
    /// In the order of the run, and of the attempts.
    public let tasks: [Task]
}

/// What the worker of one attempt wrote.
public struct RunLog: Codable, Sendable, Hashable {
    /// The host's name in the inventory.
    public let host: String
    /// The name of the task.
    public let task: String
    /// From 1.
    public let attempt: Int
    /// Standard output, as the host has it; what is no UTF-8 is replaced.
    public let stdout: String
    /// Standard error, in the same way.
    public let stderr: String
}
