/// Which hosts can do which tasks.
public struct TaskPlan: Codable, Sendable, Hashable {
    /// One task of the file.
    public struct Task: Codable, Sendable, Hashable {
        /// Such as `race[n=3]`.
        public let name: String
        /// The definition's name.
        public let task: String
        /// The values of its parameters.
        public let parameters: [String: JSON]
        /// Which time it is that the same is done, from 1.
        public let repetition: Int
        /// The names of the hosts that can do it, in the inventory's order.
        public let hosts: [String]
        /// Why the others can't, in English, by the names of hosts.
        public let objections: [String: String]
        /// The definitions that must be done first.
        public let after: [String]
    }

    /// One host.
    public struct Host: Codable, Sendable, Hashable {
        /// The host's name in the inventory.
        public let name: String
        /// Whether it has answered.
        public let alive: Bool
        /// How many tasks run there at once; nil where only the host could tell and it did not answer.
        public let slots: Int?
        /// Why it has not answered; nil when it has.
        public let failure: HostFailure?
    }

    /// In the order of the file.
    public let tasks: [Task]
    /// In the order of the inventory.
    public let hosts: [Host]
}

/// Whether a task has a result.
public struct TaskStatus: Codable, Sendable, Hashable {
    /// Such as `race[n=3]`.
    public let name: String
    /// The definition's name.
    public let task: String
    /// Whether it has a result.
    public let done: Bool
    /// The host that did it; nil when none did.
    public let host: String?
    /// When it was done.
    public let ended: FleetTime?
    /// `out/metrics.json` as it came home; an empty object when the worker wrote none.
    public let metrics: JSON
    /// The folder on this machine that holds the results; nil when there are none.
    public let results: String?
}
