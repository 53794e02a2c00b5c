import FleetBase
import Glibc

extension Lab {
    /// The hosts as an inventory file; paths are absolute, so that it can stand anywhere.
    package var inventoryText: String {
        let lines = hosts.map { "  \($0.name): { address: \($0.address), port: \($0.port), tags: [lab] }\n" }.joined()
        return """
            # Written by fleet lab up. Use it with: fleet --inventory inventory/lab.yaml …
            defaults:
              user: \(user)
              key: \(keyFile)
              known_hosts: \(knownHostsFile)
            hosts:
            \(lines)
            """
    }

    /// Whoever runs the lab: an unprivileged sshd lets nobody else in.
    private var user: String { getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "root" }

    package func writeInventory(to file: String) throws(LabError) { try TextFile.write(inventoryText, to: file) }
}
