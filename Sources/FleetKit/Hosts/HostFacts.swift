/// How long a host took to answer.
public struct Ping: Codable, Sendable, Hashable {
    /// What a login and one command took.
    public let seconds: Double
}

/// A host that is alive.
public struct CheckedHost: Codable, Sendable, Hashable {
    /// A release on the host.
    public struct Release: Codable, Sendable, Hashable {
        /// The version that is current there.
        public let version: String
        /// Whether no other version is built here.
        public let current: Bool
    }

    /// A name or an IP address.
    public let address: String
    /// What the host said of itself.
    public let facts: HostFacts
    /// What can run a package there, best first.
    public let methods: [RunMethod]
    /// The current release of each package.
    public let packages: [String: Release]
}

/// What a host said of itself. What it did not say, or not in time, is nil.
public struct HostFacts: Codable, Sendable, Hashable {
    /// The machine as uname(1) names it, such as `x86_64`.
    public let architecture: String?
    /// The system, with its version.
    public let system: String?
    /// The kernel, with its version.
    public let kernel: String?
    /// The host's own name.
    public let hostName: String?
    /// Processors that programs can use.
    public let cores: Int?
    /// The load average of the last minute.
    public let load: Double?
    /// In bytes.
    public let memory: Int64?
    /// What is free of it, in bytes.
    public let freeMemory: Int64?
    /// The disk that fleet's folder is on, in bytes.
    public let disk: Int64?
    /// What is free of it, in bytes.
    public let freeDisk: Int64?
    /// Its graphics processors.
    public let gpu: String?
    /// The version of its Python, or `no`.
    public let python: String?
    /// The version of its docker, or `no`.
    public let docker: String?
    /// The version of its podman, or `no`.
    public let podman: String?
    /// The user that fleet is there.
    public let user: String?
    /// The login shell of that user.
    public let shell: String?
    /// The programs that fleet can use there, such as `zstd`.
    public let tools: [String]?

    private enum CodingKeys: String, CodingKey {
        case kernel, cores, load, memory, disk, gpu, python, docker, podman, user, shell, tools
        case architecture = "arch"
        case system = "os"
        case hostName = "hostname"
        case freeMemory = "memory_free"
        case freeDisk = "disk_free"
    }
}
