import FleetBase

/// How a package is run.
public struct RunOptions: Sendable, Hashable {
    /// An engine of the package, by its name in package.yaml; the first one that a host can run when nil.
    public var engine: String?
    /// The only way to run it; the best that a host has when nil.
    public var method: RunMethod?
    /// How long the worker may take, more than 0; as the package says when nil.
    public var timeout: Duration?
    /// Whether a host with another version gets this one first; else it is refused before anything runs.
    public var pushesFirst = true

    /// As the package says.
    public init() {}
}

/// What came of running a package.
public struct RunResult: Codable, Sendable, Hashable {
    /// The name of the run.
    public let run: String
    /// One for each host, in the order of the inventory.
    public let hosts: [HostRun]

    private enum CodingKeys: String, CodingKey {
        case run
        case hosts = "tasks"
    }
}

/// What a package's worker did on one host.
public struct HostRun: Codable, Sendable, Hashable {
    /// The host's name in the inventory.
    public let host: String
    /// The engine of the package that ran, by its name in package.yaml.
    public let engine: String?
    /// How it ran.
    public let method: RunMethod?
    /// How it has ended.
    public let state: AttemptState
    /// The worker's exit status; nil when a signal ended it, or when it never ran.
    public let exit: Int32?
    /// From the worker's start to its end, as the host measured it.
    public let seconds: Double?
    /// `out/metrics.json` as it came home; an empty object when the worker wrote none.
    public let metrics: JSON
    /// The folder on this machine that holds the results; nil when nothing came home.
    public let results: String?
    /// Why it failed; nil when it did not.
    public let failure: HostFailure?
    /// What the job left and did not come home.
    public let missing: [MissingFile]
    /// What a person should know though nothing failed, in English.
    public let notes: [String]
}

/// A run that was cancelled.
public struct CancelledRun: Codable, Sendable, Hashable {
    /// The name of the run.
    public let run: String
    /// How many jobs were ended.
    public let ended: Int
}

/// A run whose results were brought home.
public struct PulledRun: Codable, Sendable, Hashable {
    /// The name of the run.
    public let run: String
    /// The folders on this machine that hold what came home.
    public let pulled: [String]
    /// The names of the jobs that still run.
    public let running: [String]
}

/// A task that a host has done by itself.
public struct CollectedTask: Codable, Sendable, Hashable {
    /// The host's name in the inventory.
    public let host: String
    /// How it has ended.
    public let state: AttemptState
    /// The folder on this machine that holds the results; nil when nothing came home.
    public let results: String?
    /// Why it failed; nil when it did not.
    public let failure: HostFailure?
}
