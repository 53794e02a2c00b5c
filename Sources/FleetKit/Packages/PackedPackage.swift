/// What a package declares.
public struct PackageDeclaration: Codable, Sendable, Hashable {
    /// The package's name.
    public let name: String
    /// As package.yaml has it, without the digest.
    public let version: String
    /// The names of its engines, as package.yaml has them.
    public let engines: [String]
}

/// Which files of a package's folder are in the package.
public struct PackageFiles: Codable, Sendable, Hashable {
    /// A file or folder that is left out.
    public struct LeftOut: Codable, Sendable, Hashable {
        /// From the package's folder on. A folder ends in a slash, and stands for all that is in it.
        public let path: String
        /// The rule that leaves it out.
        public let rule: String
        /// Where the rule stands: `default`, `exclude` or a line of `.fleetignore`.
        public let from: String
    }

    /// The package's name.
    public let name: String
    /// The files that are in it, from the package's folder on.
    public let files: [String]
    /// Those that are not.
    public let leftOut: [LeftOut]

    private enum CodingKeys: String, CodingKey {
        case name, files
        case leftOut = "left_out"
    }
}

/// A package that was built.
public struct PackedPackage: Codable, Sendable, Hashable {
    /// A container image of a package.
    public struct Image: Codable, Sendable, Hashable {
        /// The names of the package's engines that run in it.
        public let engines: [String]
        /// As docker and podman print it.
        public let id: String
        /// What docker and podman call it.
        public let reference: String
        /// The size of its archive.
        public let bytes: Int64
        /// The path of its archive.
        public let path: String
    }

    /// An archive to carry to a host by hand.
    public struct Bundle: Codable, Sendable, Hashable {
        /// The host's name in the inventory.
        public let host: String
        /// The path of the archive.
        public let path: String
        /// Its size.
        public let bytes: Int64
    }

    /// The package's name.
    public let name: String
    /// As hosts have it: that of package.yaml with the beginning of the digest.
    public let version: String
    /// The SHA-256 of its manifest, as hex digits.
    public let digest: String
    /// The size of the archive at ``path``.
    public let bytes: Int64
    /// The path of its archive.
    public let path: String
    /// The fingerprint of the key that signed it; nil when none did.
    public let signer: String?
    /// In the order of the engines that run in them; empty for a package without one.
    public let images: [Image]
    /// The archives that were asked for.
    public let bundles: [Bundle]
}
