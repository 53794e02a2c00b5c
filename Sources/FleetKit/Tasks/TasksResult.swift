/// What came of a run of tasks.
public struct TasksResult: Codable, Sendable, Hashable {
    /// The name of the run.
    public let run: String
    /// In the order of the file.
    public let tasks: [TaskResult]
}

/// What came of one task.
public struct TaskResult: Codable, Sendable, Hashable {
    /// Such as `race[n=3]`.
    public let name: String
    /// The task's id in the ledger.
    public let task: String
    /// An object with a member for each parameter.
    public let parameters: JSON
    /// The host that did it; nil when none did.
    public let host: String?
    /// The engine of the package that ran, by its name in package.yaml.
    public let engine: String?
    /// How it ran.
    public let method: RunMethod?
    /// How the attempt that counts has ended; nil when there was none.
    public let state: AttemptState?
    /// The worker's exit status; nil when a signal ended it, or before its end.
    public let exit: Int32?
    /// How many attempts there were.
    public let attempts: Int
    /// Whether an earlier run had done it.
    public let doneBefore: Bool
    /// From the worker's start to its end, as the host measured it.
    public let seconds: Double?
    /// `out/metrics.json` as it came home; an empty object when the worker wrote none.
    public let metrics: JSON
    /// What the worker took of the host: an object.
    public let resources: JSON
    /// The SHA-256 of the results, as hex digits; nil when there are none.
    public let digest: String?
    /// The folder on this machine that holds the results; nil when nothing came home.
    public let results: String?
    /// Why it has no result; nil when it has one.
    public let failure: HostFailure?
    /// What the job left and did not come home.
    public let missing: [MissingFile]
    /// What a person should know though nothing failed, in English.
    public let notes: [String]

    /// Whether it has its result, from this run or an earlier one.
    public var isDone: Bool { doneBefore || state == .done }

    private enum CodingKeys: String, CodingKey {
        case name, task, parameters, host, engine, method, state, exit, attempts, seconds, metrics, resources
        case digest, results, failure, missing, notes
        case doneBefore = "done_before"
    }
}

/// Something that a job left and that did not come home.
public struct MissingFile: Codable, Sendable, Hashable {
    /// What keeps files from coming home.
    public enum Cause: String, Codable, Sendable, CaseIterable {
        /// The path leads out of the job's folder.
        case unsafePath = "unsafe-path"
        /// A link leads out of the job's folder.
        case unsafeLink = "unsafe-link"
        /// It is neither a file, a folder nor a link.
        case specialFile = "special-file"
        /// Something else has that name already.
        case occupied
        /// The path is too long or too deep.
        case pathTooLong = "path-too-long"
        /// The results would be larger than they may be in all.
        case tooLarge = "too-large"
        /// The results would have more files than they may have.
        case tooMany = "too-many"
        /// The host's own user can't read it.
        case unreadable
    }

    /// Where it lies in the job's folder.
    public let path: String
    /// Why it did not come home.
    public let cause: Cause
    /// The same, in English.
    public let reason: String

    private enum CodingKeys: String, CodingKey {
        case path, reason
        case cause = "code"
    }
}
