package import FleetConfig
package import FleetLab

extension Project {
    /// The hosts on this machine that belong to the project.
    package var lab: Lab { Lab(folder: workFolder + "/lab") }

    var labInventoryFile: String { folder + "/inventory/lab.yaml" }
}

/// A host of a lab as it is now.
package struct LabMember: Sendable {
    package let host: LabHost
    package let isRunning: Bool

    static func all(of lab: Lab) -> [LabMember] {
        lab.hosts.map { LabMember(host: $0, isRunning: $0.process != nil) }
    }
}
