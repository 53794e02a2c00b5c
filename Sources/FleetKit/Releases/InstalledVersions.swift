/// Which host has which versions of packages.
public struct InstalledVersions: Decodable, Sendable {
    /// The versions of one package on one host.
    public struct Versions: Codable, Sendable, Hashable {
        /// The one that is current; nil when the host has none.
        public let current: String?
        /// All that lie on the host.
        public let versions: [String]
        /// Whether another one is built here.
        public let behind: Bool
    }

    /// What one host has.
    public struct Packages: Codable, Sendable, Hashable {
        /// By package.
        public let packages: [String: Versions]
    }

    /// The versions that were built here last, by package.
    public let built: [String: String]
    /// In the order of the inventory.
    public let hosts: [HostResult<Packages>]
}

/// What verifying has found on one host.
public struct HostVerification: Codable, Sendable, Hashable {
    /// One release on the host.
    public struct Release: Codable, Sendable, Hashable {
        /// The package's name.
        public let package: String
        /// The version.
        public let version: String
        /// How many files it has; nil when its list of files is gone.
        public let files: Int?
        /// The paths of the files that are not as they were installed; at most 5000.
        public let damaged: [String]
        /// Whether it was sent anew.
        public let repaired: Bool
        /// What its signature is worth; nil where nobody asked for signatures.
        public let signature: SignatureState?
    }

    /// The host's name in the inventory.
    public let host: String
    /// All that were looked at, by name and version.
    public let releases: [Release]
    /// What went over the channel, in bytes.
    public let bytesSent: Int64
    /// Why the host could not tell, or what is wrong with what it has; nil when all is well.
    public let failure: HostFailure?

    private enum CodingKeys: String, CodingKey {
        case host, releases, failure
        case bytesSent = "bytes_sent"
    }
}

/// What the signature of a release is worth.
public enum SignatureState: String, Codable, Sendable, CaseIterable {
    /// Somebody who may sign has signed it.
    case good
    /// It was made by nobody who may sign now, or for another manifest.
    case wrong
    /// There is none.
    case missing
    /// The host has no program that can tell.
    case unchecked
}

/// Which version is current after a rollback.
public struct RollbackResult: Codable, Sendable, Hashable {
    /// The package's name.
    public let package: String
    /// The version that was current before; nil when there was none.
    public let from: String?
    /// The version that is current now.
    public let to: String
}
