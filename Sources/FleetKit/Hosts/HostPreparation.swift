import FleetHosts

/// What fleet can use on a host.
public enum Supply: String, Codable, Sendable, CaseIterable {
    /// The container engine docker.
    case docker
    /// The container engine podman.
    case podman
    /// Python, with venv.
    case python
    /// The compression that packages are sent with.
    case zstd

    var own: FleetHosts.Supply {
        guard let supply = FleetHosts.Supply(rawValue: rawValue) else { preconditionFailure("every supply is known") }
        return supply
    }
}

/// What a host lacked, and what it has since.
public struct HostPreparation: Codable, Sendable, Hashable {
    /// The host's name in the inventory.
    public let host: String
    /// The commands that the host needs, as a person would type them. A dry run has run none of them.
    public let commands: [String]
    /// What the host had before.
    public let present: [Supply]
    /// What it has since.
    public let installed: [Supply]
    /// Why it failed; nil when it did not.
    public let failure: HostFailure?
}
