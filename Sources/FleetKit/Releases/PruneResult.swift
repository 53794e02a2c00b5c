/// What pruning has removed, or would remove.
public struct PruneResult: Decodable, Sendable {
    /// A release on a host.
    public struct Release: Codable, Sendable, Hashable {
        /// The package's name.
        public let package: String
        /// The version.
        public let version: String
        /// The room that it takes.
        public let bytes: Int64
    }

    /// What became of the old releases of one host.
    public struct Releases: Codable, Sendable, Hashable {
        /// Those that went.
        public let removed: [Release]
        /// Those that stay, since a job, a schedule or Slurm uses them.
        public let used: [Release]
    }

    /// Files of this machine.
    public struct Files: Codable, Sendable, Hashable {
        /// The package's name.
        public let package: String
        /// Nil for layers of images that no version shares any more.
        public let version: String?
        /// How many files they are.
        public let files: Int
        /// The room that they take.
        public let bytes: Int64
    }

    /// What became of old files on this machine.
    public struct Master: Codable, Sendable, Hashable {
        /// Those that went.
        public let removed: [Files]
    }

    /// In the order of the inventory.
    public let hosts: [HostResult<Releases>]
    /// Nil when this machine was not asked for.
    public let master: Master?
}
