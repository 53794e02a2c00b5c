package import FleetBase

/// A machine as the inventory describes it, groups and defaults applied.
///
/// What is nil is left to `~/.ssh/config` and to fleet's own defaults.
package struct Host: Sendable, Hashable {
    package enum Transport: String, Sendable, CaseIterable, Codable {
        case ssh
        /// This machine, without a connection.
        case local
    }

    /// How many tasks a host may be told to run at once.
    package static let slotRange = 1...10_000

    package let name: HostName
    /// A name or an IP address; the host's own name when the file gives none.
    package let address: String
    package let user: String?
    package let port: Port?
    /// The absolute path of a private key.
    package let key: String?
    /// Absolute paths, read beside the user's own files.
    package let knownHosts: [String]
    /// A host of the inventory, an alias of `~/.ssh/config`, or `user@host:port`; several are a chain, with commas.
    package let jump: String?
    /// fleet's folder on the host.
    package let root: String?
    /// How many tasks run at once.
    package let slots: Int?
    package let tags: [String]
    package let groups: [String]
    package let transport: Transport
    package let connectTimeout: Duration?
    /// Takes signed packages only.
    package let requireSigned: Bool
    package let place: SourcePlace
}
