/// What a little machine of a lab has to run containers with.
package enum LabEngine: String, Sendable, CaseIterable, Codable {
    /// Whatever this machine has.
    case installed
    case docker
    case podman
    case none

    /// Programs that this machine must have for it.
    package var programs: [String] {
        switch self {
        case .installed, .none: []
        case .docker: ["docker", "dockerd"]
        case .podman: ["podman"]
        }
    }
}
