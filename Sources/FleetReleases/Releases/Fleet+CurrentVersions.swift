package import FleetBase
package import FleetConfig
package import FleetHosts

extension Fleet {
    /// Which version of a package is current on each host; nil for none.
    package func currentVersions(of name: String, on hosts: [Host]) async -> [HostOutcome<String?>] {
        await onEach(of: hosts) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in
                let status = try await shell.status(of: name, on: host)
                return status.current.flatMap { status.versions.contains($0) ? $0 : nil }
            }
        }
    }
}
