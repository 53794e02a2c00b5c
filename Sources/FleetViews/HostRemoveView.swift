package import FleetService

/// What `fleet host remove --json` prints.
package struct HostRemoveView: Codable, Sendable {
    /// The host's name.
    package let removed: String

    package init(_ removal: HostRemoval) { removed = removal.host.text }
}
