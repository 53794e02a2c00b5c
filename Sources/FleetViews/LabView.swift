package import FleetBase
import FleetLab
package import FleetService

/// What `fleet lab up --json` and `fleet lab status --json` print.
package struct LabView: Codable, Sendable {
    package struct Row: Codable, Sendable {
        package let name: String
        package let address: String
        package let port: Int
        /// `docker`, `podman` or `none` for a little machine; null for an sshd process.
        @OrNull package var engine: String?
        package let running: Bool
    }

    package let hosts: [Row]

    package init(_ members: [LabMember]) {
        hosts = members.map { member in
            let host = member.host
            return Row(
                name: host.name, address: host.address, port: host.port, engine: host.engine?.rawValue,
                running: member.isRunning)
        }
    }
}
