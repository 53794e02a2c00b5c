import FleetLab
import FleetService
import FleetViews

extension FleetProject {
    /// Hosts on this machine to try things on.
    public var lab: Lab { Lab(project: self) }

    /// What can be done with the project's lab.
    public struct Lab: Sendable {
        let project: FleetProject

        /// Starts hosts, and writes `inventory/lab.yaml`.
        ///
        /// - Parameter kind: what they are.
        public func up(_ count: Int = 3, of kind: LabKind = .processes) throws(FleetError) -> FleetOperation<[LabHost]>
        {
            try project.start(LabUpOperation(count, engines: kind.engines)) { LabView($0).hosts }
        }

        /// The hosts of the lab; empty where there is none.
        public func status() async throws(FleetError) -> [LabHost] {
            try await project.ask(LabQuery()) { LabView($0).hosts }
        }

        /// Ends the hosts, and removes all that is theirs.
        ///
        /// - Returns: how many hosts there were.
        public func down() throws(FleetError) -> FleetOperation<Int> {
            try project.start(LabDownOperation()) { $0 }
        }
    }
}

/// The kind of hosts that a lab has.
public enum LabKind: Sendable, Hashable {
    /// Each is an sshd process on an address 127.0.0.x, with its own keys and home folder.
    case processes
    /// Each is a little machine with its own network, processes and container engine; needs root.
    ///
    /// - Parameter engines: one for all, or one for each host.
    case machines([Engine] = [.installed])

    /// What a little machine has to run containers with.
    public enum Engine: String, Sendable, Hashable, CaseIterable {
        /// Whatever this machine has.
        case installed
        /// Docker.
        case docker
        /// podman.
        case podman
        /// Nothing.
        case none
    }

    var engines: [LabEngine]? {
        guard case .machines(let engines) = self else { return nil }
        return engines.compactMap { LabEngine(rawValue: $0.rawValue) }
    }
}

/// A host of a lab.
public struct LabHost: Codable, Sendable, Hashable {
    /// Its name in `inventory/lab.yaml`.
    public let name: String
    /// An IP address of this machine or of the lab's network.
    public let address: String
    /// The port of its sshd.
    public let port: Int
    /// `docker`, `podman` or `none` for a little machine; nil for an sshd process.
    public let engine: String?
    /// Whether it runs.
    public let running: Bool
}
